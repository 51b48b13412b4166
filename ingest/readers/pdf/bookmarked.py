"""Which lines of a PDF its bookmarks name: headings, of the level that the outline gives them.

Word and LibreOffice make bookmarks of headings. Others hold names of files or pages: an outline of which most entries
name no line says nothing, and one of which all entries stand on one level says nothing of levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.layout import Title
from ingest.readers.pdf.outline import Bookmark
from ingest.readers.pdf.rows import PdfPage, Row
from ingest.repair import letters_and_digits

MIN_NAMED, NAMED_SHARE = 2, 0.6  # of the bookmarks
MAX_ROWS = 4  # of a title
MIN_LETTERS = 3  # without its number
CUT_SHARE = 0.5  # of the line: a bookmark that was cut short, or leaves out a footnote's mark, says at least as much
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class _Named:
    """The lines that a bookmark names: their page, the first, and how many. Better ones sort first."""

    looseness: int
    smallness: float
    page: int
    row: int
    count: int


def with_bookmarked(pages: Sequence[PdfPage], bookmarks: Sequence[Bookmark]) -> list[PdfPage]:
    """The pages, the lines that bookmarks name as titles, with numbers below 0: those above are of tags."""
    finder = _Finder(pages)
    found = [(bookmark, named) for bookmark in bookmarks if (named := finder.take(bookmark)) is not None]
    if len(found) < max(MIN_NAMED, NAMED_SHARE * len(bookmarks)):
        return list(pages)
    tells_levels = len({bookmark.level for bookmark, _ in found}) > 1
    titles: dict[tuple[int, int], Title] = {}
    for number, (bookmark, named) in enumerate(found, 1):
        title = Title(-number, bookmark.level if tells_levels else 0)
        titles.update(((named.page, named.row + step), title) for step in range(named.count))
    return [_titled(page, place, titles) for place, page in enumerate(pages)]


def _titled(page: PdfPage, place: int, titles: dict[tuple[int, int], Title]) -> PdfPage:
    rows = (replace(row, title=titles.get((place, index), row.title)) for index, row in enumerate(page.rows))
    return replace(page, rows=tuple(rows))


class _Finder:
    """Looks for the lines that bookmarks name; each line is named once."""

    def __init__(self, pages: Sequence[PdfPage]) -> None:
        self._pages = pages
        self._letters: dict[int, list[str]] = {}
        self._taken: set[tuple[int, int]] = set()

    def take(self, bookmark: Bookmark) -> _Named | None:
        """The lines that a bookmark names: on its page, or else on the next."""
        title = letters_and_digits(bookmark.title)
        for page in range(bookmark.page, min(bookmark.page + 2, len(self._pages))):
            found = min(self._named(page, title), default=None, key=lambda named: (named.looseness, named.smallness))
            if found is not None:
                self._taken.update((page, found.row + step) for step in range(found.count))
                return found
        return None

    def _named(self, page: int, title: str) -> Iterator[_Named]:
        """What the bookmark may name on a page: the same letters, the same but for a number before them, the
        beginning of a line. Of two alike the larger is no running header.
        """
        rows, letters = self._pages[page].rows, self._page_letters(page)
        for index, row in enumerate(rows):
            if not letters[index] or (page, index) in self._taken:
                continue
            lines = _lines_from(rows, letters, index)
            for looseness, count in enumerate(_fits(title, lines)):
                if count:
                    yield _Named(looseness, -row.size, page, index, count)
                    break

    def _page_letters(self, page: int) -> list[str]:
        if page not in self._letters:
            self._letters[page] = [
                letters_and_digits(row.text) if _is_line(row) else "" for row in self._pages[page].rows
            ]
        return self._letters[page]


def _is_line(row: Row) -> bool:
    return row.kind is None


def _lines_from(rows: Sequence[Row], letters: list[str], index: int) -> list[str]:
    """The letters of a line and of those after it that may be of the same title."""
    lines = letters[index : index + MAX_ROWS]
    alike = [abs(row.size - rows[index].size) < 1 for row in rows[index : index + MAX_ROWS]]
    end = next((place for place, is_alike in enumerate(alike) if not (is_alike and lines[place])), len(lines))
    return lines[:end]


def _fits(title: str, lines: Sequence[str]) -> Iterator[int]:
    """How many of the lines make up the title, 0 for none: the same letters, without numbers, from the beginning."""
    yield _count(title, lines)
    bare = title.lstrip(_DIGITS)
    yield _count(bare, [lines[0].lstrip(_DIGITS), *lines[1:]]) if len(bare) >= MIN_LETTERS else 0
    is_cut = len(bare) >= MIN_LETTERS and lines[0].startswith(title)
    yield int(is_cut and len(title) >= CUT_SHARE * len(lines[0]))


def _count(title: str, lines: Sequence[str]) -> int:
    taken = ""
    for count, line in enumerate(lines, 1):
        taken += line
        if taken == title:
            return count
        if not title.startswith(taken):
            return 0
    return 0
