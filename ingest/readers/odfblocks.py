"""The blocks of an OpenDocument in reading order: paragraphs, list items, table rows, text boxes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.raw import RawBlock
from ingest.readers.blockstream import Row, Stream, block, blocks_in, pieces, rows_as_blocks
from ingest.readers.odf import CHART, DRAW, TABLE, TEXT
from ingest.readers.odflists import Counter, Lists, ListStyle
from ingest.readers.odftables import cells_of, declared_headers, is_emphasised, rows_of
from ingest.readers.odftext import PARAGRAPHS, Box, Inline, Note, Token
from ingest.readers.safexml import Element
from ingest.readers.typography import Line, heading_levels
from ingest.readers.wordml import Mark
from ingest.tables import row_levels
from ingest.types import BlockKind

INDEXES = {
    f"{TEXT}{name}"
    for name in ("table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index")
}
WRAPPERS = {f"{TEXT}{name}" for name in ("section", "index-body", "index-title", "bibliography", "user-index")}
ITEMS = {f"{TEXT}list-item", f"{TEXT}list-header"}
DEEPEST_HEADING = 10
NO_STYLE = ListStyle({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list: its depth from 1, how that list looks, and how far it has been counted.
    ``opens`` says that it is the first of its item, and shows the item's label.
    """

    depth: int
    style: str
    counter: Counter
    opens: bool = False
    start: str | None = None


@dataclass(slots=True)
class Walker:
    """Turns containers of paragraphs, lists and tables into a stream of blocks and page breaks."""

    inline: Inline
    levels: dict[Element, int | None] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)
    outline: Counter = field(default_factory=Counter)

    def stream(self, container: Iterable[Element], place: Place | None = None) -> Stream:
        """The blocks and page breaks of a body, cell, text box or note, in order."""
        for child in container:
            if child.tag in PARAGRAPHS:
                yield from self._paragraph(child, place)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, place)
            elif child.tag == f"{TABLE}table":
                yield from self._table(child)
            else:
                yield from self._other(child, place)

    def _other(self, child: Element, place: Place | None) -> Stream:
        if child.tag in INDEXES:
            yield from self._contents(child)
        elif child.tag.startswith(CHART):
            yield from self.stream(child)
        elif child.tag in WRAPPERS and child.get(f"{TEXT}display") != "none":
            yield from self.stream(child, place)
        elif child.tag == f"{TEXT}soft-page-break":
            yield Mark.RENDERED
        elif child.tag.startswith(DRAW):
            yield from self._boxes(self.inline.boxes(child))

    def _paragraph(self, paragraph: Element, place: Place | None) -> Stream:
        if self.inline.styles.opens_page(paragraph):
            yield Mark.ASKED
        found = list(self.inline.tokens(paragraph))
        yield from pieces(_labelled(found, self._label(paragraph, place)), *self._kind(paragraph, place))
        yield from self._boxes(found)
        yield from self._footnotes(found)
        if self.inline.styles.closes_page(paragraph):
            yield Mark.ASKED

    def _kind(self, paragraph: Element, place: Place | None) -> tuple[BlockKind, int]:
        if self.inline.styles.is_contents(paragraph):
            return BlockKind.TOC, 0
        level = self.levels.get(paragraph)
        if level is not None:
            return BlockKind.HEADING, level
        if place is None or not self._shows_label(paragraph, place):
            return BlockKind.PARAGRAPH, 0
        return BlockKind.LIST_ITEM, place.depth - 1

    def _shows_label(self, paragraph: Element, place: Place) -> bool:
        return self._list_style(place.style).has_label(place.depth) and self.inline.styles.has_label(paragraph)

    def _label(self, paragraph: Element, place: Place | None) -> str:
        """The number that is shown before a paragraph, with the space after it."""
        if place is None:
            number = self._outline_number(paragraph) if paragraph.tag == f"{TEXT}h" else ""
        elif place.opens and self._shows_label(paragraph, place):
            number = place.counter.count(self._list_style(place.style), place.depth, start=place.start)
        else:
            number = ""
        return f"{number} " if number else ""

    def _outline_number(self, heading: Element) -> str:
        is_unnumbered = heading.get(f"{TEXT}is-list-header") == "true" or self.inline.styles.list_style(heading) == ""
        if is_unnumbered:
            return ""
        start = heading.get(f"{TEXT}start-value") if heading.get(f"{TEXT}restart-numbering") == "true" else None
        return self.outline.count(self.inline.styles.outline, outline_level(heading), start=start)

    def _list_style(self, name: str) -> ListStyle:
        return self.inline.styles.lists.get(name, NO_STYLE)

    def _list(self, element: Element, outer: Place | None) -> Stream:
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else self._style_of_first(element))
        counter = outer.counter if outer else self.lists.counter_for(element, style)
        depth = outer.depth + 1 if outer else 1
        for item in element:
            if item.tag in ITEMS:
                start = item.get(f"{TEXT}start-value")
                opens = item.tag == f"{TEXT}list-item"
                yield from self._item(item, Place(depth, style, counter, opens=opens, start=start))
            elif item.tag == f"{TEXT}soft-page-break":
                yield Mark.RENDERED

    def _style_of_first(self, element: Element) -> str:
        """The list style of a list that names none: that of its first paragraph's style."""
        first = next((child for child in element.iter() if child.tag in PARAGRAPHS), None)
        return "" if first is None else self.inline.styles.list_style(first) or ""

    def _item(self, item: Element, place: Place) -> Stream:
        """A list item: only its first paragraph shows the label."""
        for child in item:
            yield from self.stream([child], place)
            if child.tag in PARAGRAPHS:
                place = Place(place.depth, place.style, place.counter)

    def _boxes(self, found: Iterable[Token]) -> Stream:
        for token in found:
            if isinstance(token, Box):
                yield from self.stream(token.element)

    def _footnotes(self, found: list[Token]) -> Stream:
        for token in found:
            if isinstance(token, Note):
                text = "\n".join(item.text for item in blocks_in(self.stream(token.body)))
                yield from block(BlockKind.FOOTNOTE, f"{token.mark} {text}".strip())

    def _contents(self, index: Element) -> Stream:
        """The lines of a table of contents."""
        for part in index:
            for item in self.stream(part) if part.tag in WRAPPERS else ():
                yield RawBlock(BlockKind.TOC, item.text) if isinstance(item, RawBlock) else item

    def _table(self, table: Element) -> Stream:
        if self.inline.styles.opens_page(table, "table"):
            yield Mark.ASKED
        elements = rows_of(table)
        rows = [self._row(row) for row, _ in elements]
        for row, (_, opens_page) in zip(rows, elements, strict=True):
            if opens_page and row.shown:
                row.shown[0].insert(0, Mark.RENDERED)
        levels = row_levels(
            [row.texts for row in rows],
            declared=declared_headers(table),
            emphasised=[is_emphasised(element, self.inline) for element, _ in elements],
        )
        yield from rows_as_blocks(rows, levels)

    def _row(self, element: Element) -> Row:
        cells = cells_of(element)
        streams = [[] if cell is None else list(self.stream(cell)) for cell in cells]
        return Row(streams, [1] * len(cells))


