"""From the form and the address to a question, and back."""

from __future__ import annotations

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.types import Facets, Filters
from search_ui.question.asking import Request, request_filters, request_from_query, show
from search_ui.question.choices import counted, known_only, years


def test_an_address_asks_the_same_again() -> None:
    """Question and filters survive the way through the address, also with signs that mean something there."""
    filters = Filters(("advies", "nota & bijlage"), ("Raad #1",), 2018, 2020)
    asked = Request("Wat kost 50 % + btw?", filters)

    assert request_from_query(asked.query.removeprefix("?")) == asked


def test_without_a_question_the_address_stays_bare() -> None:
    """Opening the page changes nothing in the address."""
    assert Request("  ").query == ""


@pytest.mark.parametrize("query", ["", "q=", "van=later&tot=-1", "soort=&uitgever=", "taal=nl", "%ff=%00"])
def test_an_address_that_means_nothing_is_no_question(query: str) -> None:
    """Whatever a link holds, the page opens."""
    assert request_from_query(query) == Request()


def test_years_the_wrong_way_round_are_put_right() -> None:
    """From 2020 to 2018 means from 2018 to 2020."""
    assert request_filters(None, None, "2020", "2018") == Filters(first_year=2018, last_year=2020)


def test_choices_show_how_many_documents_they_leave() -> None:
    """The value itself is what is filtered on; years are in order and may be left open."""
    assert counted((("advies", 3),)) == [("advies (3)", "advies")]
    assert years(Facets(years=((2021, 5), (2018, 1))), language="nl") == [
        ("geen grens", ""),
        ("2018", "2018"),
        ("2021", "2021"),
    ]


def test_filters_that_no_document_has_are_dropped() -> None:
    """An old link does not hide everything behind a filter that cannot be seen."""
    facets = Facets((("advies", 1),), (("Raad", 1),), ((2021, 1),))

    assert known_only(Filters(("advies", "weg"), ("Weg",), 2021, 1999), facets) == Filters(("advies",), first_year=2021)


def test_a_question_is_answered_with_its_sources(knowledge_base: KnowledgeBase) -> None:
    """The two areas of the page come from one answer."""
    shown = show(knowledge_base, Request("Hoeveel bedraagt de fietsvergoeding per kilometer?"), language="nl")

    assert "35 cent" in shown.answer
    assert "Nota over de fietsvergoeding" in shown.sources


def test_a_question_that_cannot_be_put_gets_one_line(knowledge_base: KnowledgeBase) -> None:
    """An empty question is no reason for an error page."""
    shown = show(knowledge_base, Request("   "), language="nl")

    assert "de vraag is leeg; typ een vraag" in shown.answer
    assert shown.sources == ""
