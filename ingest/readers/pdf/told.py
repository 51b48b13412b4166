"""What a PDF itself tells of its headings, in its outline."""

from __future__ import annotations

from collections.abc import Sequence

from pypdf import PdfReader

from ingest.readers.pdf.bookmarked import with_bookmarked
from ingest.readers.pdf.outline import Bookmark, bookmarks_of
from ingest.readers.pdf.pages import BROKEN
from ingest.readers.pdf.rows import PdfPage


def with_told_titles(reader: PdfReader, pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages, with the headings that the file itself tells; what is broken of that tells nothing."""
    return with_bookmarked(pages, _bookmarks(reader))


def _bookmarks(reader: PdfReader) -> tuple[Bookmark, ...]:
    try:
        return bookmarks_of(reader)
    except BROKEN:
        return ()
