"""Numbers that a PDF sets smaller and higher than the text beside them: footnote marks and powers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.marks import raised

if TYPE_CHECKING:
    from ingest.readers.pdf.rows import Piece

MAX_DIGITS = 3
SMALLER = 0.85  # times the size of the text beside it
RAISE = 0.15  # of that size, at least: the baseline stands higher
MAX_RAISE = 0.8  # more is another line


def with_raised_numbers(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a line, raised numbers in superscript digits."""
    texts = [piece for piece in pieces if piece.text.strip()]
    if not texts:
        yield from pieces
        return
    body = max(texts, key=lambda piece: len(piece.text.strip()))
    for piece in pieces:
        yield replace(piece, text=raised(piece.text)) if _is_raised(piece, body) else piece


def _is_raised(piece: Piece, body: Piece) -> bool:
    number = piece.text.strip()
    if not (number.isascii() and number.isdecimal()) or len(number) > MAX_DIGITS:
        return False
    lift = (body.top - piece.top) / body.size if body.size else 0.0
    return piece.size <= SMALLER * body.size and RAISE <= lift <= MAX_RAISE
