"""What every page repeats: page numbers, running heads and feet. Tagged, so that nobody quotes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.addresses import TOWN
from ingest.layout import Layout, Line, Lines

EDGE_LINES = 3  # furniture stands among the first or last lines of a page, in order of extraction,
EDGE_SHARE = 0.13  # or in this share of its height
MIN_REPEATS = 3
MIN_REPEAT_SHARE = 0.3  # of the pages
WATERMARK_SHARE = 0.8  # of the pages: what stands at one place on so many is furniture wherever that is
MAX_PAGES_OF_TWO = 6  # in a longer document, what stands on two pages only is no furniture
SAME_HEIGHT = 200  # parts of a page: lines in one of them stand at the same height
MIN_EDGE_SHARE = 0.9  # of its occurrences: a heading that recurs also stands elsewhere

_PAGE_NUMBER = re.compile(
    r"(?:(?:pagina|page|blz\.?|p\.|slide|dia)\s*)?[-–|(]?\s*(\d{1,4})\s*[-–|)]?(?:\s*(?:/|van|of|uit)\s*\d{1,4})?", re.I
)
_SAYS_PAGE = re.compile(r"\b(?:pagina|page|blz)\b|\d\s*(?:/|van|of|uit)\s*\d", re.I)
_DIGITS = re.compile(r"\d+")
_GLYPH_NUMBERS = re.compile(r"(?:/\d{1,3}\W?){5,}")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_STREET = re.compile(r"\s*[A-Z][^\d.;:]+\s\d{1,4}[a-zA-Z]?(?:\s?(?:bus|/)\s?\d+)?\s*")


@dataclass(frozen=True, slots=True)
class _Place:
    page: int
    line: int


def furniture(layout: Layout) -> set[tuple[int, int]]:
    """The lines that are furniture, as (page, line)."""
    found = {
        *_running(layout),
        *_twice(layout),
        *_watermarks(layout),
        *_page_numbers(layout),
        *_addresses(layout),
        *_link_notes(layout),
        *_undecoded(layout),
    }
    return {(place.page, place.line) for place in found}


def _edges(page: Lines) -> Iterator[int]:
    """The lines at the top and foot of a page: by their height where it is known, else by their order."""
    heights = sorted(line.y for line in page if line.y is not None)
    top, foot = (heights[:2][-1], heights[-2:][0]) if heights else (0.0, 1.0)
    for index, line in enumerate(page):
        by_order = index < EDGE_LINES or index >= len(page) - EDGE_LINES
        if by_order if line.y is None else _is_outside(line.y, top, foot):
            yield index


def _is_outside(height: float, top: float, foot: float) -> bool:
    return height <= max(top, EDGE_SHARE) or height >= min(foot, 1 - EDGE_SHARE)


def _running(layout: Layout) -> Iterator[_Place]:
    """Lines that stand at the edge of many pages, numbers aside the same."""
    places: dict[tuple[str, int | None], list[_Place]] = {}
    for number, page in enumerate(layout.pages):
        for index in _edges(page):
            places.setdefault(_likeness(page[index]), []).append(_Place(number, index))
    everywhere = Counter(_words(line) for page in layout.pages for line in page)
    at_edges: Counter[str] = Counter()
    for (text, _), found in places.items():
        at_edges[text] += len(found)
    for (text, _), found in places.items():
        pages = len({place.page for place in found})
        is_running = at_edges[text] >= MIN_EDGE_SHARE * everywhere[text]
        if text and is_running and pages >= max(MIN_REPEATS, MIN_REPEAT_SHARE * len(layout.pages)):
            yield from found


def _twice(layout: Layout) -> Iterator[_Place]:
    """Lines at the edge of two pages of a short document: at one place, set no heavier than the text, the same but for
    numbers that count the pages.
    """
    places: dict[tuple[object, ...], list[_Place]] = {}
    is_short = not layout.is_slides and len(layout.pages) <= MAX_PAGES_OF_TWO
    for number, page in enumerate(layout.pages if is_short else ()):
        for index, line in enumerate(page):
            if line.y is not None and not EDGE_SHARE < line.y < 1 - EDGE_SHARE and _is_plain(line, layout):
                key = (round(line.y * SAME_HEIGHT), round(line.x or 0), _words(line))
                places.setdefault(key, []).append(_Place(number, index))
    for found in places.values():
        alike = [place for place in found if _counts_pages(layout, found[0], place)]
        if len({place.page for place in alike}) > 1:
            yield from alike


def _is_plain(line: Line, layout: Layout) -> bool:
    """Whether the line has words and nothing of a heading or a table."""
    is_heading = line.bold or line.title is not None or layout.is_large(line)
    return bool(_words(line)) and line.kind is None and not is_heading


def _counts_pages(layout: Layout, first: _Place, place: _Place) -> bool:
    """Whether the numbers in two lines are the same, or differ as their pages do."""
    before, after = (_DIGITS.findall(layout.pages[at.page][at.line].text) for at in (first, place))
    steps = {int(there[:9]) - int(here[:9]) for here, there in zip(before, after, strict=False)}
    return len(before) == len(after) and steps <= {0, place.page - first.page}


def _watermarks(layout: Layout) -> Iterator[_Place]:
    """Lines that stand at one height on nearly all pages, over the text: "ONTWERP", say."""
    places: dict[tuple[str, int | None], dict[int, _Place]] = {}
    for number, page in enumerate(layout.pages):
        for index, line in enumerate(page):
            if line.y is not None and line.kind is None:
                places.setdefault(_likeness(line), {}).setdefault(number, _Place(number, index))
    for (text, _), found in places.items():
        if text and len(found) >= max(MIN_REPEATS, WATERMARK_SHARE * len(layout.pages)):
            yield from found.values()


def _likeness(line: Line) -> tuple[str, int | None]:
    """Equal for lines that repeat: their words without numbers, and the height on the page where known."""
    return _words(line), None if line.y is None else round(line.y * 20)


def _words(line: Line) -> str:
    words = _DIGITS.sub("", " ".join(line.text.casefold().split())).strip()
    return words if any(character.isalpha() for character in words) else ""


def _page_numbers(layout: Layout) -> Iterator[_Place]:
    """Numbers at the edge of pages that count the pages, or say that they do."""
    found = list(_numbers_at_edges(layout.pages))
    offsets = Counter(number - place.page for place, number, _ in found)
    steady = {offset for offset, count in offsets.items() if count >= 2}
    for place, number, says_page in found:
        if says_page or number - place.page in steady:
            yield place


def _numbers_at_edges(pages: Sequence[Lines]) -> Iterator[tuple[_Place, int, bool]]:
    for number, page in enumerate(pages):
        for index in _edges(page):
            text = page[index].text.strip()
            if match := _PAGE_NUMBER.fullmatch(text):
                yield _Place(number, index), int(match[1]), bool(_SAYS_PAGE.search(text))


def _addresses(layout: Layout) -> Iterator[_Place]:
    """The postal address at the top of a letter: a street with its number right above a town."""
    for number, page in enumerate(layout.pages[:1]):
        for index in range(1, min(len(page), 4 * EDGE_LINES)):
            if TOWN.fullmatch(page[index].text) and _STREET.fullmatch(page[index - 1].text):
                yield _Place(number, index - 1)
                yield _Place(number, index)


def _link_notes(layout: Layout) -> Iterator[_Place]:
    """Addresses of links, noted once more under the text that shows them."""
    for number, page in enumerate(layout.pages):
        seen: set[str] = set()
        for index, line in enumerate(page):
            text = line.text.strip()
            if text in seen and _URL.fullmatch(text):
                yield _Place(number, index)
            seen.update(_URL.findall(text))


def _undecoded(layout: Layout) -> Iterator[_Place]:
    """Lines in a font that does not say which letters its glyphs are: numbers instead of text."""
    for number, page in enumerate(layout.pages):
        for index, line in enumerate(page):
            if sum(len(match[0]) for match in _GLYPH_NUMBERS.finditer(line.text)) > line.length / 2:
                yield _Place(number, index)
