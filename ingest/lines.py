"""From lines to blocks: headings, paragraphs, lists, footnotes and furniture of a text or PDF file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.bullets import Marker
from ingest.contents import contents_lines
from ingest.drafts import Draft, Drafter
from ingest.footnotes import footnotes
from ingest.furniture import furniture
from ingest.headings import mark_headings
from ingest.layout import Layout
from ingest.raw import RawBlock
from ingest.types import BlockKind
from ingest.wrapping import begins_lower, is_open, joins

MAX_BARE_ITEM_CHARS = 80
MIN_BARE_ITEMS = 2
SAME_LEFT = 6.0  # points

_FLOWING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def blocks_of(layout: Layout) -> list[tuple[RawBlock, ...]]:
    """The blocks of each page. Page by page their letters and digits are those of its lines."""
    tags = _known_kinds(layout)
    tags |= dict.fromkeys(footnotes(layout), BlockKind.FOOTNOTE)
    tags |= dict.fromkeys(contents_lines(layout), BlockKind.TOC)
    tags |= dict.fromkeys(furniture(layout), BlockKind.BOILERPLATE)
    drafts = Drafter(layout, tags).run()
    mark_headings(drafts, layout)
    _mark_bare_items(drafts)
    _set_item_levels(drafts)
    _mark_continued(drafts, layout)
    pages: list[list[RawBlock]] = [[] for _ in layout.pages]
    for draft in drafts:
        pages[draft.page].append(RawBlock(draft.kind, "\n".join(draft.texts), draft.level, draft.continues))
    return [tuple(page) for page in pages]


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


def _mark_continued(drafts: Sequence[Draft], layout: Layout) -> None:
    """Mark the drafts with which a sentence goes on from the page before."""
    if layout.is_slides:
        return
    for above, draft in _page_turns(drafts):
        if above.kind in _FLOWING and draft.kind is BlockKind.PARAGRAPH and is_open(above.text):
            lower = begins_lower(draft.text) and above.last.looks_like(draft.first)
            draft.continues = lower or joins(above.last, draft.first, layout, above.page)


def _page_turns(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """The last draft of a page that is no furniture, and the first such draft of the next."""
    above: Draft | None = None
    for draft in drafts:
        if draft.kind is BlockKind.BOILERPLATE:
            continue
        if above is not None and above.page != draft.page:
            yield above, draft
        above = draft
