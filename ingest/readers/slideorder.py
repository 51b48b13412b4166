"""The order in which people read the boxes of a slide: band by band, and column by column within a band.

Columns of about equal width are read one after the other even where their boxes form rows: on a slide that
compares two things, what stands under a column's header belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

OVERLAPS = (0.12, 0.3, 0.45)  # so much of its size a box may reach into another and still stand beside it
EQUAL_WIDTHS = 0.6


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something with a place on a slide, in any unit."""

    item: T
    left: float
    top: float
    width: float
    height: float


def reading_order(boxes: Sequence[Placed[T]]) -> list[T]:
    """The items of the boxes in reading order."""
    if len(boxes) < 2:
        return [box.item for box in boxes]
    for overlap in OVERLAPS:
        parts = _parts(boxes, overlap)
        if len(parts) > 1:
            return [item for part in parts for item in reading_order(part)]
    return [box.item for box in sorted(boxes, key=lambda box: (box.top, box.left))]


def _parts(boxes: Sequence[Placed[T]], overlap: float) -> list[list[Placed[T]]]:
    """The bands or columns that the boxes fall apart into; one part if they do not."""
    columns = _parted(boxes, _across, overlap)
    bands = _parted(boxes, _down, overlap)
    return columns if len(columns) > 1 and (len(bands) == 1 or _of_equal_width(columns)) else bands


def _across(box: Placed[T]) -> tuple[float, float]:
    return box.left, box.width


def _down(box: Placed[T]) -> tuple[float, float]:
    return box.top, box.height


def _parted(
    boxes: Sequence[Placed[T]], extent: Callable[[Placed[T]], tuple[float, float]], overlap: float
) -> list[list[Placed[T]]]:
    """The boxes in groups between which nothing stands, in order along one direction."""
    groups: list[list[Placed[T]]] = []
    reach = float("-inf")
    for box in sorted(boxes, key=lambda box: extent(box)[0]):
        start, size = extent(box)
        if start + size * overlap >= reach or not groups:
            groups.append([])
        groups[-1].append(box)
        reach = max(reach, start + size * (1 - overlap))
    return groups


def _of_equal_width(columns: list[list[Placed[T]]]) -> bool:
    widths = [max(box.left + box.width for box in column) - min(box.left for box in column) for column in columns]
    return min(widths) >= EQUAL_WIDTHS * max(widths)
