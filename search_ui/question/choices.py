"""What the page offers to choose from: filters with their counts, and example questions that have an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.types import Facets, Filters, Status
from kb.wording import say
from search_ui.question.request import VALUES

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

EXAMPLES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter on, how many documents have it that the other filters leave, and whether it is set."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """All filters: values by their name in an address, and years in order with their number of documents."""

    values: Mapping[str, tuple[Choice, ...]]
    years: tuple[tuple[int, int], ...]


def choices(knowledge_base: KnowledgeBase, filters: Filters) -> Choices:
    """What can be chosen beside the filters that are set. Everything keeps its place, whatever is chosen."""
    return choices_of(knowledge_base.facets(), knowledge_base.facets(filters), filters)


def titles_of(knowledge_base: KnowledgeBase, filters: Filters) -> dict[str, str]:
    """The titles of the documents that are filtered on, by id; one that is not there is left out."""
    chosen = knowledge_base.documents(Filters(documents=filters.documents)) if filters.documents else ()
    return {card.id: card.title for card in chosen}


def choices_of(every: Facets, left: Facets, filters: Filters) -> Choices:
    """The choices of all documents, counted over those that are left; what is set stands there in any case."""
    values = {
        name: _choices(getattr(every, field), dict(getattr(left, field)), getattr(filters, field))
        for name, field in VALUES.items()
        if hasattr(every, field)
    }
    values["document"] = _choices((), dict.fromkeys(filters.documents, 1), filters.documents)
    limits = {year for year in (filters.first_year, filters.last_year) if year}
    counted = dict(left.years)
    return Choices(values, tuple((year, counted.get(year, 0)) for year in sorted({*dict(every.years), *limits})))


def _choices(every: Sequence[tuple[str, int]], left: Mapping[str, int], chosen: Sequence[str]) -> tuple[Choice, ...]:
    values = dict.fromkeys((*(value for value, _ in every), *chosen))
    return tuple(Choice(value, left.get(value, 0), value in chosen) for value in values)


def answerable_examples(knowledge_base: KnowledgeBase, *, language: str) -> list[str]:
    """The first few example questions to which these documents have an answer."""
    shown: list[str] = []
    for question in say("ui.examples.questions", language=language).strip().splitlines():
        if len(shown) < EXAMPLES_SHOWN and knowledge_base.ask(question).status is Status.FOUND:
            shown.append(question)
    return shown
