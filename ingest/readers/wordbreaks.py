"""The page breaks of a Word document: counted, and found again where Word did not note them.

Word notes a break of its last lay-out in the first piece of text on the new page. Where a page begins with an empty
paragraph or with a link it notes nothing, and every later page would be numbered one too low. The number of pages that
Word counted itself tells that a break is missing, and the length of the stretches between breaks tells where.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.raw import RawBlock
from ingest.readers.wordml import SPACE_LINES, Mark

LINE_CHARS = 90
MAX_MISSING = 25  # where more are missing, the number of pages is not to be trusted
TOO_LONG = 1.25  # times a usual page: a stretch with a break in it
Stream = list[RawBlock | Mark]


def numbered_blocks(stream: Iterable[RawBlock | Mark]) -> Iterator[tuple[int, RawBlock]]:
    """Each block with the number of its page; numbers never fall."""
    highest = 1
    for number, item in _numbered(stream):
        if isinstance(item, RawBlock):
            highest = max(highest, number)
            yield highest, item


def with_missing_breaks(stream: Stream, page_count: int | None) -> Stream:
    """The stream with breaks at the likeliest of the possible places, as many as are missing."""
    found = list(stream)
    last = max((number for number, _ in _numbered(found)), default=1)
    missing = (page_count or 0) - last
    for _ in range(missing if missing <= MAX_MISSING else 0):
        place = _likeliest(found)
        if place is None:
            break
        found[place] = Mark.RENDERED
    return found


def _numbered(stream: Iterable[RawBlock | Mark]) -> Iterator[tuple[int, RawBlock | Mark]]:
    number, just_opened = 1, False
    for item in stream:
        if isinstance(item, RawBlock) or item is Mark.SPACE:
            just_opened = False
        elif item is Mark.BACK:
            number -= 1
        elif item is Mark.HARD or (item is not Mark.POSSIBLE and not just_opened):
            number += 1 + _skips_page(item, number + 1)
            just_opened = item is not Mark.RENDERED  # a page that the author opens is marked by Word once more
        yield number, item


def _skips_page(item: Mark, number: int) -> bool:
    """Whether an empty page goes before a section that asks for the other kind of number."""
    return item is (Mark.ASKED_EVEN if number % 2 else Mark.ASKED_ODD)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands between two breaks: how long it is in lines, and where a break may have been lost in it."""

    lines: int
    places: tuple[tuple[int, int], ...]  # of a possible break: in the stream, and in lines from the start


def _likeliest(stream: Stream) -> int | None:
    """The place of the break that is most surely missing; None where no stretch is too long for a page."""
    stretches = list(_stretches(stream))
    usual = statistics.median(stretch.lines for stretch in stretches)
    longest = max((stretch for stretch in stretches if stretch.places), key=lambda stretch: stretch.lines, default=None)
    if longest is None or longest.lines < TOO_LONG * usual:
        return None
    return min(longest.places, key=lambda place: abs(place[1] - usual))[0]


def _stretches(stream: Sequence[RawBlock | Mark]) -> Iterator[_Stretch]:
    lines, number, places = 0, 1, list[tuple[int, int]]()
    for position, (page, item) in enumerate(_numbered(stream)):
        if page > number:
            yield _Stretch(lines, tuple(places))
            lines, number, places = 0, page, []
        if isinstance(item, RawBlock):
            lines += math.ceil(len(item.text) / LINE_CHARS)
        elif item is Mark.SPACE:
            lines += SPACE_LINES
        elif item is Mark.POSSIBLE and lines:
            places.append((position, lines))
    yield _Stretch(lines, tuple(places))
