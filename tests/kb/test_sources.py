"""The numbered sources of an answer."""

from __future__ import annotations

import pytest

from ingest.types import Span
from kb.sources import merged, numbers_of, sources_of
from kb.types import Answer, Citation, Statement, Status
from tests.search_ui.samples import stored

FIRST = stored("De leescoach onthaalt lezers en leidt de leeskring.", key=7)
SECOND = stored("Een leescoach is een vrijwilliger.", key=2)


def said(*citations: Citation) -> Statement:
    """A statement with these citations."""
    return Statement("...", citations)


def answer(*statements: Statement) -> Answer:
    """An answer that was found."""
    return Answer("Wie?", Status.FOUND, statements)


def test_sources_are_numbered_as_they_are_first_cited() -> None:
    """From 1, whatever their place in the catalogue."""
    sources = sources_of(answer(said(Citation(FIRST, 0, 10)), said(Citation(SECOND, 0, 5))))

    assert [(source.number, source.stored) for source in sources] == [(1, FIRST), (2, SECOND)]


def test_a_passage_that_is_cited_twice_is_one_source() -> None:
    """With both its quotes, in reading order."""
    statements = said(Citation(FIRST, 20, 30)), said(Citation(SECOND, 0, 5), Citation(FIRST, 0, 10))
    sources = sources_of(answer(*statements))

    assert [source.quotes for source in sources] == [(Span(0, 10), Span(20, 30)), (Span(0, 5),)]
    assert [numbers_of(statement, sources) for statement in statements] == [(1,), (2, 1)]


def test_a_statement_shows_each_number_once() -> None:
    """Two quotes of one passage are one reference."""
    statement = said(Citation(FIRST, 0, 10), Citation(SECOND, 0, 5), Citation(FIRST, 20, 30))

    assert numbers_of(statement, sources_of(answer(statement))) == (1, 2)


def test_silence_has_no_sources() -> None:
    """Nothing is cited where nothing is said."""
    assert sources_of(Answer("Wie?", Status.NOT_FOUND)) == ()


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([(8, 9), (0, 3)], [(0, 3), (8, 9)]),  # in reading order
        ([(0, 5), (3, 8)], [(0, 8)]),  # they overlap
        ([(0, 5), (5, 8)], [(0, 8)]),  # they touch
        ([(0, 9), (2, 4)], [(0, 9)]),  # one within the other
        ([(0, 5), (6, 8)], [(0, 5), (6, 8)]),  # a character between them
        ([(0, 5), (0, 5)], [(0, 5)]),  # twice the same
    ],
)
def test_stretches_are_joined_where_they_meet(spans: list[tuple[int, int]], joined: list[tuple[int, int]]) -> None:
    """So that no word is marked twice."""
    assert merged(Span(*span) for span in spans) == tuple(Span(*span) for span in joined)
