"""The blocks of a Word document in reading order: paragraphs, list items, table rows, text boxes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.marks import raised, raised_roman
from ingest.raw import RawBlock
from ingest.readers.wordml import Box, Element, Mark, Note, Token, W, flattened, tokens
from ingest.readers.wordstyles import Styles
from ingest.readers.wordtables import Cell, cells_of, declared_headers, emphasis, rows_of, spread
from ingest.tables import row_levels, row_text
from ingest.types import BlockKind

MAX_ROW_CHARS = 900  # a longer row is laid out as a table, but read as text
MAX_BAND_CHARS = 200  # a longer text over the whole width of a table is no caption within it

Stream = Iterator[RawBlock | Mark]


@dataclass(slots=True)
class Walker:
    """Turns containers of paragraphs and tables into a stream of blocks and page breaks."""

    styles: Styles
    notes: dict[Note, Element]
    levels: dict[Element, int | None]
    section_ends: set[Element]
    contents: set[Element] = field(default_factory=set)
    numbers: dict[Note, str] = field(default_factory=dict)

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
        found = list(self._with_marks(tokens(paragraph)))
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

    def _with_marks(self, found: Iterable[Token]) -> Iterator[Token]:
        """The tokens, each reference to a note with the raised number that Word shows for it."""
        for token in found:
            if isinstance(token, Note) and token in self.notes and token.shows_number:
                yield self.numbers.setdefault(token, self._next_number(token.kind))
            yield token

    def _next_number(self, kind: str) -> str:
        """Word counts footnotes with digits and endnotes with Roman numerals, each from 1."""
        count = 1 + sum(note.kind == kind for note in self.numbers)
        return raised(str(count)) if kind == "footnote" else raised_roman(count)

    def _footnotes(self, found: Iterable[Token]) -> Stream:
        for token in found:
            if isinstance(token, Note) and token in self.notes:
                texts = [block.text for block in self.stream(self.notes[token]) if isinstance(block, RawBlock)]
                text = "\n".join(texts)
                yield from _block(BlockKind.FOOTNOTE, f"{self.numbers.get(token, '')} {text}".strip())

    def _table(self, table: Element) -> Stream:
        elements = rows_of(table)
        rows = [self._row(element) for element in elements]
        levels = row_levels(
            [row.texts for row in rows],
            declared=declared_headers(elements),
            emphasised=emphasis(table, elements, self.styles),
        )
        is_wide = any(len(row.shown) > 1 for row in rows)
        for row, level in zip(rows, levels, strict=True):
            if row.is_row(in_wide_table=is_wide):
                yield from _joined(row, level)
            else:
                yield from _one_after_another(row)

    def _row(self, element: Element) -> Row:
        cells = cells_of(element)
        return Row(cells, [[] if cell.element is None else list(self.stream(cell.element)) for cell in cells])


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with what its cells hold."""

    cells: list[Cell]
    streams: list[list[RawBlock | Mark]]

    @property
    def texts(self) -> list[str]:
        """The texts of the cells by column, without notes."""
        texts = (
            "\n".join(block.text.strip() for block in _blocks(stream) if not _is_note(block)) for stream in self.streams
        )
        return spread(list(texts), self.cells)

    @property
    def shown(self) -> list[list[RawBlock | Mark]]:
        """The cells with text."""
        return [stream for stream in self.streams if _blocks(stream)]

    def is_row(self, *, in_wide_table: bool) -> bool:
        """Whether a row reads as a row: short, and more than a cell that only places some text on the page."""
        shown = self.shown
        length = sum(len(block.text) for cell in shown for block in _blocks(cell))
        if len(shown) != 1:
            return 0 < length <= MAX_ROW_CHARS
        is_text = [block.kind for block in _blocks(shown[0]) if not _is_note(block)] == [BlockKind.PARAGRAPH]
        return is_text and length <= (MAX_ROW_CHARS if len(self.cells) > 1 else MAX_BAND_CHARS * in_wide_table)


def _blocks(cell: list[RawBlock | Mark]) -> list[RawBlock]:
    return [item for item in cell if isinstance(item, RawBlock)]


def _is_note(block: RawBlock) -> bool:
    return block.kind is BlockKind.FOOTNOTE


def _one_after_another(row: Row) -> Stream:
    """The cells of a row that only places text on the page."""
    for place, cell in enumerate(row.shown):
        yield from _on_one_page(cell) if place else cell


def _on_one_page(cell: list[RawBlock | Mark]) -> Stream:
    """A further cell of a long row, taken to stand on the page that the first one ended on."""
    whole: list[RawBlock] = []
    for block in _blocks(cell):
        if block.continues and whole:
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {block.text}")
        else:
            whole.append(block)
    yield from whole


def _joined(row: Row, level: int) -> Stream:
    """One row of a table as one block, notes after it; a row that is cut by a page's end stays whole."""
    cells = row.shown
    opens_page = any(isinstance(cell[0], Mark) for cell in cells)
    breaks = max(sum(isinstance(item, Mark) for item in cell) for cell in cells)
    yield from [Mark.RENDERED] * opens_page
    yield from _block(BlockKind.TABLE_ROW, row_text(row.texts), level)
    yield from (block for cell in cells for block in _blocks(cell) if _is_note(block))
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
