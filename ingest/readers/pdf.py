"""PDF files, through pypdf: the only module that imports it.

Text is taken in the order in which the file draws it, with the size, weight and place of every line.
"""

from __future__ import annotations

import io
import logging
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from ingest.bullets import BULLET, letter_bullets, with_bullets
from ingest.errors import Reason, UnreadableFile
from ingest.layout import Gap, Layout, Line
from ingest.lines import blocks_of
from ingest.raw import RawDocument, RawPage
from ingest.repair import without_unseen
from ingest.types import DocumentInfo

# What a broken file makes pypdf raise: its own errors, and those of code that met something odd.
BROKEN = (
    *(PyPdfError, DependencyError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NotImplementedError),
    *(OSError, RecursionError, TypeError, ValueError),
)

ORDINARY_PITCH = 1.2  # from baseline to baseline, in font sizes, where a document does not tell
WIDER = 1.25  # times the ordinary pitch: a gap between paragraphs
BOLD_WEIGHT = 600
FORCE_BOLD = 1 << 18  # a flag of a font descriptor

_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!ct)", re.I)
_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")  # set larger than the small capitals that follow
# A glyph of a symbol font, or a code that the usual encoding leaves open, which then means a bullet.
_LEADING_GLYPH = re.compile(r"^(\s*)[\ue000-\uf8ff\x7f\x81\x8d\x8f\x90\x9d]")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|untitled|naamloos|document\d*$|(?:power)?point)|\.\w{3,4}$", re.I
)

Matrix = list[float]

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its warnings help nobody who reads documents
logging.getLogger("pypdf").propagate = False


