"""Words brought to their stems: forms of one word meet, different words do not."""

from __future__ import annotations

import pytest
import snowballstemmer

from kb import analysis
from kb.analysis import fingerprint, stem


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


@pytest.mark.parametrize(
    ("part", "other"),
    [("_OWN_STEMS", ()), ("GRAM_LENGTH", 5), ("_stop_words", frozenset), ("text_stems", analysis.stems),
     ("_stemmer", lambda: snowballstemmer.stemmer("english"))],
)  # fmt: skip
def test_another_analysis_has_another_fingerprint(part: str, other: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """By it an index is known that was made of other stems than questions are now."""
    stem.cache_clear()
    before = fingerprint.__wrapped__()
    monkeypatch.setattr(analysis, part, other)
    stem.cache_clear()
    after = fingerprint.__wrapped__()
    stem.cache_clear()

    assert before != after
