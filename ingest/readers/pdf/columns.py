"""Columns: a page that is drawn line by line across its columns is read column by column.

The page is cut where a gutter runs between lines of text, and again within each part: the recursive cut of Nagy and
Seth (*Hierarchical Representation of Optically Scanned Documents*, ICPR 1984), on lines as in Ha, Haralick and Phillips
(*Recursive X-Y Cut Using Bounding Boxes of Connected Components*, ICDAR 1995). What stands across the gutter - titles,
tables, notes - parts the page in bands, which stay above one another. Within a column the order of drawing is kept: a
page that draws its columns one after the other, or has none, stays exactly as it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median, quantiles

from ingest.bullets import marker_of
from ingest.readers.pdf.rows import Piece, Row, row_of

MIN_LINES = 5  # in each column
MIN_GUTTER = 8  # points
REACH = 2.0  # points that a line may stand in the gutter
MAX_PAGE = 5000  # points
MIN_KNOWN_WIDTHS = 0.8  # of the pieces
RETURN_SHARE = 0.5  # of the lines: so often goes the drawing back to the left; a table drawn cell by cell does less

MIN_SHARE = 0.25  # of the width of both columns: a narrower one holds labels or numbers
MIN_CHARS = 15  # of a line of prose, in the middle of all
FULL, FULL_SHARE = 0.7, 0.5  # prose fills so much of its column, in so many of its lines
BULLET_SHARE = 0.5  # of the lines of a list begin with a bullet

WIDE_GAP = 1.4  # times the distance between lines
SAME_HEIGHT = 3.0  # points
MIN_SHARED_GAPS, SHARED_SHARE = 2, 0.5  # wide gaps at one height in both columns: the rows of a table


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line without a wide gap."""

    pieces: list[Piece]
    left: float
    right: float

    @property
    def text(self) -> str:
        """What is written in it."""
        return "".join(piece.text for piece in self.pieces).strip()


@dataclass(frozen=True, slots=True)
class _Sides:
    """A line as a gutter divides it; ``row`` when it stands across the gutter."""

    left: Row | None = None
    right: Row | None = None
    row: Row | None = None


def in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """The lines of a page, column by column where it is drawn across its columns."""
    filled = [piece for row in rows for piece in row.pieces if piece.text.strip()]
    known = sum(piece.right > piece.x for piece in filled)
    return list(rows) if known < MIN_KNOWN_WIDTHS * len(filled) else _ordered(list(rows))


def _ordered(rows: list[Row]) -> list[Row]:
    gutter = _gutter([part for row in rows if row.kind is None for part in parts_of(row)])
    if gutter is None:
        return rows
    ordered: list[Row] = []
    place = 0
    for is_across, band in groupby((_divided(row, gutter) for row in rows), key=lambda sides: sides.row is not None):
        found = list(band)
        as_drawn = rows[place : place + len(found)]
        place += len(found)
        ordered += as_drawn if is_across else _columns(found) or as_drawn
    return ordered


def _columns(band: Sequence[_Sides]) -> list[Row] | None:
    """The lines of a band column by column; None where it holds no two columns drawn across."""
    left = [sides.left for sides in band if sides.left is not None]
    right = [sides.right for sides in band if sides.right is not None]
    lines = min(len(left), len(right))
    if lines < MIN_LINES or _returns(band) < RETURN_SHARE * lines:
        return None
    if not _are_columns(left, right) or _share_gaps(left, right):
        return None
    return [*_ordered(left), *_ordered(right)]


def _returns(band: Sequence[_Sides]) -> int:
    """How often the drawing goes back from the right column to the left."""
    turns = [side for sides in band for side in ("left", "right") if getattr(sides, side) is not None]
    return sum(pair == ("right", "left") for pair in pairwise(turns))


