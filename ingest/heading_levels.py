"""How the headings of a document stand under one another: its outline says it first, then numbers, then type.

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
MIN_TOLD, TOLD_SHARE = 2, 1 / 3  # of the headings: so many have their level from the file itself
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
    """A heading in a format that tells type: size in points, to the half, and weight. ``told`` is the level that the
    file itself gives it, 0 for none.
    """

    text: str
    size: float
    bold: bool
    told: int = 0

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

    Titles before the first that the file tells, or else that has a number (those of the document, of its preface),
    stand beside the highest of these.
    """
    told = [heading for heading in headings if heading.told]
    is_told = len(told) >= max(MIN_TOLD, TOLD_SHARE * len(headings))
    ranked = [_told_rank(heading, told) for heading in headings] if is_told else _numbered_ranks(headings)
    sure = [place for place, heading in enumerate(headings) if (heading.told if is_told else heading.depth)]
    if not sure:
        return ranked
    later = {heading.style for heading in headings[sure[0] :]}
    top = min(ranked[place] for place in sure)
    before = [top if heading.style not in later else rank for heading, rank in zip(headings, ranked, strict=True)]
    return [*before[: sure[0]], *ranked[sure[0] :]]


def _numbered_ranks(headings: Sequence[Typed]) -> list[Rank]:
    """The ranks that numbers give, and by these type."""
    by_style: defaultdict[Rank, list[float]] = defaultdict(list)
    by_depth: defaultdict[float, list[Rank]] = defaultdict(list)
    for heading in headings:
        if heading.depth:
            by_style[heading.style].append(heading.depth)
            by_depth[heading.depth].append(heading.style)
    styles = {found: median_low(given) for found, given in by_depth.items()}
    return [_rank(heading, by_style, styles) for heading in headings]


def _rank(heading: Typed, by_style: dict[Rank, list[float]], styles: dict[float, Rank]) -> Rank:
    if heading.depth:
        return (heading.depth,)
    if beside := by_style.get(heading.style):
        return (max(beside) + _LETTER_STEP,) if _LETTERED.match(heading.text) else (min(beside),)
    above = max((found for found, style in styles.items() if style < heading.style), default=0.0)
    return (above, 1.0, *heading.style)


def _told_rank(heading: Typed, told: Sequence[Typed]) -> Rank:
    """The level that the file tells; where it does not, beside the headings with as many numbers or else in the same
    type, under those with fewer numbers or in larger type.
    """
    if heading.told:
        return (heading.told,)
    if heading.depth:
        beside = [other.told for other in told if other.depth == heading.depth]
        nearest = max((other.depth for other in told if 0 < other.depth < heading.depth), default=None)
        above = [other.told for other in told if other.depth == nearest]
    else:
        beside = [other.told for other in told if other.style == heading.style]
        above = [max((other.told for other in told if other.style < heading.style), default=0)]
    under = [level + 1 for level in above]
    return (median_low(beside or under or [min(other.told for other in told)]),)
