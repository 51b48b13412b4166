"""The lines of a page, from the pieces of text that a PDF draws one after the other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.bullets import BULLET, letter_bullets, with_bullets
from ingest.readers.pdf.raised import with_raised_numbers
from ingest.repair import without_unseen
from ingest.types import BlockKind

_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")  # set larger than the small capitals that follow
# A glyph of a symbol font, or a code that the usual encoding leaves open, which then means a bullet.
_LEADING_GLYPH = re.compile(r"^(\s*)[\ue000-\uf8ff\x7f\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one letter along one baseline, and where it stands: points from the left and from the top of the page
    as seen. ``right`` is where it ends.
    """

    text: str
    size: float
    bold: bool
    x: float
    top: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page, before the gaps between lines are known. ``kind`` is given where the layout of the page tells
    it: a row of a table, with its ``level`` and the borders of its ``columns``.
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


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its lines, its height in points, and whether it is wider than high."""

    rows: tuple[Row, ...]
    height: float
    is_wide: bool

    @property
    def text(self) -> str:
        """The raw text: the lines as extracted."""
        return "\n".join(row.text for row in self.rows)


def rows_of(pieces: Sequence[Piece]) -> tuple[Row, ...]:
    """The lines of a page that hold text, in the order of the pieces."""
    return tuple(_whole_lines(_rows(pieces)))


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    row: list[Piece] = []
    for piece in pieces:
        first, *following = piece.text.split("\n")
        row.append(replace(piece, text=first))
        for text in following:
            yield row_of(row)
            row = [replace(piece, text=text)]
    yield row_of(row)


def row_of(pieces: Sequence[Piece]) -> Row:
    """One line of pieces, with the letter in which most of it is set."""
    text = _cleaned("".join(piece.text for piece in with_raised_numbers(pieces)))
    filled = [piece for piece in pieces if piece.text.strip()] or list(pieces[:1])
    if not filled:
        return Row("", 0.0, bold=False, x=0.0, top=0.0)
    sizes: Counter[float] = Counter()
    for piece in filled:
        sizes[piece.size] += len(piece.text.strip())
    bold = sum(len(piece.text.strip()) for piece in filled if piece.bold)
    return Row(text, sizes.most_common(1)[0][0], bold > 0.9 * sizes.total(), filled[0].x, filled[0].top, tuple(pieces))


def _whole_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold text, those on one baseline as one: some programs draw a line word by word."""
    above: Row | None = None
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


def _is_beside(left: Row, right: Row) -> bool:
    return right.x > left.x and abs(right.top - left.top) <= 0.25 * max(left.size, right.size)


def _joined(left: Row, right: Row, glue: str) -> Row:
    """Both rows as one, in the letter of the longer."""
    longer = left if len(left.text) > len(right.text) else right
    last = replace(left.pieces[-1], text=left.pieces[-1].text + glue)
    pieces = (*left.pieces[:-1], last, *right.pieces)
    return replace(
        longer, text=f"{left.text}{glue}{right.text}", x=left.x, bold=left.bold and right.bold, pieces=pieces
    )


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
