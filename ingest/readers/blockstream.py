"""A word processor's text as a stream of blocks and page breaks: what paragraphs and rows of tables become in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.raw import RawBlock
from ingest.readers.wordml import Mark
from ingest.tables import row_text
from ingest.types import BlockKind

MAX_ROW_CHARS = 900  # a longer row is laid out as a table, but read as text
MAX_BAND_CHARS = 200  # a longer text over the whole width of a table is no caption within it

Stream = Iterator[RawBlock | Mark]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what each of its cells holds, and how many columns that cell takes."""

    streams: Sequence[list[RawBlock | Mark]]
    columns: Sequence[int]

    @property
    def texts(self) -> list[str]:
        """The texts by column, without notes: a cell over several columns shows its text in the first."""
        return [
            part
            for stream, columns in zip(self.streams, self.columns, strict=True)
            for part in (
                "\n".join(block.text.strip() for block in blocks_in(stream) if not _is_note(block)),
                *[""] * (columns - 1),
            )
        ]

    @property
    def shown(self) -> list[list[RawBlock | Mark]]:
        """The cells with text."""
        return [stream for stream in self.streams if blocks_in(stream)]

    def is_row(self, *, in_wide_table: bool) -> bool:
        """Whether a row reads as a row: short, and more than a cell that only places some text on the page."""
        shown = self.shown
        length = sum(len(block.text) for cell in shown for block in blocks_in(cell))
        if len(shown) != 1:
            return 0 < length <= MAX_ROW_CHARS
        is_text = [block.kind for block in blocks_in(shown[0]) if not _is_note(block)] == [BlockKind.PARAGRAPH]
        return is_text and length <= (MAX_ROW_CHARS if len(self.streams) > 1 else MAX_BAND_CHARS * in_wide_table)


def rows_as_blocks(rows: Sequence[Row], levels: Sequence[int]) -> Stream:
    """The rows of a table: each as one block, or as the blocks in its cells where the table only places text."""
    is_wide = any(len(row.shown) > 1 for row in rows)
    for row, level in zip(rows, levels, strict=True):
        if row.is_row(in_wide_table=is_wide):
            yield from _joined(row, level)
        else:
            yield from _one_after_another(row)


def blocks_in(stream: Iterable[RawBlock | Mark]) -> list[RawBlock]:
    """The blocks of a stream, without its page breaks."""
    return [item for item in stream if isinstance(item, RawBlock)]


def pieces(found: Iterable[object], kind: BlockKind, level: int) -> Stream:
    """A paragraph as one block, or as one block on each of the pages that it runs over. ``found`` are its texts and
    page breaks, and what else is anchored in it.
    """
    may_run_over = kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    text, begun, waiting = "", False, []
    for token in found:
        if isinstance(token, str):
            text += token
        elif isinstance(token, Mark) and text.strip() and not may_run_over:
            waiting.append(token)
        elif isinstance(token, Mark):
            blocks = list(block(kind, text, level, continues=begun))
            yield from blocks
            yield token
            text, begun = "", token is Mark.RENDERED and (begun or bool(blocks))
    yield from block(kind, text, level, continues=begun)
    yield from waiting


def block(kind: BlockKind, text: str, level: int = 0, *, continues: bool = False) -> Iterator[RawBlock]:
    """The block, if it holds a letter or digit."""
    if any(character.isalnum() for character in text):
        yield RawBlock(kind, text, level, continues)


def _is_note(item: RawBlock) -> bool:
    return item.kind is BlockKind.FOOTNOTE


def _one_after_another(row: Row) -> Stream:
    """The cells of a row that only places text on the page."""
    for place, cell in enumerate(row.shown):
        yield from _on_one_page(cell) if place else cell


def _on_one_page(cell: list[RawBlock | Mark]) -> Stream:
    """A further cell of a long row, taken to stand on the page that the first one ended on."""
    whole: list[RawBlock] = []
    for item in blocks_in(cell):
        if item.continues and whole:
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {item.text}")
        else:
            whole.append(item)
    yield from whole


def _joined(row: Row, level: int) -> Stream:
    """One row of a table as one block, notes after it; a row that is cut by a page's end stays whole."""
    cells = row.shown
    opens_page = any(isinstance(cell[0], Mark) for cell in cells)
    breaks = max(sum(isinstance(item, Mark) for item in cell) for cell in cells)
    yield from [Mark.RENDERED] * opens_page
    yield from block(BlockKind.TABLE_ROW, row_text(row.texts), level)
    yield from (item for cell in cells for item in blocks_in(cell) if _is_note(item))
    yield from [Mark.RENDERED] * (breaks - opens_page)
