"""Acronyms that a document explains itself: "Provinciaal Overlegforum (POF)".

The pairing of letters follows A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 2003. Two capitals or more are required: in Dutch
policy texts, short words in brackets are mostly no acronyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.types import Document, Span

_BRACKETS = re.compile(r"\(([A-Z][\w&-]{1,9})\)")
_MAX_LONG_CHARS = 120


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and what it stands for; ``span`` holds both, as they stand in the document."""

    short: str
    long: str
    span: Span


def acronyms(document: Document) -> tuple[Acronym, ...]:
    """The acronyms that the document explains, each at the first place where it does."""
    first: dict[str, Acronym] = {}
    for found in _pairs(document):
        first.setdefault(found.short, found)
    return tuple(first.values())


def _pairs(document: Document) -> Iterator[Acronym]:
    for block in document.blocks:
        if not block.kind.is_content:
            continue
        text = document.text[block.start : block.end]
        for match in _BRACKETS.finditer(text):
            start = _long_form_start(match[1], text[: match.start()].rstrip())
            if start is not None:
                long = " ".join(text[start : match.start()].split())
                yield Acronym(match[1], long, Span(block.start + start, block.start + match.end()))


def _long_form_start(short: str, before: str) -> int | None:
    """Where the long form begins: letters of the acronym matched from right to left, the first at a word's
    start. None when they do not match, or when what lies between is no name.
    """
    letters = [character.lower() for character in short if character.isalnum()]
    if sum(character.isupper() for character in short) < 2:
        return None
    position = len(before)
    for index in range(len(letters) - 1, -1, -1):
        position = _letter_before(before, letters[index], position, at_word_start=index == 0)
        if position < 0:
            return None
    long = before[position:]
    is_name = len(long) > len(short) and len(long) <= _MAX_LONG_CHARS and not re.search(r"[(),;:]|\. ", long)
    return position if is_name and len(long.split()) <= len(letters) + 4 else None


def _letter_before(text: str, letter: str, position: int, *, at_word_start: bool) -> int:
    lowered = text.lower()
    while (position := lowered.rfind(letter, 0, position)) >= 0:
        if not at_word_start or position == 0 or not text[position - 1].isalnum():
            return position
    return -1
