"""The numbers that an OpenDocument does not store but shows: those of its lists and headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.readers.numerals import letter, roman
from ingest.readers.odf import EXTENSION, STYLE, TEXT, XML_ID
from ingest.readers.safexml import Element

FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letter,
    "A": lambda number: letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
PLACE = re.compile(r"%(\d+)%")
NUMBER_LEVELS = (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list shows its items. ``form`` is the numeral of ``FORMATS``, None for a bullet, "" for
    nothing; ``pattern`` is the whole label with %1% for the number of the first level.
    """

    form: str | None
    pattern: str
    start: int = 1

    @classmethod
    def of(cls, element: Element, level: int) -> ListLevel:
        """The level that a ``text:list-level-style-*`` describes."""
        if element.tag not in NUMBER_LEVELS:
            bullet = element.get(f"{TEXT}bullet-char", "•")
            return cls(None if bullet.strip() else "", "")
        shown = _number(element.get(f"{TEXT}display-levels"), 1)
        places = ".".join(f"%{place}%" for place in range(max(level - shown, 0) + 1, level + 1))
        pattern = element.get(f"{STYLE}num-prefix", "") + places + element.get(f"{STYLE}num-suffix", "")
        return cls(
            form=element.get(f"{STYLE}num-format", ""),
            pattern=element.get(f"{EXTENSION}num-list-format") or pattern,
            start=_number(element.get(f"{TEXT}start-value"), 1),
        )


NO_LABEL = ListLevel("", "")


@dataclass(frozen=True, slots=True)
class ListStyle:
    """The levels of a list style, from 1."""

    levels: dict[int, ListLevel]

    @classmethod
    def of(cls, style: Element) -> ListStyle:
        """The list style that a ``text:list-style`` or ``text:outline-style`` describes."""
        numbered = ((_number(element.get(f"{TEXT}level"), 0), element) for element in style)
        return cls({level: ListLevel.of(element, level) for level, element in numbered if level})

    def has_label(self, level: int) -> bool:
        """Whether items of a level show a bullet or a number."""
        return level in self.levels and self.levels[level].form != ""


@dataclass(slots=True)
class Counter:
    """How far a list, or the headings of a document, have been counted, by level."""

    numbers: dict[int, int] = field(default_factory=dict)

    def count(self, style: ListStyle, level: int, *, start: str | None = None) -> str:
        """Count an item; its number as it is shown, "" for one with a bullet or without a label."""
        shown = style.levels.get(level)
        if shown is None:
            return ""
        self.numbers[level] = _number(start, self.numbers.get(level, shown.start - 1) + 1)
        for deeper in [other for other in self.numbers if other > level]:
            del self.numbers[deeper]
        return self._label(style, level) if shown.form else ""

    def _label(self, style: ListStyle, level: int) -> str:
        def shown(place: re.Match[str]) -> str:
            here = style.levels.get(int(place[1]), NO_LABEL)
            form = FORMATS.get(here.form or "")
            return form(self.numbers.get(int(place[1]), here.start)) if form else ""

        label = PLACE.sub(shown, style.levels[level].pattern).strip()
        return label if any(character.isalnum() for character in label) else ""


@dataclass(slots=True)
class Lists:
    """The lists of a document so far: which of them a further list goes on with."""

    by_id: dict[str | None, Counter] = field(default_factory=dict)
    by_style: dict[str, Counter] = field(default_factory=dict)

    def counter_for(self, element: Element, style: str) -> Counter:
        """The counter of a list that is no part of another."""
        counter = self.by_id.get(element.get(f"{TEXT}continue-list"))
        if counter is None and element.get(f"{TEXT}continue-numbering") == "true":
            counter = self.by_style.get(style)
        counter = counter or Counter()
        self.by_style[style] = counter
        self.by_id[element.get(XML_ID)] = counter
        self.by_id.pop(None, None)
        return counter


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else otherwise
