"""Words brought to their stems: forms of one word meet, different words do not."""

from __future__ import annotations

import pytest

from kb.analysis import stem


@pytest.mark.parametrize(
    "forms",
    [
        ("leerling", "leerlingen"),
        ("lerende", "lerenden"),
        ("begeleiden", "begeleidt", "begeleiding", "begeleiders"),
        ("minister", "ministers"),
        ("overheid", "overheden", "overheids"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    """Also where Snowball is at a loss."""
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [("lerende", "leren"), ("begeleid", "beleid"), ("minister", "mini"), ("overheid", "over")],
)
def test_different_words_have_different_stems(word: str, other: str) -> None:
    """Who asks for the minimum does not ask for the minister."""
    assert stem(word) != stem(other)
