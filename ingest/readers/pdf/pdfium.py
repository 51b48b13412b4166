"""The one place where pypdfium2 opens a file.

PDFium is one machine per process that two threads may not turn at once, and a hostile file can make it take all
memory: it runs in a process with limits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

FAILURES = (pypdfium2.PdfiumError, ValueError, OSError)  # what a broken file makes it raise

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def open_document(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The file, opened with the empty password. Everything that PDFium does with it belongs inside.

    Raises pypdfium2.PdfiumError, one of ``FAILURES``, when it cannot be opened.
    """
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def page_size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    """Width and height of a page in points as a reader sees it: cropped and turned. ``index`` counts from 0."""
    width, height = document.get_page_size(index)
    return width, height
