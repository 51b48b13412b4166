"""Letters and digits of a text with their places in it: what two readings of one page have in common."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.repair import letters_and_digits


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text, compared as in ``ingest.repair.letters_and_digits``.

    ``places`` has for each of them the offset of the character that it comes from; it never falls.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        """The letters of a text."""
        found: list[str] = []
        places: list[int] = []
        for start, cluster in _clusters(text):
            letters = _letters(cluster)
            found.append(letters)
            places += [start] * len(letters)
        return cls("".join(found), tuple(places))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Which letters come from the characters from ``start`` to ``end``: the first, and the one after the last."""
        return bisect_left(self.places, start), bisect_left(self.places, end)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text with the accents that follow each, and where they start."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            yield start, text[start:end]
            start = end


@lru_cache(maxsize=4096)
def _letters(cluster: str) -> str:
    return letters_and_digits(cluster)
