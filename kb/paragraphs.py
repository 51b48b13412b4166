"""The paragraphs, lists and tables of a statement: its text has items and rows on lines of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLET = "• "

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^[-*•–▪◦]\s+")
_CELL_END = re.compile(r"\s\|(?=\s)")  # as ``ingest.tables`` writes it, also around an empty cell
_NUMBER = re.compile(r"^\(?\w{1,3}[.)]\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one line, a list, or a table. The items of a ``numbered`` list hold their own numbers; the
    ``rows`` of a table have as many cells each, some of them empty.
    """

    lines: tuple[str, ...]
    is_list: bool = False
    numbered: bool = False
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def plain(self) -> str:
        """As plain text, with a bullet before the items of a list."""
        bullet = BULLET if self.is_list and not self.numbered else ""
        return "\n".join(bullet + line for line in self.lines)


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, without empty ones; bullets are left out, numbers stay."""
    written = (_lines(paragraph) for paragraph in _PARAGRAPH_END.split(text))
    return tuple(_paragraph(lines) for paragraph in written for lines in _around_table(paragraph) if lines)


def _lines(paragraph: str) -> list[str]:
    return [line.strip() for line in paragraph.splitlines() if line.strip()]


def _around_table(lines: list[str]) -> tuple[list[str], ...]:
    """What stands above a table, the table from its first row with several cells to its last, and what stands below."""
    rows = [place for place, line in enumerate(lines) if len(_cells(line)) > 1]
    if len(rows) < 2:
        return (lines,)
    return lines[: rows[0]], lines[rows[0] : rows[-1] + 1], lines[rows[-1] + 1 :]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _CELL_END.split(f" {line} "))


def _paragraph(lines: list[str]) -> Paragraph:
    rows = [_cells(line) for line in lines]
    if len(rows) > 1 and min(len(rows[0]), len(rows[-1])) > 1:
        return Paragraph(tuple(lines), rows=_filled(rows))
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        return Paragraph(tuple(lines))
    items = tuple(_BULLET.sub("", line) for line in lines)
    return Paragraph(items, is_list=True, numbered=bool(_NUMBER.match(lines[0])))


def _filled(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows with the empty cells at their ends, which their text leaves out."""
    columns = max(map(len, rows))
    return tuple(row + ("",) * (columns - len(row)) for row in rows)
