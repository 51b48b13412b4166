"""Tables on a page: the lines that stand in a ruled grid become rows of cells.

A table that cannot be told with confidence stays lines: a frame around running text, one row or column alone, text that
does not keep to the columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, product
from statistics import median

from ingest.readers.pdf.grids import Grid, Place
from ingest.readers.pdf.rows import PdfPage, Piece, Row, row_of
from ingest.readers.pdf.spaces import touch
from ingest.tables import BODY_ROW, FIRST_ROW, row_levels, row_text
from ingest.types import BlockKind

HEAD, FOOT = 0.12, 0.88  # shares of a page's height: above and below stand running heads and page numbers
SAME_COLUMN = 4.0  # points
MAX_MEDIAN_CELL = 300  # characters; longer texts side by side are the layout of a page
MAX_CELL = 2000
MIN_WIDE_SHARE = 0.5  # of the rows: they hold two cells or more
MAX_ASTRAY = 0.1  # of the cells; of the rows, that are crossed from outside
X_HEIGHT = 0.3  # of the type size: a point above the baseline that lies in the cell


@dataclass(frozen=True, slots=True)
class _Part:
    """The pieces of a line that stand in one cell, or in no table."""

    pieces: list[Piece]
    table: _Table | None = None
    cell: Place = (0, 0)
    cuts_word: bool = False


@dataclass(slots=True)
class _Table:
    """A grid, and the lines of its cells in the order in which they are drawn."""

    grid: Grid
    cells: dict[Place, list[Row]] = field(default_factory=dict)
    astray: set[Place] = field(default_factory=set)
    crossings: int = 0

    def add(self, part: _Part) -> None:
        """Take the part of a line that stands in a cell. A cell is astray when its text reaches into the next cell, or
        goes up to another column.
        """
        filled = [piece for piece in part.pieces if piece.text.strip()]
        if filled:
            line = row_of(part.pieces)
            lines = self.cells.setdefault(part.cell, [])
            right = self.grid.right_of(part.cell)
            goes_up = bool(lines) and line.top < lines[-1].top - line.size
            if part.cuts_word or goes_up or any(piece.right > right + piece.size for piece in filled):
                self.astray.add(part.cell)
            lines.append(line)

    def meet(self, piece: Piece) -> None:
        """Count text that stands in no cell, but reaches into the grid from its left."""
        height = piece.top - X_HEIGHT * piece.size
        is_beside = self.grid.ys[0] <= height < self.grid.ys[-1] and piece.x < self.grid.xs[0]
        self.crossings += is_beside and piece.right > self.grid.xs[0] + piece.size

    @property
    def is_told(self) -> bool:
        """Whether it is a table, and what stands in which cell is clear."""
        widths = Counter(row for row, _ in self.cells)
        wide = sum(width > 1 for width in widths.values())
        if wide < 2 or wide < MIN_WIDE_SHARE * len(widths):
            return False
        if len(self.astray) > MAX_ASTRAY * len(self.cells) or self.crossings > MAX_ASTRAY * len(widths):
            return False
        lengths = [sum(len(line.text) for line in lines) for lines in self.cells.values()]
        return median(lengths) <= MAX_MEDIAN_CELL and max(lengths) <= MAX_CELL

    def rows(self) -> Iterator[Row]:
        """Its rows, each as one line of the page."""
        columns = sorted({column for _, column in self.cells})
        lines: list[list[Row]] = []
        texts: list[list[str]] = []
        for row, places in groupby(sorted(self.cells), key=lambda place: place[0]):
            lines.append([line for place in places for line in self.cells[place]])
            texts.append([self._text((row, column)) for column in columns])
        levels = row_levels(texts, emphasised=[all(line.bold for line in row) for row in lines])
        for row_lines, cells, level in zip(lines, texts, levels, strict=True):
            whole = row_of([piece for line in row_lines for piece in line.pieces])
            text = row_text(cells)
            yield replace(whole, text=text, kind=BlockKind.TABLE_ROW, level=level, columns=self.grid.xs)

    def _text(self, cell: Place) -> str:
        return "\n".join(line.text.strip() for line in self.cells.get(cell, ()))


def with_tables(rows: Sequence[Row], grids: Iterable[Grid]) -> list[Row]:
    """The lines of a page, with the rows of its tables where their first line was drawn."""
    tables = [_Table(grid) for grid in grids]
    if not tables:
        return list(rows)
    parts = [_parts(row, tables) for row in rows]
    for part in (part for row_parts in parts for part in row_parts):
        if part.table is not None:
            part.table.add(part)
        for piece, table in product(part.pieces if part.table is None else (), tables):
            table.meet(piece)
    told = [table for table in tables if table.is_told]
    return list(_replaced(rows, parts, told)) if told else list(rows)


def _parts(row: Row, tables: Sequence[_Table]) -> list[_Part]:
    """A line cut where it goes from one cell to another."""
    parts: list[_Part] = []
    for piece in row.pieces:
        part = _part(piece, tables)
        goes_on = parts and (not piece.text.strip() or (parts[-1].table is part.table and parts[-1].cell == part.cell))
        if goes_on:
            parts[-1].pieces.append(piece)
        else:
            parts.append(replace(part, cuts_word=bool(parts) and touch(parts[-1].pieces[-1], piece)))
    return parts


def _part(piece: Piece, tables: Sequence[_Table]) -> _Part:
    for table in tables:
        cell = table.grid.cell_at(piece.x + 1, piece.top - X_HEIGHT * piece.size)
        if cell is not None:
            return _Part([piece], table, cell)
    return _Part([piece])


def _replaced(rows: Sequence[Row], parts: Sequence[Sequence[_Part]], told: Sequence[_Table]) -> Iterator[Row]:
    pending = list(told)
    for row, row_parts in zip(rows, parts, strict=True):
        inside = [table for table in told if any(part.table is table for part in row_parts)]
        if not inside:
            yield row
            continue
        outside = [piece for part in row_parts if part.table not in inside for piece in part.pieces]
        if any(piece.text.strip() for piece in outside):
            yield row_of(outside)
        for table in inside:
            if table in pending:
                pending.remove(table)
                yield from table.rows()


def with_tables_over_pages(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages with the tables that go on from the page before told from those that begin."""
    return [*pages[:1], *(_continued(above, page) for above, page in pairwise(pages))]


def _continued(above: PdfPage, page: PdfPage) -> PdfPage:
    """The page, its first table told to go on if it does."""
    last = next((row for row in reversed(above.rows) if row.top < FOOT * above.height), None)
    first = next((index for index, row in enumerate(page.rows) if row.top > HEAD * page.height), None)
    if last is None or first is None or not _goes_on(last, page.rows[first]):
        return page
    row = replace(page.rows[first], level=BODY_ROW)
    return replace(page, rows=(*page.rows[:first], row, *page.rows[first + 1 :]))


def _goes_on(last: Row, row: Row) -> bool:
    """Whether a row without a header stands in the columns of the last row of the page before."""
    if row.level != FIRST_ROW or row.kind is not last.kind or len(row.columns) != len(last.columns):
        return False
    return all(abs(x - other) <= SAME_COLUMN for x, other in zip(row.columns, last.columns, strict=True))
