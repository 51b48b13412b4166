"""Who may come in: names, passwords, the file that keeps them, and the commands."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.backup import back_up, restore
from kb.cli.app import build
from kb.doctor.checks.left import leftovers
from kb.doctor.checks.stored import users as users_check
from kb.doctor.examination import examine
from kb.errors import HomeError, UsageError
from kb.home import Home
from kb.library import ingest
from kb.testing import WordEncoder
from kb.users.passwords import check_password, hashed, matches
from kb.users.store import Users
from kb.users.types import Role, folded, tidy_name

GOOD = "paard nietje lamp"


@pytest.fixture
def users(home: Home) -> Users:
    """A manager and a reader."""
    people = Users(home)
    people.add("Jan", Role.MANAGER, None)
    people.add("Lies Ölçer", Role.READER, None)
    return people


@pytest.fixture
def filled(home: Home, tmp_path: Path) -> Home:
    """A home with a document."""
    (tmp_path / "nota.md").write_text("# Nota\n\nDe fiets kost 3 euro.\n")
    ingest(home, [tmp_path / "nota.md"], encoder=WordEncoder())
    return home


def run(home: Home, *arguments: str, typed: str = "") -> tuple[int, str]:
    """What a command says, and how it ends."""
    result = CliRunner().invoke(build(), ["user", *arguments, "--home", str(home.path)], input=typed)
    return result.exit_code, result.output


@pytest.mark.parametrize("written", ["JAN", " jan ", "Jan", "ｊａｎ"])
def test_a_name_is_the_same_in_capitals_and_other_widths(users: Users, written: str) -> None:
    """Nobody becomes two people, and nobody else becomes Jan."""
    assert users.find(written) == users.all()[0]
    with pytest.raises(UsageError, match="user_exists"):
        users.add(written, Role.READER, None)


@pytest.mark.parametrize(
    "written", ["", " ", "a" * 65, "jan\0", "jan\nx", "a  b", "<b>", "-rf", "a\u202eb", "jan\u200b"]
)
def test_what_cannot_be_a_name_is_refused(written: str) -> None:
    """No control characters, nothing unseen."""
    with pytest.raises(UsageError, match="user_name"):
        tidy_name(written)


@pytest.mark.parametrize("written", ["jan@kantoor.be", "KANTOOR\\jan", "Zoë O'Hara", "Łukasz", "李雷", "d’Hondt"])
def test_names_of_people_everywhere_are_names(written: str) -> None:
    """Also those that a proxy passes on."""
    assert tidy_name(written) == written
    assert folded(written.upper()) == folded(written)


@pytest.mark.parametrize(
    "password",
    ["wachtwoord123", "Password1234!", "W@chtw00rd2026", "123456789012", "aaaaaaaaaaaa", "qwertyuiop12", "azertyazerty",
     "abcabcabcabc", "xyxyxyxyxyxy", "jan.peeters2026", "Bronvast2026!", "zomer2026zomer", "welkomwelkom1"],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(password: str) -> None:
    """Words, years, rows of keys and the name itself are no secret."""
    with pytest.raises(UsageError, match="password_obvious"):
        check_password(password, name="Jan Peeters")


@pytest.mark.parametrize(
    "password",
    [GOOD, "correct horse battery", "Tr0ub4dor&3xyz", "de fiets van opa rijdt", "密码很长很安全而且没人知道"],
)
def test_what_is_hard_to_guess_will_do(password: str) -> None:
    """Sentences most of all."""
    check_password(password, name="Jan Peeters")


@pytest.mark.parametrize(("password", "why"), [("kort maar", "password_short"), ("é" * 513, "password_long")])
def test_a_password_is_neither_short_nor_endless(password: str, why: str) -> None:
    """Twelve characters at least; what counts at the other end is what has to be hashed."""
    with pytest.raises(UsageError, match=why):
        check_password(password, name="Jan")


def test_only_the_password_itself_opens() -> None:
    """However its accents were typed, and to its last byte; without anything kept nothing does."""
    kept = hashed("caf\u00e9 met\0 staart")

    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert matches("cafe\u0301 met\0 staart", kept)
    for other in ("café met", "café met\0 staartje", "CAFÉ met\0 staart", "", "\udcff", "x" * 2000):
        assert not matches(other, kept)
    assert not matches("", "")
    assert not matches(GOOD, "onzin")


def test_the_file_is_for_its_owner_and_holds_no_password(home: Home, users: Users) -> None:
    """Only what was made of it."""
    users.set_password("Jan", GOOD)

    assert stat.S_IMODE(home.users.stat().st_mode) == 0o600
    assert GOOD not in home.users.read_text("utf8")


def test_every_change_is_seen_by_whoever_has_the_file_open_and_ends_sessions(home: Home, users: Users) -> None:
    """Another role or password gives another stamp; who is removed is gone."""
    elsewhere = Users(home)
    stamps = [elsewhere.known("jan").stamp]
    users.set_role("jan", Role.READER)
    stamps.append(elsewhere.known("jan").stamp)
    users.set_password("jan", "een heel ander geheim")
    stamps.append(elsewhere.known("jan").stamp)
    users.remove("JAN")

    assert len(set(stamps)) == 3
    assert elsewhere.find("jan") is None
    assert elsewhere.known("lies ölçer").role is Role.READER


def test_people_who_are_added_at_the_same_time_are_all_there(home: Home) -> None:
    """One change waits for the other."""
    threads = [threading.Thread(target=Users(home).add, args=(f"p{n}", Role.READER, None)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [user.name for user in Users(home).all()] == [f"p{n}" for n in range(8)]


@pytest.mark.parametrize(
    "written", [b"", b"{}", b"[]", b'{"format": 2, "users": []}', b'{"format": 1, "users": [1]}', b"\xff"]
)
def test_a_damaged_file_lets_nobody_in_and_is_named(filled: Home, written: bytes) -> None:
    """Never as if there were no people."""
    filled.users.write_bytes(written)

    with pytest.raises(HomeError, match="users_damaged"):
        Users(filled).find("jan")
    assert [remark.key for _, remark in examine(filled, checks=[users_check])] == ["users_damaged"]


def test_the_doctor_knows_the_file(filled: Home) -> None:
    """It is ours, and whole."""
    Users(filled).add("Jan", Role.MANAGER, None)

    assert [remark.key for _, remark in examine(filled, checks=[users_check, leftovers])] == [
        "users_good",
        "leftovers_none",
    ]


def test_a_backup_brings_people_but_not_their_sessions(filled: Home, tmp_path: Path) -> None:
    """Into an empty home they come with another stamp, and are named; the file is theirs alone there too."""
    before = Users(filled).add("Jan", Role.MANAGER, GOOD)
    back_up(filled, tmp_path / "kopie.zip")
    other = Home(tmp_path / "ander")

    restored = restore(tmp_path / "kopie.zip", other)
    after = Users(other).known("jan")

    assert restored.users == ("Jan",)
    assert (after.password, after.role) == (before.password, before.role)
    assert after.stamp != before.stamp
    assert stat.S_IMODE(other.users.stat().st_mode) == 0o600


def test_an_old_backup_lets_nobody_back_in(filled: Home, tmp_path: Path) -> None:
    """Who was removed since stays removed: the people of the home that is there are not the backup's to change."""
    people = Users(filled)
    people.add("Jan", Role.MANAGER, None)
    people.add("Weg", Role.READER, None)
    back_up(filled, tmp_path / "kopie.zip")
    people.remove("Weg")

    restored = restore(tmp_path / "kopie.zip", filled, replace=True)

    assert restored.users == ()
    assert [user.name for user in people.all()] == ["Jan"]


