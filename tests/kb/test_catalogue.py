"""The catalogue: what goes in comes out, whole or not at all, and what is removed is gone."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import UnreadableFile
from ingest.types import NoteLink, Page, Span, TextSource
from kb.catalogue import Catalogue
from kb.catalogue_reading import EncoderMark
from kb.errors import HomeError, UsageError
from kb.home import Home
from kb.lexical_index import any_of
from kb.testing import WordEncoder
from kb.types import DocumentCard, Facets, Filters, GlossaryEntry, PageMark, State, StoredPassage

PLAN = ("Het plan telt drie delen.", "De minister keurt het plan goed.")
NONE = TextSource.NONE
NOTE = ("De raad geeft advies over het plan.",)


@pytest.fixture
def catalogue(home: Home) -> Iterator[Catalogue]:
    """An empty catalogue that knows its encoder."""
    with Catalogue.open(home, create=True) as opened:
        opened.mark_encoder(EncoderMark("words", "words-512", 512))
        yield opened


def ids(cards: tuple[DocumentCard, ...]) -> list[str]:
    """The ids of documents."""
    return [card.id for card in cards]


def test_a_document_comes_out_as_it_went_in(catalogue: Catalogue, prepare) -> None:
    """Text, pages, blocks and what is known about it are kept whole."""
    prepared = prepare("plan", *PLAN, title="Het plan", publisher="De raad", date="2018-07-02", kind="advies")

    card = catalogue.add(prepared)

    assert catalogue.document(card.key) == prepared.document
    assert card == DocumentCard(
        key=1,
        id="plan",
        file_name="plan.txt",
        format="txt",
        digest=prepared.document.digest,
        findings=prepared.document.findings,
        pages=(PageMark(1, 0),),
        passage_count=2,
        added_at=card.added_at,
    )
    assert catalogue.home.original(card.digest).read_bytes() == prepared.source.read_bytes()


def test_passages_come_out_as_they_went_in(catalogue: Catalogue, prepare) -> None:
    """Passages keep their place, units and headings, and know their document."""
    prepared = prepare("plan", *PLAN)
    with_context = replace(prepared.passages[0], headings=("Deel 1", "Het plan"), lead_in="Zo gaat het:")
    prepared = replace(prepared, passages=(with_context, prepared.passages[1]))

    card = catalogue.add(prepared)

    expected = tuple(
        StoredPassage(key, key - 1, passage, card) for key, passage in enumerate(prepared.passages, start=1)
    )
    assert catalogue.passages_of(card.key) == expected
    assert catalogue.passages([2, 99]) == {2: expected[1]}
    assert catalogue.passage_count() == 2


def test_passages_are_found_by_the_text_that_they_share(catalogue: Catalogue, prepare) -> None:
    """A span that ends where a passage begins shares nothing with it."""
    card = catalogue.add(prepare("plan", *PLAN))
    first, second = catalogue.passages_of(card.key)
    begins = second.passage.start

    assert catalogue.passages_of(card.key, Span(0, begins)) == (first,)
    assert catalogue.passages_of(card.key, Span(begins - 3, begins + 1)) == (first, second)


def test_words_are_found_by_their_beginnings(catalogue: Catalogue, prepare) -> None:
    """With these letters first, and only those."""
    words = {word: np.ones(512, dtype=np.float32) for word in ("plan", "lpan", "lid", "delen", "pen")}
    catalogue.replace_vectors(EncoderMark("words", "words-512", 512), [], words)

    assert catalogue.words_beginning(("p", "lp")) == {"plan", "pen", "lpan"}


def test_passages_know_the_document_that_answers(catalogue: Catalogue, home: Home, prepare) -> None:
    """As soon as another version takes its place, or it is withdrawn, a document owns nothing; blocks are kept."""
    first = catalogue.add(prepare("plan", *PLAN))
    blocks = catalogue.blocks(first.key)
    with Catalogue.open(home) as writer:
        second = writer.add(prepare("plan", *NOTE))

    assert catalogue.owners([1, 2, 3, 99]) == {3: second}
    assert catalogue.blocks(first.key) == blocks
    assert catalogue.blocks(second.key) != blocks
    catalogue.withdraw(second.key)
    assert catalogue.owners([1, 2, 3]) == {}


def test_pages_and_footnotes_come_out_as_they_went_in(catalogue: Catalogue, prepare) -> None:
    """Where the text of a page comes from is kept, and which note belongs to which mark."""
    prepared = prepare("plan", *PLAN)
    pages = (replace(prepared.document.pages[0], source=TextSource.OCR, inferred=True), Page(2, 57, "", source=NONE))
    notes = (NoteLink(Span(3, 4), Span(27, 30)),)
    document = replace(prepared.document, pages=pages, notes=notes)

    card = catalogue.add(replace(prepared, document=document))

    assert catalogue.document(card.key) == document
    assert card.pages == (PageMark(1, 0, inferred=True, source=TextSource.OCR), PageMark(2, 57, source=NONE))


def test_a_passage_holds_what_its_document_says(catalogue: Catalogue, prepare) -> None:
    """The stored text is cut from the document, whatever the passage claims."""
    prepared = prepare("plan", *PLAN)
    lying = replace(prepared.passages[0], text="Het plan telt vier delen.")

    card = catalogue.add(replace(prepared, passages=(lying, prepared.passages[1])))

    assert catalogue.passages_of(card.key)[0].passage.text == "Het plan telt drie delen."


def test_vectors_stand_in_the_order_asked(catalogue: Catalogue, prepare, encoder: WordEncoder) -> None:
    """Row i belongs to key i; a passage that is gone has zeros and no units."""
    catalogue.add(prepare("plan", *PLAN))

    stored = catalogue.vectors([2, 99, 1])

    expected = encoder.encode_passages([PLAN[1], "", PLAN[0]])
    expected[1] = 0
    assert stored.keys == (2, 99, 1)
    np.testing.assert_allclose(stored.passages, expected, atol=1e-3)
    np.testing.assert_allclose(stored.units, expected[[0, 2]], atol=1e-3)
    assert stored.owners.tolist() == [0, 2]
    scores = stored.best_unit_scores(encoder.encode_question(PLAN[0]))
    assert scores.tolist() == pytest.approx([2 / 30**0.5, 0, 1], abs=1e-3)


def test_a_text_that_holds_a_nul_is_kept_whole(catalogue: Catalogue, prepare) -> None:
    """SQLite's own functions stop at a NUL; ours do not."""
    card = catalogue.add(prepare("plan", "Voor\0en na.", "Daarna."))

    assert catalogue.text(card.key, 0, None) == "Voor\0en na.\nDaarna."
    assert catalogue.raw_pages(card.key, 0, 0) == ["Voor\0en na.\nDaarna."]
    assert catalogue.text(card.key, 5, 7) == "en"


