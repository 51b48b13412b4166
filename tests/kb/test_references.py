"""References after APA 7: in a list of sources, and behind a quote."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ingest.types import Span
from kb.references import apa, in_text
from kb.types import DocumentCard, PageMark
from tests.search_ui.samples import stored

ADVICE = {"title": "Duaal leren in het hoger onderwijs", "publisher": "SERV", "date": "2018-07-02", "kind": "advies"}


def document(*pages: PageMark, file_format: str = "pdf", **info: str | None) -> DocumentCard:
    """A document with these pages."""
    card = stored("x" * 30, file_format=file_format, **info).document
    return replace(card, pages=pages) if pages else card


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nl", "SERV. (2018, 2 juli). Duaal leren in het hoger onderwijs [Advies]."),
        ("en", "SERV. (2018, July 2). Duaal leren in het hoger onderwijs [Advice]."),
    ],
)
def test_an_organisation_is_the_author_and_not_named_again_as_publisher(language: str, written: str) -> None:
    """Author, date, title, kind: the order of APA 7, with the date as the language writes it."""
    assert apa(document(**ADVICE), language=language).plain == written


@pytest.mark.parametrize(
    ("date", "dutch", "english"),
    [
        ("2018-07", "(2018, juli)", "(2018, July)"),
        ("2018", "(2018)", "(2018)"),
        (None, "(z.d.)", "(n.d.)"),
        ("2018-13-45", "(2018-13-45)", "(2018-13-45)"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(date: str | None, dutch: str, english: str) -> None:
    """No day or month is made up; without a date one says so; what is no date stays as it is."""
    card = document(title="Nota", publisher="Leeshuis", date=date)

    assert apa(card, language="nl").plain == f"Leeshuis. {dutch}. Nota."
    assert apa(card, language="en").plain == f"Leeshuis. {english}. Nota."


def test_without_an_issuer_the_title_leads() -> None:
    """An author that nobody named is not made up."""
    card = document(title="Nota over lezen", kind="nota", date="2020")

    assert apa(card, language="nl").plain == "Nota over lezen [Nota]. (2020)."
    assert in_text(card, language="nl").plain == "(Nota over lezen, 2020)"


def test_a_document_of_which_nothing_is_known_is_called_by_its_file() -> None:
    """Nothing stands in for what is not known."""
    assert apa(document(), language="nl").plain == "document.pdf. (z.d.)."


def test_number_version_and_page_identify_the_place() -> None:
    """Between brackets behind the title, as far as they are known."""
    card = document(PageMark(3, 0), PageMark(4, 10), **ADVICE, reference="ADV/2018/07", version="2.0")
    spans = [Span(12, 14), Span(0, 5)]

    assert apa(card, spans, language="nl").plain.endswith(
        "onderwijs (nr. ADV/2018/07, versie 2.0, p. 3, p. 4) [Advies]."
    )
    assert "(No. ADV/2018/07, Version 2.0, p. 3, p. 4)" in apa(card, spans, language="en").plain
    assert in_text(card, spans[:1], language="nl").plain == "(SERV, 2018, p. 4)"


def test_a_version_in_words_stays_in_its_words() -> None:
    """A draft is not called a version."""
    assert apa(document(title="Nota", version="ontwerp"), language="nl").plain == "Nota (ontwerp). (z.d.)."


def test_a_page_that_was_worked_out_stays_marked() -> None:
    """Between square brackets, for it stands between round ones."""
    guessed = document(PageMark(2, 0, inferred=True), title="Nota", publisher="Leeshuis", date="2020")

    assert in_text(guessed, [Span(0, 5)], language="nl").plain == "(Leeshuis, 2020, p. 2 [pagina afgeleid])"


def test_a_slide_is_a_slide_and_a_text_without_pages_has_none() -> None:
    """As everywhere in Bronvast."""
    assert in_text(document(title="Dag", file_format="pptx"), [Span(0, 5)], language="nl").plain == "(Dag, z.d., dia 3)"
    assert in_text(document(PageMark(None, 0), title="Dag"), [Span(0, 5)], language="nl").plain == "(Dag, z.d.)"


@pytest.mark.parametrize("title", ["Wat is duaal leren?", "Steek een poot uit!", "Nota b.v."])
def test_no_full_stop_follows_a_title_that_ends_in_a_sign(title: str) -> None:
    """As APA 7 has it."""
    assert apa(document(title=title, publisher="A.B.C.", date="2020"), language="nl").plain == f"A.B.C. (2020). {title}"


@pytest.mark.parametrize("title", ["DUAAL LEREN in cijfers", "iVOX-onderzoek", "visie op Leren"])
def test_capitals_stay_as_they_are(title: str) -> None:
    """Who wrote the title chose them."""
    assert title in apa(document(title=title, publisher="ivox"), language="nl").plain


def test_in_html_the_title_is_in_italics() -> None:
    """Brackets and stops around it are not."""
    assert apa(document(**ADVICE), language="nl").html == (
        "SERV. (2018, 2 juli). <i>Duaal leren in het hoger onderwijs</i> [Advies]."
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "Plan\r\nER  - \nTY  - BOOK",
    "a\x00b\x1b[31m",
    "gewoon \u202e\u2066omgekeerd",
    "half \ud800 paar",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_document_is_called_does_no_harm(text: str) -> None:
    """One line of plain characters; in HTML no tag but the italics of the title."""
    card = document(title=text, publisher=text, kind=text, date="2020", reference=text, version=text)
    tags: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, _: tags.append(tag)  # type: ignore[method-assign]
    reader.feed(apa(card, language="nl").html)

    assert tags == ["i"]
    assert apa(card, language="nl").plain.isprintable()
    assert in_text(card, language="nl").plain.isprintable()
