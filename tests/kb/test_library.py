"""The ingest pipeline: what becomes of each file, and that nothing is lost on the way."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import Reason
from ingest.ocr import UNREAD_WITHOUT_OCR
from ingest.reading import VERSION
from ingest.types import DocumentInfo
from kb import library
from kb.analysis import stems
from kb.catalogue import Catalogue
from kb.errors import EncoderError, HomeError, UsageError
from kb.home import Home
from kb.lexical_index import any_of
from kb.library import ingest, reencode, remove
from kb.progress import Silence
from kb.testing import WordEncoder
from kb.types import FileReport, IngestReport, Outcome
from kb.vector_index import VectorIndex
from tests.faulty_disk.warm import Warm
from tests.faulty_disk.writers import add_until

ADVICE = "# Advies\n\nDe raad geeft advies over het plan.\n\nHet plan telt drie delen.\n"
NOTE = "# Nota\n\nDe minister keurt de begroting goed.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an advice and a note."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "advies.md").write_text(ADVICE)
    (made / "nota.md").write_text(NOTE)
    return made


@contextmanager
def reading(home: Home) -> Iterator[Catalogue]:
    """The catalogue of a home."""
    with Catalogue.open(home) as catalogue:
        yield catalogue


def document_ids(home: Home) -> list[str]:
    """The ids of all documents."""
    with reading(home) as catalogue:
        return [card.id for card in catalogue.documents()]


def found_by_words(home: Home, word: str) -> set[str]:
    """The ids of the documents that the lexical index finds."""
    with reading(home) as catalogue:
        keys = [key for key, _ in catalogue.lexical_search(any_of(stems(word)), limit=99)]
        return {stored.document.id for stored in catalogue.passages(keys).values()}


def found_by_vector(home: Home, words: str) -> set[str]:
    """The ids of the documents that the vector index finds."""
    index = VectorIndex(home.vectors)
    found = index.search(WordEncoder().encode_question(words), 99)
    index.close()
    with reading(home) as catalogue:
        keys = catalogue.passages_of_vectors(key for key, similarity in found if similarity > 0.01)
        stored = catalogue.passages(keys)
        return {passage.document.id for passage in stored.values()}


def test_a_folder_becomes_documents(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Each file is reported in order, and found by its words and by its vectors."""
    report = ingest(home, [folder], encoder=encoder)

    assert report == IngestReport(
        (
            FileReport(str(folder / "advies.md"), Outcome.ADDED, "advies"),
            FileReport(str(folder / "nota.md"), Outcome.ADDED, "nota"),
        )
    )
    assert found_by_words(home, "begroting") == found_by_vector(home, "begroting") == {"nota"}


@pytest.mark.usefixtures("tesseract")
def test_pages_that_waited_for_text_recognition_are_read_when_it_is_there(
    home: Home, encoder: WordEncoder, prepare
) -> None:
    """The file is the same, and is read again all the same: once."""
    prepared = replace(prepare("scan", ADVICE), read_by=VERSION)
    document = replace(prepared.document, warnings=(UNREAD_WITHOUT_OCR,))
    with Catalogue.open(home, create=True) as catalogue:
        catalogue.add(replace(prepared, document=document))

    outcomes = [ingest(home, [prepared.source], encoder=encoder).files[0].outcome for _ in range(2)]

    assert outcomes == [Outcome.REPLACED, Outcome.UNCHANGED]


