"""The doctor: each fault that was planted is found, mended where it can be, and named where it cannot."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.catalogue import Catalogue
from kb.cli.app import build
from kb.doctor.checks.found_by import vector_index
from kb.doctor.checks.proofs import proofs
from kb.doctor.checks.surroundings import encoder, offline, programs
from kb.doctor.examination import CHECKS, Report, examine
from kb.doctor.repair import repair
from kb.doctor.types import Repair, Severity
from kb.home import Home
from kb.library import ingest
from kb.wording import LANGUAGES, texts

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


def found(report: Report) -> set[str]:
    """What is wrong."""
    return {remark.key for _, remark in report if remark.severity is Severity.WRONG}


def originals(home: Home) -> list[Path]:
    """The originals of the home; that of the earlier version of a note is not among its files any more."""
    with Catalogue.open(home) as catalogue:
        return [home.original(card.digest) for card in catalogue.documents()]


def lose_an_original(home: Home) -> None:
    """Delete a file."""
    originals(home)[1].unlink()


def alter_an_original(home: Home) -> None:
    """Change a byte in it."""
    path = originals(home)[1]
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
    digest = originals(home)[0].name
    (home.derived / f"{digest}.pdf").write_bytes(b"%PDF-1.7 and no more")
    (home.derived / f"{digest}.json").write_text('["x"]')


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


FAULTS: dict[str, tuple[Callable[[Home], None], set[str]]] = {
    "original lost": (lose_an_original, {"original_missing"}),
    "original altered": (alter_an_original, {"original_altered"}),
    "leftovers": (leave_things_behind, {"leftovers_found"}),
    "derived pages": (spoil_what_is_derived, {"derived_damaged"}),
    "graph cut": (cut_the_graph, {"index_damaged"}),
    "links spoilt": (spoil_the_links, {"index_damaged"}),
    "owners swapped": (swap_owners, {"index_damaged"}),
    "index lost": (lose_the_index, {"index_damaged"}),
    "figure in a text": (
        statements("UPDATE documents SET text = replace(text, 'begroting 2', 'begroting 7')"),
        {"text_damaged", "proof_other_text"},
    ),
    "figure in a page": (
        statements("UPDATE pages SET raw = replace(raw, 'begroting 2', 'begroting 7')"),
        {"text_damaged"},
    ),
    "figure in a passage": (
        statements("UPDATE passages SET text = replace(text, 'begroting 2', 'begroting 7')"),
        {"text_damaged", "lexical_wrong"},
    ),
    "figure everywhere": (
        statements(
            *(
                f"UPDATE {table} SET {column} = replace({column}, 'begroting 2', 'begroting 7')"  # noqa: S608
                for table, column in (("documents", "text"), ("pages", "raw"), ("passages", "text"))
            )
        ),
        {"proof_other_text", "lexical_wrong"},
    ),
    "start of a page": (statements("UPDATE pages SET start = 5 WHERE document_key = 3"), {"text_damaged"}),
    "units": (statements("UPDATE passages SET units = x'00000000ff000000' WHERE key = 3"), {"text_damaged"}),
    "words unindexed": (statements("DELETE FROM lexical WHERE rowid = 3"), {"lexical_wrong"}),
    "words of nothing": (statements("INSERT INTO lexical (rowid, body) VALUES (99, 'spook')"), {"lexical_wrong"}),
    "words changed": (statements("UPDATE lexical SET body = 'iets anders' WHERE rowid = 3"), {"lexical_wrong"}),
    "lexical index broken": (
        statements("UPDATE lexical_data SET block = zeroblob(40) WHERE id > 10"),
        {"lexical_broken"},
    ),
    "vector lost": (statements("DELETE FROM vectors WHERE passage_key = 3"), {"vectors_wrong", "index_behind"}),
    "vector cut": (statements("UPDATE vectors SET passage = x'0000' WHERE passage_key = 3"), {"vectors_wrong"}),
    "vector spoilt": (
        statements("UPDATE vectors SET passage = zeroblob(length(passage)) WHERE passage_key = 3"),
        {"vectors_wrong"},
    ),
    "vector of a replaced passage": (
        statements("INSERT INTO vectors SELECT 99, 1, passage, units FROM vectors WHERE passage_key = 3"),
        {"vectors_wrong", "index_behind"},
    ),
    "word lost": (statements("DELETE FROM word_vectors WHERE word LIKE 'minister%'"), {"words_wrong"}),
    "word cut": (statements("UPDATE word_vectors SET vector = x'00' WHERE word LIKE 'minister%'"), {"words_wrong"}),
}  # fmt: skip


SLOW = (vector_index, encoder, proofs, offline, programs)
OF_THE_SLOW = {"index_damaged", "index_behind", "proof_other_text"}


def test_a_whole_home_is_found_whole(whole: Home) -> None:
    """Nothing is wrong, each check says so, and nothing changes on the disk."""
    before = {path: path.read_bytes() for path in whole.path.rglob("*") if path.is_file() and "chroma" not in path.name}

    report = examine(whole)

    after = {path: path.read_bytes() for path in before}
    assert [remark for _, remark in report if remark.severity is Severity.WRONG] == []
    assert {check for check, _ in report} == {check.__name__ for check in CHECKS}
    assert before == after


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_and_mended(name: str, whole: Home) -> None:
    """It is named, nothing else is, and after the repair all is well."""
    plant, expected = FAULTS[name]
    plant(whole)
    checks = [check for check in CHECKS if check not in SLOW or expected & OF_THE_SLOW]

    report = examine(whole, checks=checks)
    done = repair(whole, report)

    assert expected <= found(report)
    assert found(report) <= expected | {"index_behind"}
    assert {remark.severity for remark in done} == {Severity.GOOD}
    assert found(examine(whole, checks=checks)) == set()


def test_citations_still_open_after_a_text_was_mended(whole: Home) -> None:
    """A passage keeps its key when its text is read again."""
    with Catalogue.open(whole) as catalogue:
        before = catalogue.passages([1, 2, 3, 4], replaced=True)
    FAULTS["figure everywhere"][0](whole)

    repair(whole, examine(whole))

    with Catalogue.open(whole) as catalogue:
        assert catalogue.passages([1, 2, 3, 4], replaced=True) == before


def test_what_cannot_be_proven_is_left_alone(whole: Home, ready: Path) -> None:
    """An original of which no file is left, and the text that only it could prove: named, and not touched."""
    with Catalogue.open(whole) as catalogue:
        earlier = catalogue.card(1)
    whole.original(earlier.digest).write_text("# Iets anders\n\nDit is niet wat er stond.\n")
    change(whole, "UPDATE documents SET text = replace(text, 'eerst', 'laatst') WHERE key = 1")

    done = repair(whole, examine(whole))

    assert {remark.key for remark in done} == {"beyond_original", "beyond_text"}
    assert found(examine(whole)) == {"original_altered", "text_damaged"}
    assert whole.original(earlier.digest).read_text().startswith("# Iets anders")


def test_a_broken_catalogue_is_named(whole: Home) -> None:
    """Where SQLite itself finds damage, the person hears what to do; no check stops the others."""
    data = bytearray(whole.catalogue.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xaa" * (4096 * 6)
    whole.catalogue.write_bytes(data)

    assert "catalogue_broken" in found(examine(whole))


def test_a_writer_at_work_is_no_fault(whole: Home) -> None:
    """What a writer is about to finish is not called a leftover, and a repair waits."""
    leave_things_behind(whole)
    with Home(whole.path).writer_lock():
        report = examine(whole)

    assert found(report) == set()
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
    clean = doctor()

    checks = json.loads(said)["checks"]
    assert code == 1
    assert [one["repair"] for one in checks if one["severity"] == "wrong"] == ["tidy"]
    assert (mended[0], "4 achtergebleven bestanden verwijderd" in mended[1]) == (0, True)
    assert (clean[0], clean[1].splitlines()[-1]) == (0, "Alles is in orde.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_check_and_each_repair_has_words(language: str) -> None:
    """A new check needs a heading, a repair a name that can be said."""
    words = texts(language)

    assert [check.__name__ for check in CHECKS if f"doctor.check.{check.__name__}" not in words] == []
    assert [kind for kind in Repair if f"doctor.repair.{kind}" not in words] == []
