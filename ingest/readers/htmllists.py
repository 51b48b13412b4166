"""The numbers that a browser shows before the items of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.numerals import roman

Element = Any  # lxml's

LISTS = {"ul", "ol", "menu", "dl"}
NUMBER = re.compile(r"\s*(-?\d{1,9})")
NO_MARKS = re.compile(r"list-style(?:-type)?\s*:\s*none")
UNMARKED_CLASS = re.compile(r"(?:^|\s)(?:\S*unstyled|list-none|list-inline|no-bullets?|breadcrumbs?)(?=\s|$)")


@dataclass(slots=True)
class OpenList:
    """A list whose items are being read; ``next`` is the number of the next item, None in a list without numbers."""

    next: int | None = None
    step: int = 1
    form: str = "1"

    @classmethod
    def of(cls, element: Element) -> OpenList:
        """A list as its element describes it."""
        if element.tag != "ol" or _is_unmarked(element):
            return cls()
        start = _number(element.get("start"))
        if element.get("reversed") is None:
            return cls(1 if start is None else start, 1, element.get("type") or "1")
        items = sum(child.tag == "li" for child in element)
        return cls(items if start is None else start, -1, element.get("type") or "1")

    def label(self, item: Element) -> str:
        """What stands before an item, with a space; "" for a bullet. Counts on."""
        if self.next is None:
            return ""
        value = _number(item.get("value"))
        number = self.next if value is None else value
        self.next = number + self.step
        return f"{_written(number, self.form)}. "


def _is_unmarked(element: Element) -> bool:
    style, names = element.get("style") or "", (element.get("class") or "").lower()
    return bool(NO_MARKS.search(style.lower()) or UNMARKED_CLASS.search(names))


def _number(value: str | None) -> int | None:
    found = NUMBER.match(value or "")
    return int(found[1]) if found else None


def _written(number: int, form: str) -> str:
    if number < 1:
        return str(number)
    if form in ("i", "I"):
        return roman(number).upper() if form == "I" else roman(number)
    if form in ("a", "A"):
        return _letters(number).upper() if form == "A" else _letters(number)
    return str(number)


def _letters(number: int) -> str:
    """A number in letters: z, aa, ab."""
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("a") + place) + written
    return written
