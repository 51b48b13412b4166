"""A page as a reader sees it: its size, and how it is turned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pypdf import PageObject

from ingest.readers.pdf.recording import Stroke


@dataclass(frozen=True, slots=True)
class View:
    """The page as a reader sees it: its size, and how it is turned."""

    left: float
    bottom: float
    raw_width: float
    raw_height: float
    turn: int

    @classmethod
    def of(cls, page: PageObject) -> View:
        """The view of a page."""
        box = page.mediabox
        return cls(float(box.left), float(box.bottom), float(box.width), float(box.height), page.rotation % 360)

    @property
    def width(self) -> float:
        """In points."""
        return self.raw_height if self.turn in (90, 270) else self.raw_width

    @property
    def height(self) -> float:
        """In points, never 0."""
        return (self.raw_width if self.turn in (90, 270) else self.raw_height) or 1.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """From the file's coordinates to points from the left and from the top."""
        right, up = x - self.left, y - self.bottom
        if self.turn == 90:
            return up, right
        if self.turn == 180:
            return self.raw_width - right, up
        if self.turn == 270:
            return self.raw_height - up, self.raw_width - right
        return right, self.raw_height - up

    def strokes(self, strokes: Iterable[Stroke]) -> list[Stroke]:
        """Lines from the file's coordinates to points from the left and from the top."""
        return [(self.place(*start), self.place(*end)) for start, end in strokes]
