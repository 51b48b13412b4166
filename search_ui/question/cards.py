"""The sources of an answer as cards: where each quote stands, and the words around it."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.types import Span
from kb.labels import document_language, origin, page_labels, section_path, succession_label
from kb.sources import Source, sources_of
from kb.types import Answer, Context, DocumentCard, Hit, State, Status, StoredPassage, Succession
from kb.wording import say
from search_ui.markup import element, hidden, joined, text, ui_count, ui_text
from search_ui.question.tables import RowLevel, excerpt_in_blocks, no_rows
from search_ui.question.why import render_why
from search_ui.source.addresses import source_address
from search_ui.source.excerpts import MarkedText, excerpt, in_context, opening

EXCERPT_MARGIN = 160  # characters around the quotes on a card: a sentence or two
NEAREST_SHOWN = 3
NEAREST_LENGTH = 280

# By the key of a document: the first passage of the one that takes its place.
Newer = Mapping[int, tuple[StoredPassage, Succession]]
_NONE: Newer = {}


def render_sources(answer: Answer, *, language: str, newer: Newer = _NONE, row_level: RowLevel = no_rows) -> str:
    """The cited passages as cards; where nothing is cited, the nearest passages, marked as no answer. ``row_level``
    tells which of their lines are rows of a table.
    """
    if answer.status is Status.NOT_FOUND:
        return _nearest(answer, row_level, language=language)
    sources = sources_of(answer)
    if not sources:
        return ""
    cards = (_source_card(answer, source, newer, row_level, language=language) for source in sources)
    return element(
        "section",
        element("h2", text(ui_count("sources", len(sources), language=language))),
        element("ol", *cards, class_="sources"),
    )


def _source_card(answer: Answer, source: Source, newer: Newer, row_level: RowLevel, *, language: str) -> str:
    whole = in_context(_alone(source.stored), source.quotes)
    shown = excerpt(whole, margin=EXCERPT_MARGIN)
    return element(
        "li",
        _card_heading(source.stored.document, language=language, number=source.number),
        _provenance(source.stored, source.quotes, language=language),
        _flags(source.stored.document, newer, language=language),
        _quotation(source.stored.document, shown, whole, row_level, language=language),
        _show_link(source.stored, source.quotes, language=language),
        render_why(answer, source.stored, language=language),
        id=f"bron-{source.number}",
        class_="source",
        tabindex=-1,
    )


def _alone(stored: StoredPassage) -> Context:
    """A passage without the text around it: all of one section, so a card never runs into the next."""
    return Context(stored, before="", after="")


def _card_heading(document: DocumentCard, *, language: str, number: int | None = None) -> str:
    title = element("cite", text(document.title), lang=document_language(document, language=language))
    if number is None:
        return element("h3", title)
    badge = element("span", hidden(say("ui.source", language=language) + " "), str(number), class_="number")
    return element("h3", badge, title)


def _provenance(stored: StoredPassage, spans: tuple[Span, ...], *, language: str) -> str:
    """Publisher, kind, date, page and section on one line."""
    pages = page_labels(stored.document, spans, language=language)
    section = [f"“{heading}”" for heading in section_path(stored)[-1:]]
    line = joined((*origin(stored.document, language=language), *pages, *section))
    return element("p", line, class_="provenance")


def _flags(document: DocumentCard, newer: Newer, *, language: str) -> str:
    """What has become of the document since: another took its place, or it was withdrawn."""
    if document.key in newer:
        opening_passage, succession = newer[document.key]
        label = text(succession_label(opening_passage.document, succession, language=language))
        address = source_address(opening_passage, (), language=language)
        link = element("a", label, href=address, aria_haspopup="dialog", data_source="")
        return element("p", link, class_="badge replaced")
    if document.state is State.WITHDRAWN:
        return element("p", text(say("labels.withdrawn", language=language)), class_="badge withdrawn")
    return element("p", ui_text("replaced", language), class_="badge replaced") if document.replaced else ""


def _quotation(
    document: DocumentCard, shown: MarkedText, whole: MarkedText, row_level: RowLevel, *, language: str
) -> str:
    blocks = excerpt_in_blocks(shown, whole=whole, document_key=document.key, row_level=row_level, language=language)
    return element("blockquote", blocks, lang=document_language(document, language=language), class_="verbatim")


def _show_link(stored: StoredPassage, quotes: tuple[Span, ...], *, language: str) -> str:
    title = hidden(f" ({stored.document.title})")
    address = source_address(stored, quotes, language=language)
    link = element(
        "a", ui_text("show", language), title, href=address, class_="show", aria_haspopup="dialog", data_source=""
    )
    return element("p", link, class_="actions")


def _nearest(answer: Answer, row_level: RowLevel, *, language: str) -> str:
    hits = answer.hits[:NEAREST_SHOWN]
    if not hits:
        return ""
    return element(
        "section",
        element("h2", ui_text("nearest.heading", language)),
        element("p", ui_text("nearest.text", language), class_="status"),
        element(
            "ul", *(_nearest_card(answer, hit, row_level, language=language) for hit in hits), class_="sources nearest"
        ),
    )


def _nearest_card(answer: Answer, hit: Hit, row_level: RowLevel, *, language: str) -> str:
    whole = in_context(_alone(hit.stored), ())
    shown = opening(whole, length=NEAREST_LENGTH)
    passage = Span(hit.passage.start, hit.passage.end)
    return element(
        "li",
        _card_heading(hit.document, language=language),
        _provenance(hit.stored, (passage,), language=language),
        _quotation(hit.document, shown, whole, row_level, language=language),
        _show_link(hit.stored, (), language=language),
        render_why(answer, hit.stored, language=language),
        class_="source",
    )
