"""Small pieces of text about a document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.types import Finding, Origin, Span, TextSource
from kb.labels import (
    field_name,
    filter_label,
    finding_label,
    long_date,
    origin,
    page_label,
    page_labels,
    succession_label,
    value_label,
)
from kb.types import DocumentCard, PageMark, Succession
from tests.search_ui.samples import stored


def document(*pages: PageMark, file_format: str = "pdf", **info: str | None) -> DocumentCard:
    """A document with these pages."""
    card = stored("x", file_format=file_format, **info).document
    return replace(card, pages=pages) if pages else card


@pytest.mark.parametrize(
    ("iso", "dutch", "english"),
    [
        ("2018-07-02", "2 juli 2018", "2 July 2018"),
        ("2018-07", "juli 2018", "July 2018"),
        ("2018", "2018", "2018"),
        ("2020-02-29", "29 februari 2020", "29 February 2020"),
        ("2024-12-31", "31 december 2024", "31 December 2024"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(iso: str, dutch: str, english: str) -> None:
    """A month or a day that nobody named is not made up."""
    assert (long_date(iso, language="nl"), long_date(iso, language="en")) == (dutch, english)


@pytest.mark.parametrize("text", ["2018-13", "2019-02-29", "voorjaar 2018", "2018/07", "2018-07-02-01", ""])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    """Better the words of the file than a wrong day."""
    assert long_date(text, language="nl") == text


@pytest.mark.parametrize(
    ("start", "end", "label"), [(0, 5, "p. 3"), (5, 10, "p. 3"), (5, 11, "p. 3-4"), (0, 25, "p. 3-5")]
)
def test_a_stretch_names_its_pages(start: int, end: int, label: str) -> None:
    """One that ends where a page ends does not name the next."""
    paged = document(PageMark(3, 0), PageMark(4, 10), PageMark(5, 20))

    assert page_label(paged, Span(start, end), language="nl") == label


def test_a_presentation_has_slides() -> None:
    """In the words of the reader's language."""
    slides = document(PageMark(4, 0), PageMark(5, 10), file_format="pptx")

    assert page_label(slides, Span(0, 5), language="nl") == "dia 4"
    assert page_label(slides, Span(5, 12), language="en") == "slide 4-5"


def test_a_page_that_was_worked_out_says_so() -> None:
    """Also when only the last of two pages was."""
    guessed = document(PageMark(1, 0), PageMark(2, 10, inferred=True))

    assert page_label(guessed, Span(0, 5), language="nl") == "p. 1"
    assert page_label(guessed, Span(12, 15), language="nl") == "p. 2 (pagina afgeleid)"
    assert page_label(guessed, Span(5, 15), language="nl") == "p. 1-2 (pagina afgeleid)"


def test_text_that_was_recognised_on_a_scan_says_so() -> None:
    """Beside the number, as one that was worked out."""
    scanned = document(PageMark(1, 0), PageMark(2, 10, source=TextSource.OCR))

    assert page_label(scanned, Span(0, 5), language="nl") == "p. 1"
    assert page_label(scanned, Span(5, 15), language="nl") == "p. 1-2 (gescand, tekst herkend)"
    assert page_label(scanned, Span(12, 15), language="en") == "p. 2 (scanned, text recognised)"


def test_a_format_without_pages_has_no_label() -> None:
    """HTML and Markdown know headings only."""
    assert page_label(document(PageMark(None, 0)), Span(0, 5)) is None
    assert page_labels(document(PageMark(None, 0)), [Span(0, 5)]) == ()


def test_each_page_is_named_once() -> None:
    """Two quotes of one page are one label, in the order given."""
    paged = document(PageMark(1, 0), PageMark(2, 10))

    assert page_labels(paged, [Span(12, 13), Span(0, 5), Span(15, 20)], language="nl") == ("p. 2", "p. 1")


def test_an_origin_is_what_is_known() -> None:
    """Publisher, kind and date; what is not known leaves no gap."""
    whole = document(publisher="Leeshuis", kind="nota", date="2020-09")

    assert origin(whole, language="nl") == ("Leeshuis", "nota", "september 2020")
    assert origin(document(kind="nota")) == ("nota",)
    assert origin(document()) == ()


def test_what_is_known_has_a_name_in_each_language() -> None:
    """Only what Bronvast recognises itself: what a person wrote stays as it was written."""
    assert value_label("kind", "omzendbrief", language="en") == "circular"
    assert value_label("education_level", "hoger", language="nl") == "hoger onderwijs"
    assert value_label("language", "nl", language="nl") == "Nederlands"
    assert value_label("date", "2018-07", language="nl") == "juli 2018"
    assert value_label("kind", "Reglement 2018-07", language="en") == "Reglement 2018-07"


def test_a_document_that_is_filtered_on_is_called_by_its_title() -> None:
    """One that is gone keeps the name under which it was asked for."""
    titles = {"gids-2": "Gids voor mentoren"}

    assert filter_label("documents", "gids-2", titles, language="nl") == "Gids voor mentoren"
    assert filter_label("documents", "weg", titles, language="nl") == "weg"
    assert filter_label("regions", "Vlaanderen", titles, language="en") == "Flanders"


def test_a_finding_says_how_sure_and_where_from() -> None:
    """In the language of the reader."""
    finding = Finding("SERV", 0.85, Origin.LETTERHEAD)

    assert finding_label(finding, language="nl") == "85 %, briefhoofd of paginarand"
    assert finding_label(finding, language="en") == "85%, letterhead or edge of the page"
    assert field_name("education_level", language="nl") == "onderwijsniveau"


def test_a_guessed_successor_is_called_a_guess() -> None:
    """What was said is said; what only seems so is not."""
    successor = document(title="Visienota 2025")
    guess = Succession(1, 2, 0.8, Origin.COLLECTION)

    assert succession_label(successor, guess, language="nl") == "mogelijk vervangen door Visienota 2025"
    assert succession_label(successor, replace(guess, origin=Origin.PERSON), language="en") == (
        "replaced by Visienota 2025"
    )
