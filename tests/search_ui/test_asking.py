"""From the address to a question, and back; from a question to what the page shows."""

from __future__ import annotations

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.stages import Stage
from kb.types import Facets, Filters
from search_ui.question.asking import Shown, show
from search_ui.question.choices import Choice, choices, choices_of
from search_ui.question.request import Request, request_from_query

FILTERS = Filters(("advies", "nota & bijlage"), ("Raad #1",), 2018, 2020, (), ("Antwerpen",), ("hoger",))


@pytest.mark.parametrize("filters", [Filters(), FILTERS])
@pytest.mark.parametrize("literal", [True, False])
@pytest.mark.parametrize("question", [None, "Wat kost 50 % + btw?"])
def test_an_address_asks_the_same_again(question: str | None, filters: Filters, literal: bool) -> None:
    """Question, filters and switch survive the way through the address, also with signs that mean something there."""
    asked = Request(question, filters, literal)

    assert request_from_query(asked.query) == asked


@pytest.mark.parametrize("query", ["", "?", "van=later&tot=-1", "soort=&uitgever=", "taal=nl", "%ff=%00"])
def test_an_address_that_means_nothing_is_no_question(query: str) -> None:
    """Whatever a link holds, the page opens."""
    assert request_from_query(query) == Request()


def test_an_empty_question_is_something_else_than_none() -> None:
    """Whoever presses Enter on an empty field is told so; whoever opens the page is not."""
    assert request_from_query("?q=").question == ""


def test_years_the_wrong_way_round_are_put_right() -> None:
    """From 2020 to 2018 means from 2018 to 2020."""
    assert request_from_query("van=2020&tot=2018").filters == Filters(first_year=2018, last_year=2020)


def test_each_filter_can_be_taken_away() -> None:
    """One value or one limit at a time; the question and the rest stay."""
    asked = Request("Wat?", FILTERS, literal=True)

    assert asked.without("soort", "advies").filters.kinds == ("nota & bijlage",)
    assert asked.without("van", "2018").filters == Filters(**{**_fields(FILTERS), "first_year": None})
    assert asked.unfiltered() == Request("Wat?", literal=True)


def _fields(filters: Filters) -> dict[str, object]:
    return {name: getattr(filters, name) for name in filters.__slots__}


def test_counts_follow_the_other_filters(knowledge_base: KnowledgeBase) -> None:
    """Beside each choice stands how many documents it leaves; its own filter does not count, and nothing moves."""
    offered = choices(knowledge_base, Filters(kinds=("advies",)))

    assert [(one.value, one.count, one.chosen) for one in offered.values["soort"]] == [
        ("advies", 1, True),
        ("nota", 1, False),
        ("verslag", 1, False),
    ]
    assert {one.value: one.count for one in offered.values["uitgever"]} == {
        "</script><script>window.gekraakt=5</script>": 0,
        "Dienst Mobiliteit": 0,
        "Personeelsraad": 1,
    }
    assert offered.years == ((2021, 1), (2023, 0), (2024, 0))


def test_a_filter_that_no_document_has_is_shown_all_the_same() -> None:
    """An old link hides nothing behind a filter that cannot be seen."""
    every = Facets((("advies", 1),), (), ((2021, 1),))

    offered = choices_of(every, every, Filters(("weg",), last_year=1999))

    assert offered.values["soort"] == (Choice("advies", 1, chosen=False), Choice("weg", 0, chosen=True))
    assert offered.years == ((1999, 0), (2021, 1))


def test_a_question_is_answered_with_its_sources(knowledge_base: KnowledgeBase) -> None:
    """The two areas of the page come from one answer."""
    shown = show(knowledge_base, Request("Hoeveel bedraagt de fietsvergoeding per kilometer?"), language="nl")

    assert "35 cent" in shown.answer
    assert "Nota over de fietsvergoeding" in shown.sources


def test_the_stages_of_a_question_are_told_as_they_begin(knowledge_base: KnowledgeBase) -> None:
    """Each once, in order."""
    begun: list[Stage] = []
    show(knowledge_base, Request("Hoeveel bedraagt de fietsvergoeding?"), language="nl", begins=begun.append)

    assert begun == [Stage.SEARCHING, Stage.CHOOSING, Stage.PROVING]


@pytest.mark.parametrize(
    ("question", "line"),
    [("   ", "De vraag is leeg; typ een vraag"), ("x" * 10_001, "De vraag telt 10001 tekens en mag er 10000 tellen")],
)
def test_a_question_that_cannot_be_put_gets_one_line(knowledge_base: KnowledgeBase, question: str, line: str) -> None:
    """An empty or endless question is no reason for an error page."""
    shown = show(knowledge_base, Request(question), language="nl")

    assert line in shown.answer
    assert shown.sources == ""


def test_words_that_no_document_holds_are_named(knowledge_base: KnowledgeBase) -> None:
    """Whoever finds nothing learns what is missing."""
    shown = show(knowledge_base, Request("Welke flamingo’s vergoeden de kilometer?"), language="nl")

    assert "In geen enkel document staat “flamingo" in shown.answer


def test_without_a_question_nothing_is_shown(knowledge_base: KnowledgeBase) -> None:
    """Filters alone are no question."""
    assert show(knowledge_base, Request(None, Filters(("advies",))), language="nl") == Shown()
