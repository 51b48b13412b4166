"""The tables on a sheet: stretches of rows without an empty row between them, each with the texts above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.raw import RawBlock
from ingest.tables import HEADER_ROW, row_levels, row_text
from ingest.types import BlockKind

MAX_BAND_CHARS = 200  # a longer text alone in its row is a text, and no caption within the table
MIN_NAMED_COLUMNS = 3  # a first row that names so many columns is a header, even if nothing else says so
MAX_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet with text: its number, its texts by column, and what sets it apart."""

    number: int
    texts: Mapping[int, str]
    is_emphasised: bool = False
    is_header: bool = False


def blocks_of(rows: Iterable[SheetRow]) -> Iterator[RawBlock]:
    """The tables of a sheet, and the texts that stand alone in their row above, between or under them."""
    table: list[SheetRow] = []
    for region in _regions(rows):
        if table and not _goes_on(table, region):
            yield from _table_blocks(table)
            table = []
        table += region
    yield from _table_blocks(table)


def _regions(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    """The rows in stretches between which rows are empty."""
    region: list[SheetRow] = []
    for row in rows:
        if region and row.number > region[-1].number + 1:
            yield region
            region = []
        region.append(row)
    if region:
        yield region


def _goes_on(table: list[SheetRow], region: list[SheetRow]) -> bool:
    """Whether rows belong to the table above them though an empty row parts them: in its columns, under its header."""
    is_near = region[0].number == table[-1].number + 2
    if not is_near or len(region[0].texts) < 2 or not _columns(region) <= _columns(table):
        return False
    emphasised = [row.is_emphasised for row in region]
    return row_levels(_cells(region), declared=_headers(region), emphasised=emphasised)[0] != HEADER_ROW


def _table_blocks(rows: list[SheetRow]) -> Iterator[RawBlock]:
    start = next((place for place, row in enumerate(rows) if len(row.texts) > 1), 0 if len(rows) > 1 else len(rows))
    for row in rows[:start]:
        yield RawBlock(BlockKind.PARAGRAPH, _only_text(row))
    table = rows[start:]
    cells = _cells(table)
    declared = _headers(table) or int(_names_all_columns(cells))
    levels = row_levels(cells, declared=declared, emphasised=[row.is_emphasised for row in table])
    for row, texts, level in zip(table, cells, levels, strict=True):
        if len(row.texts) == 1 and len(_only_text(row)) > MAX_BAND_CHARS:
            yield RawBlock(BlockKind.PARAGRAPH, _only_text(row))
        else:
            yield RawBlock(BlockKind.TABLE_ROW, row_text(texts), level)


def _only_text(row: SheetRow) -> str:
    return next(iter(row.texts.values()))


def _columns(rows: list[SheetRow]) -> set[int]:
    return {column for row in rows for column in row.texts}


def _cells(rows: list[SheetRow]) -> list[list[str]]:
    """The texts of rows by column, without the columns that are empty in all of them."""
    columns = sorted(_columns(rows))
    return [[row.texts.get(column, "") for column in columns] for row in rows]


def _headers(rows: list[SheetRow]) -> int:
    """How many rows at the top the sheet itself treats as names of columns."""
    return next((place for place, row in enumerate(rows) if not row.is_header), len(rows))


def _names_all_columns(cells: list[list[str]]) -> bool:
    """Whether the first row has a short text of its own for each of several columns."""
    names = cells[0] if cells else []
    are_names = all(name and len(name) <= MAX_NAME_CHARS and not name[0].isdigit() for name in names)
    return are_names and len(names) >= MIN_NAMED_COLUMNS and len(set(names)) == len(names)
