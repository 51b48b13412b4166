"""Letters and digits of a text with their places in it: what two readings of one page have in common."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ingest.repair import letters_and_digits

_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # that stand after their letter
# Plain letters and digits in a row, which are most of any text; else one character with its accents.
_PARTS = re.compile(rf"([A-Za-z0-9]+)(?![{_ACCENTS}])|.[{_ACCENTS}]*", re.S)


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
        for part in _PARTS.finditer(text):
            if part[1]:
                found.append(part[1].lower())
                places += range(part.start(), part.end())
            elif letters := _letters(part[0]):
                found.append(letters)
                places += [part.start()] * len(letters)
        return cls("".join(found), tuple(places))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Which letters come from the characters from ``start`` to ``end``: the first, and the one after the last."""
        return bisect_left(self.places, start), bisect_left(self.places, end)


def alike(left: Iterable[str], right: Iterable[str]) -> int:
    """How many characters two texts have in common from their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


@lru_cache(maxsize=4096)
def _letters(cluster: str) -> str:
    return letters_and_digits(cluster)
