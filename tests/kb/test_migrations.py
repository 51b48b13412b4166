"""A catalogue that an earlier Bronvast made: it is brought up to date whole, or left as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.types import Block, BlockKind, DocumentInfo, Finding, Findings, Origin, Page, Span, TextSource
from kb import migrations
from kb.catalogue import Catalogue
from kb.errors import HomeError
from kb.home import Home
from kb.lexical_index import any_of
from kb.types import GlossaryEntry, State

FIRST_VERSION = (Path(__file__).parent / "catalogue_version_1.sql").read_text(encoding="utf8")
EARLIER = Origin.EARLIER


@pytest.fixture
def old_home(home: Home) -> Home:
    """A home whose catalogue the first version made."""
    home.create()
    with closing(sqlite3.connect(home.catalogue)) as made:
        made.executescript(FIRST_VERSION)
    return home


def tables(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Of each table of a file its columns: name, type, whether it must be filled, what fills it, place in the key."""
    with closing(sqlite3.connect(path)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[1:] for row in opened.execute(f"PRAGMA table_info({name})")} for name in names}


def other_parts(path: Path) -> set[tuple[str, ...]]:
    """The indexes of a file, and what its documents may hold."""
    with closing(sqlite3.connect(path)) as opened:
        return set(opened.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))


def test_the_tables_become_those_of_a_new_catalogue(old_home: Home, tmp_path: Path) -> None:
    """Nobody can tell later which version began it."""
    new_home = Home(tmp_path / "new")
    Catalogue.open(new_home, create=True).close()

    Catalogue.open(old_home).close()

    assert tables(old_home.catalogue) == tables(new_home.catalogue)
    assert other_parts(old_home.catalogue) == other_parts(new_home.catalogue)


def test_nothing_is_lost(old_home: Home) -> None:
    """Versions, pages, passages, vectors, the lexical index and the glossary are what they were."""
    with Catalogue.open(old_home) as catalogue:
        (card,) = catalogue.documents()
        document = catalogue.document(2)
        found = catalogue.passages([1, 2], replaced=True)
        by_word = [key for key, _ in catalogue.lexical_search(any_of(["plan"]), limit=9)]
        (batch,) = catalogue.vectors_for_index()
        glossary = catalogue.glossary()

    assert (card.key, card.id, card.warnings) == (2, "plan", ("pages_without_text",))
    assert card.info == DocumentInfo("Het plan", "De raad", "2018-07-02", "advies", "nl")
    assert document.pages == (Page(1, 0, "Het plan telt drie delen.", inferred=True, source=TextSource.FILE),)
    assert document.blocks == (Block(BlockKind.PARAGRAPH, 0, 25),)
    assert found[1].document.state is State.REPLACED
    assert found[2].passage.units == (Span(0, 25),)
    assert found[2].passage.lead_in == "Zo gaat het:"
    assert (by_word, batch.keys, batch.vectors.tolist()) == ([2], (2,), [[1.0]])
    assert glossary == ((2, GlossaryEntry("VLOR", "Vlaamse Onderwijsraad", 0, 4)),)


def test_what_was_known_says_as_much_as_can_still_be_told(old_home: Home) -> None:
    """What a sources.toml said is certain; how sure the rest was, was not kept."""
    with Catalogue.open(old_home) as catalogue:
        findings = catalogue.card(2).findings

    assert findings == Findings(
        title=Finding("Het plan", 0.5, EARLIER),
        publisher=Finding("De raad", 1.0, Origin.MANIFEST),
        date=Finding("2018-07-02", 0.5, EARLIER),
        kind=Finding("advies", 0.5, EARLIER),
        language=Finding("nl", 0.5, EARLIER),
    )


def test_keys_of_what_was_removed_are_not_used_again(old_home: Home, prepare) -> None:
    """The count of documents goes on where it was, also beyond the last one that is left."""
    with Catalogue.open(old_home, create=True) as catalogue:
        added = catalogue.add(prepare("nota", "De raad geeft advies."))

        assert (added.key, catalogue.passages_of(added.key)[0].key) == (10, 10)
        assert catalogue.vector_keys() == {2, 10}


def test_what_hangs_on_a_document_goes_with_it_still(old_home: Home) -> None:
    """Removal reaches the older versions, and the copy that was made before."""
    with Catalogue.open(old_home, create=True) as catalogue:
        before = old_home.copies_of_versions()
        catalogue.remove("plan")

        assert catalogue.passages([1, 2], replaced=True) == {}
    everything = b"".join(path.read_bytes() for path in old_home.path.rglob("*") if path.is_file())
    assert before == [old_home.path / "catalogue.version-1.sqlite3"]
    assert b"delen" not in everything


def test_a_copy_stays_from_before(old_home: Home) -> None:
    """It is the file as it was, and can be put back."""
    before = tables(old_home.catalogue)

    Catalogue.open(old_home).close()

    assert tables(old_home.copy_of_version(1)) == before


def test_a_step_that_fails_changes_nothing(old_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps are taken or none; the next opening tries again."""
    before = tables(old_home.catalogue)
    good = migrations.STEPS[2]
    monkeypatch.setitem(migrations.STEPS, 2, (*good, "INSERT INTO nowhere VALUES (1)"))

    with pytest.raises(sqlite3.OperationalError):
        Catalogue.open(old_home)
    after = tables(old_home.catalogue)
    monkeypatch.setitem(migrations.STEPS, 2, good)
    with Catalogue.open(old_home) as catalogue:
        ids = [card.id for card in catalogue.documents()]

    assert after == before
    assert ids == ["plan"]


def test_a_reader_waits_for_the_writer(old_home: Home) -> None:
    """Only one changes the tables, and who cannot is told why."""
    with old_home.writer_lock(), pytest.raises(HomeError) as caught:
        Catalogue.open(Home(old_home.path))

    assert caught.value.key == "home_busy"
