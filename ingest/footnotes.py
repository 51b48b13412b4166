"""Footnotes: a number and a text low on the page, and the same number glued to a word above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.layout import Gap, Layout, Line, Lines
from ingest.wrapping import is_open

_NOTE = re.compile(r"\s*\[?(?P<number>\d{1,2})\]?\s{0,3}(?=[^\W\d_]|[‘“\"'«(])")
# "werkplek3" or "school.”3": a marker. "HBO5" and "OK2" are names: a capital stands before the number.
_MARK = r"(?:[a-zà-ÿ]|[a-zà-ÿA-Z\d)][.,;:!?’”)]{{1,2}})\[?{number}\]?(?![\w%])"
REACH = 200  # lines: a page holds fewer
SMALL = 0.95  # times the size of body text


def footnotes(layout: Layout) -> set[tuple[int, int]]:
    """The lines with which footnotes begin, as (page, line)."""
    found: set[tuple[int, int]] = set()
    last = 0
    for place, page in enumerate(layout.pages):
        for index, number in _on_page(page, layout, last):
            found.add((place, index))
            last = number
    return found


def _on_page(page: Lines, layout: Layout, last: int) -> Iterator[tuple[int, int]]:
    """The lines with which footnotes begin, and their numbers; ``last`` is the number on the pages before."""
    previous = 0
    for index, line in enumerate(page):
        number = _number(line)
        if number is None or not _may_stand_here(page, index, layout):
            continue
        goes_on = line.size is not None and number == max(previous, last) + 1
        if previous in (0, number - 1) and (goes_on or _is_marked(page[max(index - REACH, 0) : index], number)):
            previous = number
            yield index, number


def _number(line: Line) -> int | None:
    match = _NOTE.match(line.text)
    return int(match["number"]) if match else None


def _may_stand_here(page: Lines, index: int, layout: Layout) -> bool:
    """Whether the line stands by itself and, where sizes are known, is set small."""
    line = page[index]
    if line.size is not None and layout.body_size is not None:
        return line.size <= SMALL * layout.body_size
    if index == 0:
        return False
    above = page[index - 1]
    return line.gap is not Gap.TIGHT or not is_open(above.text) or _number(above) is not None


def _is_marked(above: Lines, number: int) -> bool:
    mark = re.compile(_MARK.format(number=number))
    return any(mark.search(line.text) for line in above)
