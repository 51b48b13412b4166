"""One score from many signals."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from kb.ranking import Weights, min_max, score
from kb.types import ScoreParts

SIGNALS = [field.name for field in fields(ScoreParts)]


def test_signals_come_to_one_scale() -> None:
    """The worst candidate of a question gets 0, the best 1, the others their share of the distance."""
    assert min_max(np.array([2.0, 6.0, 3.0])).tolist() == [0.0, 1.0, 0.25]


def test_scores_below_nothing_are_scaled_too() -> None:
    """The full-text index gives negative numbers."""
    assert min_max(np.array([-9.0, -1.0])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("values", [[], [0.4], [3.0, 3.0, 3.0]])
def test_a_signal_that_tells_nothing_apart_counts_for_nothing(values: list[float]) -> None:
    """No candidates, one, or all alike: all 0, and no division by nothing."""
    assert min_max(np.array(values)).tolist() == [0.0] * len(values)


def test_every_signal_has_a_weight() -> None:
    """Parts and weights go by the same names."""
    assert [field.name for field in fields(Weights)] == SIGNALS


def test_a_score_lies_between_0_and_1() -> None:
    """Whatever the weights add up to."""
    nothing, everything = ScoreParts(), ScoreParts(*[1.0] * len(SIGNALS))

    assert score(nothing, Weights()) == 0
    assert score(everything, Weights()) == pytest.approx(1)
    assert score(everything, Weights(*[3.0] * len(SIGNALS))) == pytest.approx(1)


def test_a_score_is_the_weighted_mean() -> None:
    """Of two signals with weights 3 and 1, the first counts for three quarters."""
    weights = Weights(lexical=3, passage_vector=1, sentence_vector=0, coverage=0, heading=0)

    assert score(ScoreParts(lexical=1.0), weights) == 0.75
    assert score(ScoreParts(lexical=0.5, passage_vector=0.5, heading=1.0), weights) == 0.5


@pytest.mark.parametrize("signal", SIGNALS)
def test_no_signal_lowers_a_score(signal: str) -> None:
    """Higher is better, everywhere; and each signal that is weighed is heard."""
    base = ScoreParts(*[0.5] * len(SIGNALS))

    assert score(replace(base, **{signal: 1.0}), Weights()) > score(base, Weights())
