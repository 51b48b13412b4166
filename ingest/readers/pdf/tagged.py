"""Which lines of a PDF its tags name as headings, and which are no part of its text.

A tree that names little of the text, hardly any heading, or whole paragraphs and pages as headings is not believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.layout import Title
from ingest.readers.pdf.recording import ARTIFACT
from ingest.readers.pdf.rows import PdfPage, Row
from ingest.readers.pdf.tags import PageTags, Tag
from ingest.types import BlockKind

MIN_HEADINGS = 3
NAMED_SHARE = 0.5  # of the letters: so many stand in numbered parts of pages that the tree knows
HEADING_SHARE = 0.3  # of the letters: more cannot be headings
MAX_ROWS, MAX_CHARS = 5, 250  # of a heading
GOOD_SHARE = 0.7  # of the headings: the others are longer than that
LINE_SHARE = 0.8  # of a line: so much of it belongs to the heading
HEAD, FOOT = 0.13, 0.87  # shares of a page's height: what is no part of the text, above and below, runs on every page


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one heading on one page."""

    page: int
    tag: Tag
    rows: tuple[int, ...]
    length: int

    @property
    def is_good(self) -> bool:
        """Whether it is as short as a heading."""
        return len(self.rows) <= MAX_ROWS and self.length <= MAX_CHARS


def with_tagged(pages: Sequence[PdfPage], tags: Mapping[int, PageTags]) -> list[PdfPage]:
    """The pages, the lines of tagged headings as titles, running headers and footers as such."""
    if not tags:
        return list(pages)
    marks = _letters_by_mark(pages)
    named = sum(count for (page, mark), count in marks.items() if page in tags and mark not in (None, ARTIFACT))
    text = sum(count for (_, mark), count in marks.items() if mark != ARTIFACT)
    if not text or named < NAMED_SHARE * text:
        return list(pages)
    headings = [lines for place, page in enumerate(pages) for lines in _headings(place, page, tags.get(place, {}))]
    pages = [_without_running(page) for page in pages]
    return _with_titles(pages, headings) if _are_sound(headings, text) else pages


def _letters_by_mark(pages: Sequence[PdfPage]) -> Counter[tuple[int, int | None]]:
    found: Counter[tuple[int, int | None]] = Counter()
    for place, page in enumerate(pages):
        for piece in (piece for row in page.rows for piece in row.pieces):
            found[place, piece.mark] += len(piece.text.strip())
    return found


def _are_sound(headings: Sequence[_Lines], text: int) -> bool:
    good = [lines for lines in headings if lines.is_good]
    is_short = sum(lines.length for lines in headings) <= HEADING_SHARE * text
    return len(good) >= max(MIN_HEADINGS, GOOD_SHARE * len(headings)) and is_short


def _headings(place: int, page: PdfPage, tags: PageTags) -> Iterator[_Lines]:
    """The headings on a page: the lines in a row that belong to one."""
    found: dict[Tag, list[int]] = {}
    for index, row in enumerate(page.rows):
        tag = _tag_of(row, tags) if row.kind is None else None
        if tag is not None:
            found.setdefault(tag, []).append(index)
    for tag, rows in found.items():
        yield _Lines(place, tag, tuple(rows), sum(len(page.rows[index].text) for index in rows))


def _tag_of(row: Row, tags: PageTags) -> Tag | None:
    """The heading to which (nearly) all of a line belongs."""
    found: Counter[Tag | None] = Counter()
    for piece in row.pieces:
        tag = tags.get(piece.mark) if piece.mark is not None else None
        found[tag if tag is not None and tag.level is not None else None] += len(piece.text.strip())
    tag, count = max(found.items(), key=lambda item: item[1], default=(None, 0))
    return tag if count >= LINE_SHARE * found.total() else None


def _with_titles(pages: Sequence[PdfPage], headings: Sequence[_Lines]) -> list[PdfPage]:
    titles = {
        (lines.page, row): Title(lines.tag.number, lines.tag.level or 0)
        for lines in headings
        if lines.is_good
        for row in lines.rows
    }
    return [
        replace(page, rows=tuple(_titled(row, titles.get((place, index))) for index, row in enumerate(page.rows)))
        for place, page in enumerate(pages)
    ]


def _titled(row: Row, title: Title | None) -> Row:
    return replace(row, title=title) if title is not None else row


def _without_running(page: PdfPage) -> PdfPage:
    rows = (replace(row, kind=BlockKind.BOILERPLATE) if _is_running(row, page) else row for row in page.rows)
    return replace(page, rows=tuple(rows))


def _is_running(row: Row, page: PdfPage) -> bool:
    is_at_edge = not HEAD * page.height < row.top < FOOT * page.height
    filled = [piece.mark for piece in row.pieces if piece.text.strip()]
    return is_at_edge and row.kind is None and bool(filled) and all(mark == ARTIFACT for mark in filled)