def test_a_changed_file_is_a_new_version(catalogue: Catalogue, prepare) -> None:
    """The old version can be read by its keys, marked as replaced, and is found by nobody."""
    old = catalogue.add(prepare("plan", *PLAN))
    new = catalogue.add(prepare("plan", "Het plan telt vier delen."))

    assert (old.id, new.id) == ("plan", "plan")
    assert catalogue.documents() == (new,)
    assert catalogue.card(old.key) == replace(old, state=State.REPLACED)
    assert catalogue.passages([1, 2, 3]).keys() == {3}
    assert catalogue.passages([1], replaced=True)[1].passage.text == PLAN[0]
    assert [key for key, _ in catalogue.lexical_search(any_of(["plan"]), limit=9)] == [3]
    assert [batch.keys for batch in catalogue.vectors_for_index()] == [(3,)]


def test_files_of_one_name_get_ids_of_their_own(catalogue: Catalogue, prepare) -> None:
    """Two folders may hold a file of the same name; each keeps its id when it changes."""
    catalogue.add(prepare("plan", *PLAN))
    catalogue.add(prepare("plan", *NOTE, folder="elsewhere"))
    changed = catalogue.add(prepare("plan", *NOTE, "Nieuw.", folder="elsewhere"))

    assert ids(catalogue.documents()) == ["plan", "plan-2"]
    assert catalogue.current("plan-2") == changed
    assert catalogue.passages_of(changed.key)[0].passage.document_id == "plan-2"