def test_what_is_unchanged_is_skipped(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """The second run reads and embeds nothing."""
    ingest(home, [folder], encoder=encoder)
    encoder.encoded.clear()
    report = ingest(home, [folder / "nota.md", folder], encoder=encoder)

    assert [(file.outcome, file.document_id) for file in report.files] == [
        (Outcome.UNCHANGED, "nota"),
        (Outcome.UNCHANGED, "advies"),
    ]
    assert encoder.encoded == []


def test_what_has_changed_is_replaced(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """The new text is found, the old one is not; the other document stays as it is."""
    ingest(home, [folder], encoder=encoder)
    (folder / "nota.md").write_text(NOTE.replace("begroting", "rekening"))
    report = ingest(home, [folder], encoder=encoder)

    assert [file.outcome for file in report.files] == [Outcome.UNCHANGED, Outcome.REPLACED]
    assert found_by_words(home, "rekening") == found_by_vector(home, "rekening") == {"nota"}
    assert found_by_words(home, "begroting") == found_by_vector(home, "begroting") == set()


def test_better_reading_reads_again(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """What an earlier version of reading made of a file is replaced, though the file did not change."""
    ingest(home, [folder], encoder=encoder)
    with sqlite3.connect(home.catalogue) as catalogue:
        catalogue.execute("UPDATE documents SET read_by = 0 WHERE id = 'nota'")

    report = ingest(home, [folder], encoder=encoder)

    assert [file.outcome for file in report.files] == [Outcome.UNCHANGED, Outcome.REPLACED]


def test_one_broken_file_stops_no_other(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """A file that cannot be read is set aside with its reason; the rest goes in."""
    (folder / "leeg.txt").write_text("  \n")
    (folder / "kapot.docx").write_bytes(b"PK\x03\x04 and no more")

    report = ingest(home, [folder], encoder=encoder)

    assert [(Path(file.path).name, file.outcome, file.reason) for file in report.files] == [
        ("advies.md", Outcome.ADDED, None),
        ("kapot.docx", Outcome.SET_ASIDE, Reason.DAMAGED),
        ("leeg.txt", Outcome.SET_ASIDE, Reason.EMPTY),
        ("nota.md", Outcome.ADDED, None),
    ]
    assert document_ids(home) == ["advies", "nota"]


def test_a_copy_adds_nothing(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """The same bytes under another name are the document that is there already, also in one run."""
    (folder / "kopie.md").write_text(ADVICE)

    report = ingest(home, [folder], encoder=encoder)

    copy = FileReport(str(folder / "kopie.md"), Outcome.UNCHANGED, "advies", detail="advies.md")
    assert report.files[1] == copy
    assert document_ids(home) == ["advies", "nota"]


def test_what_people_say_of_a_document_counts_as_its_content(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """A changed sources.toml makes a new version, and a line taken out of it is forgotten."""
    ingest(home, [folder], encoder=encoder)
    (folder / "sources.toml").write_text('["nota.md"]\npublisher = "De minister"\n')
    told = ingest(home, [folder], encoder=encoder)
    with reading(home) as catalogue:
        publisher = catalogue.current("nota").info.publisher
    (folder / "sources.toml").unlink()
    untold = ingest(home, [folder], encoder=encoder)
    with reading(home) as catalogue:
        info = catalogue.current("nota").info

    assert [file.outcome for file in told.files] == [Outcome.UNCHANGED, Outcome.REPLACED]
    assert [file.outcome for file in untold.files] == [Outcome.UNCHANGED, Outcome.REPLACED]
    assert (publisher, info.publisher) == ("De minister", None)


def test_a_file_that_left_the_folder_keeps_its_document(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Nothing is removed unasked."""
    ingest(home, [folder], encoder=encoder)
    (folder / "nota.md").unlink()
    ingest(home, [folder], encoder=encoder)

    assert document_ids(home) == ["advies", "nota"]


def test_a_folder_without_documents_is_an_error(home: Home, tmp_path: Path, encoder: WordEncoder) -> None:
    """There was something to do, and it was not done."""
    with pytest.raises(UsageError) as caught:
        ingest(home, [tmp_path], encoder=encoder)

    assert (caught.value.key, caught.value.values) == ("no_documents", {"path": str(tmp_path)})
    assert not home.exists


def test_a_path_that_is_not_there_is_named(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """A typing error is found before any work is done."""
    with pytest.raises(UsageError) as caught:
        ingest(home, [folder, folder / "bestaat niet"], encoder=encoder)

    assert (caught.value.key, caught.value.values) == (
        "no_such_path",
        {"path": str(folder / "bestaat niet")},
    )
    assert not home.exists


def test_passages_are_embedded_in_their_context_and_units_alone(home: Home, encoder: WordEncoder) -> None:
    """What is searched is not what is shown; equal texts are embedded once, and so is each word of the collection."""
    source = home.path.parent / "nota.md"
    source.write_text("# Nota\n\n- Eerst dit.\n- Dan dat.\n- Eerst dit.\n")

    ingest(home, [source], encoder=encoder)

    with reading(home) as catalogue:
        (stored,) = catalogue.passages_of(catalogue.current("nota").key)
    searched = stored.passage.search_text
    texts = [stored.passage.slice(unit.start, unit.end) for unit in stored.passage.units]
    assert encoder.encoded == [searched, *dict.fromkeys(texts), "nota"]
    assert len(texts) > len(set(texts))


def test_passages_are_embedded_with_the_title_of_their_document(home: Home, encoder: WordEncoder) -> None:
    """A title that is not already the outermost heading comes first."""
    source = home.path.parent / "nota.md"
    source.write_text("# Begroting\n\nDie is goed.\n")
    (source.parent / "sources.toml").write_text('["nota.md"]\ntitle = "Nota van de minister"\n')

    ingest(home, [source], encoder=encoder)

    assert encoder.encoded[0].startswith("Nota van de minister\nBegroting\n")


def test_acronyms_go_into_the_glossary(home: Home, encoder: WordEncoder) -> None:
    """What a document explains helps to understand questions."""
    source = home.path.parent / "nota.md"
    source.write_text("# Nota\n\nDe Vlaamse Onderwijsraad (VLOR) geeft advies.\n")

    ingest(home, [source], encoder=encoder)

    with reading(home) as catalogue:
        ((key, entry),) = catalogue.glossary()
        where = catalogue.text(key, entry.start, entry.end)
    assert (entry.acronym, entry.long_form) == ("VLOR", "Vlaamse Onderwijsraad")
    assert where == "Vlaamse Onderwijsraad (VLOR)"


def test_another_encoder_is_refused(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Vectors of two encoders are never mixed; the error names both."""
    ingest(home, [folder / "nota.md"], encoder=encoder)

    with pytest.raises(EncoderError) as caught:
        ingest(home, [folder], encoder=WordEncoder(name="other"))

    assert caught.value.values == {"made_by": "words", "asked": "other"}
    assert document_ids(home) == ["nota"]


def test_all_vectors_can_be_made_anew(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Changing over to another encoder needs the stored texts only."""
    ingest(home, [folder], encoder=encoder)
    for file in folder.iterdir():
        file.unlink()
    shorter = WordEncoder(name="shorter", dimension=128)

    reencode(home, shorter)

    index = VectorIndex(home.vectors)
    with reading(home) as catalogue:
        mark = catalogue.encoder_mark()
        ((key, similarity),) = index.search(shorter.encode_question("begroting"), 1)
        (passage_key,) = catalogue.passages_of_vectors([key])
        passage = catalogue.passages([passage_key])[passage_key].passage
    index.close()
    assert mark == library.mark_of(shorter)
    assert "begroting" in passage.text
    assert similarity > 0.1


def test_removed_documents_are_not_found(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Neither by words nor by vectors."""
    ingest(home, [folder], encoder=encoder)
    remove(home, ["nota", "nota"])

    assert document_ids(home) == ["advies"]
    assert found_by_words(home, "begroting") == found_by_vector(home, "begroting") == set()


def test_one_unknown_document_stops_the_removal_of_all(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """A typing error costs nothing."""
    ingest(home, [folder], encoder=encoder)
    with pytest.raises(UsageError):
        remove(home, ["nota", "notta"])

    assert document_ids(home) == ["advies", "nota"]


def test_a_second_writer_is_refused(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """It hears so at once, and the first is not disturbed."""
    with home.writer_lock(), pytest.raises(HomeError) as caught:
        ingest(Home(home.path), [folder], encoder=encoder)

    assert caught.value.key == "home_busy"


class Impatience(Silence):
    """Somebody who presses Ctrl+C before the second file."""

    def begin(self, name: str) -> None:
        """Interrupt."""
        if name == "nota.md":
            raise KeyboardInterrupt


def test_an_interrupted_ingest_keeps_what_it_did(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """What was committed can be found, and the next run does the rest."""
    with pytest.raises(KeyboardInterrupt):
        ingest(home, [folder], encoder=encoder, progress=Impatience())
    first = (document_ids(home), found_by_vector(home, "advies"))
    report = ingest(home, [folder], encoder=encoder)

    assert first == (["advies"], {"advies"})
    assert [file.outcome for file in report.files] == [Outcome.UNCHANGED, Outcome.ADDED]


def test_a_reader_mends_the_index(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """An index that is missing is made again where nobody else writes, and awaited where somebody does."""
    ingest(home, [folder], encoder=encoder)
    (home.vectors / "published.json").unlink()
    index = VectorIndex(home.vectors)
    with reading(home) as catalogue:
        with home.writer_lock():
            while_busy = library.bring_index_up_to_date(Home(home.path), catalogue, index)
        afterwards = library.bring_index_up_to_date(home, catalogue, index)
    index.close()

    assert (while_busy, afterwards) == (False, True)
    assert found_by_vector(home, "begroting") == {"nota"}


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    """A process whose forks may be killed."""
    with Warm() as made:
        yield made


@pytest.mark.parametrize(
    ("moment", "survived"),
    [(3, []), (4, ["advies"]), (6, ["advies"]), (9, ["advies", "nota"])],
)
def test_a_killed_ingest_leaves_whole_documents(
    moment: int, survived: list[str], home: Home, folder: Path, encoder: WordEncoder, warm: Warm
) -> None:
    """Killed before, during or after a document, or before the index: all is old or new, and the next run ends it."""
    killed = warm.call(add_until, home.path, folder, moment)
    with Catalogue.open(home, create=True) as catalogue:
        cards = catalogue.documents()
        texts = {card.id: catalogue.text(card.key, 0, None) for card in cards}

    ingest(home, [folder], encoder=encoder)

    assert killed.code == -signal.SIGKILL
    assert sorted(texts) == survived
    assert all(texts.values())
    assert document_ids(home) == ["advies", "nota"]
    assert found_by_vector(home, "begroting") == {"nota"}
    assert len(list(home.originals.iterdir())) == 2


def test_text_with_a_broken_character_is_set_aside(home: Home, tmp_path: Path, encoder: WordEncoder) -> None:
    """Whatever a text holds, it is stored as it is or set aside; the run goes on."""
    source = tmp_path / "nota.html"
    source.write_text("<html><body><p>De begroting &#xD800; is goed.</p></body></html>")
    (tmp_path / "ander.md").write_text(NOTE)

    report = ingest(home, [source, tmp_path / "ander.md"], encoder=encoder)

    assert report.files[1].outcome is Outcome.ADDED
    assert report.files[0].outcome in (Outcome.ADDED, Outcome.SET_ASIDE)


@pytest.mark.shared
def test_real_documents_go_in_and_stay_whole(home: Home, shared_corpus: Path, encoder: WordEncoder) -> None:
    """Every passage is a slice of its document, every unit lies in its passage, and all can be found."""
    first = ingest(home, [shared_corpus], encoder=encoder)
    again = ingest(home, [shared_corpus], encoder=encoder)

    assert {file.outcome for file in first.files} == {Outcome.ADDED}
    assert {file.outcome for file in again.files} == {Outcome.UNCHANGED}
    with reading(home) as catalogue:
        for card in catalogue.documents():
            document = catalogue.document(card.key)
            for stored in catalogue.passages_of(card.key):
                passage = stored.passage
                assert passage.text == document.text[passage.start : passage.end]
                assert all(passage.slice(unit.start, unit.end).strip() for unit in passage.units)
        index = VectorIndex(home.vectors)
        found = index.search(encoder.encode_question("de"), catalogue.passage_count())
        index.close()
        assert {key for key, _ in found} == catalogue.vector_keys()


def test_what_is_known_is_stored_as_json(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """An empty statement is as clear as a full one."""
    (folder / "sources.toml").write_text('["nota.md"]\ndate = 2018\n')
    ingest(home, [folder], encoder=encoder)

    with reading(home) as catalogue:
        assert catalogue.stated(catalogue.current("advies").key) == DocumentInfo()
        assert catalogue.stated(catalogue.current("nota").key) == DocumentInfo(date="2018")
