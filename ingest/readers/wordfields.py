"""The fields of a Word document: which parts are instructions to Word, and which paragraphs a table of contents made.

A field runs from its begin over its separator to its end, over paragraphs too: before the separator stands the
instruction, after it what a reader sees. Fields stand in one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.readers.wordml import Element, W

CONTENTS = re.compile(r"\s*TOC\b", re.I)
PAGE_NUMBERS = re.compile(r"\s*PAGE\b", re.I)  # another number on each page


@dataclass(slots=True)
class _Open:
    """A field whose end has not been reached."""

    instruction: str = ""
    shows: bool = False

    @property
    def is_contents(self) -> bool:
        return bool(CONTENTS.match(self.instruction))

    @property
    def is_unseen(self) -> bool:
        return not self.shows or bool(PAGE_NUMBERS.match(self.instruction))


@dataclass(slots=True)
class Fields:
    """What fields say of the elements of a document: ``unseen`` are runs whose text is no text of the page."""

    unseen: set[Element] = field(default_factory=set)
    contents: set[Element] = field(default_factory=set)

    @classmethod
    def of(cls, roots: Iterable[Element]) -> Fields:
        """The fields under these elements: a body, the notes, headers and footers."""
        found = cls()
        for root in roots:
            found._follow(root)
        return found

    def _follow(self, root: Element) -> None:
        opened: list[_Open] = []
        for element in root.iter(f"{W}p", f"{W}r", f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
            if element.tag == f"{W}fldChar":
                _turn(opened, element.get(f"{W}fldCharType"))
            elif element.tag == f"{W}instrText" and opened and not opened[-1].shows:
                opened[-1].instruction += element.text or ""
            elif element.tag == f"{W}fldSimple" and PAGE_NUMBERS.match(element.get(f"{W}instr", "")):
                self.unseen.update(element.iter(f"{W}r"))
            elif element.tag == f"{W}r" and any(one.is_unseen for one in opened):
                self.unseen.add(element)
            if element.tag in (f"{W}p", f"{W}r") and any(one.is_contents for one in opened):
                self.contents.add(element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), element))


def _turn(opened: list[_Open], kind: str | None) -> None:
    if kind == "begin":
        opened.append(_Open())
    elif opened and kind == "separate":
        opened[-1].shows = True
    elif opened and kind == "end":
        opened.pop()
