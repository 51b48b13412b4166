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

_SHORT = r"[A-Z][\w&-]{1,9}"
_OPEN, _CLOSE = "[“\"'‘„]?", "[”\"'’]?"
# Where the two forms meet. What stands before ``short`` or in ``long`` is the long form, if its letters agree.
_AFTER_LONG = re.compile(
    rf",? ?\((?:hierna:? ?)?{_OPEN}(?P<short>{_SHORT}?)(?:[’']s)?{_CLOSE}\)"  # Provinciaal Overlegforum (POF)
    rf"| of [“\"‘](?P<quoted>{_SHORT})[”\"’]"  # Data Protection Impact Assessment of “DPIA”
    rf"|(?<=[a-zà-ÿ]), (?P<listed>{_SHORT})\)"  # (Temporary Exposure Key, TEK)
)
_BEFORE_LONG = re.compile(
    rf"\b(?P<short>{_SHORT})(?: \((?P<bracketed>[^()]{{6,120}})\)"  # POF (Provinciaal Overlegforum)
    r"|(?: staat voor|:) (?:de |het )?(?P<named>[^():;.]{6,120}))"  # POF staat voor Provinciaal Overlegforum
)
_MAX_LONG_CHARS = 120
MAX_SKIPPED_WORDS = 2


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
        if block.kind.is_content:
            text = document.text[block.start : block.end]
            for short, span, whole in sorted(_matches(text), key=lambda match: match[2].start):
                long = " ".join(text[span.start : span.end].split())
                yield Acronym(short, long, Span(block.start + whole.start, block.start + whole.end))


def _matches(text: str) -> Iterator[tuple[str, Span, Span]]:
    """Acronym, where its long form stands, and where both stand."""
    for match in _AFTER_LONG.finditer(text):
        short = (match["short"] or match["quoted"] or match["listed"]).removesuffix("-en")  # "GGD-en"
        before = text[: match.start()].rstrip()
        start = _long_form_start(short, before)
        if start is not None:
            yield short, Span(start, len(before)), Span(start, match.end())
    for match in _BEFORE_LONG.finditer(text):
        name = "bracketed" if match["bracketed"] else "named"
        end = _long_form_end(match["short"], match[name])
        if end is not None:
            yield match["short"], Span(match.start(name), match.start(name) + end), Span(match.start(), match.end())


def _long_form_end(short: str, after: str) -> int | None:
    """Where a long form that begins here ends: each letter of the acronym opens one of its words, in order, with at
    most two small words between. None when they do not.
    """
    letters = [character.lower() for character in short if character.isalpha()]
    if sum(character.isupper() for character in short) < 2:
        return None
    end, skipped = 0, 0
    for word in re.finditer(r"[^\W\d_]+", after):
        if not letters:
            break
        if word[0][0].lower() == letters[0]:
            letters.pop(0)
            end, skipped = word.end(), 0
        elif end == 0 or (skipped := skipped + 1) > MAX_SKIPPED_WORDS:
            return None
    return end if not letters and end > len(short) else None


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
    is_name = len(long) > len(short) and len(long) <= _MAX_LONG_CHARS and not re.search(r"[(),;:/\d]|\. ", long)
    return position if is_name and len(long.split()) <= len(letters) + 4 else None


def _letter_before(text: str, letter: str, position: int, *, at_word_start: bool) -> int:
    lowered = text.lower()
    while (position := lowered.rfind(letter, 0, position)) >= 0:
        if not at_word_start or position == 0 or not text[position - 1].isalnum():
            return position
    return -1
