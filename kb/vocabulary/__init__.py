"""Words that ship: which stems are Dutch, what English words are in Dutch, how people write what they say.

``dutch-stems.txt.xz`` and ``english-dutch.tsv`` are made by ``python -m kb.vocabulary`` (see PROVENANCE.md);
``field.tsv``, ``names.tsv`` and ``spoken.tsv`` are written by hand.
"""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files

from kb.analysis import stem
from kb.compounds import MIN_PART_CHARS, split

DUTCH, TRANSLATIONS, FIELD = "dutch-stems.txt.xz", "english-dutch.tsv", "field.tsv"
NAMES, SPOKEN = "names.tsv", "spoken.tsv"

_PREFIXES = "aan achter af be bij door her in mee na om ont op over samen toe uit ver voor weg".split()


@cache
def dutch_stems() -> frozenset[str]:
    """Stems of Dutch words: enough to tell a rare word from a typing error."""
    return frozenset(lzma.decompress(files(__name__).joinpath(DUTCH).read_bytes()).decode().split())


@cache
def translations() -> dict[str, tuple[str, ...]]:
    """English words with Dutch ones, the likeliest first."""
    return {english: tuple(dutch.split()) for table in (TRANSLATIONS, FIELD) for english, dutch in _pairs(table)}


@cache
def names() -> dict[str, str]:
    """English names of places and institutions, lower case, with the Dutch ones."""
    return dict(_pairs(NAMES))


@cache
def spoken() -> dict[str, str]:
    """How people write what they say, with how documents do: "wa" is "wat"."""
    return dict(_pairs(SPOKEN))


def is_dutch(word: str) -> bool:
    """Whether a word is one that Dutch has, or is made of two of them, or of one with a prefix."""
    if _has_stem(word):
        return True
    prefixed = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
    return any(len(rest) >= MIN_PART_CHARS and _has_stem(rest) for rest in prefixed) or bool(split(word, _has_stem))


def _has_stem(word: str) -> bool:
    return stem(word) in dutch_stems()


def _pairs(name: str) -> list[tuple[str, str]]:
    lines = files(__name__).joinpath(name).read_text("utf8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(first, second) for first, second in pairs]
