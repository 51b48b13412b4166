"""The doctor: each fault that was planted is found, mended where it can be, and named where it cannot."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb import wording
from kb.audit import Act
from kb.catalogue import Catalogue
from kb.cli.app import build
from kb.doctor.checks.found_by import lexical, vector_index, vectors, words
from kb.doctor.checks.left import derived, leftovers
from kb.doctor.checks.proofs import proofs
from kb.doctor.checks.stored import catalogue_file, originals, texts
from kb.doctor.examination import CHECKS, Report, examine
from kb.doctor.repair import repair
from kb.doctor.types import Check, Lost, Repair, Severity
from kb.home import Home
from kb.library import ingest

NOTE = "# Nota {number}\n\nDe minister keurt begroting {number} goed. De Vlaamse Onderwijsraad (VLOR) zwijgt.\n"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three notes, one of which was replaced once, made with the real encoder; and its files."""
    made = tmp_path_factory.mktemp("klaar")
    (made / "documents").mkdir()
    for text in ("# Nota 0\n\nDit stond er eerst.\n", NOTE.format(number=0)):
        (made / "documents" / "nota-0.md").write_text(text)
        for number in (1, 2):
            (made / "documents" / f"nota-{number}.md").write_text(NOTE.format(number=number))
        ingest(Home(made / "home"), [made / "documents"])
    return made


@pytest.fixture
def whole(home: Home, ready: Path) -> Home:
    """The test's own copy of that home."""
    shutil.copytree(ready / "home", home.path)
    return home


