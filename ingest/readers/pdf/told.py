"""What a PDF itself tells of its headings, in its tags and its outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median_low
from typing import TypeVar

from pypdf import PdfReader

from ingest.layout import Title
from ingest.readers.pdf.bookmarked import with_bookmarked
from ingest.readers.pdf.outline import bookmarks_of
from ingest.readers.pdf.pages import BROKEN
from ingest.readers.pdf.rows import PdfPage, Row
from ingest.readers.pdf.tagged import with_tagged
from ingest.readers.pdf.tags import tags_of

Found = TypeVar("Found")


def with_told_titles(reader: PdfReader, pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages, with the headings that the file itself tells; what is broken of that tells nothing.

    Where both tell, the outline is believed for levels.
    """
    tagged = with_tagged(pages, _or_none(tags_of, reader) or {})
    bookmarks = _or_none(bookmarks_of, reader)
    if not bookmarks:
        return tagged
    bookmarked = with_bookmarked(tagged, bookmarks)
    return _agreed(tagged, bookmarked)


def _or_none(read: Callable[[PdfReader], Found], reader: PdfReader) -> Found | None:
    try:
        return read(reader)
    except BROKEN:
        return None


def _agreed(tagged: Sequence[PdfPage], bookmarked: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages with what both tell: a heading that a bookmark names in part is named as a whole, and one that none
    names stands among those as its tag stands among theirs.
    """
    both = {
        row.title: other.title
        for page, named in zip(tagged, bookmarked, strict=True)
        for row, other in zip(page.rows, named.rows, strict=True)
        if row.title is not None and other.title is not None and other.title.level and other.title != row.title
    }
    deeper = median_low([other.level - title.level for title, other in both.items()] or [0])
    pages: list[PdfPage] = []
    for page, named in zip(tagged, bookmarked, strict=True):
        titles = (
            other.title if row.title is None else both.get(row.title, _moved(row.title, deeper))
            for row, other in zip(page.rows, named.rows, strict=True)
        )
        pages.append(replace(page, rows=tuple(map(_titled, page.rows, titles))))
    return pages


def _titled(row: Row, title: Title | None) -> Row:
    return row if title == row.title else replace(row, title=title)


def _moved(title: Title, deeper: int) -> Title:
    return replace(title, level=max(1, title.level + deeper)) if title.level else title
