"""Footnotes joined to the marks that point to them: the "1" of "werkenden1" and the note with that number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.marks import glued_marks, note_number, raised_marks
from ingest.types import Block, BlockKind, NoteLink, Page, Span, page_index

_MARKED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.HEADING, BlockKind.NOTE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number that may point to a note; ``is_raised`` when it surely does, or is a power."""

    number: int
    span: Span
    page: int
    is_raised: bool


def note_links(text: str, pages: Sequence[Page], blocks: Sequence[Block]) -> tuple[NoteLink, ...]:
    """Each footnote with the mark that points to it, in the order of the notes; a note without a mark is left out.

    A mark is looked for on the page of the note, then on those before and after; a raised number goes before one that
    is only glued to a word, and no mark stands before that of the note before.
    """
    starts = tuple(page.start for page in pages)
    marks = list(_marks(text, starts, blocks))
    links: list[NoteLink] = []
    for block in blocks:
        number = note_number(text[block.start : block.end]) if block.kind is BlockKind.FOOTNOTE else None
        mark = None if number is None else _mark_of(number, block, page_index(starts, block.start), marks)
        if mark is not None:
            marks = [other for other in marks if other.span.start > mark.span.start]
            links.append(NoteLink(mark.span, Span(block.start, block.end)))
    return tuple(links)


def _marks(text: str, starts: tuple[int, ...], blocks: Sequence[Block]) -> Iterator[_Mark]:
    """All numbers that may be marks, in order."""
    for block in blocks:
        if block.kind in _MARKED:
            body = text[block.start : block.end]
            found = [(span, number, True) for number, span in raised_marks(body)]
            found += [(span, number, False) for number, span in glued_marks(body)]
            for span, number, is_raised in sorted(found, key=lambda entry: entry[0].start):
                start = block.start + span.start
                yield _Mark(number, Span(start, block.start + span.end), page_index(starts, start), is_raised)


def _mark_of(number: int, note: Block, page: int, marks: Sequence[_Mark]) -> _Mark | None:
    """The mark of a note among those that stand behind the mark of the note before it."""
    alike = [mark for mark in marks if mark.number == number]
    order = [(mark.page != page, mark.span.start > note.start, not mark.is_raised, mark.span.start) for mark in alike]
    return alike[order.index(min(order))] if alike else None
