"""Small capitals that a PDF sets as capitals of two sizes: they are one letter, as large as their initials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.readers.pdf.rows import Piece

SMALLEST, LARGEST = 0.6, 0.9  # the size of the small capitals, in that of the initials


def seen_size(pieces: Sequence[Piece], common: float) -> float:
    """The size of a line as a reader sees it, given the one that most of its letters have."""
    sizes = [piece.size for piece in pieces if any(character.isalpha() for character in piece.text)]
    largest = max(sizes, default=common)
    if common and SMALLEST <= common / largest <= LARGEST and "".join(piece.text for piece in pieces).isupper():
        return largest
    return common