def read(path: Path, data: bytes) -> RawDocument:
    """The pages of a PDF, numbered from 1.

    Raises UnreadableFile: PASSWORD, DAMAGED, or NO_TEXT when no page holds text. Pages without text, among
    others that have it, give the warning "pages_without_text".
    """
    try:
        reader = _opened(path, data)
        pages = _pages(reader)
        info = _info(reader)
    except FileNotDecryptedError as error:
        raise UnreadableFile(path, Reason.PASSWORD, str(error)) from error
    except BROKEN as error:
        raise UnreadableFile(path, Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
    if not any(page.text.strip() for page in pages):
        raise UnreadableFile(path, Reason.NO_TEXT)
    blocks = blocks_of(_layout(_with_bullets(pages)))
    raw_pages = [
        RawPage(number, page.text, page_blocks)
        for number, (page, page_blocks) in enumerate(zip(pages, blocks, strict=True), 1)
    ]
    warnings = ("pages_without_text",) if not all(page.text.strip() for page in pages) else ()
    return RawDocument("pdf", tuple(raw_pages), info, warnings)


def _opened(path: Path, data: bytes) -> PdfReader:
    """The file, opened with the empty password where one is asked."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise UnreadableFile(path, Reason.PASSWORD)
    return reader


def _info(reader: PdfReader) -> DocumentInfo:
    """Title, language and year. The year is given only when making and saving the file agree on it."""
    language = str(reader.root_object.get("/Lang", ""))[:2].lower()
    properties = reader.metadata
    if properties is None:
        return DocumentInfo(language=language or None)
    title = " ".join((properties.title or "").split())
    years = {moment.year for moment in (properties.creation_date, properties.modification_date) if moment}
    return DocumentInfo(
        title=None if _NO_TITLE.search(title) else title or None,
        date=str(years.pop()) if len(years) == 1 else None,
        language=language or None,
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text in one letter, and where it starts: points from the left and from the top of the page as seen."""

    text: str
    size: float
    bold: bool
    x: float
    top: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a page, before the gaps between lines are known."""

    text: str
    size: float
    bold: bool
    x: float
    top: float


@dataclass(frozen=True, slots=True)
class _Page:
    rows: tuple[_Row, ...]
    height: float
    is_wide: bool

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def _pages(reader: PdfReader) -> list[_Page]:
    """The pages; one that cannot be read is empty, unless none can."""
    weights = _Weights()
    pages: list[_Page] = []
    failure: Exception | None = None
    for page in reader.pages:
        try:
            pages.append(_page(page, weights))
        except BROKEN as error:
            pages.append(_Page((), 1.0, is_wide=False))
            failure = error
    if failure is not None and not any(page.rows for page in pages):
        raise failure
    return pages


def _with_bullets(pages: Sequence[_Page]) -> list[_Page]:
    """The pages with a bullet where a letter stands for one; what counts as raw text keeps the letter."""
    letters = letter_bullets(row.text for page in pages for row in page.rows)
    return [
        replace(page, rows=tuple(replace(row, text=with_bullets(row.text, letters)) for row in page.rows))
        for page in pages
    ]


def _page(page: PageObject, weights: _Weights) -> _Page:
    view = _View.of(page)
    pieces: list[_Piece] = []

    def visit(text: str, current: Matrix, matrix: Matrix, font: Any, size: float) -> None:  # noqa: ANN401
        pieces.append(_piece(text, _product(matrix, current), size, view, bold=weights.is_bold(font)))

    page.extract_text(visitor_text=visit)
    return _Page(tuple(_whole_lines(_rows(pieces))), view.height, is_wide=view.width > view.height)


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


def _piece(text: str, matrix: Matrix, size: float, view: _View, *, bold: bool) -> _Piece:
    x, top = view.place(matrix[4], matrix[5])
    return _Piece(text, abs(size) * math.hypot(matrix[2], matrix[3]), bold, x, top)


@dataclass(frozen=True, slots=True)
class _View:
    """The page as a reader sees it: its size, and how it is turned."""

    left: float
    bottom: float
    raw_width: float
    raw_height: float
    turn: int

    @classmethod
    def of(cls, page: PageObject) -> _View:
        box = page.mediabox
        return cls(float(box.left), float(box.bottom), float(box.width), float(box.height), page.rotation % 360)

    @property
    def width(self) -> float:
        return self.raw_height if self.turn in (90, 270) else self.raw_width

    @property
    def height(self) -> float:
        return (self.raw_width if self.turn in (90, 270) else self.raw_height) or 1.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """From the file's coordinates to points from the left and from the top."""
        right, up = x - self.left, y - self.bottom
        if self.turn == 90:
            return up, right
        if self.turn == 180:
            return self.raw_width - right, up
        if self.turn == 270:
            return self.raw_height - up, self.raw_width - right
        return right, self.raw_height - up


class _Weights:
    """Which fonts are bold, looked up once for each."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bool]] = {}  # the font is kept, so that its id stays its own

    def is_bold(self, font: Any) -> bool:  # noqa: ANN401 - pypdf leaves it untyped
        """Whether a font is bold by its name or descriptor."""
        if font is None:
            return False
        if id(font) not in self._known:
            self._known[id(font)] = (font, _is_bold(font))
        return self._known[id(font)][1]


def _is_bold(font: Any) -> bool:  # noqa: ANN401
    if _BOLD_NAME.search(str(font.get("/BaseFont", ""))):
        return True
    descriptor = font.get("/FontDescriptor")
    if descriptor is None:
        return False
    descriptor = descriptor.get_object()
    weight, flags = descriptor.get("/FontWeight", 0), descriptor.get("/Flags", 0)
    return (isinstance(weight, int | float) and weight >= BOLD_WEIGHT) or (
        isinstance(flags, int) and bool(flags & FORCE_BOLD)
    )


def _rows(pieces: Sequence[_Piece]) -> Iterator[_Row]:
    row: list[_Piece] = []
    for piece in pieces:
        first, *following = piece.text.split("\n")
        row.append(replace(piece, text=first))
        for text in following:
            yield _row(row)
            row = [replace(piece, text=text)]
    yield _row(row)


def _row(pieces: Sequence[_Piece]) -> _Row:
    """One line, with the letter in which most of it is set."""
    text = _cleaned("".join(piece.text for piece in pieces))
    filled = [piece for piece in pieces if piece.text.strip()] or list(pieces[:1])
    if not filled:
        return _Row("", 0.0, bold=False, x=0.0, top=0.0)
    sizes: Counter[float] = Counter()
    for piece in filled:
        sizes[piece.size] += len(piece.text.strip())
    bold = sum(len(piece.text.strip()) for piece in filled if piece.bold)
    return _Row(text, sizes.most_common(1)[0][0], bold > 0.9 * sizes.total(), filled[0].x, filled[0].top)


def _whole_lines(rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows that hold text, those on one baseline as one: some programs draw a line word by word."""
    above: _Row | None = None
    parted = False  # by a space that was drawn by itself
    for row in rows:
        if not row.text.strip():
            parted = True
            continue
        if above is not None and _is_beside(above, row):
            above = _joined(above, row, "" if _INITIAL.search(above.text) and not parted else " ")
        else:
            if above is not None:
                yield above
            above = row
        parted = False
    if above is not None:
        yield above


def _is_beside(left: _Row, right: _Row) -> bool:
    return right.x > left.x and abs(right.top - left.top) <= 0.25 * max(left.size, right.size)


def _joined(left: _Row, right: _Row, glue: str) -> _Row:
    """Both rows as one, in the letter of the longer."""
    longer = left if len(left.text) > len(right.text) else right
    return replace(longer, text=f"{left.text}{glue}{right.text}", x=left.x, bold=left.bold and right.bold)


def _cleaned(text: str) -> str:
    """The text without what nobody sees; a glyph of a symbol font at the start is a bullet."""
    return unicodedata.normalize("NFC", without_unseen(_LEADING_GLYPH.sub(rf"\1{BULLET}", text)))


def _layout(pages: Sequence[_Page]) -> Layout:
    pitch = _pitch(pages)
    wide = sum(page.is_wide for page in pages) > len(pages) / 2
    return Layout([tuple(_lines(page, pitch)) for page in pages], is_wide=wide)


def _lines(page: _Page, pitch: float) -> Iterator[Line]:
    above: _Row | None = None
    for row in page.rows:
        if row.text.strip():
            gap = Gap.APART if above is None else _gap(above, row, pitch)
            yield Line(row.text.strip(), gap, row.size or None, row.bold, row.x, row.top / page.height)
            above = row


def _gap(above: _Row, row: _Row, pitch: float) -> Gap:
    size = max(above.size, row.size)
    return Gap.TIGHT if -0.5 * size < row.top - above.top <= WIDER * pitch * size else Gap.APART


def _pitch(pages: Sequence[_Page]) -> float:
    """The distance between lines of a paragraph in this document, in font sizes."""
    found: Counter[float] = Counter()
    for page in pages:
        filled = [row for row in page.rows if row.text.strip() and row.size]
        for above, row in pairwise(filled):
            distance = (row.top - above.top) / row.size
            if abs(above.size - row.size) < 0.5 and 0.9 < distance < 3:
                found[round(20 * distance) / 20] += min(len(above.text), len(row.text))
    return found.most_common(1)[0][0] if found else ORDINARY_PITCH
