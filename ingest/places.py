"""Where a span stands in words, for a document whose pages cannot be shown: its headings, its paragraph, its slide."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.types import SLIDE_FORMATS, Block, BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Place:
    """The headings above a span, the outermost first; which paragraph under the innermost of them it begins in,
    counted from 1 (list items and table rows count too; None in a heading); and its slide, None in other documents.
    """

    headings: tuple[str, ...]
    paragraph: int | None
    slide: int | None


def place_of(document: Document, span: Span) -> Place:
    """Where a span stands."""
    page = document.page_at(span.start)
    is_deck = document.format in SLIDE_FORMATS
    path: dict[int, str] = {}
    paragraph: int | None = None
    count = 0
    for block in document.blocks:
        if block.start > span.start:
            break
        if is_deck and block.start < page.start:
            continue
        if block.kind is BlockKind.HEADING:
            path = {level: line for level, line in path.items() if level < block.level}
            path[block.level] = _line(document, block)
            count = 0
        elif block.kind.is_content:
            count += 1
        paragraph = count or None
    return Place(tuple(line for _, line in sorted(path.items())), paragraph, page.number if is_deck else None)


def _line(document: Document, block: Block) -> str:
    return " ".join(document.text[block.start : block.end].split())
