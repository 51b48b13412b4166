"""Who changed what: a line for every change, that outlives it, and says nothing of what was removed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ingest.types import DocumentInfo
from kb.audit import Act, Via, acting_as
from kb.backup.making import back_up
from kb.backup.restoring import restore
from kb.catalogue import Catalogue
from kb.cli.app import build
from kb.curating import Correction, correct, withdraw
from kb.curating import restore as put_back
from kb.doctor.checks.stored import audit_lines
from kb.doctor.examination import examine
from kb.glossary.keeping import forget_term, keep_term
from kb.glossary.types import OwnTerm, TermKind
from kb.home import Home
from kb.library import ingest, remove
from kb.testing import WordEncoder
from kb.users.store import Users

PASSWORD = "paard nietje lamp"  # noqa: S105 - of nobody
NOTE = "# Zwaluwstaart\n\nHet Kanariebureau kent Wielewaal.\n"


@pytest.fixture(autouse=True)
def _person(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user of this computer is called Mia."""
    monkeypatch.setenv("LOGNAME", "mia")
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file with a note."""
    file = tmp_path / "zwaluwstaart.md"
    file.write_text(NOTE)
    return file


def lines(home: Home) -> list[tuple[str, str, int | None, str]]:
    """Who did what, to which document, with what."""
    with Catalogue.open(home) as catalogue:
        return [(one.who, one.act, one.document, one.subject) for one, _ in catalogue.changes()]


def bronvast(*arguments: object) -> Result:
    """Run a command line."""
    return CliRunner().invoke(build(), [str(argument) for argument in arguments])


def test_every_change_is_a_line(home: Home, note: Path, encoder: WordEncoder) -> None:
    """In order, with the version that it made or met; by whom, where somebody is logged in."""
    ingest(home, [note], encoder=encoder)
    ingest(home, [note], encoder=encoder)  # unchanged: no line
    note.write_text(NOTE + "\nEn Roodborst.\n")
    with acting_as("jan", via=Via.PAGE):
        ingest(home, [note], encoder=encoder)
        correct(home, "zwaluwstaart", Correction(DocumentInfo(title="Iets", date="2020")), encoder=encoder)
    withdraw(home, ["zwaluwstaart"])
    put_back(home, ["zwaluwstaart"], encoder=encoder)
    keep_term(home, OwnTerm("Kanarie", TermKind.CONCEPT, "een vogel"))
    forget_term(home, "Kanarie")
    remove(home, ["zwaluwstaart"])

    assert lines(home) == [
        ("mia", Act.ADDED, 1, ""),
        ("jan", Act.REPLACED, 2, ""),
        ("jan", Act.CORRECTED, 2, "date, title"),
        ("mia", Act.WITHDRAWN, 2, ""),
        ("mia", Act.RESTORED, 2, ""),
        ("mia", Act.TERM_KEPT, None, "Kanarie"),
        ("mia", Act.TERM_FORGOTTEN, None, "Kanarie"),
        ("mia", Act.REMOVED, 2, ""),
    ]


def test_a_change_that_fails_is_no_line(home: Home, prepare: Callable[..., object], monkeypatch) -> None:
    """The line stands and falls with the change: one transaction."""
    with Catalogue.open(home, create=True) as catalogue:
        monkeypatch.setattr(Catalogue, "_raise_revision", lambda self: self._database.change("INSERT INTO nowhere"))
        with pytest.raises(sqlite3.OperationalError):
            catalogue.add(prepare("nota", "De raad geeft advies."))

    assert lines(home) == []


def test_a_line_cannot_be_changed_or_deleted(home: Home, note: Path, encoder: WordEncoder) -> None:
    """SQLite refuses, and where somebody breaks even that, the doctor counts what is missing."""
    ingest(home, [note], encoder=encoder)
    with closing(sqlite3.connect(home.catalogue, isolation_level=None)) as opened:
        for change in ("DELETE FROM audit", "UPDATE audit SET who = 'niemand'"):
            with pytest.raises(sqlite3.IntegrityError):
                opened.execute(change)
        whole = examine(home, checks=[audit_lines])
        opened.execute("DROP TRIGGER audit_keeps_its_lines")
        opened.execute("DELETE FROM audit")
    ((_, remark),) = examine(home, checks=[audit_lines])

    assert [one.key for _, one in whole] == ["audit_good"]
    assert (remark.key, remark.values) == ("audit_lost", (("count", 1),))


def test_the_command_tells_who_did_what(home: Home, note: Path, encoder: WordEncoder) -> None:
    """A title as long as there is one; afterwards only a number. Nothing of what was removed stays in the home."""
    ingest(home, [note], encoder=encoder)
    before = bronvast("audit", "--home", home.path)
    with acting_as("jan", via=Via.PAGE):
        remove(home, ["zwaluwstaart"])
    after = bronvast("audit", "--home", home.path)
    everything = b"".join(path.read_bytes() for path in home.path.rglob("*") if path.is_file())

    assert "mia (opdrachtregel)" in before.stdout
    assert "toegevoegd" in before.stdout
    assert "Zwaluwstaart" in before.stdout
    assert "jan (webpagina)" in after.stdout
    assert "voorgoed verwijderd  document 1, dat er niet meer is" in after.stdout
    assert b"zwaluwstaart" not in everything.lower()


def test_scripts_read_the_lines_from_a_day_on(home: Home, note: Path, encoder: WordEncoder) -> None:
    """As JSON; a day that is none is said."""
    ingest(home, [note], encoder=encoder)
    (line,) = bronvast("audit", "--json", "--since", "2020", "--home", home.path).stdout.splitlines()
    later = bronvast("audit", "--since", "2039-01-01", "--home", home.path)
    none = bronvast("audit", "--since", "gisteren", "--home", home.path)
    told = json.loads(line)

    assert (told["who"], told["act"], told["document"], told["title"]) == ("mia", "added", 1, "Zwaluwstaart")
    assert later.stdout == "Er is niets veranderd.\n"
    assert (none.exit_code, none.stderr.splitlines()) == (
        1,
        ["gisteren is geen datum; schrijf bijvoorbeeld 2018-07-02, 2 juli 2018, juli 2018 of 2018"],
    )


def test_a_restored_home_says_so(home: Home, note: Path, encoder: WordEncoder, tmp_path: Path) -> None:
    """The lines are in the backup, and the last one tells where the others since then went."""
    ingest(home, [note], encoder=encoder)
    back_up(home, tmp_path / "kopie.zip")
    remove(home, ["zwaluwstaart"])
    restore(tmp_path / "kopie.zip", home, replace=True)

    assert [act for _, act, _, _ in lines(home)] == [Act.ADDED, Act.HOME_RESTORED]


def test_what_becomes_of_users_is_a_line(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """With their name, also before there is a document. What cannot be written down is said, and holds all the same."""
    bronvast("user", "add", "Piet", "--role", "beheerder", "--no-password", "--home", home.path)
    bronvast("user", "role", "piet", "lezer", "--home", home.path)
    CliRunner().invoke(build(), ["user", "password", "piet", "--password-stdin", "--home", str(home.path)], PASSWORD)
    bronvast("user", "remove", "PIET", "--home", home.path)
    monkeypatch.setattr("kb.database._WAIT_MS", 10)
    with closing(sqlite3.connect(home.catalogue, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        result = bronvast("user", "add", "An", "--role", "lezer", "--no-password", "--home", home.path)

    acts = [Act.USER_ADDED, Act.USER_READER, Act.USER_PASSWORD, Act.USER_REMOVED]
    assert lines(home) == [("mia", act, None, "Piet") for act in acts]
    assert (result.exit_code, "niet worden opgeschreven" in result.stderr) == (0, True)
    assert [user.name for user in Users(home).all()] == ["An"]
