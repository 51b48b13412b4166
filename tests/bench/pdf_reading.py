"""Pages per second from PDF to passages, beside plain text extraction by pypdf: the same files, in the same run."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from rich.console import Console

from ingest.errors import UnreadableFile
from ingest.limits import Limits, under
from ingest.passages import split_passages
from ingest.reading import read_document

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # for plain extraction too


def print_pdf_reading(console: Console, folder: Path) -> None:
    """Pages per second of one core, in processor time, of a process that has read a file before; pictures are not
    recognised.
    """
    paths = sorted(folder.glob("*.pdf"))
    _read(paths[0])
    pages, plain, whole = 0, 0.0, 0.0
    for path in paths:
        data = path.read_bytes()
        pages += len(PdfReader(io.BytesIO(data)).pages)
        plain += _seconds(lambda data=data: _extract(data))
        whole += _seconds(lambda path=path: _read(path))
    console.print(
        f"{pages} pages of {len(paths)} files to passages: {pages / whole:.1f} pages/s; "
        f"plain pypdf: {pages / plain:.1f} pages/s ({plain / whole:.2f} of it)"
    )


def _extract(data: bytes) -> None:
    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text()


def _read(path: Path) -> None:
    try:
        with under(Limits(most_seconds=0)):
            split_passages(read_document(path))
    except UnreadableFile:  # a scan
        return


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
