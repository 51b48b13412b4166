"""From what a reader filled in to what the page shows; and the address that asks the same again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from kb.errors import KnowledgeBaseError
from kb.types import Filters
from kb.wording import say
from search_ui.question.cards import render_sources
from search_ui.question.rendering import render_answer, render_problem

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

FieldValue = list[str] | str | None


@dataclass(frozen=True, slots=True)
class Request:
    """A question and the filters that were set, as in the address of the page."""

    question: str = ""
    filters: Filters = Filters()

    @property
    def query(self) -> str:
        """The query of an address that asks the same: "?q=...&soort=advies"; empty without a question."""
        if not self.question.strip():
            return ""
        filters = self.filters
        pairs = [
            ("q", self.question.strip()),
            *(("soort", kind) for kind in filters.kinds),
            *(("uitgever", publisher) for publisher in filters.publishers),
            *((name, str(year)) for name, year in (("van", filters.first_year), ("tot", filters.last_year)) if year),
        ]
        return f"?{urlencode(pairs)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """The two areas of the page that follow a question, as HTML."""

    answer: str = ""
    sources: str = ""


def request_from_query(query: str) -> Request:
    """The question and filters of an address; what is not understood is left out."""
    values = parse_qs(query)
    first = {name: found[0] for name, found in values.items()}
    filters = request_filters(values.get("soort"), values.get("uitgever"), first.get("van"), first.get("tot"))
    return Request(first.get("q", ""), filters)


def request_filters(*fields: FieldValue) -> Filters:
    """Filters from the form's four fields: kinds, publishers, first and last year.

    Years the wrong way round are put right.
    """
    kinds, publishers, first_field, last_field = fields
    first, last = _year(first_field), _year(last_field)
    if first and last and first > last:
        first, last = last, first
    return Filters(_values(kinds), _values(publishers), first, last)


def _values(field: FieldValue) -> tuple[str, ...]:
    return tuple(field) if isinstance(field, list) else ()


def _year(field: FieldValue) -> int | None:
    return int(field) if isinstance(field, str) and re.fullmatch(r"[0-9]{4}", field) else None


def show(knowledge_base: KnowledgeBase, request: Request, *, language: str) -> Shown:
    """Ask, and write the answer and its sources; one readable line where the question cannot be put."""
    try:
        answer = knowledge_base.ask(request.question, filters=request.filters)
    except KnowledgeBaseError as error:
        return Shown(render_problem(say(f"errors.{error.key}", language=language, **error.values)))
    return Shown(
        render_answer(answer, language=language, filters=request.filters, address=request.query),
        render_sources(answer, language=language),
    )
