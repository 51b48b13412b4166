"""Passages: a document cut into stretches that can be found and quoted.

A passage never crosses a section (a heading stands only at its start), never holds a table of contents or
boilerplate, and never exceeds ``MAX_PASSAGE_CHARS``. A list cut in two keeps its lead-in as context,
a table its header.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from ingest.lead_ins import ITEMS, lead_ins
from ingest.marks import one_line, without_marks
from ingest.sentences import sentences, trimmed
from ingest.tables import headers_of_rows, is_header
from ingest.types import MAX_PASSAGE_CHARS, SLIDE_FORMATS, Block, BlockKind, Document, Passage, Span

TARGET_PASSAGE_CHARS = 800  # a longer section is cut into parts of about this size
MIN_DRAWN_BLOCKS = 4
MAX_TITLE_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Piece:
    """The smallest stretch that packing moves: a block, or a part of one that is too long."""

    start: int
    end: int
    kind: BlockKind
    units: tuple[Span, ...]
    lead_in: str | None = None
    header: Span | None = None  # of the table that it is a row of
    names_columns: bool = False


@dataclass(slots=True)
class _Section:
    """The blocks under one heading path, in order; ``titles`` are the headings that open it."""

    headings: tuple[str, ...] = ()
    titles: list[Block] = field(default_factory=list)
    runs: list[list[Block]] = field(default_factory=lambda: [[]])

    @property
    def is_empty(self) -> bool:
        return not any(self.runs)


def split_passages(document: Document) -> tuple[Passage, ...]:
    """All passages of a document, in reading order, not overlapping."""
    bare = replace(document, text=without_marks(document.text, (link.mark for link in document.notes)))
    titles = _titles_drawn_last(bare)
    headers = headers_of_rows(document.blocks)
    return tuple(
        _as_it_stands(document, _under(titles.get(document.page_at(passage.start).start), passage))
        for section in _sections(bare, titles)
        for passage in _section_passages(bare, section, headers)
    )


def _as_it_stands(document: Document, passage: Passage) -> Passage:
    """The passage with its text as the document has it, footnote marks and all; sentences are told apart without."""
    marks = (link.mark for link in document.notes)
    inside = sorted({mark for mark in marks if passage.start <= mark.start < passage.end}, key=lambda mark: mark.start)
    return replace(passage, text=document.text[passage.start : passage.end], marks=tuple(inside))


def _titles_drawn_last(document: Document) -> dict[int, str]:
    """By the start of their page, titles that stand at its end: designed pages are often drawn from the bottom up.

    Such a title is a line in capitals, the last of several blocks. It heads nothing that comes after it.
    """
    last: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind.is_content:
            last.setdefault(document.page_at(block.start).start, []).append(block)
    lines = {start: _line(document, blocks[-1]) for start, blocks in last.items() if len(blocks) >= MIN_DRAWN_BLOCKS}
    return {
        start: line
        for start, line in lines.items()
        if line.isupper() and len(line) <= MAX_TITLE_CHARS and last[start][-1].kind is BlockKind.PARAGRAPH
    }


def _under(title: str | None, passage: Passage) -> Passage:
    """The passage under a title of its page that is not among its headings."""
    if title is None or title in passage.headings or passage.text == title:
        return passage
    return replace(passage, headings=(title, *passage.headings))


def _sections(document: Document, titled: Collection[int]) -> Iterator[_Section]:
    """The sections in order; blocks that may not be quoted end a run, so that no passage holds them. ``titled`` are the
    starts of pages with a title of their own that is drawn last.
    """
    section, path = _Section(), dict[int, str]()
    page = None
    for block in document.blocks:
        if (here := document.page_at(block.start)) is not page:
            if document.format in SLIDE_FORMATS or here.start in titled:
                # Neither a slide without a title nor such a page goes on with the section of the page before.
                yield section
                section, path = _Section(), {}
            page = here
        if _ends(section, block):
            yield section
            section = _Section(tuple(text for _, text in sorted(path.items())))
        if block.kind is BlockKind.HEADING:
            path = {level: text for level, text in path.items() if level < block.level}
            path[block.level] = _line(document, block)
            section.titles.append(block)
            section.headings = tuple(text for _, text in sorted(path.items()))
        elif block.kind.is_content:
            section.runs[-1].append(block)
        elif section.runs[-1]:
            section.runs.append([])
    yield section


def _ends(section: _Section, block: Block) -> bool:
    """Whether this block is no part of the section before it: a heading that does not belong to the headings right
    above it, or, between a heading and its text, something that may not be quoted.
    """
    if block.kind is BlockKind.HEADING:
        return not section.is_empty or (bool(section.titles) and section.titles[-1].level >= block.level)
    return not block.kind.is_content and bool(section.titles) and section.is_empty


def _line(document: Document, block: Block) -> str:
    return one_line(document.text[block.start : block.end])


def _section_passages(document: Document, section: _Section, headers: dict[int, Span]) -> Iterator[Passage]:
    runs = [part for run in section.runs for part in _without_last_notes(run)] or [[]]
    introductions = {block.start: lead_in for block, lead_in in lead_ins(document.text, chain.from_iterable(runs))}
    for index, run in enumerate(runs):
        opening = section.titles if index == 0 else []
        pieces = [_heading_piece(block, alone=not run) for block in opening]
        pieces += [
            replace(piece, header=headers.get(block.start), names_columns=is_header(block))
            for block in run
            for piece in _cut(document, block, introductions.get(block.start))
        ]
        for part in _packed(pieces):
            yield _passage(document, section.headings, part)


def _without_last_notes(run: list[Block]) -> Iterator[list[Block]]:
    """The run, and the footnotes at its end by themselves. A footnote between two texts does not part them."""
    end = len(run)
    while end and run[end - 1].kind is BlockKind.FOOTNOTE:
        end -= 1
    yield from filter(None, (run[:end], run[end:]))


def _heading_piece(block: Block, *, alone: bool) -> _Piece:
    """A heading is worth quoting by itself only when nothing stands under it."""
    units = (Span(block.start, block.end),) if alone else ()
    end = min(block.end, block.start + MAX_PASSAGE_CHARS)
    return _Piece(block.start, end, BlockKind.HEADING, units if end == block.end else (Span(block.start, end),))


def _cut(document: Document, block: Block, lead_in: str | None) -> Iterator[_Piece]:
    """The block as one piece, or sentence by sentence when it is too long for one passage."""
    units = _units(document, block)
    if block.end - block.start <= MAX_PASSAGE_CHARS:
        yield _Piece(block.start, block.end, block.kind, units, lead_in)
        return
    for unit in sentences(document.text[block.start : block.end]):
        for span in _short_enough(document.text, Span(block.start + unit.start, block.start + unit.end)):
            yield _Piece(span.start, span.end, block.kind, (span,), lead_in)


def _units(document: Document, block: Block) -> tuple[Span, ...]:
    text = document.text[block.start : block.end]
    if block.kind in (*ITEMS, BlockKind.FOOTNOTE):
        span = trimmed(text, 0, len(text))
        found: tuple[Span, ...] = (span,) if span else ()
    else:
        found = sentences(text)
    return tuple(Span(block.start + unit.start, block.start + unit.end) for unit in found)


def _short_enough(text: str, span: Span) -> Iterator[Span]:
    """A sentence of more than a passage's length (a table without full stops, say), cut between words."""
    start = span.start
    while span.end - start > MAX_PASSAGE_CHARS:
        space = text.rfind(" ", start + 1, start + MAX_PASSAGE_CHARS)
        end = space if space > start else start + MAX_PASSAGE_CHARS
        if piece := trimmed(text, start, end):
            yield piece
        start = end
    if piece := trimmed(text, start, span.end):
        yield piece


