"""Workbooks, through openpyxl: the only module that imports it. A sheet is a page without a number, under its name.

Cells are read as they are shown: outcomes of formulas, numbers and dates in their format. What is hidden is not read.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import load_workbook

from ingest.archives import member
from ingest.raw import RawBlock, RawDocument, RawPage, page_from_blocks
from ingest.readers.numberformats import shown_date, shown_number
from ingest.readers.properties import company_in, info_from_core
from ingest.readers.sheetlayout import SheetLayout
from ingest.readers.sheettables import SheetRow, blocks_of
from ingest.types import BlockKind, DocumentInfo

Workbook: TypeAlias = Any  # openpyxl has no types
Sheet: TypeAlias = Any
Cell: TypeAlias = Any

MOST_CELLS = 250_000  # a table with more is no text that people read
MADE_UP_NAME = re.compile(r"(?:blad|sheet|feuil|tabelle|werkblad) ?\d*", re.I)
TRUTH = {True: "WAAR", False: "ONWAAR"}
HIDDEN, UNCOUNTED, CUT = "hidden_cells", "uncounted_formulas", "table_cut"


def read(path: Path, data: bytes) -> RawDocument:
    """The sheets of a workbook. Raises what openpyxl and the XML parser raise for a damaged file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validation: nothing that is read here
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        reader = _Reader(path, data)
        pages = tuple(page for sheet in workbook.worksheets if (page := reader.page(sheet)) is not None)
    if len(pages) == 1 and MADE_UP_NAME.fullmatch(pages[0].blocks[0].text):
        pages = (page_from_blocks(None, list(pages[0].blocks[1:])),)
    return RawDocument("xlsx", pages, _info(path, data, workbook), tuple(sorted(reader.noticed)))


class _Reader:
    """Reads the sheets of one workbook, and keeps what a person should know of them."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data
        self._cells_left = MOST_CELLS
        self.noticed: set[str] = set()

    def page(self, sheet: Sheet) -> RawPage | None:
        """A sheet under its name; None for one that is hidden or empty."""
        if sheet.sheet_state != "visible":
            self.noticed.add(HIDDEN)
            return None
        part = sheet._worksheet_path  # noqa: SLF001 - openpyxl tells it in no other way
        layout = SheetLayout.of(member(self._path, self._data, part) or b"<empty/>")
        if layout.has_uncounted:
            self.noticed.add(UNCOUNTED)
        sheet.reset_dimensions()  # what a file says of its size is often wrong
        blocks = list(blocks_of(self._rows(sheet, layout)))
        return page_from_blocks(None, [RawBlock(BlockKind.HEADING, sheet.title, 1), *blocks]) if blocks else None

    def _rows(self, sheet: Sheet, layout: SheetLayout) -> Iterator[SheetRow]:
        """The rows that show something, while the cells are not too many."""
        reaching: dict[int, tuple[str, int]] = {}  # by column, the text of a merged cell and the last row it reaches
        for cells in sheet.iter_rows():
            filled = [cell for cell in cells if cell.value is not None]
            if not filled:
                continue
            if self._cells_left < len(filled):
                self.noticed.add(CUT)
                return
            self._cells_left -= len(filled)
            row = self._row(filled, layout, reaching)
            if row.texts:
                yield row

    def _row(self, cells: list[Cell], layout: SheetLayout, reaching: dict[int, tuple[str, int]]) -> SheetRow:
        number = cells[0].row
        texts = {cell.column: text for cell in cells if (text := _text(cell))}
        for column, (text, last) in reaching.items():
            if number <= last:
                texts.setdefault(column, text)
        for column, text in texts.items():
            if (number, column) in layout.merged:
                reaching[column] = (text, layout.merged[number, column])
        is_hidden = number in layout.hidden_rows
        shown = {} if is_hidden else {column: texts[column] for column in sorted(texts.keys() - layout.hidden_columns)}
        if len(shown) < len(texts):
            self.noticed.add(HIDDEN)
        return SheetRow(number, shown, all(map(_is_set_apart, cells)), number in layout.headers)


def _text(cell: Cell) -> str:
    """What a cell shows; "" for nothing but white space or signs."""
    value = cell.value
    if isinstance(value, bool):
        text = TRUTH[value]
    elif isinstance(value, (int, float)):
        text = shown_number(value, cell.number_format)
    elif isinstance(value, (datetime, date, time, timedelta)):
        text = shown_date(value, cell.number_format)
    else:
        text = str(value).strip()
    return text if any(character.isalnum() for character in text) else ""


def _is_set_apart(cell: Cell) -> bool:
    """Whether a cell is bold or stands on a colour."""
    return bool(cell.font.b) or cell.fill.fill_type == "solid"


def _info(path: Path, data: bytes, workbook: Workbook) -> DocumentInfo:
    company = company_in(member(path, data, "docProps/app.xml") or b"")
    has_core = member(path, data, "docProps/core.xml") is not None  # else openpyxl makes up properties, dated today
    return info_from_core(workbook.properties if has_core else None, company)
