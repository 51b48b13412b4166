"""The address of the person to whom a letter is sent: kept together as one block, for who asks to whom it went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.layout import Layout, Line, Lines
from ingest.wrapping import is_open

FIRST_PAGES = 2  # after a cover
MAX_LINES = 8
MAX_LINE_CHARS = 60
SAME_LEFT = 6.0  # points

TOWN = re.compile(r"\s*(?:B-)?[1-9]\d{3}\s+[A-Z][^\d.,;:]+\s*")
_PERSON = re.compile(
    r"\s*(?:(?:aan|t\.a\.v\.)\s+)?(?:de\s+heer|heer|mijnheer|mevrouw|dhr\.?|mevr\.?|mw\.?)\s+(?-i:.*[A-ZÀ-Þ])", re.I
)


def addressees(layout: Layout) -> list[range]:
    """The addresses on each of the first pages that begin with a person and end with a town: a range of lines a page,
    empty where there is none.
    """
    return [next(_on_page(page), range(0)) for page in layout.pages[:FIRST_PAGES]]


def _on_page(page: Lines) -> Iterator[range]:
    for start, first in enumerate(page):
        if _PERSON.match(first.text) and _is_part(first, first):
            end = _end(page, start)
            if end is not None:
                yield range(start, end)


def _end(page: Lines, start: int) -> int | None:
    """Where the address ends that begins at a line; None if no town comes before something else does."""
    for index in range(start + 1, min(start + MAX_LINES, len(page))):
        if not _is_part(page[index], page[start]):
            return None
        if TOWN.fullmatch(page[index].text):
            return index + 1
    return None


def _is_part(line: Line, first: Line) -> bool:
    """Whether the line is short, no sentence, and set under the first."""
    text = line.text.strip()
    is_under = line.x is None or first.x is None or abs(line.x - first.x) <= SAME_LEFT
    is_plain = line.kind is None and not line.heading and line.title is None
    return is_plain and is_under and len(text) <= MAX_LINE_CHARS and is_open(text) and not text.endswith(",")