def _packed(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces in order, in parts: one if all fit in a passage, else of about the target size each."""
    limit = MAX_PASSAGE_CHARS if _length(pieces) <= MAX_PASSAGE_CHARS else TARGET_PASSAGE_CHARS
    part: list[_Piece] = []
    for piece in pieces:
        if part and not _fits(part, piece, limit):
            yield part
            part = []
        part.append(piece)
    if part:
        yield part


def _fits(part: list[_Piece], piece: _Piece, limit: int) -> bool:
    """Whether the piece goes into this part. A heading or lead-in is never left behind by itself."""
    length = piece.end - part[0].start
    last = part[-1]
    opens = last.kind is BlockKind.HEADING or last.names_columns or (piece.kind in ITEMS and last.kind not in ITEMS)
    return length <= (MAX_PASSAGE_CHARS if opens else limit)


def _length(pieces: list[_Piece]) -> int:
    return pieces[-1].end - pieces[0].start if pieces else 0


def _passage(document: Document, headings: tuple[str, ...], part: list[_Piece]) -> Passage:
    start, end = part[0].start, part[-1].end
    lead_in = "\n".join(_introductions(document, part[0]))
    return Passage(
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        headings=headings,
        lead_in=lead_in or None,
        units=tuple(_all_units(part)),
    )


def _introductions(document: Document, first: _Piece) -> Iterator[str]:
    """What introduces the list or table that a passage begins in the middle of: its lead-in, and its header."""
    if first.lead_in:
        yield first.lead_in
    if first.header is not None:
        yield one_line(document.text[first.header.start : first.header.end])


def _all_units(part: Iterable[_Piece]) -> Iterator[Span]:
    for piece in part:
        yield from piece.units
