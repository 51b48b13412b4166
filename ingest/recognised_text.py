"""What was recognised on a picture of a page, with the place of every character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from ingest.ocr import Recognised, Word
from ingest.placed import Glyph

_NOWHERE = Glyph(0, 0, 0, 0)


class RecognisedText:
    """The words of a page, as an ``ingest.placed.PlacedText``; sizes in pixels of the picture before it was turned
    upright, so of the page as a reader sees it. A character has its share of the place of its word.
    """

    def __init__(self, found: Recognised) -> None:
        self._found = found
        self._words = [word for line in found.lines for word in line.words]
        self._starts: list[int] = []
        end = 0
        for word in self._words:
            self._starts.append(end)
            end += len(word.text) + 1
        self.text = " ".join(word.text for word in self._words)
        lies = found.turn in (90, 270)
        self.width, self.height = map(float, (found.height, found.width) if lies else (found.width, found.height))

    def glyphs(self, places: Iterable[int]) -> list[Glyph]:
        """Where some characters of ``text`` stand; a space has no extent."""
        return [self._glyph(place) for place in places]

    def _glyph(self, place: int) -> Glyph:
        position = bisect_right(self._starts, place) - 1
        word, inside = self._words[position], place - self._starts[position]
        if inside >= len(word.text):
            return _NOWHERE
        return self._turned_back(_part(word, inside))

    def _turned_back(self, glyph: Glyph) -> Glyph:
        """A place on the upright picture as a place on the page as seen."""
        left, top, right, bottom = glyph.left, glyph.top, glyph.right, glyph.bottom
        if self._found.turn == 90:
            return Glyph(self.width - bottom, left, self.width - top, right, is_upright=False)
        if self._found.turn == 180:
            return Glyph(self.width - right, self.height - bottom, self.width - left, self.height - top)
        if self._found.turn == 270:
            return Glyph(top, self.height - right, bottom, self.height - left, is_upright=False)
        return glyph


def _part(word: Word, inside: int) -> Glyph:
    """The place of a character of a word, as if all were equally wide."""
    share = (word.right - word.left) / len(word.text)
    return Glyph(word.left + inside * share, word.top, word.left + (inside + 1) * share, word.bottom)
