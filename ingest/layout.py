"""Lines as a reader found them on a page, and what holds for all lines of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.types import BlockKind

LARGE = 1.12  # times the size of body text: a heading
MIN_SLIDES = 4
SLIDE_WORDS = 80  # a slide holds fewer
WIDE_SLIDE_WORDS = 200  # on a page that is wider than high
SLIDE_LINE_CHARS = 36
MIN_LINES_FOR_WIDTH = 5
USUAL_WIDTH = 60.0  # characters, where there are too few lines to tell
BODY_TOLERANCE = 0.08


class Gap(IntEnum):
    """How far a line stands from the one above it: as within a paragraph, as between any two lines of a text
    that puts an empty line after every line, or further.
    """

    TIGHT = 0
    LOOSE = 1
    APART = 2


@dataclass(frozen=True, slots=True)
class Title:
    """What a file itself says of a heading, in its outline or its tags. The lines of one heading have an equal one;
    ``level`` is 0 where the file does not tell.
    """

    number: int
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, as extracted. ``x`` and ``y`` say where it starts: points from the left, and the share
    of the page above it. ``marked`` says that a glyph without meaning stood before it; ``heading`` is the
    level that a mark-up sign gives it. ``kind`` is what the reader already knows it to be (a row of a table), with its
    ``level``; ``title`` is given to the lines of a heading that the file itself tells. None is what the format does not
    tell.
    """

    text: str
    gap: Gap = Gap.TIGHT
    size: float | None = None
    bold: bool = False
    x: float | None = None
    y: float | None = None
    marked: bool = False
    heading: int = 0
    kind: BlockKind | None = None
    level: int = 0
    title: Title | None = None

    @property
    def length(self) -> int:
        """The number of characters that one sees."""
        return len(self.text.strip())

    def looks_like(self, other: Line) -> bool:
        """Whether both are set in one letter: size within a tenth, and weight."""
        if self.bold != other.bold or self.heading != other.heading:
            return False
        if self.size is None or other.size is None:
            return True
        return abs(self.size - other.size) <= 0.08 * max(self.size, other.size)


Lines = Sequence[Line]


@dataclass(frozen=True)
class Layout:
    """What holds for all lines of a document. ``double_spaced``: an empty line follows every line;
    ``is_wide``: most pages are wider than high.
    """

    pages: Sequence[Lines]
    double_spaced: bool = False
    is_wide: bool = False

    @cached_property
    def body_size(self) -> float | None:
        """The size in which most characters are set."""
        sizes: Counter[float] = Counter()
        for line in self._lines:
            if line.size is not None:
                sizes[round(line.size, 1)] += line.length
        return sizes.most_common(1)[0][0] if sizes else None

    @cached_property
    def bold_body(self) -> bool:
        """Whether bold is so common that it says nothing."""
        bold = sum(line.length for line in self._lines if line.bold)
        return bold > 0.4 * sum(line.length for line in self._lines)

    @cached_property
    def is_marked_up(self) -> bool:
        """Whether signs in the text say what is a heading."""
        return any(line.heading for line in self._lines)

    @cached_property
    def is_slides(self) -> bool:
        """Whether the pages are slides: many, with few words in short lines."""
        filled = [page for page in self.pages if page]
        if len(filled) < MIN_SLIDES:
            return False
        words = median(sum(len(line.text.split()) for line in page) for page in filled)
        if self.is_wide:
            return words <= WIDE_SLIDE_WORDS
        return words <= SLIDE_WORDS and median(line.length for line in self._lines) <= SLIDE_LINE_CHARS

    @cached_property
    def pads_wrapped_lines(self) -> bool:
        """Whether a line that goes on ends with a space: one without it has ended."""
        wrapped = [
            above
            for page in self.pages
            for above, line in pairwise(page)
            if line.gap is Gap.TIGHT and line.text.strip()[:1].islower()
        ]
        padded = sum(line.text.endswith(" ") for line in wrapped)
        return len(wrapped) >= MIN_LINES_FOR_WIDTH and padded >= 0.7 * len(wrapped)

    @cached_property
    def _widths(self) -> list[float]:
        whole = self._width(self._lines) or USUAL_WIDTH
        return [self._width(page) or whole for page in self.pages]

    def _width(self, lines: Lines) -> float | None:
        """The length that nine in ten lines of body text do not exceed, those of one or two words left out."""
        lengths = sorted(
            line.length
            for line in lines
            if len(line.text.split()) > 2 and line.kind is None and abs(self._scale(line) - 1) < BODY_TOLERANCE
        )
        return lengths[int(0.9 * len(lengths))] if len(lengths) >= MIN_LINES_FOR_WIDTH else None

    def _scale(self, line: Line) -> float:
        """How many times more characters of this line than of body text fit in the same space."""
        return self.body_size / line.size if self.body_size and line.size else 1.0

    @cached_property
    def _lines(self) -> list[Line]:
        return [line for page in self.pages for line in page]

    def width(self, page: int, line: Line) -> float:
        """The number of characters in a full line on a page, in the type of the given line."""
        return self._widths[page] * self._scale(line)

    def is_large(self, line: Line) -> bool:
        """Whether the line is set larger than body text."""
        return line.size is not None and self.body_size is not None and line.size > LARGE * self.body_size
