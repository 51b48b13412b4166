"""The blocks of a Word document in reading order: paragraphs, list items, table rows, text boxes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.raw import RawBlock
from ingest.readers.wordml import Box, Element, Mark, Note, Token, W, flattened, tokens
from ingest.readers.wordstyles import Styles
from ingest.types import BlockKind

CELL_SEPARATOR = " | "
MAX_ROW_CHARS = 900  # a longer row is laid out as a table, but read as text

Stream = Iterator[RawBlock | Mark]


@dataclass(slots=True)
class Walker:
    """Turns containers of paragraphs and tables into a stream of blocks and page breaks."""

    styles: Styles
    notes: dict[Note, Element]
    levels: dict[Element, int | None]
    section_ends: set[Element]
    contents: set[Element] = field(default_factory=set)

    def stream(self, container: Element) -> Stream:
        """The blocks and page breaks of a body, cell, text box or note, in order."""
        self._note_contents(container)
        for child in flattened(container):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)

    def _note_contents(self, container: Element) -> None:
        """Remember the paragraphs of tables of contents that are content controls."""
        for gallery in container.findall(f"{W}sdt/{W}sdtPr/{W}docPartObj/{W}docPartGallery"):
            if gallery.get(f"{W}val") == "Table of Contents":
                control = gallery.getparent().getparent().getparent()
                self.contents.update(control.iter(f"{W}p"))

    def _paragraph(self, paragraph: Element) -> Stream:
        if self.styles.starts_page(paragraph) and paragraph.getprevious() is not None:
            yield Mark.ASKED
        kind, level = self._kind(paragraph)
        found = list(tokens(paragraph))
        yield from _pieces(found, kind, level)
        for token in found:
            if isinstance(token, Box):
                yield from self.stream(token.element)
        yield from self._footnotes(found)
        if paragraph in self.section_ends:
            yield Mark.ASKED

    def _kind(self, paragraph: Element) -> tuple[BlockKind, int]:
        if paragraph in self.contents or self.styles.is_contents(paragraph):
            return BlockKind.TOC, 0
        level = self.levels.get(paragraph)
        if level is not None:
            return BlockKind.HEADING, level
        depth = self.styles.list_depth(paragraph)
        return (BlockKind.PARAGRAPH, 0) if depth is None else (BlockKind.LIST_ITEM, depth)

    def _footnotes(self, found: Iterable[Token]) -> Stream:
        for token in found:
            if isinstance(token, Note) and token in self.notes:
                texts = [block.text for block in self.stream(self.notes[token]) if isinstance(block, RawBlock)]
                yield from _block(BlockKind.FOOTNOTE, "\n".join(texts))

    def _table(self, table: Element) -> Stream:
        for row in flattened(table):
            if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None:
                yield from self._row(row)

    def _row(self, row: Element) -> Stream:
        cells = _cells(row)
        streams = [list(self.stream(cell)) for cell in cells if not _is_merged(cell)]
        shown = [stream for stream in streams if _blocks(stream)]
        if _is_row(shown, len(cells)):
            yield from _joined(shown)
        elif shown:
            yield from shown[0]
            for cell in shown[1:]:
                yield from _on_one_page(cell)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in flattened(row) if cell.tag == f"{W}tc"]


def _blocks(cell: list[RawBlock | Mark]) -> list[RawBlock]:
    return [item for item in cell if isinstance(item, RawBlock)]


def _is_row(shown: list[list[RawBlock | Mark]], cell_count: int) -> bool:
    """Whether a row reads as a row: short, and more than a cell that only places some text on the page."""
    if sum(len(block.text) for cell in shown for block in _blocks(cell)) > MAX_ROW_CHARS:
        return False
    lone = cell_count > 1 and len(shown) == 1 and [block.kind for block in _blocks(shown[0])] == [BlockKind.PARAGRAPH]
    return len(shown) > 1 or lone


def _on_one_page(cell: list[RawBlock | Mark]) -> Stream:
    """A further cell of a long row, taken to stand on the page that the first one ended on."""
    whole: list[RawBlock] = []
    for block in _blocks(cell):
        if block.continues and whole:
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {block.text}")
        else:
            whole.append(block)
    yield from whole


def _is_merged(cell: Element) -> bool:
    """Whether a cell only continues the one above it, whose text it shows."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _joined(cells: list[list[RawBlock | Mark]]) -> Stream:
    """One row of a table as one block, notes after it; a row that is cut by a page's end stays whole."""
    opens_page = any(isinstance(cell[0], Mark) for cell in cells)
    breaks = max(sum(isinstance(item, Mark) for item in cell) for cell in cells)
    blocks = [_blocks(cell) for cell in cells]
    texts = ["\n".join(item.text.strip() for item in cell if item.kind is not BlockKind.FOOTNOTE) for cell in blocks]
    yield from [Mark.RENDERED] * opens_page
    yield from _block(BlockKind.TABLE_ROW, CELL_SEPARATOR.join(texts))
    yield from (item for cell in blocks for item in cell if item.kind is BlockKind.FOOTNOTE)
    yield from [Mark.RENDERED] * (breaks - opens_page)


def _pieces(found: list[Token], kind: BlockKind, level: int) -> Stream:
    """A paragraph as one block, or as one block on each of the pages that it runs over."""
    may_run_over = kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    text, begun, waiting = "", False, []
    for token in found:
        if isinstance(token, str):
            text += token
        elif isinstance(token, Mark) and text.strip() and not may_run_over:
            waiting.append(token)
        elif isinstance(token, Mark):
            blocks = list(_block(kind, text, level, continues=begun))
            yield from blocks
            yield token
            text, begun = "", token is Mark.RENDERED and (begun or bool(blocks))
    yield from _block(kind, text, level, continues=begun)
    yield from waiting


def _block(kind: BlockKind, text: str, level: int = 0, *, continues: bool = False) -> Iterator[RawBlock]:
    if any(character.isalnum() for character in text):
        yield RawBlock(kind, text, level, continues)