def test_a_document_is_known_by_its_path_and_its_bytes(catalogue: Catalogue, prepare) -> None:
    """Both ways to ask whether a file is in already, and both ways to learn that it is not."""
    prepared = prepare("plan", *PLAN)
    card = catalogue.add(prepared)

    assert catalogue.with_source(prepared.source) == card
    assert catalogue.with_source(Path("/nowhere")) is None
    assert catalogue.with_digest(card.digest) == card
    assert catalogue.with_digest("0" * 64) is None


def test_removal_leaves_no_trace(catalogue: Catalogue, home: Home, prepare) -> None:
    """Of a removed document no word stays in any file of the home, also not of its older versions."""
    catalogue.add(prepare("geheim", "Het wachtwoord is zwaluwstaart."))
    catalogue.add(prepare("geheim", "Het wachtwoord is kanariepiet."))
    kept = catalogue.add(prepare("plan", *PLAN))

    catalogue.remove("geheim")

    assert catalogue.flush()
    everything = b"".join(path.read_bytes() for path in home.path.rglob("*") if path.is_file())
    assert catalogue.documents() == (kept,)
    assert b"minister" in everything
    assert all(word not in everything for word in (b"zwaluw", b"kanarie", b"wachtwoord", b"geheim"))
    assert catalogue.passages([1, 2], replaced=True) == {}


def test_removal_of_an_unknown_document_names_it(catalogue: Catalogue) -> None:
    """What is not there cannot be removed."""
    with pytest.raises(UsageError) as caught:
        catalogue.remove("plan")
    assert (caught.value.key, caught.value.values) == ("unknown_document", {"document": "plan"})


def test_an_original_stays_while_a_version_needs_it(catalogue: Catalogue, home: Home, prepare) -> None:
    """Two documents of the same bytes share one original; it goes with the last of them."""
    card = catalogue.add(prepare("plan", *PLAN))
    catalogue.add(prepare("kopie", *PLAN))

    catalogue.remove("plan")
    kept = home.original(card.digest).exists()
    catalogue.remove("kopie")

    assert kept
    assert not home.original(card.digest).exists()


def test_a_key_is_never_used_twice(catalogue: Catalogue, prepare) -> None:
    """A citation to something removed must not show something else."""
    first = catalogue.add(prepare("plan", *PLAN))
    catalogue.remove("plan")
    second = catalogue.add(prepare("plan", *PLAN))

    assert first.key < second.key
    assert [stored.key for stored in catalogue.passages_of(second.key)] == [3, 4]


def test_a_file_that_changed_meanwhile_is_not_stored(catalogue: Catalogue, home: Home, prepare) -> None:
    """The original that is kept is the one that was read, or the document does not enter."""
    prepared = prepare("plan", *PLAN)
    prepared.source.write_text("Iets anders.")

    with pytest.raises(UnreadableFile):
        catalogue.add(prepared)

    assert catalogue.documents() == ()
    assert list(home.originals.iterdir()) == []


def test_a_failing_store_changes_nothing(catalogue: Catalogue, prepare) -> None:
    """An error halfway leaves the version that was there, with its index."""
    old = catalogue.add(prepare("plan", *PLAN))
    prepared = prepare("plan", "Het plan telt vier delen.")
    unstorable = replace(prepared, document=replace(prepared.document, warnings=("fine", object())))

    with pytest.raises(TypeError):
        catalogue.add(unstorable)

    assert catalogue.documents() == (old,)
    assert [key for key, _ in catalogue.lexical_search(any_of(["plan"]), limit=9)] == [1, 2]


