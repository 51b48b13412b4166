"""The text of a WordprocessingML tree as a reader of the page sees it, in order, with the marks in it.

Deleted and hidden text, field codes and the fallback copy of a drawing are left out; inserted text,
hyperlinks, content controls and formulas are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

Element = Any  # lxml's; its stubs do not know the classes that python-docx gives its elements

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

UNSEEN = {
    f"{W}{name}"
    for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr")
}
WRAPPERS = {f"{W}{name}" for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo")}
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class Mark(Enum):
    """Where a new page begins."""

    HARD = auto()  # a break that the author set
    ASKED = auto()  # a paragraph or section that asks to begin on a new page
    RENDERED = auto()  # a break that Word remembers from its last lay-out


@dataclass(frozen=True, slots=True)
class Note:
    """A reference to a footnote or endnote; ``shows_number`` unless its author typed a mark of his own."""

    kind: str
    id: str
    shows_number: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Box:
    """A text box that is anchored in a paragraph."""

    element: Element


Token = str | Mark | Note | Box


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``w:b`` is there and not set to off."""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def style_of(element: Element, name: str) -> str | None:
    """The style id that a paragraph (``pStyle``) or run (``rStyle``) names in its properties."""
    found = element.find(f"{W}{name[0]}Pr/{W}{name}")
    return None if found is None else str(found.get(f"{W}val"))


def flattened(container: Element) -> Iterator[Element]:
    """The children of a container; content controls and other wrappers give way to what is in them."""
    for child in container:
        if child.tag == f"{W}sdt" or child.tag in WRAPPERS:
            yield from flattened(child)
        elif child.tag == f"{COMPATIBILITY}AlternateContent":
            yield from flattened(_choice(child))
        elif child.tag not in UNSEEN:
            yield child


def tokens(element: Element) -> Iterator[Token]:
    """What a paragraph holds, in reading order."""
    for child in element:
        token = _token(child)
        if token is not None:
            yield token
        elif child.tag == f"{COMPATIBILITY}AlternateContent":
            yield from tokens(_choice(child))
        elif child.tag not in UNSEEN and not (child.tag == f"{W}r" and _is_hidden(child)):
            yield from tokens(child)


def plain_text(element: Element) -> str:
    """The text of a paragraph or run without its marks."""
    return "".join(token for token in tokens(element) if isinstance(token, str))


def _token(child: Element) -> Token | None:
    if child.tag in (f"{W}t", MATH_TEXT):
        return child.text or ""
    if child.tag in CHARACTERS:
        return CHARACTERS[child.tag]
    if child.tag == f"{W}br":
        return Mark.HARD if child.get(f"{W}type") == "page" else "\n"
    if child.tag == f"{W}lastRenderedPageBreak":
        return Mark.RENDERED
    if child.tag in NOTES:
        own_mark = child.get(f"{W}customMarkFollows", "0") in ("1", "true", "on")
        return Note(NOTES[child.tag], child.get(f"{W}id", ""), shows_number=not own_mark)
    return Box(child) if child.tag == f"{W}txbxContent" else None


def _choice(alternate: Element) -> Element:
    """The first of several forms of one thing; the others repeat it for older programs."""
    choice = alternate.find(f"{COMPATIBILITY}Choice")
    return alternate if choice is None else choice


def _is_hidden(run: Element) -> bool:
    return is_on(run.find(f"{W}rPr/{W}vanish"))
