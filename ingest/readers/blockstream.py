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
    """The cells of a row that only places text on the page. What stands a page back is taken to stand where the text
    has come to: pages never go back.
    """
    shown: list[RawBlock | Mark] = []
    reached, end = 0, 0
    for page, item in _on_pages(row):
        end = page
        if item is None:
            continue
        shown += [Mark.RENDERED] * (page - reached)
        reached = max(reached, page)
        above = shown[-1] if shown else None
        if item.continues and isinstance(above, RawBlock):
            shown[-1] = replace(above, text=above.text + item.text)
        else:
            shown.append(item)
    yield from shown
    yield from [Mark.RENDERED] * (end - reached)
    yield from [Mark.BACK] * (reached - end)


def _joined(row: Row, level: int) -> Stream:
    """One row of a table as one block, notes after it; a row that is cut by a page's end stays whole."""
    placed = list(_on_pages(row))
    first = next(page for page, item in placed if isinstance(item, RawBlock))
    yield from [Mark.RENDERED] * first
    yield from block(BlockKind.TABLE_ROW, row_text(row.texts), level)
    yield from (item for _, item in placed if isinstance(item, RawBlock) and _is_note(item))
    yield from [Mark.RENDERED] * (placed[-1][0] - first)
    yield from [Mark.BACK] * (first - placed[-1][0])


def _on_pages(row: Row) -> Iterator[tuple[int, RawBlock | None]]:
    """What the cells hold, each with its page, counted from where the row begins; None for the end of a cell.

    Word marks each change of page from one text to the next. So the first mark of a cell takes it back to the page
    on which the row begins, where the cell before it ran over to the next.
    """
    page, first = 0, None
    for cell in row.shown:
        opens = True
        for item in cell:
            if isinstance(item, RawBlock):
                first = page if first is None else first
                opens = False
                yield page, item
            elif item is Mark.BACK:
                page -= 1
            elif opens and first is not None and page > first:
                page = first
            else:
                page += 1
        yield page, None
