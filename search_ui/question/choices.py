"""What the page offers to choose from: filters with their counts, and example questions that have an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.types import Facets, Filters, Status
from kb.wording import say

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

Choice = tuple[str, str]  # as shown, and its value

EXAMPLES_SHOWN = 4
ANY_YEAR = ""


def counted(values: Sequence[tuple[str, int]]) -> list[Choice]:
    """Each value with its number of documents: "advies (3)"."""
    return [(f"{value} ({count})", value) for value, count in values]


def years(facets: Facets, *, language: str) -> list[Choice]:
    """Every year that has documents, in order, after the choice of no limit."""
    known = sorted(year for year, _ in facets.years)
    return [(say("ui.filter.any_year", language=language), ANY_YEAR), *((str(year), str(year)) for year in known)]


def known_only(filters: Filters, facets: Facets) -> Filters:
    """The filters without what no document has (an old link may name it)."""
    years_known = {year for year, _ in facets.years}
    return Filters(
        kinds=_known(filters.kinds, facets.kinds),
        publishers=_known(filters.publishers, facets.publishers),
        first_year=filters.first_year if filters.first_year in years_known else None,
        last_year=filters.last_year if filters.last_year in years_known else None,
        regions=_known(filters.regions, facets.regions),
        education_levels=_known(filters.education_levels, facets.education_levels),
    )


def _known(chosen: tuple[str, ...], values: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    present = {value for value, _ in values}
    return tuple(value for value in chosen if value in present)


def answerable_examples(knowledge_base: KnowledgeBase, *, language: str) -> list[str]:
    """The first few example questions to which these documents have an answer."""
    shown: list[str] = []
    for question in say("ui.examples.questions", language=language).strip().splitlines():
        if len(shown) < EXAMPLES_SHOWN and knowledge_base.ask(question).status is Status.FOUND:
            shown.append(question)
    return shown
