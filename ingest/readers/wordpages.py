"""The pages of a Word document: those that Word remembers from its last lay-out, or that its author broke off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.raw import RawBlock, RawPage
from ingest.readers.wordbreaks import numbered_blocks, with_missing_breaks
from ingest.readers.wordedges import Edges
from ingest.readers.wordml import Mark
from ingest.types import BlockKind

PAGE_CHARS = 4500  # no page holds more; a longer stretch without a break means that breaks are missing


def contents_headings(stream: list[RawBlock | Mark]) -> list[RawBlock | Mark]:
    """The stream with the heading of a table of contents made part of it."""
    kinds = [item.kind if isinstance(item, RawBlock) else None for item in stream]
    return [
        replace(item, kind=BlockKind.TOC, level=0)
        if isinstance(item, RawBlock) and pair == (BlockKind.HEADING, BlockKind.TOC)
        else item
        for item, pair in zip(stream, pairwise([*kinds, None]), strict=True)
    ]


def pages_of(
    stream: list[RawBlock | Mark], edges: Sequence[Edges] = (), *, page_count: int | None = None
) -> tuple[RawPage, ...]:
    """The pages that hold text, with their numbers; one page without a number where the breaks are not known.

    ``edges`` are the headers and footers of the first pages. ``page_count`` is the number of pages that Word counted:
    it tells whether Word remembers all breaks.
    """
    if not _knows_its_pages(stream):
        blocks = [item for item in stream if isinstance(item, RawBlock)]
        return tuple(_page(None, page) for page in _with_edges([blocks], edges))
    numbered: dict[int, list[RawBlock]] = {}
    for number, block in numbered_blocks(with_missing_breaks(stream, page_count)):
        numbered.setdefault(number, []).append(block)
    return tuple(map(_page, numbered, _with_edges(list(numbered.values()), edges)))


def _with_edges(pages: list[list[RawBlock]], edges: Sequence[Edges]) -> list[list[RawBlock]]:
    """The blocks of each page with its header and footer; those for which there is no page go to the last."""
    framed = [*pages]
    for position, edge in enumerate(edges if pages else ()):
        place = min(position, len(pages) - 1)
        framed[place] = [*edge.header, *framed[place], *edge.footer]
    return framed


def _page(number: int | None, blocks: list[RawBlock]) -> RawPage:
    return RawPage(number, "\n".join(block.text for block in blocks), tuple(blocks), inferred=number is not None)


def _knows_its_pages(stream: list[RawBlock | Mark]) -> bool:
    """Whether the marks are all page breaks there are: Word's own, or hard ones at the distance of a page."""
    if Mark.RENDERED in stream:
        return True
    stretch = longest = 0
    for item in stream:
        stretch = stretch + len(item.text) if isinstance(item, RawBlock) else 0
        longest = max(longest, stretch)
    return longest <= PAGE_CHARS and any(isinstance(item, Mark) and item is not Mark.POSSIBLE for item in stream)