def test_every_change_raises_the_revision(catalogue: Catalogue, prepare) -> None:
    """Who remembers something can see that it is out of date."""
    revisions = [catalogue.revision()]
    catalogue.add(prepare("plan", *PLAN))
    revisions.append(catalogue.revision())
    catalogue.remove("plan")
    revisions.append(catalogue.revision())

    assert revisions == [0, 1, 2]


def test_words_find_the_passages_that_hold_them(catalogue: Catalogue, prepare) -> None:
    """The best match comes first with the higher score; stems and 4-grams each find in their own way."""
    catalogue.add(prepare("plan", *PLAN))
    catalogue.add(prepare("nota", *NOTE, title="Over de raad"))

    by_word = catalogue.lexical_search(any_of(["raad", "plan"]), limit=9)
    by_gram = catalogue.lexical_search(any_of(["inis"], columns=["grams"]), limit=9)

    assert [key for key, _ in by_word] == [3, 1, 2]
    assert by_word[0][1] > by_word[1][1] > 0
    assert [key for key, _ in by_gram] == [2]
    assert catalogue.lexical_fields([3])[3].title == "over de raad"
    assert catalogue.document_frequency(["plan", "raad", "maan"]) == {"plan": 3, "raad": 1, "maan": 0}


def test_the_rarest_words_are_sought_first(catalogue: Catalogue, prepare) -> None:
    """In a large collection a search leaves out what most passages hold; the counts follow the catalogue."""
    catalogue.add(prepare("plan", *PLAN))
    plan, raad = any_of(["plan"]), any_of(["raad"])
    catalogue.telling([plan, raad])
    catalogue.add(prepare("nota", *NOTE, title="Over de raad"))

    assert catalogue.telling([plan, raad]) == [plan, raad]
    assert catalogue.telling([plan, raad], most=3) == [raad]
    assert catalogue.telling([plan], most=1) == [plan]


def test_filters_choose_documents(catalogue: Catalogue, prepare) -> None:
    """Kind, publisher, year and id narrow what is listed and found; an unknown year lies in no range."""
    catalogue.add(prepare("a", *PLAN, kind="advies", publisher="VLOR", date="2018-07"))
    catalogue.add(prepare("b", *PLAN, "Meer.", kind="nota", publisher="VLOR", date="2020"))
    catalogue.add(prepare("c", *PLAN, "Nog meer.", kind="advies"))

    def found(**chosen) -> list[str]:
        filters = Filters(**chosen)
        hits = catalogue.passages(
            key for key, _ in catalogue.lexical_search(any_of(["plan"]), limit=99, filters=filters)
        )
        listed = ids(catalogue.documents(filters))
        assert sorted({stored.document.id for stored in hits.values()}) == listed
        return listed

    assert found() == ["a", "b", "c"]
    assert found(kinds=("advies",)) == ["a", "c"]
    assert found(kinds=("advies", "nota"), publishers=("VLOR",)) == ["a", "b"]
    assert found(first_year=2019) == ["b"]
    assert found(last_year=2019) == ["a"]
    assert found(documents=("c", "x")) == ["c"]
    assert found(kinds=("folder",)) == []


def test_facets_count_what_can_still_be_chosen(catalogue: Catalogue, prepare) -> None:
    """Each facet counts under the other filters, not under its own."""
    catalogue.add(prepare("a", *PLAN, kind="advies", publisher="VLOR", date="2018-07"))
    catalogue.add(prepare("b", *PLAN, "Meer.", kind="nota", publisher="VLOR", date="2020"))
    catalogue.add(prepare("c", *PLAN, "Nog meer.", kind="advies"))

    assert catalogue.facets() == Facets(
        kinds=(("advies", 2), ("nota", 1)), publishers=(("VLOR", 2),), years=((2018, 1), (2020, 1))
    )
    assert catalogue.facets(Filters(kinds=("nota",))) == Facets(
        kinds=(("advies", 2), ("nota", 1)), publishers=(("VLOR", 1),), years=((2020, 1),)
    )


