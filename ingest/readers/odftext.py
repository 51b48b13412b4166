"""The text of an OpenDocument paragraph as a reader of the page sees it, in order, with the marks in it.

Deleted and hidden text and comments are left out; fields and formulas are kept as they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.marks import raised
from ingest.readers.odf import DRAW, MATH, OFFICE, TABLE, TEXT
from ingest.readers.odfcharts import chart_in
from ingest.readers.odfstyles import Styles
from ingest.readers.safexml import Element
from ingest.readers.wordml import Mark

MOST_SPACES = 100
WHITE_SPACE = re.compile(r"[ \t\r\n]+")
UNFILLED_FIELD = re.compile(r"<[^<>]*>")  # "<number>" stands for the number of the slide

UNSEEN = {f"{TEXT}{name}" for name in ("tracked-changes", "ruby-text", "script", "number")}
UNSEEN |= {f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "event-listeners")}
HIDING = {f"{TEXT}{name}" for name in ("hidden-text", "variable-set", "variable-get", "user-field-get", "expression")}
PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h"}
HELD = {*PARAGRAPHS, f"{TEXT}list", f"{TABLE}table"}
MATH_WORDS = {f"{MATH}{name}" for name in ("mi", "mn", "mo", "mtext", "ms")}


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: its mark and its body."""

    mark: str
    body: Element


@dataclass(frozen=True, slots=True)
class Box:
    """Something drawn that holds paragraphs or tables."""

    element: Element


Token = str | Mark | Note | Box


@dataclass(frozen=True, slots=True)
class Inline:
    """Reads what stands in paragraphs, given the styles and a way to the formulas."""

    styles: Styles
    embedded: Callable[[Element], Element | None]

    def tokens(self, paragraph: Element) -> Iterator[Token]:
        """What a paragraph holds, in reading order; nothing of one that is hidden."""
        if not self._is_hidden(paragraph):
            yield _spaced(paragraph.text)
            yield from self._children(paragraph)

    def runs(self, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        """The texts of a paragraph, each with the span that says how it looks."""
        yield None, paragraph.text or ""
        for child in paragraph:
            if child.tag == f"{TEXT}span":
                yield child, "".join(self._strings(child))
            yield None, child.tail or ""

    def plain_text(self, paragraph: Element) -> str:
        """The text of a paragraph without its marks."""
        return "".join(token for token in self.tokens(paragraph) if isinstance(token, str))

    def boxes(self, drawing: Element) -> Iterator[Box]:
        """What holds paragraphs in a drawing: a text box, a shape, a chart, each member of a group."""
        if drawing.tag == f"{DRAW}text-box" or any(child.tag in HELD for child in drawing):
            yield Box(drawing)
        elif drawing.tag == f"{DRAW}object":
            chart = chart_in(self.embedded(drawing))
            yield from () if chart is None else [Box(chart)]
        elif drawing.tag.startswith(DRAW):
            for child in drawing:
                yield from self.boxes(child)

    def _strings(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        yield from (token for token in self._children(element) if isinstance(token, str))

    def _children(self, element: Element) -> Iterator[Token]:
        for child in element:
            if child.tag not in UNSEEN:
                yield from self._token(child)
            yield _spaced(child.tail)

    def _token(self, child: Element) -> Iterator[Token]:
        if child.tag == f"{TEXT}s":
            yield " " * min(_count(child), MOST_SPACES)
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag == f"{TEXT}soft-page-break":
            yield Mark.RENDERED
        elif child.tag == f"{TEXT}note":
            yield from _note(child)
        elif child.tag.startswith(DRAW):
            yield from self._drawing(child)
        elif not self._is_hidden(child) and not UNFILLED_FIELD.fullmatch(child.text or ""):
            yield _spaced(child.text)
            yield from self._children(child)

    def _drawing(self, drawing: Element) -> Iterator[Token]:
        if drawing.tag == f"{DRAW}a":  # a link around a picture, or around text
            yield from self._children(drawing)
            return
        yield from self.boxes(drawing)
        for part in drawing.findall(f"{DRAW}object"):
            root = self.embedded(part)
            if root is not None and root.tag.startswith(MATH):
                yield from (word.text or "" for word in root.iter() if word.tag in MATH_WORDS)

    def _is_hidden(self, element: Element) -> bool:
        if element.tag in PARAGRAPHS:
            fields = element.iter(f"{TEXT}hidden-paragraph")
            is_switched_off = any(field.get(f"{TEXT}is-hidden") == "true" for field in fields)
            return is_switched_off or self.styles.is_hidden(element, "paragraph")
        if element.tag in HIDING:
            return element.get(f"{TEXT}is-hidden") == "true" or element.get(f"{TEXT}display") == "none"
        return element.tag == f"{TEXT}span" and self.styles.is_hidden(element, "text")


def _note(element: Element) -> Iterator[Token]:
    """The mark of a note, raised as the page shows it, and the note."""
    citation, body = element.find(f"{TEXT}note-citation"), element.find(f"{TEXT}note-body")
    mark = raised("".join(() if citation is None else citation.itertext()).strip())
    yield mark
    if body is not None:
        yield Note(mark, body)


def _count(element: Element) -> int:
    count = element.get(f"{TEXT}c", "1")
    return int(count) if count.isdecimal() and len(count) < 10 else 1


def _spaced(text: str | None) -> str:
    """White space as OpenDocument means it: any of it is one space."""
    return WHITE_SPACE.sub(" ", text or "")
