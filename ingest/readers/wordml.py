"""The text of a WordprocessingML tree as a reader of the page sees it, in order, with the marks in it.

Deleted and hidden text, field codes and the fallback copy of a drawing are left out; inserted text,
hyperlinks, content controls, formulas, watermarks and the choice in a form are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from ingest.marks import raised
from ingest.readers.symbols import symbol

Element = Any  # lxml's; its stubs do not know the classes that python-docx gives its elements

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURE_IN_LINE = f"{PLACED}inline"
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


SPACE_LINES = 5
SPACE_EMU = SPACE_LINES * 12 * 12_700 * 1.2  # of twelve points, a fifth apart


class Mark(Enum):
    """Where a new page begins, and what tells where one may."""

    HARD = auto()  # a break that the author set
    ASKED = auto()  # a paragraph or section that asks to begin on a new page
    ASKED_ODD = auto()  # a section that asks to begin on a page with an odd number
    ASKED_EVEN = auto()
    RENDERED = auto()  # a break that Word remembers from its last lay-out
    BACK = auto()  # the cells of a row stand side by side: a page back from where the one before ended
    POSSIBLE = auto()  # a place where Word would not remember a break
    SPACE = auto()  # a part of a picture, as high as ``SPACE_LINES`` lines of text


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


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart or SmartArt; ``id`` names the relation to the part that holds its texts."""

    id: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the line, so many times ``Mark.SPACE`` high."""

    spaces: int


Token = str | Mark | Note | Box | Drawing | Picture


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


def tokens(element: Element, unseen: Collection[Element] = ()) -> Iterator[Token]:
    """What a paragraph holds, in reading order; ``unseen`` are runs that are known not to show."""
    for child in element:
        token = _token(child)
        if token is not None:
            yield token
        elif child.tag == f"{COMPATIBILITY}AlternateContent":
            yield from tokens(_choice(child), unseen)
        elif child.tag == f"{W}r":
            if child not in unseen and not _is_hidden(child):
                yield from _run(child, unseen)
        elif child.tag not in UNSEEN:
            yield from tokens(child, unseen)


def _run(run: Element, unseen: Collection[Element]) -> Iterator[Token]:
    """What a run holds; digits that it raises are written so."""
    place = run.find(f"{W}rPr/{W}vertAlign")
    is_raised = place is not None and place.get(f"{W}val") == "superscript"
    for token in tokens(run, unseen):
        yield raised(token) if is_raised and isinstance(token, str) and token.strip().isdigit() else token


def plain_text(element: Element, unseen: Collection[Element] = ()) -> str:
    """The text of a paragraph or run without its marks."""
    return "".join(token for token in tokens(element, unseen) if isinstance(token, str))


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
    return _rare_token(child)


def _rare_token(child: Element) -> Token | None:
    if child.tag == f"{W}txbxContent":
        return Box(child)
    if child.tag in (CHART, DIAGRAM):
        return Drawing(child.get(f"{R}id") or child.get(f"{R}dm", ""))
    if child.tag == f"{W}sym":
        return symbol(child.get(f"{W}font", ""), child.get(f"{W}char", ""))
    if child.tag == f"{W}fldChar":
        return _chosen(child)
    if (
        child.tag == PICTURE_IN_LINE
        and (height := child.find(f"{PLACED}extent")) is not None
        and not _holds_text(child)
    ):
        return Picture(round(int(height.get("cy", "0")) / SPACE_EMU))
    return f"\n{child.get('string', '')}\n" if child.tag == WATERMARK else None


def _holds_text(drawing: Element) -> bool:
    return next(drawing.iter(f"{W}txbxContent", CHART, DIAGRAM), None) is not None


def _chosen(field: Element) -> str | None:
    """What is chosen in the drop-down list of a form."""
    options = [entry.get(f"{W}val", "") for entry in field.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    chosen = field.find(f"{W}ffData/{W}ddList/{W}result")
    place = 0 if chosen is None else int(chosen.get(f"{W}val", "0"))
    return options[place] if place < len(options) else None


def _choice(alternate: Element) -> Element:
    """The first of several forms of one thing; the others repeat it for older programs."""
    choice = alternate.find(f"{COMPATIBILITY}Choice")
    return alternate if choice is None else choice


def _is_hidden(run: Element) -> bool:
    return is_on(run.find(f"{W}rPr/{W}vanish"))
