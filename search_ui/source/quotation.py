"""A quote to take along: the words in quotation marks, and after them where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.types import Span
from kb.references import apa, one_line
from kb.types import StoredPassage
from kb.wording import say
from search_ui.markup import element, text


@dataclass(frozen=True, slots=True)
class Quotation:
    """The same as plain text and as HTML."""

    plain: str
    rich: str


def quotation_of(stored: StoredPassage, spans: tuple[Span, ...], *, language: str) -> Quotation:
    """What is quoted of a passage, on one line, with its reference and page after it."""
    words = say("ui.viewer.between_quotes", language=language).join(
        one_line(stored.passage.plain(span.start, span.end)) for span in spans
    )
    quoted = say("ui.viewer.quoted", language=language, quote=words)
    reference = apa(stored.document, spans, language=language)
    rich = element("blockquote", element("p", text(quoted))) + element("p", reference.html)
    return Quotation(f"{quoted}\n{reference.plain}", rich)