def parts_of(row: Row) -> list[Part]:
    """A line cut at its wide gaps."""
    parts: list[Part] = []
    for piece in row.pieces:
        if not piece.text.strip():
            if parts:
                parts[-1].pieces.append(piece)
        elif parts and piece.x - parts[-1].right < MIN_GUTTER and piece.right > parts[-1].left:
            last = parts.pop()
            parts.append(Part([*last.pieces, piece], min(last.left, piece.x), max(last.right, piece.right)))
        else:
            parts.append(Part([piece], piece.x, piece.right))
    return parts


def _gutter(parts: Sequence[Part]) -> float | None:
    """Where most lines end on one side and begin on the other, if that is a gutter with enough lines beside it."""
    parts = [part for part in parts if 0 <= part.left <= part.right < MAX_PAGE]
    if len(parts) < 2 * MIN_LINES:
        return None
    end = int(max(part.right for part in parts)) + 2
    ends, starts = [0] * (end + 1), [0] * (end + 1)
    for part in parts:
        ends[int(part.right) + 1] += 1
        starts[int(part.left)] += 1
    before, after = 0, len(parts)
    merits: list[tuple[int, int]] = []  # lines beside less lines across, and lines beside
    for x in range(end):
        before += ends[x]
        beside = min(before, after)
        merits.append((beside - (len(parts) - before - after), beside))
        after -= starts[x]
    best = max(merits)
    widest = max((list(run) for merit, run in groupby(range(end), key=merits.__getitem__) if merit == best), key=len)
    return (widest[0] + widest[-1]) / 2 if best[1] >= MIN_LINES and len(widest) >= MIN_GUTTER else None


def _divided(row: Row, gutter: float) -> _Sides:
    parts = parts_of(row)
    if row.kind is not None or any(part.left < gutter - REACH and part.right > gutter + REACH for part in parts):
        return _Sides(row=row)
    left = [piece for part in parts if part.right <= gutter + REACH for piece in part.pieces]
    right = [piece for part in parts if part.right > gutter + REACH for piece in part.pieces]
    if not right or not left:
        return _Sides(left=row if left else None, right=row if right else None)
    return _Sides(left=row_of(left), right=row_of(right))


def _are_columns(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both sides hold prose, or a list, of some width."""
    sides = [[part for row in rows for part in parts_of(row)] for rows in (left, right)]
    widths = [_width(parts) for parts in sides]
    if min(widths) < MIN_SHARE * sum(widths):
        return False
    return all(_is_prose(parts, width) or _is_list(parts) for parts, width in zip(sides, widths, strict=True))


def _width(parts: Sequence[Part]) -> float:
    """The width that nine in ten lines do not exceed."""
    return quantiles([part.right - part.left for part in parts], n=10)[-1]


def _is_prose(parts: Sequence[Part], width: float) -> bool:
    full = sum(part.right - part.left >= FULL * width for part in parts)
    return full >= FULL_SHARE * len(parts) and median(len(part.text) for part in parts) >= MIN_CHARS


def _is_list(parts: Sequence[Part]) -> bool:
    markers = [marker_of(row_of(part.pieces).text) for part in parts]
    return sum(marker is not None and marker.value is None for marker in markers) >= BULLET_SHARE * len(parts)


def _share_gaps(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both sides leave the same heights open, as the rows of a table do."""
    gaps = [list(_wide_gaps(rows)) for rows in (left, right)]
    shared = sum(any(abs(gap - other) <= SAME_HEIGHT for other in gaps[1]) for gap in gaps[0])
    return shared >= MIN_SHARED_GAPS and shared >= SHARED_SHARE * min(map(len, gaps))


def _wide_gaps(rows: Sequence[Row]) -> Iterator[float]:
    """The heights of the lines above which more is open than between lines."""
    tops = sorted(row.top for row in rows)
    usual = median(lower - upper for upper, lower in pairwise(tops))
    yield from (lower for upper, lower in pairwise(tops) if lower - upper > WIDE_GAP * usual)
