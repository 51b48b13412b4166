"""Under each passage a reader can open why it was chosen."""

from __future__ import annotations

import re

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.types import Answer, Citation, Hit, Statement, Status
from search_ui.question.cards import NEAREST_SHOWN, render_sources
from search_ui.question.why import render_why
from tests.search_ui.samples import stored

ROW = re.compile(r'<tr><th scope="row">(.*?)(?:<span.*?</span>)?</th><td>(.*?)</td></tr>')


def tables(html: str) -> list[list[tuple[str, int]]]:
    """The rows of each table: the name of a part, and its points."""
    return [
        [(name, int(number.replace("\N{MINUS SIGN}", "-"))) for name, number in ROW.findall(table)]
        for table in re.findall("<table>.*?</table>", html)
    ]


@pytest.mark.parametrize(
    ("question", "opened"),
    [("Hoeveel bedraagt de fietsvergoeding?", 1), ("Wie is de burgemeester van Hasselt?", NEAREST_SHOWN)],
)
def test_each_card_says_why_in_points_that_add_up(knowledge_base: KnowledgeBase, question: str, opened: int) -> None:
    """Quoted passages and the nearest ones alike: the last row of a table is the sum of those above it."""
    html = render_sources(knowledge_base.ask(question), language="nl")

    assert html.count('<details class="why"><summary>Waarom deze passage?</summary>') == opened
    assert len(tables(html)) == 2 * opened  # of the passage and of its best sentence
    for *parts, (name, total) in tables(html):
        assert name == "Samen"
        assert parts
        assert sum(number for _, number in parts) == total


def test_what_is_taken_off_is_shown(knowledge_base: KnowledgeBase) -> None:
    """A passage that lacks a name of the question loses points, under a name that says so."""
    html = render_sources(knowledge_base.ask("Hoeveel bedraagt de fietsvergoeding in Hasselt?"), language="nl")

    assert ("Mist een naam", -20) in tables(html)[1]
    assert "Staat er niet: hasselt." in html


def test_words_of_documents_stay_text(knowledge_base: KnowledgeBase) -> None:
    """The sentence that is named is escaped, as everywhere on the page."""
    html = render_sources(knowledge_base.ask("Hoe luidt de proefzin met tekens?"), language="nl")

    assert "Beste zin" in html
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_a_passage_that_no_search_found_says_how_it_came_there(knowledge_base: KnowledgeBase) -> None:
    """A list may run on into it, or it says the same."""
    workings = knowledge_base.ask("Hoeveel bedraagt de fietsvergoeding?").workings
    other = stored("Nog een stuk.", key=999)
    citation = Citation(other, 0, 4)
    going_on = Statement("Nog", (citation,))
    the_same = Statement("Nog", (Citation(stored("Nog", key=998), 0, 3),), also=(citation,))

    for statement, words in ((going_on, "loopt verder"), (the_same, "staat hetzelfde")):
        answer = Answer("Vraag?", Status.FOUND, (statement,), workings=workings)
        assert words in render_why(answer, other, language="nl")


def test_an_answer_without_its_workings_explains_nothing() -> None:
    """Such as one that was made by hand."""
    passage = stored("Tekst.")

    assert render_why(Answer("Vraag?", Status.NOT_FOUND, (), (Hit(passage, 0.4),)), passage, language="nl") == ""
