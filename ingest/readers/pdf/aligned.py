"""Tables without lines: rows whose cells stand in the same three columns or more, one under the other.

Only what cannot be anything else: several rows in succession, each of short texts with wide gaps between them, and gaps
that no text of any of the rows enters. A text that wraps within its cell, or two columns alone, can be too many things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.readers.pdf.columns import Part, parts_of
from ingest.readers.pdf.rows import Row, row_of
from ingest.tables import row_levels, row_text
from ingest.types import BlockKind

MIN_ROWS, MAX_ROWS = 4, 200
MIN_COLUMNS = 3
MAX_CELL = 60  # characters
MAX_DISTANCE = 4  # type sizes, from a row to the next

Span = tuple[float, float]

_NUMBER = re.compile(r"\s*(?:\d{1,2}\.)*\d{0,2}\s*")


def with_aligned_tables(rows: Sequence[Row]) -> list[Row]:
    """The lines of a page, with rows of cells in place of lines that stand in columns."""
    found: list[Row] = []
    for is_candidate, group in groupby(rows, key=_is_candidate):
        lines = list(group)
        found += _tables(lines) if is_candidate else lines
    return found


def _is_candidate(row: Row) -> bool:
    parts = parts_of(row) if row.kind is None else []
    return len(parts) >= MIN_COLUMNS and all(len(part.text) <= MAX_CELL for part in parts)


def _tables(rows: list[Row]) -> Iterator[Row]:
    """The rows, those of tables as such: as many at a time as have columns in common."""
    block: list[Row] = []
    for row in rows:
        if block and (len(block) == MAX_ROWS or not (_is_under(block[-1], row) and _columns([*block, row]))):
            yield from _told(block)
            block = []
        block.append(row)
    yield from _told(block)


def _is_under(above: Row, row: Row) -> bool:
    return 0 < row.top - above.top <= MAX_DISTANCE * max(above.size, row.size)


def _columns(rows: Sequence[Row]) -> list[Span]:
    """The columns in which the parts of the rows stand; none where two parts of a row share one."""
    spans = sorted((part.left, part.right) for row in rows for part in parts_of(row))
    columns: list[Span] = []
    for left, right in spans:
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    if any(len({_place(part, columns) for part in parts}) < len(parts) for parts in map(parts_of, rows)):
        return []
    return columns if len(columns) >= MIN_COLUMNS else []


def _place(part: Part, columns: Sequence[Span]) -> int:
    return next(index for index, (left, right) in enumerate(columns) if left <= part.left <= right)


def _told(block: Sequence[Row]) -> Iterator[Row]:
    columns = _columns(block) if len(block) >= MIN_ROWS else []
    cells = [_cells(row, columns) for row in block] if columns else []
    if not cells or not _is_dense(cells) or _is_contents(cells):
        yield from block
        return
    levels = row_levels(cells, emphasised=[row.bold for row in block])
    borders = (columns[0][0], *(right for _, right in columns))
    for row, texts, level in zip(block, cells, levels, strict=True):
        yield replace(row, text=row_text(texts), kind=BlockKind.TABLE_ROW, level=level, columns=borders)


def _is_dense(cells: Sequence[Sequence[str]]) -> bool:
    """Whether each column has text in most rows."""
    return all(sum(map(bool, column)) > len(cells) / 2 for column in zip(*cells, strict=True))


def _is_contents(cells: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are entries of a table of contents: number, title, page."""
    pages = [int(row[-1]) for row in cells if row[-1].strip().isdecimal()]
    return all(_NUMBER.fullmatch(row[0]) for row in cells) and len(pages) == len(cells) and pages == sorted(pages)


def _cells(row: Row, columns: Sequence[Span]) -> list[str]:
    texts = [""] * len(columns)
    for part in parts_of(row):
        texts[_place(part, columns)] = row_of(part.pieces).text
    return texts
