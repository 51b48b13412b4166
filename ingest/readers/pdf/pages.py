"""The pages of a PDF as pypdf extracts them, in the order in which the file draws them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.errors import Reason, UnreadableFile
from ingest.readers.pdf.aligned import with_aligned_tables
from ingest.readers.pdf.columns import in_reading_order
from ingest.readers.pdf.fonts import Weights
from ingest.readers.pdf.grids import grids_of
from ingest.readers.pdf.recording import Matrix, RecordedPage, Run, Visitor
from ingest.readers.pdf.rows import PdfPage, Piece, rows_of
from ingest.readers.pdf.tables import with_tables
from ingest.readers.pdf.view import View

# What a broken file makes pypdf raise: its own errors, and those of code that met something odd.
BROKEN = (
    *(PyPdfError, DependencyError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError),
    *(OSError, RecursionError, TypeError, ValueError),
)


def opened(path: Path, data: bytes) -> PdfReader:
    """The file, opened with the empty password where one is asked."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise UnreadableFile(path, Reason.PASSWORD)
    return reader


def read_pages(reader: PdfReader) -> list[PdfPage]:
    """The pages; one that cannot be read is empty, unless none can."""
    weights = Weights()
    pages: list[PdfPage] = []
    failure: Exception | None = None
    for page in reader.pages:
        try:
            pages.append(_page(page, weights))
        except BROKEN as error:
            pages.append(PdfPage((), 1.0, is_wide=False))
            failure = error
    if failure is not None and not any(page.rows for page in pages):
        raise failure
    return pages


def _page(page: PageObject, weights: Weights) -> PdfPage:
    view = View.of(page)
    collector = _Collector(view, weights)
    record = collector.record
    RecordedPage(page, record).extract_text(visitor_text=collector)
    grids = grids_of(view.strokes(record.rules)) or grids_of(view.strokes([*record.rules, *record.edges]))
    rows = with_aligned_tables(in_reading_order(with_tables(rows_of(collector.pieces), grids)))
    return PdfPage(tuple(rows), view.height, is_wide=view.width > view.height, hides_text=record.hides_text)


class _Collector(Visitor):
    """Gathers the pieces of a page."""

    def __init__(self, view: View, weights: Weights) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._view = view
        self._weights = weights

    def __call__(self, text: str, current: Matrix, matrix: Matrix, font: Any, size: float) -> None:  # noqa: ANN401
        """Take a stretch of text, drawn in one letter."""
        runs = self.record.taken_runs(current)
        if not text:
            return
        product = _product(matrix, current)
        bold = self._weights.is_bold(font)
        seen_size = abs(size) * math.hypot(product[2], product[3])
        if not runs:
            x, top = self._view.place(product[4], product[5])
            self.pieces.append(Piece(text, seen_size, bold, x, top, x, is_drawn=False))
            return
        for part, run in _parts(text, runs):
            (x, top), (right, _) = self._view.place(*run.first), self._view.place(*run.last)
            self.pieces.append(Piece(part, seen_size, bold, x, top, right, mark=run.mark))


def _parts(text: str, runs: list[Run]) -> Iterator[tuple[str, Run]]:
    """The text of each run, with what pypdf put behind it."""
    starts = [0, *(run.offset for run in runs[1:]), len(text)]
    for (start, end), run in zip(pairwise(starts), runs, strict=True):
        yield text[start:end], run


def _product(matrix: Matrix, current: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    return [
        a * current[0] + b * current[2],
        a * current[1] + b * current[3],
        c * current[0] + d * current[2],
        c * current[1] + d * current[3],
        e * current[0] + f * current[2] + current[4],
        e * current[1] + f * current[3] + current[5],
    ]
