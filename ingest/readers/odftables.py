"""The tables of an OpenDocument: its rows and cells, those that are stored once and shown several times too."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.readers.odf import FO, TABLE, TEXT
from ingest.readers.odfstyles import Styles
from ingest.readers.odftext import PARAGRAPHS, Inline
from ingest.readers.safexml import Element

MOST_REPEATS = 64  # a few bytes may ask for a million copies
GROUPS = {f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}
CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}
UNSEEN = ("collapse", "filter")
NO_FILLS = (None, "transparent", "#ffffff")


def rows_of(table: Element) -> list[tuple[Element, bool]]:
    """The rows that are shown, and whether each is the first on its page."""
    found: list[tuple[Element, bool]] = []
    opens_page = False
    for child in _children(table):
        if child.tag == f"{TEXT}soft-page-break":
            opens_page = True
        else:
            found += [(child, opens_page)]
            found += [(child, False)] * (_repeats(child, f"{TABLE}number-rows-repeated") - 1)
            opens_page = False
    return found


def _children(group: Element) -> Iterator[Element]:
    """The rows that are shown, and the ends of pages between them."""
    for child in group:
        if child.tag in GROUPS:
            yield from _children(child)
        elif child.tag == f"{TEXT}soft-page-break" or _is_shown_row(child):
            yield child


def _is_shown_row(element: Element) -> bool:
    return element.tag == f"{TABLE}table-row" and element.get(f"{TABLE}visibility") not in UNSEEN


def cells_of(row: Element) -> list[Element | None]:
    """The cells of a row by column; None where a merged cell shows nothing."""
    return [cell for child in row if child.tag in CELLS for cell in _copies(child)]


def declared_headers(table: Element) -> int:
    """How many rows at the top are repeated on each page: the author made them the header."""
    return sum(row.tag == f"{TABLE}table-row" for group in table.findall(f"{TABLE}table-header-rows") for row in group)


def is_emphasised(row: Element, inline: Inline) -> bool:
    """Whether all text of a row is bold or stands on a colour."""
    return _is_bold(row, inline) or _is_filled(row, inline.styles)


def _is_bold(row: Element, inline: Inline) -> bool:
    runs = [
        (span, paragraph)
        for paragraph in row.iter()
        if paragraph.tag in PARAGRAPHS
        for span, text in inline.runs(paragraph)
        if text.strip()
    ]
    return bool(runs) and all(inline.styles.is_bold(span, paragraph) for span, paragraph in runs)


def _is_filled(row: Element, styles: Styles) -> bool:
    cells = row.findall(f"{TABLE}table-cell")
    fills = [styles.property(cell, "table-cell", f"{FO}background-color") for cell in cells]
    return bool(fills) and all(fill not in NO_FILLS for fill in fills)


def _copies(cell: Element) -> list[Element | None]:
    repeats = _repeats(cell, f"{TABLE}number-columns-repeated")
    return [cell if cell.tag == f"{TABLE}table-cell" else None] * repeats


def _repeats(element: Element, name: str) -> int:
    count = element.get(name, "1")
    return max(min(int(count), MOST_REPEATS), 1) if count.isdecimal() and len(count) < 10 else 1
