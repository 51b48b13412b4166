"""Tables of contents: recognised, kept as they are, never quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout import Layout, Lines
from ingest.repair import letters_and_digits

MIN_ENTRIES = 3  # without dot leaders, fewer lines that end on a number prove nothing

MAX_ENTRY_CHARS = 400

_LEADERS = re.compile(r"\s*(?:(?:\.\s?){4,}|…{2,}|_{4,})\s*(\d{1,4})\s*$")
_NUMBERED_END = re.compile(r"(?P<title>.*[^\W\d].*?)\s+(?P<page>\d{1,4})\s*$")
_TITLES = frozenset("inhoud inhoudsopgave inhoudstafel inhoudsopgaaf tableofcontents contents tabledesmatières".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents."""

    title: str
    page: int


def contents_entry(line: str) -> Entry | None:
    """The entry that a line with dot leaders is, None for any other line."""
    leaders = _LEADERS.search(line) if len(line) <= MAX_ENTRY_CHARS else None
    title = line[: leaders.start()].strip() if leaders else ""
    return Entry(title, int(leaders[1])) if leaders and title else None


def contents_lines(layout: Layout) -> set[tuple[int, int]]:
    """The lines of tables of contents and their titles, as (page, line)."""
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(layout.pages):
        found.update((number, index) for index in _on_page(page))
    return found


def _on_page(page: Lines) -> set[int]:
    entries = {index for index, line in enumerate(page) if contents_entry(line.text)}
    titles = {index for index, line in enumerate(page) if letters_and_digits(line.text) in _TITLES}
    for title in titles:
        entries |= _entries_under(page, title)
    if not entries:
        return set()
    entries |= {title for title in titles if title < max(entries)}
    return entries | _between(sorted(entries))


def _entries_under(page: Lines, title: int) -> set[int]:
    """Lines under the title that end on page numbers that never fall."""
    found: set[int] = set()
    last = 0
    for index in range(title + 1, len(page)):
        match = _NUMBERED_END.fullmatch(page[index].text.strip()[:MAX_ENTRY_CHARS])
        if match and int(match["page"]) >= last:
            last = int(match["page"])
            found.add(index)
        elif found and index - max(found) > 1:
            break
    return found if len(found) >= MIN_ENTRIES else set()


def _between(entries: list[int]) -> set[int]:
    """Single lines between entries: titles that did not fit on one line, or that have no number."""
    return {above + 1 for above, entry in pairwise(entries) if entry - above == 2}
