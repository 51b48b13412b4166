"""The pages of a PDF as pypdf extracts them, in the order in which the file draws them."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.errors import Reason, UnreadableFile
from ingest.readers.pdf.fonts import Weights
from ingest.readers.pdf.rows import PdfPage, Piece, rows_of
from ingest.readers.pdf.view import View

# What a broken file makes pypdf raise: its own errors, and those of code that met something odd.
BROKEN = (
    *(PyPdfError, DependencyError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError),
    *(OSError, RecursionError, TypeError, ValueError),
)

Matrix = list[float]


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
    pieces: list[Piece] = []

    def visit(text: str, current: Matrix, matrix: Matrix, font: Any, size: float) -> None:  # noqa: ANN401
        pieces.append(_piece(text, _product(matrix, current), size, view, bold=weights.is_bold(font)))

    page.extract_text(visitor_text=visit)
    return PdfPage(rows_of(pieces), view.height, is_wide=view.width > view.height)


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


def _piece(text: str, matrix: Matrix, size: float, view: View, *, bold: bool) -> Piece:
    x, top = view.place(matrix[4], matrix[5])
    return Piece(text, abs(size) * math.hypot(matrix[2], matrix[3]), bold, x, top)
