"""Spaces that nobody drew: pypdf puts one where it has lost count of where the pen stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.readers.pdf.rows import Piece

NO_GAP = 0.08  # of the type size: less than any space between words, also in a tight line
OVERLAP = 0.3  # of the type size: letters that are set closer overlap a little


def without_false_spaces(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a line; a space that was not drawn, between letters that touch, is empty."""
    before: Piece | None = None
    for piece, after in zip(pieces, _next_texts(pieces), strict=True):
        if piece.text.strip():
            before = piece
            yield piece
        else:
            yield replace(piece, text="") if not piece.is_drawn and _in_word(before, after) else piece


def _in_word(before: Piece | None, after: Piece | None) -> bool:
    return before is not None and after is not None and touch(before, after)


def _next_texts(pieces: Sequence[Piece]) -> list[Piece | None]:
    """For each piece, the next that is more than white space."""
    found: list[Piece | None] = []
    after: Piece | None = None
    for piece in reversed(pieces):
        found.append(after)
        after = piece if piece.text.strip() else after
    return found[::-1]


def touch(left: Piece, right: Piece) -> bool:
    """Whether one piece goes on where the other ends, in one word."""
    if left.right <= left.x or left.text[-1:].isspace() or right.text[:1].isspace():
        return False
    size = min(left.size, right.size)
    return -OVERLAP * size < right.x - left.right < NO_GAP * size and abs(right.top - left.top) < NO_GAP * size
