"""The pages of a Word document: those that Word remembers from its last lay-out, or that its author broke off."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ingest.raw import RawBlock, RawPage
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


def pages_of(stream: list[RawBlock | Mark]) -> tuple[RawPage, ...]:
    """The pages that hold text, with their numbers; one page without a number where the breaks are not known."""
    if not _knows_its_pages(stream):
        return (_page(None, [item for item in stream if isinstance(item, RawBlock)]),)
    numbered: dict[int, list[RawBlock]] = {}
    number, just_opened = 1, False
    for item in stream:
        if isinstance(item, RawBlock):
            numbered.setdefault(number, []).append(item)
            just_opened = False
        elif item is Mark.HARD or not just_opened:  # a page that the author opens is marked by Word once more
            number += 1
            just_opened = item is not Mark.RENDERED
    return tuple(_page(number, blocks) for number, blocks in numbered.items())


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
    return longest <= PAGE_CHARS and any(isinstance(item, Mark) for item in stream)
