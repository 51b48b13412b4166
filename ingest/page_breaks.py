"""Pages of a plain text: form feeds, or the traces that lost form feeds and joined pages leave.

Three traces are known. Where every line is followed by an empty one, a line that begins with a space right
after another line stands where a form feed was. Three or more empty lines stand between joined pages. And
page numbers, printed on the pages or in the table of contents, say which page is which.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.contents import Entry, contents_entry
from ingest.repair import letters_and_digits
from ingest.wrapping import begins_lower, is_open

MIN_JOINED_PAGES = 3  # so many runs of empty lines are no accident
MAX_INDENTED_SHARE = 0.2  # of the lines: in an indented text a space says nothing
_NUMBER_LINE = re.compile(r"\s*(?:[-–]\s*)?(\d{1,3})(?:\s*[-–])?\s*")
_URL_LINE = re.compile(r"\s*(?:https?://|www\.)\S+\s*")
_LOST_FORM_FEED = re.compile(r" \S")


@dataclass(frozen=True, slots=True)
class TextPage:
    """The lines of a page. ``number`` is None when nothing in the text is a trace of pages; ``inferred``
    says that it was worked out, ``number_line`` which line is the printed page number.
    """

    lines: tuple[str, ...]
    number: int | None = None
    inferred: bool = False
    number_line: int | None = None


def split_pages(text: str) -> list[TextPage]:
    """The pages of a text, at least one."""
    if "\f" in text:
        pages = text.removesuffix("\n").removesuffix("\f").split("\f")
        return [TextPage(tuple(page.split("\n")), number) for number, page in enumerate(pages, 1)]
    lines = text.split("\n")
    starts = [0, *_joined_page_starts(lines), *_lost_form_feeds(lines)]
    if len(starts) == 1:
        return [TextPage(tuple(lines))]
    starts.sort()
    pages_lines = [tuple(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    return _numbered(pages_lines)


def is_double_spaced(lines: Iterable[str]) -> bool:
    """Whether an empty line follows every line, also where a sentence goes on."""
    pairs = apart = wrapped = 0
    for above, blanks, line in _with_blanks(lines):
        pairs += 1
        if blanks:
            apart += 1
            wrapped += is_open(above) and begins_lower(line)
    return apart >= 0.6 * pairs > 0 and wrapped >= 0.25 * apart


def _with_blanks(lines: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Each pair of neighbouring lines with the number of empty lines between them."""
    above, blanks = "", 0
    for line in lines:
        if not line.strip():
            blanks += 1
            continue
        if above:
            yield above, blanks, line
        above, blanks = line, 0


def _lost_form_feeds(lines: list[str]) -> list[int]:
    if not is_double_spaced(lines):
        return []
    found = [index for index in range(1, len(lines)) if lines[index - 1] and _LOST_FORM_FEED.match(lines[index])]
    filled = sum(bool(line.strip()) for line in lines)
    return found if len(found) <= MAX_INDENTED_SHARE * filled else []


def _joined_page_starts(lines: list[str]) -> list[int]:
    """Where pages start that were joined with empty lines; an index twice means an empty page between."""
    starts: list[int] = []
    after_link: list[int] = []
    for is_empty, run in groupby(range(len(lines)), key=lambda index: not lines[index]):
        indexes = list(run)
        first, count = indexes[0], len(indexes)
        if not is_empty or first == 0 or indexes[-1] + 1 == len(lines):
            continue
        starts += [indexes[-1] + 1] * ((count - 1) // 2 if count >= 3 else 0)
        if count == 2 and _URL_LINE.fullmatch(lines[first - 1]):  # links noted under a slide
            after_link.append(indexes[-1] + 1)
    if len(set(starts)) >= MIN_JOINED_PAGES or _printed_numbers(lines, starts) >= 2:
        return sorted(starts + after_link)
    return []


def _printed_numbers(lines: list[str], starts: list[int]) -> int:
    return sum(bool(_NUMBER_LINE.fullmatch(lines[start])) for start in starts)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A page whose number is known; ``line`` is where it is printed, None for the table of contents."""

    index: int
    number: int
    line: int | None

    @property
    def offset(self) -> int:
        return self.number - self.index


def _numbered(pages: list[tuple[str, ...]]) -> list[TextPage]:
    anchors = _consistent(sorted([*_printed(pages), *_listed(pages)], key=lambda anchor: anchor.index))
    printed = {anchor.index: anchor for anchor in anchors if anchor.line is not None}
    numbered = []
    for index, lines in enumerate(pages):
        own = printed.get(index)
        number = own.number if own else _worked_out(index, anchors)
        numbered.append(TextPage(lines, number, inferred=own is None, number_line=own.line if own else None))
    return numbered


def _printed(pages: list[tuple[str, ...]]) -> Iterator[_Anchor]:
    """Pages whose first or last line is a number by itself."""
    for index, lines in enumerate(pages):
        filled = [position for position, line in enumerate(lines) if line.strip()]
        for position in dict.fromkeys(filled[:1] + filled[-1:]):
            number = _NUMBER_LINE.fullmatch(lines[position])
            if number and len(filled) > 1:
                yield _Anchor(index, int(number[1]), position)


def _listed(pages: list[tuple[str, ...]]) -> Iterator[_Anchor]:
    """Pages on which a heading stands that the table of contents names."""
    entries = [(index, entry) for index, lines in enumerate(pages) for line in lines if (entry := contents_entry(line))]
    if not entries:
        return
    first = max(index for index, _ in entries) + 1
    starts = [[letters_and_digits(line) for line in lines] for lines in pages]
    for _, entry in entries:
        index = _page_with(entry, starts, first)
        if index is not None:
            yield _Anchor(index, entry.page, None)


def _page_with(entry: Entry, starts: list[list[str]], first: int) -> int | None:
    title = letters_and_digits(entry.title)
    found = (index for index in range(first, len(starts)) if any(line == title for line in starts[index]))
    return next(found, None)


def _consistent(anchors: list[_Anchor]) -> list[_Anchor]:
    """The longest chain of anchors in which numbers rise at least as fast as pages: a break may have been
    missed, never invented. One printed number alone proves nothing unless it fits the count.
    """
    best: list[list[_Anchor]] = []  # the chain of each length that ends on the lowest offset
    for anchor in anchors:
        length = bisect_right([chain[-1].offset for chain in best], anchor.offset)
        chain = [*(best[length - 1] if length else []), anchor]
        best[length : length + 1] = [chain]
    chain = best[-1] if best else []
    return chain if len(chain) > 1 or all(anchor.offset in (0, 1) for anchor in chain) else []


def _worked_out(index: int, anchors: list[_Anchor]) -> int | None:
    """The number of a page between those that are known; None where a break was missed."""
    if not anchors:
        return index + 1
    place = bisect_right([anchor.index for anchor in anchors], index)
    offsets = {anchor.offset for anchor in anchors[max(place - 1, 0) : place + 1]}
    number = index + offsets.pop()
    return number if not offsets and number >= 1 else None