def _labelled(found: list[Token], label: str) -> list[Token]:
    """The tokens of a paragraph with its number before its text, if it has any."""
    first = next((place for place, token in enumerate(found) if isinstance(token, str) and token.strip()), None)
    return found if first is None else [*found[:first], label, *found[first:]]


def outline_level(heading: Element) -> int:
    """The level of a ``text:h``, from 1."""
    level = heading.get(f"{TEXT}outline-level", "1")
    return min(max(int(level), 1), DEEPEST_HEADING) if level.isdecimal() else 1


def typographic_levels(body: Element, inline: Inline) -> dict[Element, int | None]:
    """The heading level of each paragraph, also of those that are only made to look like headings."""
    lines = {element: _line(element, inline, in_list=in_list) for element, in_list in _paragraphs(body, in_list=False)}
    shown = {element: line for element, line in lines.items() if line.text}
    return dict(zip(shown, heading_levels(shown.values()), strict=True))


def _paragraphs(element: Element, *, in_list: bool) -> Iterator[tuple[Element, bool]]:
    for child in element:
        if child.tag in PARAGRAPHS:
            yield child, in_list
        if child.tag != f"{TEXT}tracked-changes":
            yield from _paragraphs(child, in_list=in_list or child.tag == f"{TEXT}list")


def _line(paragraph: Element, inline: Inline, *, in_list: bool) -> Line:
    styles = inline.styles
    spans = [span for span, text in inline.runs(paragraph) if text.strip()]
    known = outline_level(paragraph) if paragraph.tag == f"{TEXT}h" else None
    return Line(
        text=inline.plain_text(paragraph).strip(),
        size=min((styles.size(span, paragraph) for span in spans), default=styles.size(None, paragraph)),
        bold=bool(spans) and all(styles.is_bold(span, paragraph) for span in spans),
        is_list_item=in_list,
        level=1 if known is None and styles.is_title(paragraph) else known,
    )
