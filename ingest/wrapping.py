"""Which lines belong to one sentence: where a paragraph was only wrapped, and where it ends."""

from __future__ import annotations

import re

from ingest.layout import Gap, Layout, Line

_ENDS = ".;:!?…"
_CLOSERS = "”’\"'»)]"
_OPENERS = "“‘\"'«(["
_JOINER = re.compile(r"(?:[&+/,]|\w[-‐\u00ad])$")
# No sentence ends on these words, and no heading either.
_UNFINISHED = frozenset(
    """de het een van voor en of in op te aan met bij om door naar uit over tot als dat die deze dit zijn haar hun
    onze per tussen binnen volgens tegen zonder onder via vanuit the of and to for""".split()
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:\w\.){2,}|\b(?:art|bv|bijv|blz|ca|dhr|mevr|nr|resp|vgl|zgn|incl|excl|max|min|o\.a))\.?$"
)
_URL = re.compile(r"\W*(?:https?://|www\.)\S+\s*")
MAX_ABBREVIATION_CHARS = 16
_FULL = 0.93  # of the width: with the next word the line would have been too long
_SHORT = 0.6  # of the width: a line that was not wrapped


def is_open(text: str) -> bool:
    """Whether a sentence has not ended at the end of the text."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return not bare.endswith(tuple(_ENDS)) or bool(_ABBREVIATION.search(bare[-MAX_ABBREVIATION_CHARS:]))


def begins_lower(text: str) -> bool:
    """Whether the text starts with a lower-case letter, after quotes, brackets and dashes."""
    return text.lstrip().lstrip(_OPENERS + "–— ")[:1].islower()


def is_unfinished(text: str) -> bool:
    """Whether more must follow: a hyphen, a comma, a preposition stands at the end."""
    bare = text.rstrip()
    last = bare.rsplit(None, 1)[-1:] or [""]
    return bool(_JOINER.search(bare)) or last[0].casefold() in _UNFINISHED


def is_capitals(text: str) -> bool:
    """Whether the text is set in capitals: not just an abbreviation."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 5 and all(character.isupper() for character in letters)


def joins(above: Line, line: Line, layout: Layout, page: int) -> bool:
    """Whether the line goes on with the one above it, given that it starts nothing of its own."""
    if not above.looks_like(line) or is_capitals(above.text) != is_capitals(line.text):
        return is_unfinished(above.text) and begins_lower(line.text) and above.looks_like(line)
    if _URL.fullmatch(above.text) or _URL.fullmatch(line.text):
        return False
    if is_unfinished(above.text) and (is_capitals(line.text) or not above.text.rstrip().endswith(",")):
        return True
    if line.gap is Gap.APART:
        return _joins_apart(above, line, layout)
    if line.gap is Gap.LOOSE:
        return _joins_loose(above, line, layout.width(page, above))
    return _joins_tight(above, line, layout, page)


def _joins_apart(above: Line, line: Line, layout: Layout) -> bool:
    if begins_lower(line.text):
        return is_open(above.text)
    return layout.is_slides and is_unfinished(above.text)


def _joins_loose(above: Line, line: Line, width: float) -> bool:
    full = is_full(above, line, width)
    if begins_lower(line.text):
        return full or is_open(above.text)
    return full and is_open(above.text)


def _joins_tight(above: Line, line: Line, layout: Layout, page: int) -> bool:
    if _counts(above.text, line.text) or not any(character.isalnum() for character in line.text):
        return True
    if begins_lower(line.text) or is_capitals(line.text):
        return is_open(above.text) or above.length >= _SHORT * layout.width(page, above)
    if layout.pads_wrapped_lines and not above.text.endswith(" "):
        return False
    if layout.double_spaced:
        return is_open(above.text) and is_full(above, line, layout.width(page, above))
    if layout.is_slides:
        return is_open(above.text)
    return above.length >= _SHORT * layout.width(page, above)


def _counts(above: str, text: str) -> bool:
    """Whether the text gives the number that the line above announces."""
    return above.rstrip().endswith(":") and text.strip()[:1].isdigit()


def is_full(above: Line, line: Line, width: float) -> bool:
    """Whether the next word would not have fitted on the line above."""
    first_word = line.text.split(None, 1)[0] if line.text.strip() else ""
    return above.length + 1 + len(first_word) >= _FULL * width
