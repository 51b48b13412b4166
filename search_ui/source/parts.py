"""A document cut into what is shown at a time: its pages, slides or sheets; a long text without pages in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.types import BlockKind, Document, Page, Span

PART_LENGTH = 4000  # characters: about a page and a half; half of it is enough where a heading follows


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that is shown at once. ``position`` is that of its page in ``Document.pages``."""

    span: Span
    page: Page
    position: int


def parts_of(document: Document) -> tuple[Part, ...]:
    """All of a document, in order. Pages with a number are one part each, also when they are empty."""
    ends = [page.start for page in document.pages[1:]] + [len(document.text)]
    return tuple(
        Part(span, page, position)
        for position, (page, end) in enumerate(zip(document.pages, ends, strict=True))
        for span in _cut(document, page, end)
    )


def touched(parts: tuple[Part, ...], span: Span) -> tuple[int, int]:
    """The first and the last of the parts on which a stretch stands; the nearest one for a stretch outside them."""
    last_start = max(len(parts) - 1, 0)
    first = next((place for place, part in enumerate(parts) if part.span.end > span.start), last_start)
    last = next((place for place, part in enumerate(parts) if part.span.end >= span.end), last_start)
    return first, max(first, last)


def _cut(document: Document, page: Page, end: int) -> Iterator[Span]:
    start = page.start
    if page.number is None:
        for block in document.blocks:
            enough = PART_LENGTH // 2 if block.kind is BlockKind.HEADING else PART_LENGTH
            if start + enough <= block.start < end:
                yield Span(start, block.start)
                start = block.start
    yield Span(start, end)
