"""Blocks in the making: the lines of pages, gathered where a sentence, an item or a title goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.bullets import Marker, marker_of
from ingest.layout import Gap, Layout, Line
from ingest.types import BlockKind
from ingest.wrapping import begins_lower, is_full, is_open, is_unfinished, joins

Tags = Mapping[tuple[int, int], BlockKind]

_RULE = re.compile(r"\s*(?:(?:[^\w\s]\s*){4,})?")  # a line drawn with signs
_DASHES = ("-", "–", "*")
_NUMBERED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+[“‘\"']?[^\W\d_]")
_DEEP_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[“‘\"']?[A-ZÀ-Þ]")
_NAMED = re.compile(
    r"\s*(?:deel|boek|titel|hoofdstuk|afdeling|onderafdeling|artikel|art\.|bijlage|annex)\s+(?:\d+|[IVX]+|[A-Z])\b",
    re.I,
)
_SAME_LEFT = 3.0  # points


@dataclass(slots=True)
class Draft:
    """A block in the making. ``texts`` are its lines as they are kept; ``marker`` is what its first line began
    with.
    """

    kind: BlockKind
    page: int
    lines: list[Line]
    texts: list[str]
    marker: Marker | None = None
    level: int = 0
    continues: bool = False

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join(text.strip() for text in self.texts)

    @property
    def first(self) -> Line:
        """The line it begins with."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line it ends with."""
        return self.lines[-1]

    def add(self, line: Line) -> None:
        """Let the line go on with it."""
        self.lines.append(line)
        self.texts.append(line.text)


@dataclass(slots=True)
class Drafter:
    """Goes through the lines of a document in order. ``known`` says of some, as (page, line), whether they go on with
    the line above.
    """

    layout: Layout
    tags: Tags
    known: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    _numbering: dict[str, Marker] = field(default_factory=dict)

    def run(self) -> list[Draft]:
        """The drafts of all pages, in order."""
        for page, lines in enumerate(self.layout.pages):
            for index, line in enumerate(lines):
                if not _RULE.fullmatch(line.text):
                    self._take(page, line, self.tags.get((page, index)), goes_on=self.known.get((page, index)))
        return self.drafts

    def _take(self, page: int, line: Line, tag: BlockKind | None, *, goes_on: bool | None) -> None:
        current = self.drafts[-1] if self.drafts and self.drafts[-1].page == page else None
        if tag is not None:
            self._start(tag, page, line, level=line.level)
        elif current is None or not (self._goes_on(current, line) if goes_on is None else goes_on):
            self._open(current, page, line)
        else:
            current.add(line)

    def _goes_on(self, current: Draft, line: Line) -> bool:
        """Whether the line belongs to the draft."""
        if current.kind in (BlockKind.TOC, BlockKind.BOILERPLATE, BlockKind.TABLE_ROW) or line.heading:
            return False
        if line.title is not None or current.last.title is not None:
            return line.title == current.last.title
        if current.marker is not None and len(current.texts) == 1 and not current.texts[0].strip():
            return True  # the bullet has a line of its own
        if line.marked or self._marker(current, line) or _opens_title(current, line):
            return False
        if self._ends_item(current, line) or self._ends_title(current, line):
            return False
        if self._is_under_title(current, line):
            return True
        return self._is_under_item(current, line) or joins(current.last, line, self.layout, current.page)

    def _marker(self, current: Draft | None, line: Line) -> Marker | None:
        """The marker that begins an item here, if the line is no continuation that looks like one."""
        marker = marker_of(line.text)
        if marker is None:
            return None
        goes_on = current is not None and line.gap is Gap.TIGHT and is_open(current.last.text)
        if marker.value is None:
            is_dash = marker.style in _DASHES and current is not None and current.marker is None
            return None if is_dash and goes_on and begins_lower(marker.text) else marker
        if marker.follows(self._numbering.get(marker.style)):
            return marker
        return marker if marker.opens_list and not goes_on else None

    def _ends_item(self, current: Draft, line: Line) -> bool:
        """Whether the comma or semicolon above parted the last item from what follows the list."""
        parted = current.kind is BlockKind.LIST_ITEM and current.last.text.rstrip().endswith((",", ";"))
        return parted and line.gap is not Gap.TIGHT and not begins_lower(line.text) and not self.layout.is_slides

    def _ends_title(self, current: Draft, line: Line) -> bool:
        """Whether a line like "2.1 ..." was a title: a capital follows that would have fitted on it."""
        is_numbered = len(current.lines) == 1 and bool(_DEEP_NUMBER.match(current.text))
        if not is_numbered or begins_lower(line.text) or is_unfinished(current.text):
            return False
        return not is_full(current.last, line, self.layout.width(current.page, current.last))

    def _is_under_item(self, current: Draft, line: Line) -> bool:
        """Whether the line is set under the text of the item, to the right of its bullet."""
        if current.marker is None or line.x is None or current.first.x is None or line.gap is Gap.APART:
            return False
        return line.x > current.first.x + _SAME_LEFT and line.looks_like(current.last)

    def _is_under_title(self, current: Draft, line: Line) -> bool:
        """Whether the line is set under the words of a large numbered title, to the right of its number."""
        if line.x is None or current.first.x is None or not _NUMBERED.match(current.first.text):
            return False
        is_large = self.layout.is_large(line) and line.looks_like(current.last)
        return is_large and line.x > current.first.x + _SAME_LEFT

    def _open(self, current: Draft | None, page: int, line: Line) -> None:
        """Begin a draft with the line."""
        marker = self._marker(current, line)
        if marker is not None:
            self._numbering[marker.style] = marker
            self._start(BlockKind.LIST_ITEM, page, line, marker=marker)
        elif line.marked and _is_item(current, line):
            self._start(BlockKind.LIST_ITEM, page, line, marker=Marker("", None, line.text))
        elif current is not None and self._explains_item(current, line):
            self._start(BlockKind.LIST_ITEM, page, line, level=current.level or 1)
        else:
            self._start(BlockKind.PARAGRAPH, page, line)

    def _explains_item(self, current: Draft, line: Line) -> bool:
        """Whether the line opens the text under an item that is only a title."""
        is_tight = self.layout.double_spaced and line.gap is Gap.TIGHT
        return is_tight and current.kind is BlockKind.LIST_ITEM and not _opens_title(current, line)

    def _start(self, kind: BlockKind, page: int, line: Line, *, marker: Marker | None = None, level: int = 0) -> None:
        text = marker.text if marker else line.text
        self.drafts.append(Draft(kind, page, [line], [text], marker, level))


def _is_item(current: Draft | None, line: Line) -> bool:
    """Whether a line whose glyph was lost is an item of a list, not a title."""
    return begins_lower(line.text) or (current is not None and current.last.text.rstrip().endswith(":"))


def _opens_title(current: Draft, line: Line) -> bool:
    """Whether the line may be a numbered title, and not the rest of a sentence that holds a number."""
    if not (_NUMBERED.match(line.text) or _NAMED.match(line.text)):
        return False
    return line.gap is not Gap.TIGHT or not is_open(current.last.text) or not line.looks_like(current.last)
