"""Text with the place of every character: what a page looks like to a program that read it with its geometry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where a character stands on a page as a reader sees it: in the page's own unit, from the left and from the
    top. ``is_upright`` is False for a line that runs up or down the page.
    """

    left: float
    top: float
    right: float
    bottom: float
    is_upright: bool = True

    @property
    def has_extent(self) -> bool:
        """Whether it covers anything."""
        return self.right > self.left and self.bottom > self.top


class PlacedText(Protocol):
    """The characters of a page in some reading order, each with its place."""

    text: str
    width: float
    height: float

    def glyphs(self, places: Iterable[int]) -> list[Glyph]:
        """Where the characters at these offsets of ``text`` stand."""