def change(home: Home, *statements: str) -> None:
    """Change the catalogue behind its back."""
    with closing(sqlite3.connect(home.catalogue)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def found(report: Report) -> Counter[str]:
    """What is wrong, and how often."""
    return Counter(remark.key for _, remark in report if remark.severity is Severity.WRONG)


def kept_originals(home: Home) -> list[Path]:
    """The originals of the home; that of the earlier version of a note is not among its files any more."""
    with Catalogue.open(home) as catalogue:
        return [home.original(card.digest) for card in catalogue.documents()]


def lose_an_original(home: Home) -> None:
    """Delete a file."""
    kept_originals(home)[1].unlink()


def alter_an_original(home: Home) -> None:
    """Change a byte in it."""
    path = kept_originals(home)[1]
    path.write_bytes(path.read_bytes().replace(b"minister", b"minster "))


def leave_things_behind(home: Home) -> None:
    """What a killed writer leaves: half a file, an index that was never published, half a restore."""
    (home.originals / ("0" * 64)).write_text("of no document")
    (home.originals / f"{'1' * 64}.part").write_text("half")
    (home.vectors / "000099").mkdir()
    (home.path / ".restoring-1").mkdir()


def spoil_what_is_derived(home: Home) -> None:
    """Pages that were made to be shown, and are cut off."""
    home.derived.mkdir()
    digest = kept_originals(home)[0].name
    (home.derived / f"{digest}.pdf").write_bytes(b"%PDF-1.7 and no more")
    (home.derived / f"{digest}.json").write_text('["x"]')


def lose_and_leave(home: Home) -> None:
    """All three."""
    spoil_what_is_derived(home)
    leave_things_behind(home)
    lose_an_original(home)


def cut_the_graph(home: Home) -> None:
    """Truncate Chroma's file."""
    (data,) = home.vectors.rglob("data_level0.bin")
    data.write_bytes(data.read_bytes()[:-1000])


def spoil_the_links(home: Home) -> None:
    """Garbage in the file that makes Chroma end the process."""
    (links,) = home.vectors.rglob("link_lists.bin")
    links.write_bytes(b"\xff" * 100_000)


def swap_owners(home: Home) -> None:
    """Change a number in Chroma's own database."""
    (database,) = home.vectors.rglob("chroma.sqlite3")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE embedding_metadata SET int_value = 1")


def lose_the_index(home: Home) -> None:
    """Delete it."""
    shutil.rmtree(home.vectors)
    home.vectors.mkdir()


def statements(*sql: str) -> Callable[[Home], None]:
    """A fault in the catalogue."""

    def plant(home: Home) -> None:
        change(home, *sql)

    return plant


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong, what the doctor calls it and how often, and the checks that look at such things."""

    plant: Callable[[Home], None]
    expected: dict[str, int]
    checks: tuple[Check, ...]


def figure_in(table: str, column: str, number: int = 2) -> str:
    """Another figure in the third note."""
    return f"UPDATE {table} SET {column} = replace({column}, 'begroting {number}', 'begroting 7')"  # noqa: S608


STORED, INDEXES, INDEX = (
    (catalogue_file, originals, texts, derived, leftovers),
    (lexical, vectors, words),
    (vector_index,),
)
FAULTS = {
    "files lost and left": Fault(
        lose_and_leave, {"original_missing": 1, "leftovers_found": 1, "derived_damaged": 1}, STORED
    ),
    "original altered": Fault(alter_an_original, {"original_altered": 1}, STORED),
    "graph cut": Fault(cut_the_graph, {"index_damaged": 1}, INDEX),
    "links spoilt": Fault(spoil_the_links, {"index_damaged": 1}, INDEX),
    "owners swapped": Fault(swap_owners, {"index_damaged": 1}, INDEX),
    "index lost": Fault(lose_the_index, {"index_behind": 1}, INDEX),
    "figures in a text, a page and a passage": Fault(
        statements(figure_in("documents", "text", 0), figure_in("pages", "raw", 1), figure_in("passages", "text", 2)),
        {"text_damaged": 3},
        STORED,
    ),
    "figure everywhere": Fault(
        statements(figure_in("documents", "text"), figure_in("pages", "raw"), figure_in("passages", "text")),
        {"proof_other_text": 1, "lexical_wrong": 1},
        (*INDEXES, proofs),
    ),
    "places": Fault(
        statements(
            "UPDATE pages SET start = 5 WHERE document_key = 2",
            "UPDATE passages SET units = x'00000000ff000000' WHERE document_key = 3",
        ),
        {"text_damaged": 2},
        STORED,
    ),
    "lexical index": Fault(
        statements(
            "DELETE FROM lexical WHERE rowid = 2",
            "INSERT INTO lexical (rowid, body) VALUES (99, 'spook')",
            "UPDATE lexical SET body = 'iets anders' WHERE rowid = 3",
        ),
        {"lexical_wrong": 1},
        INDEXES,
    ),
    "stems of an earlier version": Fault(
        statements(
            "UPDATE lexical SET body = replace(body, 'minister', 'mini')",
            "UPDATE settings SET value = 'earlier' WHERE name = 'analysis'",
        ),
        {"lexical_outdated": 1},
        (lexical,),
    ),
    "lexical index broken": Fault(
        statements("UPDATE lexical_data SET block = zeroblob(40) WHERE id > 10"), {"lexical_broken": 1}, STORED
    ),
    "vectors": Fault(
        statements(
            "INSERT INTO vectors SELECT 99, 1, passage, units FROM vectors WHERE passage_key = 4",
            "DELETE FROM vectors WHERE passage_key = 2",
            "UPDATE vectors SET passage = x'0000' WHERE passage_key = 3",
            "UPDATE vectors SET units = zeroblob(length(units)) WHERE passage_key = 4",
            "DELETE FROM word_vectors WHERE word LIKE 'minister%'",
            "UPDATE word_vectors SET vector = x'00' WHERE word LIKE 'begroting%'",
        ),
        {"vectors_wrong": 1, "words_wrong": 1},
        INDEXES,
    ),
}


def test_a_whole_home_is_found_whole(whole: Home) -> None:
    """Nothing is wrong, each check says so but that of users, of whom there are none; nothing changes on the disk."""
    before = {path: path.read_bytes() for path in whole.path.rglob("*") if path.is_file() and "chroma" not in path.name}

    report = examine(whole)

    after = {path: path.read_bytes() for path in before}
    assert [remark for _, remark in report if remark.severity is Severity.WRONG] == []
    assert {check for check, _ in report} == {check.__name__ for check in CHECKS} - {"users"}
    assert before == after


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_and_mended(name: str, whole: Home) -> None:
    """It is named, nothing else is, and after the repair all is well."""
    fault = FAULTS[name]
    fault.plant(whole)

    report = examine(whole, checks=fault.checks)
    done = repair(whole, report)

    assert found(report) == fault.expected
    assert {remark.severity for remark in done} == {Severity.GOOD}
    assert found(examine(whole, checks=fault.checks)) == {}


def test_citations_still_open_after_a_text_was_mended(whole: Home) -> None:
    """A passage keeps its key when its text is read again."""
    with Catalogue.open(whole) as catalogue:
        before = catalogue.passages([1, 2, 3, 4], replaced=True)
    FAULTS["figure everywhere"].plant(whole)

    repair(whole, examine(whole, checks=(proofs,)))

    with Catalogue.open(whole) as catalogue:
        assert catalogue.passages([1, 2, 3, 4], replaced=True) == before


def test_what_cannot_be_proven_is_left_alone(whole: Home, ready: Path) -> None:
    """An original of which no file is left, and the text that only it could prove: named, and not touched."""
    with Catalogue.open(whole) as catalogue:
        earlier = catalogue.card(1)
    whole.original(earlier.digest).write_text("# Iets anders\n\nDit is niet wat er stond.\n")
    change(whole, "UPDATE documents SET text = replace(text, 'eerst', 'laatst') WHERE key = 1")

    done = repair(whole, examine(whole, checks=STORED))

    assert {remark.key for remark in done} == {"beyond_original", "beyond_text"}
    assert found(examine(whole, checks=STORED)) == {"original_altered": 1, "text_damaged": 1}
    assert whole.original(earlier.digest).read_text().startswith("# Iets anders")


def test_a_broken_catalogue_is_named(whole: Home) -> None:
    """Where SQLite itself finds damage, the person hears what to do; no check stops the others."""
    data = bytearray(whole.catalogue.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xaa" * (4096 * 6)
    whole.catalogue.write_bytes(data)

    assert found(examine(whole, checks=(*STORED, *INDEXES)))["catalogue_broken"] == 1


def spoil_the_middle(home: Home) -> None:
    """Garbage where texts stand."""
    data = home.catalogue.read_bytes()
    at = data.index(b"begroting 1 goed") // 4096 * 4096
    home.catalogue.write_bytes(data[:at] + b"\xaa" * 4096 + data[at + 4096 :])


def cut_the_catalogue(home: Home) -> None:
    """Half of it, as a copy that broke off."""
    data = home.catalogue.read_bytes()
    home.catalogue.write_bytes(data[: len(data) // 2])


def spoil_the_beginning(home: Home) -> None:
    """SQLite does not know it any more."""
    data = home.catalogue.read_bytes()
    home.catalogue.write_bytes(b"\xaa" * 8192 + data[8192:])


def lose_the_catalogue(home: Home) -> None:
    """No file at all."""
    home.catalogue.unlink()


@pytest.mark.parametrize(
    ("harm", "is_told"),
    [(spoil_the_middle, False), (cut_the_catalogue, True), (spoil_the_beginning, True)],
)
def test_a_broken_catalogue_is_made_again(harm: Callable[[Home], None], is_told: bool, whole: Home) -> None:
    """Of its rows and of the originals: every note is found again, no original goes, and the damaged file stays. What
    people said of terms is saved as long as it can be read, or named.
    """
    change(whole, "INSERT INTO own_terms VALUES ('kanarie', 'Kanarie', 'concept', 'een vogel', '', '2026-01-01')")
    with Catalogue.open(whole) as catalogue:
        texts_before = {catalogue.text(card.key, 0, None) for card in catalogue.documents()}
    originals_before = {path.name for path in whole.originals.iterdir()}
    harm(whole)
    damaged = whole.catalogue.read_bytes()

    done = repair(whole, examine(whole, checks=STORED))

    assert found(examine(whole, checks=(*STORED, *INDEXES, *INDEX))) == {}
    with Catalogue.open(whole) as catalogue:
        assert texts_before <= {catalogue.text(card.key, 0, None) for card in catalogue.documents()}
        terms = [term.name for term in catalogue.own_terms()]
        assert Act.SALVAGED in {entry.act for entry, _ in catalogue.changes()}
    said = {value for remark in done if remark.key == "salvaged_without" for _, value in remark.values}
    assert ([] if is_told else ["Kanarie"], is_told) == (terms, Lost.TERMS in said)
    assert {path.name for path in whole.originals.iterdir()} == originals_before
    (aside,) = whole.damaged_ones()
    assert (aside / "catalogue.sqlite3").read_bytes() == damaged


def test_an_original_that_cannot_be_read_again_is_kept(whole: Home) -> None:
    """It is moved to where the damaged catalogue is, and named."""
    (whole.originals / ("0" * 64)).write_text("not what its name says")
    lose_the_catalogue(whole)

    done = repair(whole, examine(whole, checks=STORED))

    assert {"salvaged", "salvaged_reread", "salvaged_unread"} <= {remark.key for remark in done}
    assert [path.name for path in whole.damaged_ones()[0].rglob("*") if path.is_file()] == ["0" * 64]


def test_a_writer_at_work_is_no_fault(whole: Home) -> None:
    """What a writer is about to finish is not called a leftover, and a repair waits."""
    leave_things_behind(whole)
    with Home(whole.path).writer_lock():
        report = examine(whole, checks=STORED)

    assert found(report) == {}
    assert "leftovers_being_changed" in {remark.key for _, remark in report}


def test_the_command_reports_mends_and_fails_while_something_is_wrong(
    whole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for each remark, all in JSON for scripts, exit 1 until all is well."""
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)
    leave_things_behind(whole)

    def doctor(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(build(), ["doctor", "--home", str(whole.path), *options])
        return result.exit_code, result.stdout

    code, said = doctor("--json")
    mended = doctor("--repair")

    checks = json.loads(said)["checks"]
    assert code == 1
    assert [one["repair"] for one in checks if one["severity"] == "wrong"] == ["tidy"]
    assert (mended[0], "4 achtergebleven bestanden verwijderd" in mended[1]) == (0, True)
    assert mended[1].splitlines()[-1] == "Alles is in orde."


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_each_check_and_each_repair_has_words(language: str) -> None:
    """A new check needs a heading, a repair a name that can be said."""
    said = wording.texts(language)

    assert [check.__name__ for check in CHECKS if f"doctor.check.{check.__name__}" not in said] == []
    assert [kind for kind in Repair if f"doctor.repair.{kind}" not in said] == []
    assert [what for what in Lost if f"doctor.lost.{what}" not in said] == []
