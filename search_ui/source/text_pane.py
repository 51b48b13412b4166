"""The text of a document as it was read: headings, paragraphs, lists and tables, with what is quoted marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.tables import CELL_SEPARATOR, HEADER_ROW, opens_table
from ingest.types import SLIDE_FORMATS, Block, BlockKind, Document, Span, TextSource
from kb.wording import say
from search_ui.markup import element, ui_text
from search_ui.source.excerpts import MarkedText, to_html
from search_ui.source.parts import Part
from search_ui.source.view import View

_OWN_MARK = re.compile(r"\W|\(?\w{1,3}[.)]\s")  # a list item that brings its own bullet or number


def render_text(view: View, *, language: str) -> str:
    """The parts that are shown, one after the other, each after the first under its page number."""
    pieces: list[str] = []
    for place, part in enumerate(view.shown, start=view.first):
        if place > view.first:
            pieces.append(element("p", where(view, place, place, language=language), class_="page-break"))
        pieces.append(_render_part(view, part, language=language))
    return "".join(pieces)


def where(view: View, first: int, last: int, *, language: str) -> str:
    """Which pages, slides or parts of how many: "Pagina 3 van 12", "Deel 2-3 van 5". Escaped."""
    numbers = [view.parts[place].page.number for place in (first, last, len(view.parts) - 1)]
    if None not in numbers:
        return _counted("slide" if view.card.format in SLIDE_FORMATS else "page", numbers, language=language)
    if len(view.parts) == 1:
        return ui_text("viewer.whole", language)
    return _counted("part", [first + 1, last + 1, len(view.parts)], language=language)


def _counted(unit: str, numbers: Sequence[int | None], *, language: str) -> str:
    first, last, count = numbers
    number = str(first) if first == last else f"{first}-{last}"
    return ui_text(f"viewer.{unit}", language, number=number, count=count)


def _render_part(view: View, part: Part, *, language: str) -> str:
    blocks = _blocks(view.document, part.span)
    if not blocks:
        unread = part.page.source is TextSource.NONE
        return element("p", ui_text(f"viewer.{'unread' if unread else 'no_text'}", language), class_="soft")
    pen = _Pen(view, language)
    return "".join(pen.group(kind, list(group)) for kind, group in groupby(blocks, key=lambda block: block.kind))


def _blocks(document: Document, span: Span) -> list[Block]:
    """The blocks of a stretch, cut to it; text that belongs to none as paragraphs."""
    found: list[Block] = []
    position = span.start
    for block in document.blocks:
        if block.end <= span.start or block.start >= span.end:
            continue
        start, end = max(block.start, span.start), min(block.end, span.end)
        found.append(Block(BlockKind.PARAGRAPH, position, start))
        found.append(Block(block.kind, start, end, block.level))
        position = end
    found.append(Block(BlockKind.PARAGRAPH, position, span.end))
    return [block for block in found if document.text[block.start : block.end].strip()]


class _Pen:
    """Writes blocks as HTML."""

    def __init__(self, view: View, language: str) -> None:
        self.view = view
        self.language = language

    def group(self, kind: BlockKind, blocks: list[Block]) -> str:
        """Blocks of one kind that follow each other."""
        if kind is BlockKind.LIST_ITEM:
            return element("ul", *(self._item(block) for block in blocks))
        if kind is BlockKind.TABLE_ROW:
            return "".join(self._table(rows) for rows in _tables(blocks))
        return "".join(self._single(block) for block in blocks)

    def _single(self, block: Block) -> str:
        if block.kind is BlockKind.HEADING:
            return element("h3", self._words(block.start, block.end), class_=self._class(block))
        label = {BlockKind.FOOTNOTE: "footnote", BlockKind.NOTE: "speaker_note"}.get(block.kind)
        said = element("span", ui_text(f"viewer.{label}", self.language), ": ", class_="label") if label else ""
        words = self._words(block.start, block.end)
        return element("p", said, words, class_=self._class(block, "" if block.kind.is_content else "aside"))

    def _item(self, block: Block) -> str:
        own_mark = "own-mark" if _OWN_MARK.match(self.view.document.text[block.start : block.end]) else ""
        depth = f"deep-{min(block.level, 3)}" if block.level else ""
        return element("li", self._words(block.start, block.end), class_=self._class(block, own_mark, depth))

    def _table(self, rows: list[Block]) -> str:
        written = "".join(self._row(row) for row in rows)
        label = say("ui.viewer.table", language=self.language)
        # It may be wider than its pane, and then the keyboard must reach it.
        return element("div", element("table", written), class_="table", role="group", tabindex=0, aria_label=label)

    def _row(self, row: Block) -> str:
        is_header = row.level == HEADER_ROW
        cells = (
            element("th" if is_header else "td", self._words(*cell), scope="col" if is_header else None)
            for cell in self._cells(row)
        )
        return element("tr", *cells, class_=self._class(row))

    def _cells(self, row: Block) -> Iterator[tuple[int, int]]:
        start = row.start
        for cell in self.view.document.text[row.start : row.end].split(CELL_SEPARATOR):
            yield start, start + len(cell)
            start += len(cell) + len(CELL_SEPARATOR)

    def _words(self, start: int, end: int) -> str:
        return to_html(MarkedText(self.view.document.text[start:end], start, self.view.quotes))

    def _class(self, block: Block, *names: str) -> str | None:
        passage = self.view.passage
        touches = passage is not None and block.start < passage.end and passage.start < block.end
        return " ".join(name for name in (*names, "passage" if touches else "") if name) or None


def _tables(rows: list[Block]) -> Iterator[list[Block]]:
    """Rows table by table."""
    starts = [place for place in range(1, len(rows)) if opens_table(rows[place].level, after=rows[place - 1].level)]
    for start, end in pairwise([0, *starts, len(rows)]):
        yield rows[start:end]