def test_the_glossary_follows_its_document(catalogue: Catalogue, prepare) -> None:
    """Acronyms come with the version that explains them and go with it."""
    entry = GlossaryEntry("VLOR", "Vlaamse Onderwijsraad", 0, 4)
    card = catalogue.add(replace(prepare("plan", *PLAN), glossary=(entry,)))
    with_entry = catalogue.glossary()
    catalogue.add(prepare("plan", *NOTE))

    assert with_entry == ((card.key, entry),)
    assert catalogue.glossary() == ()


def test_other_vectors_can_take_the_place_of_all(catalogue: Catalogue, prepare) -> None:
    """Another encoder brings other vectors and its own mark in one step."""
    catalogue.add(prepare("plan", *NOTE))
    mark = EncoderMark("short", "short-2", 2)

    catalogue.replace_vectors(mark, [(1, np.array([0, 1], np.float32), np.array([[1, 0]], np.float32))])

    assert catalogue.encoder_mark() == mark
    assert catalogue.vectors([1]).passages.tolist() == [[0, 1]]
    assert catalogue.vectors([1]).units.tolist() == [[1, 0]]


def test_an_empty_catalogue_is_bound_to_no_encoder(catalogue: Catalogue, prepare) -> None:
    """Only stored vectors tie a home to the encoder that made them."""
    before = catalogue.encoder_mark()
    catalogue.add(prepare("plan", *PLAN))

    assert before is None
    assert catalogue.encoder_mark() == EncoderMark("words", "words-512", 512)


def test_every_thread_may_read(catalogue: Catalogue, prepare) -> None:
    """The same catalogue serves many threads, while one writes."""
    catalogue.add(prepare("plan", *PLAN))
    seen: list[int] = []

    def read() -> None:
        seen.append(len(catalogue.passages_of(1)))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    catalogue.add(prepare("nota", *NOTE))
    for thread in threads:
        thread.join()

    assert seen == [2] * 8


def test_a_snapshot_does_not_move(catalogue: Catalogue, home: Home, prepare) -> None:
    """A reader in a snapshot sees one moment, while a writer replaces what it reads."""
    catalogue.add(prepare("plan", *PLAN))
    with Catalogue.open(home) as reader, reader.snapshot():
        before = reader.passages([1, 2]).keys()
        catalogue.add(prepare("plan", *NOTE))
        after = reader.passages([1, 2]).keys()

    assert before == after == {1, 2}


def test_a_reader_sees_what_another_has_written(catalogue: Catalogue, home: Home, prepare) -> None:
    """What is remembered about documents does not outlive a change by another process."""
    with Catalogue.open(home) as reader:
        card = catalogue.add(prepare("plan", *PLAN))
        first = reader.documents()
        catalogue.add(prepare("plan", *NOTE))
        again = reader.card(card.key)

    assert first == (card,)
    assert again == replace(card, state=State.REPLACED)


def test_there_must_be_something_to_read(home: Home) -> None:
    """A home without catalogue is missing; so is one whose making was interrupted."""
    home.create()
    for _ in range(2):
        with pytest.raises(HomeError) as caught:
            Catalogue.open(home)
        assert caught.value.key == "home_missing"
        sqlite3.connect(home.catalogue).close()


def test_a_later_format_is_left_alone(catalogue: Catalogue, home: Home) -> None:
    """A catalogue of a later version is not touched."""
    with sqlite3.connect(home.catalogue) as later:
        later.execute("PRAGMA user_version = 99")

    with pytest.raises(HomeError) as caught:
        Catalogue.open(home, create=True)
    assert caught.value.key == "home_newer"


def test_a_damaged_file_is_named_as_such(home: Home) -> None:
    """What is no database is not read as an empty one."""
    home.create()
    home.catalogue.write_bytes(b"no database at all" * 100)

    with pytest.raises(HomeError) as caught:
        Catalogue.open(home)
    assert caught.value.key == "catalogue_damaged"
