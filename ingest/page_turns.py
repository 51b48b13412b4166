"""Sentences that go on over a page's end: told from those that end there, and freed of what stands between.

A footnote, a page number or a running header between the two halves of a sentence would part it. It is put before the
first half or behind the second: on its own page still, and no letter moves to another page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.drafts import Draft
from ingest.layout import Layout
from ingest.types import BlockKind
from ingest.wrapping import begins_lower, is_open, joins

_FLOWING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_INTERRUPTIONS = (BlockKind.BOILERPLATE, BlockKind.FOOTNOTE)


def mark_continued(drafts: Sequence[Draft], layout: Layout) -> None:
    """Mark the drafts with which a sentence goes on from the page before."""
    if layout.is_slides:
        return
    for above, draft in _turns(drafts):
        if above.kind in _FLOWING and draft.kind is BlockKind.PARAGRAPH and is_open(above.text):
            lower = begins_lower(draft.text) and above.last.looks_like(draft.first)
            draft.continues = lower or joins(above.last, draft.first, layout, above.page)


def _turns(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """The last draft of a page that interrupts nothing, and the first such draft of the next."""
    above: Draft | None = None
    for draft in drafts:
        if draft.kind in _INTERRUPTIONS:
            continue
        if above is not None and above.page != draft.page:
            yield above, draft
        above = draft


def in_one_piece(page: Sequence[Draft], *, goes_on: bool) -> list[Draft]:
    """The drafts of a page, its interruptions out of the way of a sentence that comes from the page before and of one
    that ``goes_on`` on the next. On a page of one such sentence from end to end they stay where they are.
    """
    text = [draft for draft in page if draft.kind not in _INTERRUPTIONS]
    ordered = list(page)
    comes = bool(text) and text[0].continues
    if len(text) < comes + goes_on:
        return ordered
    if goes_on:
        ordered = _moved(ordered, text[-1], len(ordered))
    return _moved(ordered, text[0], 0) if comes else ordered


def _moved(page: list[Draft], draft: Draft, place: int) -> list[Draft]:
    """The page with a draft moved to its start or its end."""
    others = [other for other in page if other is not draft]
    return [draft, *others] if place == 0 else [*others, draft]


def line_order(page: Sequence[Draft], count: int, places: dict[int, int]) -> list[int]:
    """The lines of a page in the order of its drafts, by their number; ``places`` gives these by the id of a line.
    Lines of no draft (drawn rules) come last: they hold no letters.
    """
    order = [places[id(line)] for draft in page for line in draft.lines]
    return [*order, *sorted(set(range(count)) - set(order))]
