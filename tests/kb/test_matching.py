"""How much of a question a text speaks of."""

from __future__ import annotations

import pytest

from kb.matching import COMPOUND_SHARE, PART_SHARE, TYPO_SHARE, TermWeights, likeness


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


@pytest.mark.parametrize(
    ("term", "other", "expected"),
    [
        ("werkplek", "werkplek", 1),
        ("plek", "werkplek", COMPOUND_SHARE),
        ("plek", "plekje", COMPOUND_SHARE),
        ("opzegtermijn", "termijn", PART_SHARE),
        ("succesfactor", "successfactor", TYPO_SHARE),
        ("leer", "geleerd", 0),
        ("pof", "pofadder", 0),
    ],
)
def test_a_part_of_a_compound_and_a_typo_count_for_less(term: str, other: str, expected: float) -> None:
    """Dutch writes "werk" and "plek" as one word; a part in the middle, or of three letters, is chance."""
    assert likeness(term, other) == expected


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    """No words, no coverage."""
    assert TermWeights.from_frequencies([], {}, 10).coverage({"school"}) == 0
