"""The tables of a Word document: which cells stand in a row, where, and which rows are headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.wordml import Element, W, flattened, is_on, plain_text
from ingest.readers.wordstyles import Styles

FIRST_ROW_FLAG = 0x0020  # of ``w:tblLook``: the first row is to look different
MAX_COLUMNS = 63  # Word's own limit
NO_FILLS = (None, "auto", "FFFFFF", "ffffff")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, and how many columns it takes. ``element`` is None where it shows nothing: it only continues the cell
    above it, or its row begins further to the right.
    """

    element: Element | None
    columns: int = 1


def rows_of(table: Element) -> list[Element]:
    """The rows that are shown."""
    return [row for row in flattened(table) if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None]


def cells_of(row: Element) -> list[Cell]:
    """The cells of a row, from left to right."""
    skipped = _number(row.find(f"{W}trPr/{W}gridBefore"))
    return [Cell(None, skipped)] * (skipped > 0) + [
        Cell(None if _is_merged(cell) else cell, max(_number(cell.find(f"{W}tcPr/{W}gridSpan")), 1))
        for cell in flattened(row)
        if cell.tag == f"{W}tc"
    ]


def declared_headers(rows: Sequence[Element]) -> int:
    """How many rows at the top Word repeats on each page: the author made them the header."""
    count = 0
    while count < len(rows) and is_on(rows[count].find(f"{W}trPr/{W}tblHeader")):
        count += 1
    return count


def emphasis(table: Element, rows: Sequence[Element], styles: Styles) -> list[bool]:
    """Of each row, whether all its text is bold or stands on a colour."""
    found = [_is_bold(row, styles) or _is_filled(row) for row in rows]
    if found and _style_sets_first_row_apart(table, styles):
        found[0] = True
    return found


def _number(columns: Element | None) -> int:
    return 0 if columns is None else min(int(columns.get(f"{W}val", "0")), MAX_COLUMNS)


def _is_merged(cell: Element) -> bool:
    """Whether a cell only continues the one above it, whose text it shows."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _is_bold(row: Element, styles: Styles) -> bool:
    runs = [
        (run, paragraph)
        for paragraph in row.iter(f"{W}p")
        for run in paragraph.iter(f"{W}r")
        if plain_text(run).strip()
    ]
    return bool(runs) and all(styles.is_bold(run, paragraph) for run, paragraph in runs)


def _is_filled(row: Element) -> bool:
    fills = [cell.element.find(f"{W}tcPr/{W}shd") for cell in cells_of(row) if cell.element is not None]
    return bool(fills) and all(fill is not None and fill.get(f"{W}fill") not in NO_FILLS for fill in fills)


def _style_sets_first_row_apart(table: Element, styles: Styles) -> bool:
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None or not _shows_first_row(look):
        return False
    named = table.find(f"{W}tblPr/{W}tblStyle")
    return named is not None and styles.sets_first_row_apart(named.get(f"{W}val"))


def _shows_first_row(look: Element) -> bool:
    own = look.get(f"{W}firstRow")
    return own in ("1", "true", "on") if own is not None else bool(int(look.get(f"{W}val", "0"), 16) & FIRST_ROW_FLAG)
