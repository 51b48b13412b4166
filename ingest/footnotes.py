"""Footnotes: a number and a text low on the page, and the same number glued to a word above it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.layout import Gap, Layout, Lines
from ingest.marks import glued_marks, is_raised_number, note_number, raised_marks
from ingest.wrapping import is_open

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
        number = note_number(line.text)
        if number is None or not _may_stand_here(page, index, layout):
            continue
        goes_on = line.size is not None and number == max(previous, last) + 1
        if previous in (0, number - 1) and (goes_on or _is_marked(page[max(index - REACH, 0) : index], number)):
            previous = number
            yield index, number


def _may_stand_here(page: Lines, index: int, layout: Layout) -> bool:
    """Whether the line stands by itself and, where sizes are known, is set small."""
    line = page[index]
    if is_raised_number(line.text):
        return True
    if line.size is not None and layout.body_size is not None:
        return line.size <= SMALL * layout.body_size
    if index == 0:
        return False
    above = page[index - 1]
    return line.gap is not Gap.TIGHT or not is_open(above.text) or note_number(above.text) is not None


def _is_marked(above: Lines, number: int) -> bool:
    found = (marks(line.text) for line in above for marks in (raised_marks, glued_marks))
    return any(value == number for marks in found for value, _ in marks)
