"""A PDF file becomes a raw document."""

from __future__ import annotations

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError

from ingest import ocr
from ingest.errors import Reason, UnreadableFile
from ingest.limits import limits_in_force
from ingest.lines import blocks_of
from ingest.raw import RawDocument, RawPage
from ingest.readers.pdf.pages import BROKEN, opened, read_pages
from ingest.readers.pdf.properties import info_of
from ingest.readers.pdf.rows import PdfPage, marked_bullets
from ingest.readers.pdf.scans import with_scans
from ingest.readers.pdf.second import with_second_reading
from ingest.readers.pdf.spacing import layout_of
from ingest.readers.pdf.tables import with_tables_over_pages
from ingest.readers.pdf.told import with_told_titles
from ingest.types import DocumentInfo

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its warnings help nobody who reads documents
logging.getLogger("pypdf").propagate = False


def read(path: Path, data: bytes) -> RawDocument:
    """The pages of a PDF, numbered from 1.

    Pages that are pictures are recognised, where that can be done; the others of them have the source NONE, and a
    warning says why. Raises UnreadableFile: PASSWORD, DAMAGED, TOO_LARGE for what unpacks beyond measure,
    TOO_MANY_PAGES, and where no page has text NO_TEXT or, when there are pictures that wait for OCR, NO_OCR.
    """
    pages, info, failure = _first_reading(path, data)
    pages = with_second_reading(data, pages)
    if failure is not None and not any(page.rows for page in pages):
        raise UnreadableFile(path, Reason.DAMAGED, f"{type(failure).__name__}: {failure}") from failure
    pages, warnings = with_scans(data, pages)
    if not any(page.text.strip() for page in pages):
        raise UnreadableFile(path, Reason.NO_OCR if ocr.UNREAD_WITHOUT_OCR in warnings else Reason.NO_TEXT)
    blocks = blocks_of(layout_of(with_tables_over_pages(marked_bullets(pages))))
    raw_pages = [
        RawPage(number, made.raw_text(page.lines), made.blocks, source=page.source)
        for number, (page, made) in enumerate(zip(pages, blocks, strict=True), 1)
    ]
    return RawDocument("pdf", tuple(raw_pages), info, warnings)


def _first_reading(path: Path, data: bytes) -> tuple[list[PdfPage], DocumentInfo, Exception | None]:
    """The pages and properties as pypdf reads them, or why it cannot."""
    try:
        reader = opened(path, data)
        _count_pages(path, reader)
        return with_told_titles(reader, read_pages(reader)), info_of(reader), None
    except FileNotDecryptedError as error:
        raise UnreadableFile(path, Reason.PASSWORD, str(error)) from error
    except LimitReachedError as error:
        raise UnreadableFile(path, Reason.TOO_LARGE, str(error)) from error
    except BROKEN as error:
        return [], DocumentInfo(), error


def _count_pages(path: Path, reader: PdfReader) -> None:
    """Refuse a file of too many pages before the first is read."""
    if len(reader.pages) > limits_in_force().pages:
        raise UnreadableFile(path, Reason.TOO_MANY_PAGES, str(len(reader.pages)))
