"""How the headings of a document stand under one another: numbers say it first, then type.

Headings with a number ("3.2.1") or a name ("Hoofdstuk 2") are as deep as that says. Others in the same type stand
beside them; in other type they stand where their size puts them among the numbered ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

Rank = tuple[float, ...]

NAME_RANKS = {
    "bijlage": 0.5,
    "annex": 0.5,
    "boek": 1,
    "deel": 2,
    "titel": 3,
    "hoofdstuk": 4,
    "afdeling": 5,
    "onderafdeling": 6,
}
ARTICLE_RANK = 30
ANNEX: Rank = (NAME_RANKS["annex"],)
_LETTER_STEP = 5.0  # "(a)" is deeper than "1", less deep than "1.1"

_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[“‘\"']?[A-ZÀ-Þ]")
_LETTERED = re.compile(r"\s*(?:\([a-z]\)|[a-z]\))\s+\S")
NAMED = re.compile(
    r"\s*(?P<name>deel|boek|titel|hoofdstuk|afdeling|onderafdeling|artikel|art\.|bijlage|annex)\s+"
    r"(?:\d+|[IVX]+|[A-Z])\b\s*(?:[:.–-]|$|(?-i:[A-Z]))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A heading in a format that tells type: size in points, to the half, and weight."""

    text: str
    size: float
    bold: bool

    @property
    def style(self) -> Rank:
        """Smaller for larger and for bolder type."""
        return (-self.size, float(not self.bold))

    @property
    def depth(self) -> float:
        """How deep its number says; an annex is as deep as its type says."""
        found = depth(self.text)
        return 0.0 if found in ANNEX else found


def depth(text: str) -> float:
    """How deep a title stands by its number or name; 0 when it has none."""
    if named := NAMED.match(text):
        return NAME_RANKS.get(named["name"].lower(), ARTICLE_RANK)
    numbered = _NUMBERED.match(text)
    return 10 * (numbered["number"].count(".") + 1) + 1 if numbered else 0


def typed_ranks(headings: Sequence[Typed]) -> list[Rank]:
    """The rank of each heading, in order of the text: equal for headings of one level, smaller for higher ones.

    Titles before the first number (of the document, of its preface) stand beside the highest of the numbered ones.
    """
    by_style: defaultdict[Rank, list[float]] = defaultdict(list)
    by_depth: defaultdict[float, list[Rank]] = defaultdict(list)
    for heading in headings:
        if heading.depth:
            by_style[heading.style].append(heading.depth)
            by_depth[heading.depth].append(heading.style)
    styles = {found: median_low(given) for found, given in by_depth.items()}
    first = next((place for place, heading in enumerate(headings) if heading.depth), 0)
    later = {heading.style for heading in headings[first:]}
    ranks: list[Rank] = []
    for place, heading in enumerate(headings):
        if styles and place < first and heading.style not in later:
            ranks.append((min(styles),))
        else:
            ranks.append(_rank(heading, by_style, styles))
    return ranks


def _rank(heading: Typed, by_style: dict[Rank, list[float]], styles: dict[float, Rank]) -> Rank:
    if heading.depth:
        return (heading.depth,)
    if beside := by_style.get(heading.style):
        return (max(beside) + _LETTER_STEP,) if _LETTERED.match(heading.text) else (min(beside),)
    above = max((found for found, style in styles.items() if style < heading.style), default=0.0)
    return (above, 1.0, *heading.style)
