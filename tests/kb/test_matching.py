"""How much of a question a text speaks of."""

from __future__ import annotations

import pytest

from kb.matching import TermWeights


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    """A word of every passage tells little about any of them; the weights sum to 1."""
    weights = TermWeights.from_frequencies(["leer", "mentor"], {"leer": 90, "mentor": 3}, 100).weights

    assert weights["mentor"] > 5 * weights["leer"]
    assert sum(weights.values()) == pytest.approx(1)


def test_coverage_is_the_weight_of_the_terms_that_a_text_holds() -> None:
    """From 0, no word of the question, to 1, all of them."""
    weights = TermWeights({"mentor": 0.75, "taak": 0.25})

    assert weights.coverage({"mentor", "taak", "school"}) == 1
    assert weights.coverage({"mentor"}) == 0.75
    assert weights.coverage({"school"}) == 0


def test_the_coverage_of_a_text_is_the_same_each_time() -> None:
    """A sum in another order is another number by its last digit, and that decides between two that are equal."""
    weights = TermWeights.from_frequencies("a b c d e f g".split(), {"a": 3, "b": 7, "c": 11, "d": 13, "e": 17}, 100)

    assert list(weights.shares(frozenset("gfedcba"))) == list("abcdefg")


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    """No words, no coverage."""
    assert TermWeights.from_frequencies([], {}, 10).coverage({"school"}) == 0
