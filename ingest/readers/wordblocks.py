"""The blocks of a Word document in reading order: paragraphs, list items, table rows, text boxes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.marks import raised, raised_roman
from ingest.readers.blockstream import Row, Stream, block, blocks_in, pieces, rows_as_blocks
from ingest.readers.wordml import Box, Element, Mark, Note, Token, W, flattened, tokens
from ingest.readers.wordstyles import Styles
from ingest.readers.wordtables import cells_of, declared_headers, emphasis, rows_of
from ingest.tables import row_levels
from ingest.types import BlockKind


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
        yield from pieces(found, kind, level)
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
                text = "\n".join(item.text for item in blocks_in(self.stream(self.notes[token])))
                yield from block(BlockKind.FOOTNOTE, f"{self.numbers.get(token, '')} {text}".strip())

    def _table(self, table: Element) -> Stream:
        elements = rows_of(table)
        rows = [self._row(element) for element in elements]
        levels = row_levels(
            [row.texts for row in rows],
            declared=declared_headers(elements),
            emphasised=emphasis(table, elements, self.styles),
        )
        yield from rows_as_blocks(rows, levels)

    def _row(self, element: Element) -> Row:
        cells = cells_of(element)
        streams = [[] if cell.element is None else list(self.stream(cell.element)) for cell in cells]
        return Row(streams, [cell.columns for cell in cells])
