"""How a sheet of a workbook is laid out, from its XML: what is hidden, merged, kept in view, or was never counted.

openpyxl leaves this out when it reads cell by cell, and holds the whole workbook in memory when it does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.safexml import Element, elements

RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
LAST_COLUMN = 16384
MOST_KEPT_IN_VIEW = 10  # frozen rows: more of them are no header


@dataclass(slots=True)
class SheetLayout:
    """What a reader of a sheet sees of it. Rows and columns count from 1.

    ``merged`` gives for the first cell of a merged range, as (row, column), the last row that it reaches. ``headers``
    are rows that the sheet itself treats as names of columns: kept in view, or the one with the buttons of a filter.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    headers: set[int] = field(default_factory=set)
    has_uncounted: bool = False

    @classmethod
    def of(cls, data: bytes) -> SheetLayout:
        """The layout of the sheet with this XML. Raises as ``safexml.elements``."""
        layout = cls()
        for element in elements(data, _NOTES):
            _NOTES[element.tag.rpartition("}")[2]](layout, element)
        return layout

    def note_row(self, row: Element) -> None:
        """A hidden row; one that is folded away under a heading with a plus sign is there to be opened."""
        if _is_on(row, "hidden") and not int(row.get("outlineLevel", "0")):
            self.hidden_rows.add(int(row.get("r", "0")))

    def note_columns(self, columns: Element) -> None:
        """Hidden columns; folded ones as folded rows."""
        if _is_on(columns, "hidden") and not int(columns.get("outlineLevel", "0")):
            last = min(int(columns.get("max", "0")), LAST_COLUMN)
            self.hidden_columns.update(range(int(columns.get("min", "1")), last + 1))

    def note_merged(self, merged: Element) -> None:
        """A range that shows its first cell."""
        top, left, bottom, _ = _corners(merged.get("ref", ""))
        if bottom > top:
            self.merged[top, left] = bottom

    def note_pane(self, pane: Element) -> None:
        """The rows that stay in view."""
        if pane.get("state") in ("frozen", "frozenSplit"):
            rows = int(float(pane.get("ySplit", "0")))
            self.headers.update(range(1, rows + 1) if rows <= MOST_KEPT_IN_VIEW else ())

    def note_filter(self, filtered: Element) -> None:
        """The row with the buttons of a filter."""
        self.headers.add(_corners(filtered.get("ref", ""))[0])

    def note_cell(self, cell: Element) -> None:
        """A formula that the program which wrote it did not count: its outcome stands nowhere."""
        texts = {child.tag.rpartition("}")[2]: child.text for child in cell}
        is_uncounted = "f" in texts and not texts.get("v") and cell.get("t") != "str"  # a text may be empty
        self.has_uncounted = self.has_uncounted or is_uncounted


_NOTES = {
    "row": SheetLayout.note_row,
    "col": SheetLayout.note_columns,
    "mergeCell": SheetLayout.note_merged,
    "pane": SheetLayout.note_pane,
    "autoFilter": SheetLayout.note_filter,
    "c": SheetLayout.note_cell,
}


def _is_on(element: Element, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _corners(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a range such as "A1:C3"; zeros for what is none."""
    found = RANGE.fullmatch(reference)
    if found is None:
        return 0, 0, 0, 0
    left, top, right, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
    return top, _column(left), bottom, _column(right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
