"""The grids that ruled lines make on a page: the frames of tables.

Lines are drawn cell by cell, as strokes or as thin filled rectangles. Those on one line are joined; lines that cross
make a grid; two neighbouring places of a grid are one cell where no line stands between them (the lattice method of
Nurminen, *Algorithmic Extraction of Data in Tables in PDF Documents*, Tampere 2013).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Stroke = tuple[Point, Point]
Place = tuple[int, int]  # row and column

STRAIGHT = 1.5  # points that a line may lean
MIN_BAND = 6.0  # points: a narrower row or column holds no text
SAME = 3.0  # points between lines that are meant to be one, or to touch
MIN_LENGTH = 5.0  # points: a shorter one is the end of a thin rectangle
MAX_LINES = 500  # with more it is a drawing
MAX_PLACES = 4000


@dataclass(slots=True)
class _Line:
    """A ruled line at one coordinate, and what it covers along the other."""

    at: float
    parts: list[tuple[float, float]]

    @property
    def start(self) -> float:
        return self.parts[0][0]

    @property
    def end(self) -> float:
        return self.parts[-1][1]

    def covers(self, place: float) -> bool:
        return any(start <= place <= end for start, end in self.parts)


@dataclass(frozen=True, slots=True)
class Grid:
    """Places in rows and columns between ``xs``, points from the left, and ``ys``, points from the top. ``cells`` gives
    for each place the first place of its cell.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[Place, Place]

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.ys) - 1

    @property
    def column_count(self) -> int:
        """The number of columns."""
        return len(self.xs) - 1

    def cell_at(self, x: float, y: float) -> Place | None:
        """The cell in which a point lies; None outside the grid."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.cells[bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1]

    def right_of(self, cell: Place) -> float:
        """Where a cell ends."""
        row, column = cell
        while column + 1 < self.column_count and self.cells[row, column + 1] == cell:
            column += 1
        return self.xs[column + 1]


def grids_of(strokes: Iterable[Stroke]) -> list[Grid]:
    """The grids on a page of at least two rows and two columns, from strokes in points from the left and the top."""
    upright, level = _straight(strokes)
    if not upright or not level or len(upright) + len(level) > MAX_LINES:
        return []
    grids = (_grid(*group) for group in _crossing(upright, level))
    return [grid for grid in grids if grid is not None]


def _straight(strokes: Iterable[Stroke]) -> tuple[list[_Line], list[_Line]]:
    """The upright and the level lines, those on one line joined."""
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for (x, y), (x2, y2) in strokes:
        if abs(x - x2) <= STRAIGHT and abs(y - y2) >= MIN_LENGTH:
            upright.append((x, min(y, y2), max(y, y2)))
        elif abs(y - y2) <= STRAIGHT and abs(x - x2) >= MIN_LENGTH:
            level.append((y, min(x, x2), max(x, x2)))
    return _joined(upright), _joined(level)


def _joined(segments: list[tuple[float, float, float]]) -> list[_Line]:
    """Segments at almost one coordinate as one line, with its gaps."""
    lines: list[_Line] = []
    for at, start, end in sorted(segments):
        if lines and at - lines[-1].at <= SAME:
            lines[-1].parts.append((start, end))
        else:
            lines.append(_Line(at, [(start, end)]))
    for line in lines:
        line.parts = _without_gaps(sorted(line.parts))
    return lines


def _without_gaps(parts: list[tuple[float, float]]) -> list[tuple[float, float]]:
    whole: list[tuple[float, float]] = []
    for start, end in parts:
        if whole and start - whole[-1][1] <= SAME:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def _crossing(upright: Sequence[_Line], level: Sequence[_Line]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """The parts of lines that cross one another, directly or by way of others."""
    pending = [_Line(line.at, [part]) for line in upright for part in line.parts]
    beams = [_Line(line.at, [part]) for line in level for part in line.parts]
    while pending:
        posts, crossed, fresh = [], [], [pending.pop()]
        while fresh:
            posts += fresh
            touched = [beam for beam in beams if any(_cross(post, beam) for post in fresh)]
            beams = [beam for beam in beams if beam not in touched]
            crossed += touched
            fresh = [post for post in pending if any(_cross(post, beam) for beam in touched)]
            pending = [post for post in pending if post not in fresh]
        yield posts, crossed


def _cross(post: _Line, beam: _Line) -> bool:
    return post.start - SAME <= beam.at <= post.end + SAME and beam.start - SAME <= post.at <= beam.end + SAME


def _grid(posts: list[_Line], beams: list[_Line]) -> Grid | None:
    if not beams:
        return None
    xs = _borders(posts, beams)
    ys = _borders(beams, posts)
    if len(xs) < 3 or len(ys) < 3 or (len(xs) - 1) * (len(ys) - 1) > MAX_PLACES:
        return None
    return Grid(tuple(xs), tuple(ys), _cells(xs, ys, posts, beams))


def _borders(lines: Sequence[_Line], across: Sequence[_Line]) -> list[float]:
    """Where lines part the grid; its outer sides also where only the lines across end there."""
    outer = (min(line.start for line in across), max(line.end for line in across))
    places = sorted([*(line.at for line in lines), *outer])
    borders = places[:1]
    for place in places:
        if place - borders[-1] >= MIN_BAND:
            borders.append(place)
    return borders


def _cells(xs: list[float], ys: list[float], posts: list[_Line], beams: list[_Line]) -> dict[Place, Place]:
    """For each place the first place of its cell, in reading order."""
    cells: dict[Place, Place] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            if column and not _stands_between(posts, left, (top + bottom) / 2):
                cells[row, column] = cells[row, column - 1]
            elif row and not _stands_between(beams, top, (left + right) / 2):
                cells[row, column] = cells[row - 1, column]
            else:
                cells[row, column] = (row, column)
    return cells


def _stands_between(lines: list[_Line], at: float, place: float) -> bool:
    return any(-SAME <= line.at - at < MIN_BAND and line.covers(place) for line in lines)
