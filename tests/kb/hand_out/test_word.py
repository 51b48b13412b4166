"""The Word document, read back by python-docx and by our own reader."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from ingest.reading import read_document
from ingest.types import BlockKind
from kb.hand_out.types import HandOut
from kb.hand_out.word.document import word_document
from kb.types import Answer
from tests.kb.hand_out.samples import ADVISED, NOTED, TABLE, found, handed_out, not_found, says, separately, whole
from tests.kb.test_references import HOSTILE
from tests.search_ui.samples import stored

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(hand_out: HandOut) -> Any:
    """The document as python-docx opens it."""
    return docx.Document(io.BytesIO(word_document(hand_out)))


def part(hand_out: HandOut, name: str) -> str:
    """The XML of a part of the file."""
    with zipfile.ZipFile(io.BytesIO(word_document(hand_out))) as package:
        return package.read(name).decode()


def test_the_body_has_headings_lists_and_no_empty_paragraphs() -> None:
    """Each in a style of its own, so that a screen reader and a table of contents find them."""
    shown = [(one.style.name, one.text) for one in opened(whole()).paragraphs]

    assert shown[:6] == [
        ("Heading 1", "Wat vraagt de raad?"),
        ("Bronvast Remark", "Gevonden in de documenten."),
        ("Normal", "De raad vraagt drie dingen:"),
        ("List Bullet", "tijd;"),
        ("List Bullet", "geld;"),
        ("List Bullet", "een mentor., "),  # the marks of two footnotes, with a comma between them
    ]
    assert ("Heading 2", "Bronnen") in shown
    assert ("Bronvast Source", "SERV. (2018, 2 juli). Advies over leren [Advies].") in shown
    assert all(text.strip() for _, text in shown)


def test_the_footnotes_say_where_it_stands(tmp_path: Path) -> None:
    """Our own reader finds them at their marks, as it does those of any Word document."""
    path = tmp_path / "antwoord.docx"
    path.write_bytes(word_document(whole()))
    document = read_document(path)
    notes = [document.text[one.start : one.end] for one in document.blocks if one.kind is BlockKind.FOOTNOTE]

    assert [note.lstrip("¹²³123 ") for note in notes] == [
        "SERV. (2018, 2 juli). Advies over leren (p. 3) [Advies]. Onder “4.2 Kosten”.",
        "Nota. (2020).",
        "FOREM. (z.d.). Note (p. 9 [pagina afgeleid]).",
    ]
    assert document.info.title == "Wat vraagt de raad?"


def test_a_table_is_a_table(tmp_path: Path) -> None:
    """With its footnote below it; our own reader finds its rows."""
    path = tmp_path / "tabel.docx"
    path.write_bytes(word_document(handed_out(found("Waar?", says(TABLE)))))
    document = read_document(path)
    rows = [document.text[one.start : one.end] for one in document.blocks if one.kind is BlockKind.TABLE_ROW]

    assert rows == ["Plaats | Sinds", "Gent | 2019", "Brugge | 2021 *"]
    assert "Cijfers (p. 3)" in document.text


def test_a_source_that_is_cited_again_keeps_its_footnote() -> None:
    """The second mark is a field that points to the first, so numbers are those of the page."""
    advice, note = separately(ADVISED, NOTED)
    hand_out = handed_out(found("Eén?", says(advice), says(note)), found("Twee?", says(advice)))
    body = part(hand_out, "word/document.xml")

    assert part(hand_out, "word/footnotes.xml").count("<w:footnoteRef/>") == 2
    assert body.count("<w:footnoteReference ") == 2
    assert body.count("NOTEREF _RefBron1 ") == 1
    assert body.count('w:name="_RefBron1"') == 1


def test_italics_are_those_of_the_title() -> None:
    """In the list of documents."""
    entry = next(one for one in opened(whole()).paragraphs if one.text.startswith("SERV."))

    assert [run.text for run in entry.runs if run.italic] == ["Advies over leren"]


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl-BE"), ("en", "en-GB")])
def test_the_document_says_in_which_language_it_is(language: str, locale: str) -> None:
    """And so does a sentence from a document in another."""
    hand_out = handed_out(found("Wat?", says(stored("Un tuteur.", language="fr"))), language=language)

    assert opened(hand_out).core_properties.language == locale
    assert f'<w:lang w:val="{locale}"' in part(hand_out, "word/styles.xml")
    assert '<w:lang w:val="fr-BE"/>' in part(hand_out, "word/document.xml")


def test_it_is_called_after_its_question_and_by_nobody_else() -> None:
    """The properties hold no trace of the template or of a person."""
    properties = opened(whole()).core_properties

    assert (properties.title, properties.author, properties.comments) == ("Wat vraagt de raad?", "Bronvast", "")
    assert properties.created.date().isoformat() == "2026-11-21"


def test_several_answers_stand_under_one_title() -> None:
    """Each under a heading; where nothing was found, that is said in bold."""
    paragraphs = opened(handed_out(found("Eén?", says(NOTED)), not_found("Twee?"))).paragraphs
    headings = [one.text for one in paragraphs if one.style.name in ("Title", "Heading 1")]
    verdict = next(one for one in paragraphs if one.text.startswith("Niet gevonden"))

    assert headings == ["Dossier", "Eén?", "Twee?", "Bronnen"]
    assert verdict.runs[0].bold


def hostile(text: str) -> Answer:
    """An answer in which everything is called so."""
    return found(text, says(stored("Gewoon.", title=text, publisher=text, kind=text, headings=(text,))))


@pytest.mark.parametrize("text", [*HOSTILE, "]]>&lt;w:p/>", "a" * 5000])
def test_hostile_words_stay_words(text: str) -> None:
    """The file opens, and no element of theirs is in it."""
    hand_out = handed_out(hostile(text))
    with zipfile.ZipFile(io.BytesIO(word_document(hand_out))) as package:
        assert package.testzip() is None
    body = opened(hand_out).element

    assert {element.tag.startswith("{http://schemas.openxmlformats.org/") for element in body.iter()} == {True}
    assert body.findall(f".//{W}p") != []
