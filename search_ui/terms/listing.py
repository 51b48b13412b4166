"""Which terms are wanted, and the letters under which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from kb.glossary.collecting import holds
from kb.glossary.types import Term, TermKind, folded

MOST_ON_ONE_PAGE = 40  # more are shown a letter at a time
OTHER = "0-9"  # the heading of what begins with no letter
EVERY = "*"  # asked as a letter: all of them


class Shown(StrEnum):
    """Which terms to show: the value of "soort" in the address."""

    ALL = ""
    ACRONYMS = "afkorting"
    CONCEPTS = "begrip"
    OWN = "eigen"
    HIDDEN = "verborgen"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to see: terms that hold some words, of a kind, under a letter."""

    query: str = ""
    shown: Shown = Shown.ALL
    letter: str = ""

    @property
    def values(self) -> dict[str, str]:
        """As parameters of an address, without the letter."""
        return {"zoek": self.query, "soort": self.shown.value}


def wish_of(parameters: Mapping[str, str]) -> Wish:
    """What an address asks for; what it says that is not known asks nothing."""
    shown = parameters.get("soort", "")
    return Wish(
        query=" ".join(parameters.get("zoek", "").split())[:100],
        shown=Shown(shown) if shown in set(Shown) else Shown.ALL,
        letter=parameters.get("letter", "")[:3],
    )


def wanted(terms: Iterable[Term], wish: Wish) -> tuple[Term, ...]:
    """The terms of a wish, whatever their letter: those whose name or meaning holds its words."""
    return tuple(term for term in terms if _is_shown(term, wish.shown) and holds(term, wish.query))


def _is_shown(term: Term, shown: Shown) -> bool:
    if term.hidden or shown is Shown.HIDDEN:
        return term.hidden and shown is Shown.HIDDEN
    if shown is Shown.OWN:
        return term.told_by_person is not None
    return shown is Shown.ALL or (term.kind is TermKind.ACRONYM) == (shown is Shown.ACRONYMS)


def by_letter(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """The terms under the letter with which they begin, both in order."""
    ordered = sorted(terms, key=lambda term: (letter_of(term), folded(term.name)))
    return {letter: list(under) for letter, under in groupby(ordered, letter_of)}


def letter_of(term: Term) -> str:
    """The letter under which a term stands."""
    first = folded(term.name)[:1]
    return first.upper() if first.isalpha() else OTHER


def chosen_letter(letters: Mapping[str, Sequence[Term]], wish: Wish) -> str | None:
    """The one letter to show where there are too many terms for one page; None where all can be, or are wanted."""
    if wish.letter == EVERY or is_short(letters):
        return None
    return wish.letter if wish.letter in letters else next(iter(letters))


def is_short(letters: Mapping[str, Sequence[Term]]) -> bool:
    """Whether all terms are shown at once without being asked."""
    return sum(map(len, letters.values())) <= MOST_ON_ONE_PAGE
