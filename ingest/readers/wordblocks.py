"""The blocks of a Word document in reading order: paragraphs, list items, table rows, text boxes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.marks import raised, raised_roman
from ingest.raw import RawBlock
from ingest.readers.blockstream import Row, Stream, block, blocks_in, pieces, rows_as_blocks
from ingest.readers.typography import HAS_A_WORD
from ingest.readers.wordml import Box, Drawing, Element, Mark, Note, Picture, Token, W, flattened, tokens
from ingest.readers.wordnumbers import Numbering
from ingest.readers.wordstyles import Styles
from ingest.readers.wordtables import cells_of, declared_headers, emphasis, rows_of
from ingest.tables import row_levels
from ingest.types import BlockKind

UNMARKED = {f"{W}{name}" for name in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart")}


@dataclass(slots=True)
class Walker:
    """Turns containers of paragraphs and tables into a stream of blocks and page breaks."""

    styles: Styles
    notes: dict[Note, Element]
    levels: dict[Element, int | None]
    section_ends: dict[Element, Mark]
    numbering: Numbering
    unseen: set[Element]
    contents: set[Element]
    drawings: dict[str, list[RawBlock]] = field(default_factory=dict)
    numbers: dict[Note, str] = field(default_factory=dict)

    def stream(self, container: Element) -> Stream:
        """The blocks and page breaks of a body, cell, text box or note, in order."""
        for child in flattened(container):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)

    def _paragraph(self, paragraph: Element) -> Stream:
        if self.styles.starts_page(paragraph) and paragraph.getprevious() is not None:
            yield Mark.ASKED
        found = list(self._with_marks(tokens(paragraph, self.unseen)))
        if _hides_breaks(paragraph, found):
            yield Mark.POSSIBLE
        label = "" if _is_deleted(paragraph, found) else self.numbering.label(paragraph)
        kind, level = self._kind(paragraph)
        yield from pieces(_labelled(found, label), kind, level)
        yield from self._anchored(found)
        yield from self._footnotes(found)
        if paragraph in self.section_ends:
            yield self.section_ends[paragraph]

    def _anchored(self, found: Iterable[Token]) -> Stream:
        """What floats beside a paragraph: text boxes, charts, SmartArt."""
        for token in found:
            if isinstance(token, Box):
                yield from self.stream(token.element)
            elif isinstance(token, Drawing):
                yield from self.drawings.get(token.id, [])
            elif isinstance(token, Picture):
                yield from [Mark.SPACE] * token.spaces

    def _kind(self, paragraph: Element) -> tuple[BlockKind, int]:
        if paragraph in self.contents or self.styles.is_contents(paragraph):
            return BlockKind.TOC, 0
        level = self.levels[paragraph] if paragraph in self.levels else self.styles.heading_level(paragraph)
        if level is not None:
            return BlockKind.HEADING, level
        depth = self.numbering.depth(paragraph)
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
        streams = [[] if cell.element is None else self._cell(cell.element) for cell in cells]
        return Row(streams, [cell.columns for cell in cells])

    def _cell(self, element: Element) -> list[RawBlock | Mark]:
        return [item for item in self.stream(element) if item not in (Mark.POSSIBLE, Mark.SPACE)]


def _labelled(found: list[Token], label: str) -> list[Token]:
    """The tokens with the paragraph's number before its text; a number by itself shows only if it is a word."""
    place = next((place for place, token in enumerate(found) if isinstance(token, str) and token.strip()), None)
    if place is None:
        return [*found, label] if HAS_A_WORD.search(label) else found
    return [*found[:place], label, *found[place:]] if label else found


def _is_deleted(paragraph: Element, found: list[Token]) -> bool:
    """Whether a paragraph was deleted as a whole, its end too, and the change not yet accepted."""
    return not found and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _hides_breaks(paragraph: Element, found: list[Token]) -> bool:
    """Whether Word would not remember that a page begins with this paragraph: it notes that in the first piece of text,
    but not in an empty paragraph, nor in a link.
    """
    if not any(isinstance(token, str) and token.strip() for token in found):
        return Mark.RENDERED not in found
    first = next((child for child in paragraph if child.tag not in UNMARKED), None)
    return first is not None and first.tag != f"{W}r" and Mark.RENDERED not in found[:1]
