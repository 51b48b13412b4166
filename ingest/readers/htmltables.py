"""The tables of a web page: the texts of a row by column, and which rows name the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.tables import row_levels

MAX_SPAN = 100  # columns or rows; a page that says more is mistaken


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text and the columns and rows that it takes."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its place among the blocks of the page, its texts by column, and whether its cells are header cells."""

    place: int
    texts: list[str]
    is_header: bool


@dataclass(slots=True)
class OpenTable:
    """A table whose rows are being read."""

    rows: list[Row] = field(default_factory=list)
    _covered: dict[int, int] = field(default_factory=dict)  # column: rows still to come that a cell above takes

    def columns(self, cells: Sequence[Cell]) -> list[str]:
        """The texts of the next row by column: a cell over several columns or rows shows its text in the first."""
        texts: list[str] = []
        for cell in cells:
            texts += self._covered_columns(len(texts))
            for column in range(len(texts), len(texts) + cell.columns):
                self._covered[column] = cell.rows - 1
            texts += [cell.text, *[""] * (cell.columns - 1)]
        self._covered_columns(len(texts))
        return texts

    def add(self, row: Row) -> None:
        """Count a row with text."""
        self.rows.append(row)

    def levels(self) -> list[int]:
        """The level of each row."""
        declared = next((place for place, row in enumerate(self.rows) if not row.is_header), 0)
        return row_levels([row.texts for row in self.rows], declared=declared)

    def _covered_columns(self, column: int) -> list[str]:
        """The columns from this one on that a cell of a row above takes, as empty texts."""
        taken = 0
        while self._covered.get(column + taken, 0) > 0:
            self._covered[column + taken] -= 1
            taken += 1
        return [""] * taken


def span_of(value: str | None) -> int:
    """How many columns or rows a ``colspan`` or ``rowspan`` stands for."""
    digits = (value or "").strip()
    return min(max(int(digits), 1), MAX_SPAN) if digits.isdecimal() and digits.isascii() else 1
