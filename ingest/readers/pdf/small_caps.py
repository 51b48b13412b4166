"""Small capitals that a PDF sets as capitals of two sizes: they are one letter, as large as their initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.readers.pdf.rows import Piece, Row

SAME = 0.2  # points
MAX_PITCH = 2.5  # sizes between two lines of a title
SMALLEST, LARGEST = 0.6, 0.9  # the size of the small capitals, in that of the initials


def seen_size(pieces: Sequence[Piece], common: float) -> float:
    """The size of a line as a reader sees it, given the one that most of its letters have."""
    sizes = [piece.size for piece in pieces if any(character.isalpha() for character in piece.text)]
    largest = max(sizes, default=common)
    if common and SMALLEST <= common / largest <= LARGEST and "".join(piece.text for piece in pieces).isupper():
        return largest
    return common


def with_whole_titles(rows: Iterable[Row]) -> Iterator[Row]:
    """The lines of a page; one of small capitals alone is as large as the line above that it goes on with."""
    above: Row | None = None
    for row in rows:
        above = replace(row, size=above.size) if above is not None and _goes_on(above, row) else row
        yield above


def _goes_on(above: Row, row: Row) -> bool:
    if not (row.size < above.size and row.text.isupper() and above.text.isupper() and row.kind is above.kind is None):
        return False
    if row.top - above.top > MAX_PITCH * above.size:
        return False
    small = [piece.size for piece in above.pieces if piece.size < above.size and piece.text.isupper()]
    return any(abs(size - row.size) < SAME for size in small)
