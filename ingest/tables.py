"""Tables: how their rows are written, which of them are headers, and which header belongs to a row.

A row is one block; its cells stand side by side with ``CELL_SEPARATOR`` between them. An empty cell, and the part of a
merged cell that shows nothing, keeps its place, so that the cells of every row stand under those of the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.types import Block, BlockKind, Span

CELL_SEPARATOR = " | "
BODY_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2  # the level of a row; FIRST_ROW opens a table that has no header

MAX_HEADER_CHARS = 80  # of one cell; a longer text is no name of a column
NUMERIC_SHARE = 0.5  # more of the cells under a name than this: a column of figures
_FIGURE = re.compile(r"[-+±<>~]?\s?(?:€|\$|EUR)?\s?\d[\d.,\s/:-]*\s?(?:%|€|EUR|euro)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?")
_INTERRUPTIONS = (BlockKind.FOOTNOTE, BlockKind.NOTE)


def row_text(cells: Iterable[str]) -> str:
    """The text of a row; empty cells at its end are left out."""
    return CELL_SEPARATOR.join(cell.strip() for cell in cells).rstrip(" |")


def row_levels(rows: Sequence[Sequence[str]], *, declared: int = 0, emphasised: Sequence[bool] = ()) -> list[int]:
    """The level of each row of a table, given the texts of its cells.

    ``declared`` is the number of rows at the top that the file itself calls headers; ``emphasised`` says of each row
    whether all its text is set apart (bold, on a colour). Without either, names above figures are a header. Rows of one
    cell at the top are the table's title.
    """
    titles = 0 if declared else _title_count(rows)
    body, set_apart = rows[titles:], emphasised[titles:]
    headers = declared if 0 < declared < len(rows) else int(_opens_with_header(body, set_apart))
    opening = [FIRST_ROW] if titles or not headers else []
    levels = [*opening, *[BODY_ROW] * (titles - 1), *[HEADER_ROW] * headers]
    return (levels + [BODY_ROW] * len(rows))[: len(rows)]


def _title_count(rows: Sequence[Sequence[str]]) -> int:
    widths = [sum(1 for cell in row if cell.strip()) for row in rows]
    return next((place for place, width in enumerate(widths) if width > 1), 0)


def _opens_with_header(rows: Sequence[Sequence[str]], emphasised: Sequence[bool]) -> bool:
    names = [cell.strip() for cell in rows[0]] if rows else []
    if len(rows) < 2 or sum(map(bool, names)) < 2 or max(map(len, names)) > MAX_HEADER_CHARS:
        return False
    if any(_is_figure(name) and not _YEAR.fullmatch(name) for name in names):
        return False
    if emphasised and emphasised[0]:
        return not all(emphasised)
    columns = [[row[place].strip() for row in rows[1:] if place < len(row)] for place in range(len(names))]
    return any(name and _is_named_figures(name, column) for name, column in zip(names, columns, strict=True))


def _is_named_figures(name: str, column: Sequence[str]) -> bool:
    """Whether figures stand under a name, or figures that are no years under a year."""
    filled = [cell for cell in column if cell]
    figures = [cell for cell in filled if _is_figure(cell) and not (_is_figure(name) and _YEAR.fullmatch(cell))]
    return len(figures) > NUMERIC_SHARE * len(filled)


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))


def headers_of_rows(blocks: Iterable[Block]) -> dict[int, Span]:
    """For the start of each row that has a header, the span of its header: one row, or several right above one another.

    A page's end, with its boilerplate and footnotes, does not end a table.
    """
    found: dict[int, Span] = {}
    header: Span | None = None
    previous: Block | None = None
    for block in blocks:
        if not block.kind.is_content or block.kind in _INTERRUPTIONS:
            continue
        if block.kind is not BlockKind.TABLE_ROW or block.level == FIRST_ROW:
            header = None
        elif block.level == HEADER_ROW:
            goes_on = header is not None and previous is not None and is_header(previous)
            header = Span(header.start if goes_on and header else block.start, block.end)
        elif header is not None:
            found[block.start] = header
        previous = block
    return found


def is_header(block: Block) -> bool:
    """Whether a block is a header row."""
    return block.kind is BlockKind.TABLE_ROW and block.level == HEADER_ROW


def opens_table(level: int, *, after: int) -> bool:
    """Whether a row of this level opens another table than that of the row of level ``after`` right above it."""
    return level == FIRST_ROW or (level == HEADER_ROW and after != HEADER_ROW)
