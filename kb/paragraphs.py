"""The paragraphs and lists of a statement: its text has items and table rows on lines of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^[-*•–▪◦]\s+")
_NUMBER = re.compile(r"^\(?\w{1,3}[.)]\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one line, or a list. The items of a ``numbered`` list hold their own numbers."""

    lines: tuple[str, ...]
    is_list: bool = False
    numbered: bool = False


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, without empty ones; bullets are left out, numbers stay."""
    written = (_lines(paragraph) for paragraph in _PARAGRAPH_END.split(text))
    return tuple(_paragraph(lines) for lines in written if lines)


def _lines(paragraph: str) -> list[str]:
    return [line.strip() for line in paragraph.splitlines() if line.strip()]


def _paragraph(lines: list[str]) -> Paragraph:
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        return Paragraph(tuple(lines))
    items = tuple(_BULLET.sub("", line) for line in lines)
    return Paragraph(items, is_list=True, numbered=bool(_NUMBER.match(lines[0])))
