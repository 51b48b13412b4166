"""A passage in its text, as a page of its own: opened in a dialog by the page's script, or in a new tab."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.types import Span
from kb.labels import origin, page_labels
from kb.types import Context
from kb.wording import say
from search_ui.excerpts import in_context, to_html
from search_ui.index_page import STATIC
from search_ui.languages import page_of
from search_ui.markup import element, joined, text
from search_ui.rendering import document_language


def render_source_page(context: Context, quotes: Iterable[Span], *, language: str) -> str:
    """The whole page with the passage, its quotes marked, and the text before and after it."""
    stored = context.stored
    marked = in_context(context, quotes)
    pages = page_labels(stored.document, marked.marks or (_whole(context),), language=language)
    path = [f"“{' › '.join(stored.passage.headings)}”"] if stored.passage.headings else []
    main = element(
        "main",
        element(
            "header",
            element("h1", element("cite", text(stored.document.title)), tabindex=-1),
            element("p", joined((*origin(stored.document, language=language), *pages, *path)), class_="provenance"),
            element("p", _say("replaced", language), class_="warning") if stored.document.replaced else "",
        ),
        element(
            "blockquote",
            element("p", to_html(marked)),
            class_="verbatim",
            lang=document_language(stored.document, language=language),
        ),
    )
    return _page(stored.document.title, main, language=language)


def render_message_page(message: str, *, language: str) -> str:
    """A page with one line, for a passage that cannot be shown."""
    return _page(
        message, element("main", element("header", element("h1", text(message), tabindex=-1))), language=language
    )


def _whole(context: Context) -> Span:
    return Span(context.stored.passage.start, context.stored.passage.end)


def _say(key: str, language: str) -> str:
    return text(say(f"ui.{key}", language=language))


def _page(title: str, main: str, *, language: str) -> str:
    head = element(
        "head",
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="{STATIC}/mark.svg"><link rel="stylesheet" href="{STATIC}/style.css">',
        element("title", text(f"{title} – {say('ui.title', language=language)}")),
    )
    header = element("header", element("a", _say("title", language), href=page_of(language)), class_="reading-header")
    return "<!doctype html>" + element("html", head, element("body", header, main, class_="reading"), lang=language)
