"""Why an answer is as it is: what is shown adds up to what was decided."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kb.explaining import Contribution, Explanation, explanation_of, points, words_told
from kb.knowledge_base import KnowledgeBase
from kb.proof import Objection, examined
from kb.silence import FOUND_FROM, NOT_FOUND_BELOW, Because
from kb.types import Answer, Status
from tests.kb.conftest import knowledge_base_of

NOTES = {
    "leescoach.md": """# Handleiding

## Leescoach

Een leescoach is een vrijwilliger die lezers helpt bij hun keuze. Hij werkt ten hoogste twaalf uur per week.

## Leesvriend

Een leesvriend is een kind dat voorleest aan jongere kinderen.
""",
    "leeskring.md": """# Jaarverslag van de leeskring

## Cijfers

In 2021 telde de leeskring in Veurne 96 leden. Voorzitter van de leeskring is An Peeters.
""",
}
QUESTIONS = (
    "Wat is een leescoach?",
    "Hoeveel uur per week werkt een leescoach?",
    "Hoeveel leden telde de leeskring in Hasselt?",
    "How many hours does a coach work?",
    "Wat is het verschil tussen een leescoach en een leesvriend?",
    'Waar staat "een kind dat voorleest"?',
    "POF?",
)


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Two notes in a home of their own."""
    with knowledge_base_of(NOTES, tmp_path_factory) as opened:
        yield opened


def explained(answer: Answer) -> Explanation:
    """Why an answer is as it is."""
    explanation = explanation_of(answer)
    assert explanation is not None
    return explanation


def total(contributions: tuple[Contribution, ...]) -> float:
    """What contributions add up to."""
    return sum(one.amount for one in contributions)


@pytest.mark.parametrize("question", QUESTIONS)
def test_contributions_add_up_to_every_score(knowledge_base: KnowledgeBase, question: str) -> None:
    """Of each passage, of its best sentence, and of how sure it is; in points too."""
    explanation = explained(knowledge_base.ask(question))

    assert explanation.passages
    for passage in explanation.passages:
        assert total(passage.contributions) == pytest.approx(passage.score)
        assert sum(points(passage.contributions)) == round(100 * total(passage.contributions))
        assert passage.stretch is not None
        assert total(passage.stretch.contributions) == pytest.approx(passage.stretch.score)
    if explanation.status.sureness is not None:
        odds = total(explanation.status.contributions)
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(explanation.status.sureness)


def test_passages_keep_the_order_of_the_answer(knowledge_base: KnowledgeBase) -> None:
    """Ranked from 1, with those that are quoted marked."""
    answer = knowledge_base.ask("Wat is een leescoach?")
    passages = explained(answer).passages

    assert [passage.stored for passage in passages] == [hit.stored for hit in answer.hits]
    assert [passage.rank for passage in passages] == list(range(1, len(passages) + 1))
    assert [passage.cited for passage in passages] == [True, *[False] * (len(passages) - 1)]


def test_each_side_of_a_comparison_is_explained_by_its_own_search(knowledge_base: KnowledgeBase) -> None:
    """The verdict says that both were judged apart."""
    answer = knowledge_base.ask("Wat is het verschil tussen een leescoach en een leesvriend?")

    assert explained(answer).status.because is Because.PARTS
    assert answer.workings is not None
    assert [sought.question.text for sought in answer.workings.searches] == [
        "Wat is het verschil tussen een leescoach en een leesvriend?",
        "Wat is een leescoach?",
        "Wat is een leesvriend?",
    ]
    for sought in answer.workings.searches[1:]:
        alone = replace(answer, hits=sought.found.hits, workings=replace(answer.workings, searches=(sought,)))
        for passage in explained(alone).passages:
            assert total(passage.contributions) == pytest.approx(passage.score)


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ("Hoeveel leden telde de leeskring in Veurne in 2021?", Because.SURE),
        ("Hoeveel leden telde de leeskring in Hasselt?", Because.OTHER_PLACE),
        ("Wie is de leescoach?", Because.NO_FIGURE),
        ("Wie is nu de voorzitter van de leeskring?", Because.ABOUT_NOW),
        ("de het een?", Because.NOTHING),
    ],
)
def test_what_settled_the_status_is_named(knowledge_base: KnowledgeBase, question: str, because: Because) -> None:
    """What is sure enough, and each thing that forbids to speak."""
    answer = knowledge_base.ask(question)

    assert explained(answer).status.because is because
    assert (answer.status is Status.FOUND) == (because is Because.SURE)


def test_how_sure_it_is_agrees_with_the_status(knowledge_base: KnowledgeBase) -> None:
    """Whatever the signals alone decide lies on the right side of its threshold."""
    bounds = {Because.SURE: (FOUND_FROM, 1.0), Because.HALF_SURE: (NOT_FOUND_BELOW, FOUND_FROM)}
    seen = [explained(knowledge_base.ask(question)).status for question in QUESTIONS]

    for status in seen:
        low, high = bounds.get(status.because, (0.0, 1.0))
        assert status.sureness is None or low <= status.sureness <= high
    assert any(status.because is Because.SURE for status in seen)


def test_words_say_by_what_they_are_held(knowledge_base: KnowledgeBase) -> None:
    """Itself, another word that was looked for, or not at all."""
    (best, *_) = explained(knowledge_base.ask("Hoevel leden telde de leeskring in Hasselt?")).passages
    held = {one.word: one for one in best.words}

    assert held["leden"].share == 1
    assert held["leden"].by is None
    assert held["hasselt"].share == 0
    assert list(words_told(best.words, language="nl"))[-1] == "Staat er niet: hasselt."


def test_points_are_rounded_so_that_they_add_up() -> None:
    """Three thirds are 33, 34 and 33: a reader who adds them finds 100."""
    thirds = [Contribution(key, 1 / 3, 1.0) for key in "abc"]

    assert points(thirds) == (33, 34, 33)
    assert points([Contribution("taken off", -1.0, 0.25), *thirds]) == (-25, 33, 34, 33)


def test_what_the_proof_dropped_is_named_with_its_reason(knowledge_base: KnowledgeBase) -> None:
    """Words that are not the quote's, and a quote that is not on its page."""
    (statement, *_) = knowledge_base.ask("Wat is een leescoach?").statements
    changed = replace(statement, text=statement.text.replace("vrijwilliger", "ambtenaar"))

    result = examined([statement, changed], lambda _: [statement.text])
    gone = examined([statement], lambda _: ["Een andere bladzijde."])

    assert result.proven == (statement,)
    assert [one.objection for one in result.dropped] == [Objection.NOT_ITS_QUOTES]
    assert [one.objection for one in gone.dropped] == [Objection.NOT_ON_PAGE]


def test_an_answer_made_by_hand_has_no_explanation() -> None:
    """Nothing is invented about it."""
    assert explanation_of(Answer("Vraag?", Status.NOT_FOUND)) is None
