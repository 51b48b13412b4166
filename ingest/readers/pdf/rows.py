"""The lines of a page, from the pieces of text that a PDF draws one after the other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.bullets import BULLET, letter_bullets, with_bullets
from ingest.layout import Title
from ingest.readers.pdf.raised import with_raised_numbers
from ingest.readers.pdf.small_caps import seen_size, with_whole_titles
from ingest.readers.pdf.spaces import touch, without_false_spaces
from ingest.repair import without_unseen
from ingest.types import BlockKind, TextSource

_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")  # set larger than the small capitals that follow
# A glyph of a symbol font, or a code that the usual encoding leaves open, which then means a bullet.
_LEADING_GLYPH = re.compile(r"^(\s*)[\ue000-\uf8ff\x7f\x81\x8d\x8f\x90\x9d]")


@dataclass(slots=True)  # not frozen, which would take three times as long to make: a page has thousands
class Piece:
    """Text in one letter along one baseline, and where it stands: points from the left and from the top of the page
    as seen. ``right`` is where it ends. White space may be not drawn: pypdf puts it between words.
    ``mark`` is that of the part of the page to which it belongs, by which the file's tags name it.
    """

    text: str
    size: float
    bold: bool
    x: float
    top: float
    right: float
    is_drawn: bool = True
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page, before the gaps between lines are known. ``kind`` is given where the layout of the page tells
    it: a row of a table, with its ``level`` and the borders of its ``columns``; ``title`` where the file itself tells
    that it is a heading.
    """

    text: str
    size: float
    bold: bool
    x: float
    top: float
    pieces: tuple[Piece, ...] = ()
    kind: BlockKind | None = None
    level: int = 0
    columns: tuple[float, ...] = ()
    title: Title | None = None


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its lines, its height in points, and whether it is wider than high. ``hides_text``: some of the text does
    not show.
    """

    rows: tuple[Row, ...]
    height: float
    is_wide: bool
    source: TextSource = TextSource.FILE
    hides_text: bool = False

    @property
    def text(self) -> str:
        """The raw text: the lines as extracted."""
        return "\n".join(row.text for row in self.rows)

    @property
    def lines(self) -> list[str]:
        """The lines that hold text, as extracted."""
        return [row.text for row in self.rows if row.text.strip()]


def rows_of(pieces: Sequence[Piece]) -> tuple[Row, ...]:
    """The lines of a page that hold text, in the order of the pieces."""
    return tuple(with_whole_titles(_whole_lines(_rows(pieces))))


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    row: list[Piece] = []
    for piece in pieces:
        if "\n" not in piece.text:
            row.append(piece)
            continue
        first, *following = piece.text.split("\n")
        row.append(replace(piece, text=first))
        for text in following:
            yield row_of(row)
            row = [replace(piece, text=text)]
    yield row_of(row)


def row_of(pieces: Sequence[Piece]) -> Row:
    """One line of pieces, with the letter in which most of it is set."""
    filled = [piece for piece in pieces if piece.text.strip()] or list(pieces[:1])
    if not filled:
        return Row("", 0.0, bold=False, x=0.0, top=0.0)
    sizes: Counter[float] = Counter()
    bold = 0
    for piece in filled:
        length = len(piece.text.strip())
        sizes[piece.size] += length
        bold += length if piece.bold else 0
    size = sizes.most_common(1)[0][0]
    if len(sizes) > 1:
        size = seen_size(filled, size)
    text = _cleaned("".join(piece.text for piece in _mended(pieces, of_one_size=len(sizes) == 1)))
    return Row(text, size, bold > 0.9 * sizes.total(), filled[0].x, filled[0].top, tuple(pieces))


def _mended(pieces: Sequence[Piece], *, of_one_size: bool) -> Iterable[Piece]:
    """The pieces of a line without false spaces, and with raised numbers as such."""
    if not all(piece.is_drawn for piece in pieces):
        pieces = list(without_false_spaces(pieces))
    return pieces if of_one_size else with_raised_numbers(pieces)


def _whole_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold text, those on one baseline as one: some programs draw a line word by word."""
    line: _Line | None = None
    parted = False  # by a space that was drawn by itself
    for row in rows:
        if not row.text.strip():
            parted = True
            continue
        if line is not None and line.goes_on(row):
            line.add(row, parted=parted)
        else:
            if line is not None:
                yield line.whole
            line = _Line([row], [], row, len(row.text))
        parted = False
    if line is not None:
        yield line.whole


@dataclass(slots=True)
class _Line:
    """Rows on one baseline, and what stands between them; ``main`` is the longest, in whose letter the line is set."""

    rows: list[Row]
    glues: list[str]
    main: Row
    length: int

    def goes_on(self, row: Row) -> bool:
        """Whether the row stands beside the line."""
        on_baseline = abs(row.top - self.main.top) <= 0.25 * max(self.main.size, row.size)
        return row.x > self.rows[0].x and on_baseline

    def add(self, row: Row, *, parted: bool) -> None:
        """Let the row go on with the line."""
        self.glues.append(_glue(self.rows[-1], row, parted=parted))
        self.main = self.main if self.length > len(row.text) else row
        self.length += len(self.glues[-1]) + len(row.text)
        self.rows.append(row)

    @property
    def whole(self) -> Row:
        """The line as one row."""
        if len(self.rows) == 1:
            return self.main
        parts = list(zip(self.rows, [*self.glues, ""], strict=True))
        text = "".join(f"{row.text}{glue}" for row, glue in parts)
        pieces = tuple(piece for row, glue in parts for piece in (*row.pieces, *_spaces(row, glue)))
        is_bold = all(row.bold for row in self.rows)
        size = seen_size(pieces, self.main.size)
        return replace(self.main, text=text, size=size, x=self.rows[0].x, bold=is_bold, pieces=pieces)


def _spaces(row: Row, glue: str) -> tuple[Piece, ...]:
    """What stands behind a row, as a piece."""
    return (replace(row.pieces[-1], text=glue, x=row.pieces[-1].right, is_drawn=False),) if glue else ()


def _glue(left: Row, right: Row, *, parted: bool) -> str:
    """What stands between two parts of a line."""
    last = next(piece for piece in reversed(left.pieces) if piece.text.strip())
    first = next(piece for piece in right.pieces if piece.text.strip())
    return "" if touch(last, first) or (_INITIAL.search(left.text) and not parted) else " "


def _cleaned(text: str) -> str:
    """The text without what nobody sees; a glyph of a symbol font at the start is a bullet."""
    return unicodedata.normalize("NFC", without_unseen(_LEADING_GLYPH.sub(rf"\1{BULLET}", text)))


def marked_bullets(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages with a bullet where a letter stands for one; what counts as raw text keeps the letter."""
    letters = letter_bullets(line for page in pages for row in page.rows for line in row.text.split("\n"))
    if not letters:
        return list(pages)
    return [replace(page, rows=tuple(_marked(row, letters) for row in page.rows)) for page in pages]


def _marked(row: Row, letters: frozenset[str]) -> Row:
    """A line, or the lines in the cells of a row, with a bullet where a letter stands for one."""
    return replace(row, text="\n".join(with_bullets(line, letters) for line in row.text.split("\n")))
