"""From lines to blocks: headings, paragraphs, lists, footnotes and furniture of a text or PDF file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.addresses import addressees
from ingest.bullets import Marker
from ingest.contents import contents_lines
from ingest.drafts import Draft, Drafter
from ingest.footnotes import footnotes
from ingest.furniture import furniture
from ingest.headings import mark_headings
from ingest.layout import Layout
from ingest.page_turns import in_one_piece, line_order, mark_continued
from ingest.raw import RawBlock
from ingest.types import BlockKind
from ingest.wrapping import begins_lower, is_open

MAX_BARE_ITEM_CHARS = 80
MIN_BARE_ITEMS = 2
SAME_LEFT = 6.0  # points


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of a page, and its lines by their number in the order of the blocks."""

    blocks: tuple[RawBlock, ...]
    order: tuple[int, ...]

    def raw_text(self, lines: Sequence[str]) -> str:
        """The lines of the page as they were extracted, in this order."""
        return "\n".join(lines[index] for index in self.order)


def blocks_of(layout: Layout) -> list[PageBlocks]:
    """The blocks of each page. Page by page their letters and digits are those of its lines."""
    tags = _known_kinds(layout)
    tags |= dict.fromkeys(footnotes(layout), BlockKind.FOOTNOTE)
    tags |= dict.fromkeys(contents_lines(layout), BlockKind.TOC)
    tags |= dict.fromkeys(furniture(layout), BlockKind.BOILERPLATE)
    addresses = {(page, line): line > lines.start for page, lines in enumerate(addressees(layout)) for line in lines}
    tags = {place: kind for place, kind in tags.items() if place not in addresses}
    drafts = Drafter(layout, tags, addresses).run()
    mark_headings(drafts, layout)
    _mark_bare_items(drafts)
    _set_item_levels(drafts)
    mark_continued(drafts, layout)
    return _pages(drafts, layout)


def _pages(drafts: Sequence[Draft], layout: Layout) -> list[PageBlocks]:
    """The drafts as the blocks of their pages."""
    pages: list[list[Draft]] = [[] for _ in layout.pages]
    for draft in drafts:
        pages[draft.page].append(draft)
    going_on = {draft.page - 1 for draft in drafts if draft.continues}
    made = []
    for number, (page, lines) in enumerate(zip(pages, layout.pages, strict=True)):
        ordered = in_one_piece(page, goes_on=number in going_on)
        places = {id(line): index for index, line in enumerate(lines)}
        blocks = (RawBlock(draft.kind, "\n".join(draft.texts), draft.level, draft.continues) for draft in ordered)
        made.append(PageBlocks(tuple(blocks), tuple(line_order(ordered, len(lines), places))))
    return made


def _known_kinds(layout: Layout) -> dict[tuple[int, int], BlockKind]:
    """What the reader knows of lines, as (page, line)."""
    places = ((page, index, line) for page, lines in enumerate(layout.pages) for index, line in enumerate(lines))
    return {(page, index): line.kind for page, index, line in places if line.kind is not None}


def _mark_bare_items(drafts: Sequence[Draft]) -> None:
    """Short lines by themselves under "...:" are a list that lost its bullets, if there are two or more."""
    row: list[Draft] = []
    for draft in drafts:
        if _is_bare_item(draft) and row and draft.page == row[0].page:
            row.append(draft)
            continue
        _make_items(row[1:])
        row = [draft] if draft.kind is BlockKind.PARAGRAPH and draft.text.endswith(":") else []
    _make_items(row[1:])


def _is_bare_item(draft: Draft) -> bool:
    is_short = draft.kind is BlockKind.PARAGRAPH and len(draft.text) <= MAX_BARE_ITEM_CHARS
    return is_short and is_open(draft.text) and not begins_lower(draft.text)


def _make_items(row: Sequence[Draft]) -> None:
    for draft in row if len(row) >= MIN_BARE_ITEMS else ():
        draft.kind = BlockKind.LIST_ITEM
        draft.marker = Marker("", None, draft.text)


def _set_item_levels(drafts: Sequence[Draft]) -> None:
    """Items are as deep as the number of lists that are open around them, told apart by where they start or,
    where that is not known, by their markers.
    """
    open_lists: list[str | float] = []
    for draft in drafts:
        if draft.kind is not BlockKind.LIST_ITEM:
            open_lists = open_lists if draft.kind in (BlockKind.BOILERPLATE, BlockKind.FOOTNOTE) else []
        elif draft.marker is not None:
            open_lists = _with_list_of(draft, open_lists)
            draft.level = len(open_lists) - 1


def _with_list_of(draft: Draft, open_lists: list[str | float]) -> list[str | float]:
    """The lists that are open at an item, the outermost first."""
    if draft.first.x is not None:
        left = draft.first.x - SAME_LEFT
        return [*(x for x in open_lists if isinstance(x, float) and x < left), draft.first.x]
    style = draft.marker.style if draft.marker else ""
    return open_lists[: open_lists.index(style) + 1] if style in open_lists else [*open_lists, style]
