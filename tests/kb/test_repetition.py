"""What a passage says again counts for less."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.explaining import explanation_of
from kb.knowledge_base import KnowledgeBase
from kb.repetition import REPETITION_WEIGHT, without_repetition
from tests.kb.conftest import knowledge_base_of

SUMMARY = (
    "De fietsbibliotheek leent fietsen uit aan kinderen. Wie lid wordt van de fietsbibliotheek, betaalt twintig euro"
)
VOLUNTEERS = "Vrijwilligers van de fietsbibliotheek herstellen banden en remmen voor wie lid is."
NOTES = {
    "brief.md": f"# Brief over de fietsbibliotheek\n\n{SUMMARY} per jaar.\n",
    "nota.md": f"# Nota over de fietsbibliotheek\n\n{SUMMARY} per jaar.\n",
    "verslag.md": f"# Verslag over de fietsbibliotheek\n\n{SUMMARY} elk jaar.\n",
    "gids.md": f"# Gids voor vrijwilligers\n\n{VOLUNTEERS}\n",
}
QUESTION = "Wie is lid van de fietsbibliotheek?"


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Three documents that say the same, and one that says something else."""
    with knowledge_base_of(NOTES, tmp_path_factory) as opened:
        yield opened


def test_what_says_something_else_comes_before_what_says_it_again(knowledge_base: KnowledgeBase) -> None:
    """The same words three times are one passage to a reader: the next that is shown tells more."""
    hits = knowledge_base.search(QUESTION)

    assert hits[0].document.id != "gids"
    assert hits[1].document.id == "gids"
    assert hits[0].repeats == 0
    assert all(hit.repeats > 0.7 for hit in hits[2:])


def test_the_order_is_that_of_the_scores_and_the_explanation_adds_up(knowledge_base: KnowledgeBase) -> None:
    """What repeating takes off stands in the score, by its own name."""
    answer = knowledge_base.ask(QUESTION)
    explanation = explanation_of(answer)

    assert explanation is not None
    scores = [passage.score for passage in explanation.passages]
    assert scores == sorted(scores, reverse=True)
    for passage in explanation.passages:
        assert sum(one.amount for one in passage.contributions) == pytest.approx(passage.score)
    taken_off = [
        one.amount for passage in explanation.passages for one in passage.contributions if one.key == "repeats"
    ]
    assert [amount < 0 for amount in taken_off[2:]] == [True, True]


def test_who_repeats_everything_keeps_what_the_weight_leaves(knowledge_base: KnowledgeBase) -> None:
    """The same hit twice: the second keeps that share of its score; nothing at all makes no trouble."""
    hit = knowledge_base.search(QUESTION)[0]

    first, second = without_repetition([hit, hit])

    assert (first.repeats, second.repeats) == (0, 1)
    assert second.score == pytest.approx((1 - REPETITION_WEIGHT) * first.score)
    assert without_repetition([]) == ()
