"""Which words are like some terms, without comparing each word with each term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.likeness import COMPOUND_SHARE, PART_SHARE, TYPO_SHARE, Lookalikes, likeness

PARTS = ("werk", "plek", "leer", "overeenkomst", "begeleid", "mentor", "pof", "s", "en", "t")
WORDS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("".join)


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """A word, or one with a letter left out, doubled or changed."""
    word = draw(WORDS)
    at = draw(st.integers(0, len(word) - 1))
    middle = draw(st.sampled_from((word[at], "", word[at] * 2, "x")))
    return word[:at] + middle + word[at + 1 :]


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


@given(st.lists(WORDS, min_size=1, max_size=5), st.lists(misspelt(), max_size=20).map(frozenset))
def test_no_word_that_is_like_a_term_is_passed_over(terms: list[str], words: frozenset[str]) -> None:
    """What is found is what comparing every pair finds, also in a second text with the same words."""
    every_pair = {term: max((likeness(term, word) for word in words), default=0.0) for term in terms}
    lookalikes = Lookalikes.of(terms)

    assert lookalikes.held_by(words) == {term: share for term, share in every_pair.items() if share}
    assert lookalikes.held_by(words) == lookalikes.held_by(words | {"zzz"})