def test_the_commands_from_the_first_person_to_the_last(home: Home) -> None:
    """Add, list, change, remove; the password is asked for twice, or piped in."""
    added = run(home, "add", "Jan", "--role", "beheerder", typed=f"{GOOD}\n{GOOD}\n")
    piped = run(home, "add", "lies", "--role", "lezer", "--password-stdin", typed="lamp nietje paard\n")
    proxy = run(home, "add", "piet", "--role", "lezer", "--no-password")
    listed = run(home, "list")[1]
    changed = run(home, "password", "JAN", "--password-stdin", typed="een heel ander geheim\n")
    role = run(home, "role", "lies", "beheerder")
    removed = run(home, "remove", "lies")

    assert [code for code, _ in (added, piped, proxy, changed, role, removed)] == [0] * 6
    assert "Jan is toegevoegd als beheerder" in added[1]
    assert "beheerder" in listed
    assert "zonder wachtwoord" in listed
    told = json.loads(run(home, "list", "--json")[1])
    assert [(one["name"], one["role"], one["has_password"]) for one in told] == [
        ("Jan", "beheerder", True),
        ("piet", "lezer", False),
    ]
    assert "argon2" not in json.dumps(told)
    assert matches("een heel ander geheim", Users(home).known("jan").password)
    assert "geen beheerder meer" in run(home, "remove", "jan")[1]


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["add", "<jan>", "--role", "lezer"], "", "kan geen naam zijn"),
        (["add", "jan", "--role", "lezer"], f"{GOOD}\niets anders dan dat\n", "niet gelijk"),
        (["add", "jan", "--role", "lezer", "--password-stdin"], "", "ten minste 12 tekens"),
        (["remove", "niemand"], "", "geen gebruiker niemand"),
        (["password", "niemand"], "", "geen gebruiker niemand"),
    ],
)
def test_what_goes_wrong_is_one_line(home: Home, arguments: list[str], typed: str, said: str) -> None:
    """That says what to do; nothing is kept."""
    code, output = run(home, *arguments, typed=typed)

    assert (code, said in output) == (1, True)
    assert Users(home).all() == []
