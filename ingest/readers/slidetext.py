"""The paragraphs of a slide's shapes: their text, and the bullets or numbers that PowerPoint shows before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ingest.marks import raised
from ingest.raw import RawBlock
from ingest.readers.numerals import letter, roman
from ingest.types import BlockKind

Element = Any  # lxml's

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BULLETS = (f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip")
SCHEME = re.compile(r"(arabic|romanUc|romanLc|alphaUc|alphaLc)?\w*?(Period|ParenR|ParenBoth|Minus)?$")
COUNTS: dict[str, Callable[[int], str]] = {
    "romanUc": lambda number: roman(number).upper(),
    "romanLc": roman,
    "alphaUc": lambda number: letter(number).upper(),
    "alphaLc": letter,
}
FORMS = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Minus": "- {} -"}

Looks = Callable[[Element], Sequence[Element]]  # what says how a paragraph looks, the nearest first


def text_of(paragraph: Element) -> str:
    """The text of an ``a:p``: runs, fields, formulas and line breaks; raised digits as such."""
    return "".join(_pieces(paragraph))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{A}r", f"{A}fld"):
            yield _run(child)
        elif child.tag == f"{A}br":
            yield "\n"
        elif child.tag == MATH_TEXT:
            yield child.text or ""
        elif child.tag == f"{COMPATIBILITY}AlternateContent":
            yield from _pieces(child[0] if len(child) else child)
        elif child.tag not in (f"{A}pPr", f"{A}endParaRPr"):
            yield from _pieces(child)


def _run(run: Element) -> str:
    text = run.findtext(f"{A}t") or ""
    properties = run.find(f"{A}rPr")
    is_raised = properties is not None and not properties.get("baseline", "0").startswith(("0", "-"))
    return raised(text) if is_raised and text.strip().isdigit() else text


def blocks_of(paragraphs: Sequence[Element], looks: Looks) -> Iterator[RawBlock]:
    """The paragraphs of a shape as text and list items."""
    counted: dict[int, tuple[str, int]] = {}  # by level: how the list counts, and how far it has come
    for paragraph in paragraphs:
        text = text_of(paragraph)
        if not any(character.isalnum() for character in text):
            continue
        level, bullet = level_of(paragraph), _bullet(looks(paragraph))
        label = _label(bullet, level, counted)
        if bullet is None:
            yield RawBlock(BlockKind.PARAGRAPH, text)
        else:
            yield RawBlock(BlockKind.LIST_ITEM, f"{label}{text}", level)


def level_of(paragraph: Element) -> int:
    """The depth of a paragraph, from 0."""
    properties = paragraph.find(f"{A}pPr")
    return 0 if properties is None else int(properties.get("lvl", "0"))


def _bullet(properties: Sequence[Element]) -> Element | None:
    """The bullet or number that is shown before a paragraph."""
    for place in properties:
        for child in place:
            if child.tag == f"{A}buNone":
                return None
            if child.tag in BULLETS:
                return child
    return None


def _label(bullet: Element | None, level: int, counted: dict[int, tuple[str, int]]) -> str:
    """The number before a paragraph, with a space. Counts on in a list of the same kind and level that was not left."""
    for deeper in [other for other in counted if other > level]:
        del counted[deeper]
    if bullet is None or bullet.tag != f"{A}buAutoNum":
        counted.pop(level, None)
        return ""
    kind, start = bullet.get("type", "arabicPlain"), int(bullet.get("startAt", "1"))
    key = f"{kind} {start}"
    number = counted[level][1] + 1 if level in counted and counted[level][0] == key else start
    counted[level] = (key, number)
    scheme = SCHEME.match(kind)
    count, form = scheme.groups() if scheme else (None, None)
    return FORMS.get(form or "", "{}").format(COUNTS.get(count or "", str)(number)) + " "
