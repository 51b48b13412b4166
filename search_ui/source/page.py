"""A passage in its text, as a page of its own: opened in a dialog by the page's script, or in a new tab."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.types import Span
from kb.labels import document_language, origin, page_labels, section_path
from kb.types import Context
from search_ui.frame import render_page
from search_ui.markup import element, joined, text, ui_text
from search_ui.source.excerpts import ELLIPSIS, in_context, to_html

SOURCE_CONTEXT = 1500  # characters on either side of a passage: about a page


def render_source_page(context: Context, quotes: Iterable[Span], *, language: str) -> str:
    """The whole page with the passage, its quotes marked, and ``SOURCE_CONTEXT`` characters before and after it."""
    stored = context.stored
    marked = in_context(_at_whole_words(context), quotes)
    pages = page_labels(stored.document, marked.marks or (_whole(context),), language=language)
    path = [f"“{' › '.join(headings)}”"] if (headings := section_path(stored)) else []
    main = element(
        "article",
        element(
            "header",
            element("h1", element("cite", text(stored.document.title)), tabindex=-1),
            element("p", joined((*origin(stored.document, language=language), *pages, *path)), class_="provenance"),
            element("p", ui_text("replaced", language), class_="warning") if stored.document.replaced else "",
        ),
        element(
            "blockquote",
            element("p", to_html(marked)),
            class_="verbatim",
            lang=document_language(stored.document, language=language),
        ),
        class_="reading",
    )
    return render_page(stored.document.title, main, place=None, language=language)


def render_message_page(message: str, *, language: str) -> str:
    """A page with one line, for a passage that cannot be shown."""
    heading = element("header", element("h1", text(message), tabindex=-1))
    return render_page(message, element("article", heading, class_="reading"), place=None, language=language)


def _at_whole_words(context: Context) -> Context:
    """The same with an ellipsis for the word at which the text around the passage was cut off."""
    before, after = context.before, context.after
    if context.stored.passage.start > len(before):
        before = re.sub(r"^\S*\s+", f"{ELLIPSIS} ", before)
    if len(after) >= SOURCE_CONTEXT:
        after = re.sub(r"\s+\S*$", f" {ELLIPSIS}", after)
    return Context(context.stored, before, after)


def _whole(context: Context) -> Span:
    return Span(context.stored.passage.start, context.stored.passage.end)
