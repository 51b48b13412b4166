"""Answers as plain dictionaries: what scripts may count on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from ingest.types import Origin, TextSource
from kb.as_json import MAX_PASSAGES, answer_as_json, card_as_json, citation_as_json, hit_as_json, notice_as_json
from kb.expansion import Expansion, ExpansionKind
from kb.types import (
    Answer,
    Citation,
    DocumentCard,
    Hit,
    Notice,
    PageMark,
    ScoreParts,
    Statement,
    Status,
    Succession,
)
from tests.search_ui.samples import stored

TEXT = "Een leescoach helpt lezers. Hij is vrijwilliger."
KNOWN = {"title": "Nota", "publisher": "Leeshuis", "date": "2020-09", "kind": "nota"}
SOURCE = stored(TEXT, inferred=True, headings=("Wie", "Leescoach"), **KNOWN)
CITATION = Citation(SOURCE, 28, 48)


OTHER = Expansion("chef", ("baas",), 0.8, ExpansionKind.THESAURUS, "chef", "baas")


def test_an_answer_has_six_fields() -> None:
    """The question, the state, what is said, what was found, what to mind, and what else was looked for."""
    statement = Statement("Hij is vrijwilliger.", (CITATION,))
    answer = Answer("Wie?", Status.PARTIAL, (statement,), (Hit(SOURCE, 0.5),), (Notice("uncertain"),), (OTHER,))

    written = answer_as_json(answer)

    assert list(written) == ["question", "status", "statements", "passages", "warnings", "expansions"]
    assert (written["question"], written["status"], written["warnings"]) == ("Wie?", "partial", [{"key": "uncertain"}])
    assert written["statements"] == [{"text": "Hij is vrijwilliger.", "citations": [citation_as_json(CITATION)]}]
    assert written["passages"] == [hit_as_json(Hit(SOURCE, 0.5))]
    assert written["expansions"] == [{"term": "chef", "label": "baas", "kind": "thesaurus"}]


def test_a_citation_says_where_it_stands() -> None:
    """Document, page, innermost section, the words themselves and their place in the document's text."""
    assert citation_as_json(CITATION) == {
        "document": "document",
        "title": "Nota",
        "publisher": "Leeshuis",
        "date": "2020-09",
        "kind": "nota",
        "page": 3,
        "last_page": 3,
        "page_inferred": True,
        "source": "file",
        "section": "Leescoach",
        "quote": "Hij is vrijwilliger.",
        "start": 28,
        "end": 48,
    }


def test_a_quote_over_a_page_break_names_both_pages() -> None:
    """The page where it begins, and the one where it ends."""
    pages = (PageMark(3, 0), PageMark(4, 35))
    source = replace(SOURCE, document=replace(SOURCE.document, pages=pages))

    written = citation_as_json(Citation(source, 28, 48))

    assert (written["page"], written["last_page"], written["page_inferred"]) == (3, 4, False)


def test_what_is_not_known_is_null() -> None:
    """Only the title falls back, on the name of the file."""
    written = citation_as_json(Citation(stored(TEXT, page=None), 0, 10))

    assert written["title"] == "document.pdf"
    assert [written[name] for name in ("publisher", "date", "kind", "page", "section")] == [None] * 5


def test_a_passage_shows_its_score_and_the_parts_of_it() -> None:
    """Rounded to four decimals."""
    hit = Hit(SOURCE, 0.123456, ScoreParts(lexical=1.0, coverage=2 / 3))

    assert hit_as_json(hit) == {
        "document": "document",
        "title": "Nota",
        "page": 3,
        "last_page": 3,
        "source": "file",
        "headings": ["Wie", "Leescoach"],
        "text": TEXT,
        "score": 0.1235,
        "parts": {
            "lexical": 1.0,
            "passage_vector": 0.0,
            "sentence_vector": 0.0,
            "coverage": 0.6667,
            "heading": 0.0,
        },
    }


def test_an_answer_shows_ten_passages_at_the_most() -> None:
    """The best ones: more is a matter for search."""
    hits = tuple(Hit(stored(str(number), key=number), 1 / number) for number in range(1, 13))

    passages = answer_as_json(Answer("Wie?", Status.NOT_FOUND, hits=hits))["passages"]

    assert [passage["text"] for passage in passages] == [str(number) for number in range(1, MAX_PASSAGES + 1)]  # type: ignore[attr-defined]


def test_a_warning_brings_its_values() -> None:
    """Beside its key, so that a script can say it in its own words."""
    assert notice_as_json(Notice("missing", (("names", "Hasselt"),))) == {"key": "missing", "names": "Hasselt"}


def test_a_document_of_the_list() -> None:
    """What is known of it, without its text, in types that JSON has."""
    card: DocumentCard = replace(SOURCE.document, added_at=datetime(2025, 1, 2, 3, 4, tzinfo=UTC))

    assert json.loads(json.dumps(card_as_json(card, (card, Succession(1, 2, 0.8, Origin.COLLECTION))))) == {
        "document": "document",
        "file_name": "document.pdf",
        "format": "pdf",
        "title": "Nota",
        "publisher": "Leeshuis",
        "date": "2020-09",
        "kind": "nota",
        "language": None,
        "region": None,
        "education_level": None,
        "reference": None,
        "version": None,
        "replaced_by": None,
        "replaces": None,
        "known": {
            field: {"value": value, "confidence": 1.0, "origin": "manifest"}
            for field, value in (("title", "Nota"), ("publisher", "Leeshuis"), ("date", "2020-09"), ("kind", "nota"))
        },
        "state": "current",
        "successor": {"document": "document", "confidence": 0.8, "origin": "collection"},
        "pages": 1,
        "recognised_pages": [],
        "unread_pages": [],
        "passages": 1,
        "added_at": "2025-01-02T03:04:00+00:00",
        "digest": "0" * 64,
        "warnings": [],
    }


def test_text_that_was_recognised_is_marked() -> None:
    """A quote that touches a page that was recognised on a scan, and the passage it stands in."""
    pages = (PageMark(3, 0, source=TextSource.OCR), PageMark(4, 35))
    source = replace(SOURCE, document=replace(SOURCE.document, pages=pages))

    assert citation_as_json(Citation(source, 28, 48))["source"] == "ocr"
    assert citation_as_json(Citation(source, 36, 48))["source"] == "file"
    assert hit_as_json(Hit(source, 0.5))["source"] == "ocr"


def test_the_list_names_pages_that_were_not_read() -> None:
    """By their numbers, and with the reason."""
    pages = (PageMark(1, 0, source=TextSource.OCR), *(PageMark(number, 9, source=TextSource.NONE) for number in (2, 3)))
    card = replace(SOURCE.document, pages=pages, warnings=("pages_unread_no_text",))

    written = card_as_json(card)

    assert (written["recognised_pages"], written["unread_pages"]) == ([1], [2, 3])
    assert written["warnings"] == [{"key": "pages_unread_no_text", "pages": "2-3"}]
