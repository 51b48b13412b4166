"""What a reader asks, as it stands in the address of the page: "?q=...&soort=advies&van=2018"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from kb.types import Filters

# The names in an address, for the fields of ``Filters`` (and of ``Facets``) that hold several values. A document,
# by its id, is chosen on its own page, and no facet.
VALUES = {
    "soort": "kinds",
    "uitgever": "publishers",
    "regio": "regions",
    "niveau": "education_levels",
    "document": "documents",
}
LIMITS = {"van": "first_year", "tot": "last_year"}
QUESTION, LITERAL = "q", "letterlijk"


@dataclass(frozen=True, slots=True)
class Request:
    """A question with how it is to be sought. ``question`` is None while nothing was asked, ``literal`` that only the
    question's own words count.
    """

    question: str | None = None
    filters: Filters = Filters()
    literal: bool = False

    @property
    def query(self) -> str:
        """The query of an address that asks the same; "?" for nothing at all."""
        pairs = [(QUESTION, self.question.strip())] if self.question else []
        pairs += [(name, value) for name, field in VALUES.items() for value in getattr(self.filters, field)]
        years = ((name, getattr(self.filters, field)) for name, field in LIMITS.items())
        pairs += [(name, str(year)) for name, year in years if year]
        return "?" + urlencode([*pairs, *([(LITERAL, "1")] if self.literal else [])])

    def unfiltered(self) -> Request:
        """The same question without filters."""
        return replace(self, filters=Filters())

    def without(self, name: str, value: str) -> Request:
        """The same without one filter, by its name and value in an address."""
        change: dict[str, Any] = {LIMITS[name]: None} if name in LIMITS else self._left(VALUES[name], value)
        return replace(self, filters=replace(self.filters, **change))

    def _left(self, field: str, value: str) -> dict[str, Any]:
        return {field: tuple(one for one in getattr(self.filters, field) if one != value)}


def request_from_query(query: str) -> Request:
    """The request of an address, with or without its "?". What is not understood is left out, and years the wrong way
    round are put right.
    """
    given = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    fields: dict[str, Any] = {field: tuple(filter(None, given.get(name, ()))) for name, field in VALUES.items()}
    fields |= {field: _year(given.get(name, [""])[0]) for name, field in LIMITS.items()}
    filters = _in_order(Filters(**fields))
    return Request(given.get(QUESTION, [None])[0], filters, literal=bool(given.get(LITERAL, [""])[0]))


def _in_order(filters: Filters) -> Filters:
    first, last = filters.first_year, filters.last_year
    return replace(filters, first_year=last, last_year=first) if first and last and first > last else filters


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{4}", text) else None
