"""Dutch compounds: a long word as the words that it is made of, and words that could be written as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

MIN_PART_CHARS = 4
LINKS = ("", "s", "e", "en", "n")  # between the parts: "beroeps|opleiding"


def split(word: str, is_part: Callable[[str], bool]) -> tuple[str, str] | None:
    """A word in two parts, the second as long as can be; None where it has none that are known.

    In Dutch the last part says what it is, and the longer it is the more it says.
    """
    return next((pair for pair in _pairs(word) if is_part(pair[1]) and is_part(pair[0])), None)


def _pairs(word: str) -> Iterator[tuple[str, str]]:
    for at in range(MIN_PART_CHARS, len(word) - MIN_PART_CHARS + 1):
        for link in LINKS:
            first = word[:at].removesuffix(link) if link else word[:at]
            if word[:at].endswith(link) and len(first) >= MIN_PART_CHARS:
                yield first, word[at:]
