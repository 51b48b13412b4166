"""What titles look like in words: short, no sentence, no address, no salutation."""

from __future__ import annotations

import re

from ingest.heading_levels import NAMED
from ingest.wrapping import begins_lower, is_open, is_unfinished

MAX_HEADING_CHARS = 150
MAX_SHORT_CHARS = 80
MAX_SHORT_WORDS = 10
_ADDRESSES_SOMEONE = re.compile(r"\s*(?:geachte|beste|mevrouw|mijnheer|de heer|hoogachtend|met vriendelijke)\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"@|https?://|www\.")
_NO_TITLE = re.compile(r"^\s*[—–-]|[:,;]\s*$")
COUNTED = re.compile(r"(?P<word>[A-ZÀ-Þ][^\W\d]{3,})\s(?P<number>\d{1,2})\s?[:.–—-]\s*\S")


def is_title(text: str) -> bool:
    """Whether the text has the form of a title: short, and not a sentence."""
    if len(text) > MAX_HEADING_CHARS or not has_words(text) or is_unfinished(text) or _ADDRESS.search(text):
        return False
    return is_open(text) or text.endswith("?") or bool(NAMED.fullmatch(text))


def is_short_title(text: str) -> bool:
    """Whether the text has the form of a title by itself, whatever stands around it."""
    if len(text) > MAX_SHORT_CHARS or len(text.split()) > MAX_SHORT_WORDS or not is_title(text):
        return False
    if begins_lower(text) or _NO_TITLE.search(text) or _ADDRESSES_SOMEONE.match(text):
        return False
    return text[:1].isalpha() or text[:1] in "“‘\"'"


def has_words(text: str) -> bool:
    """Whether there is a word in it, not just numbers and abbreviations."""
    return bool(_WORD.search(text))
