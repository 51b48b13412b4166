"""Other words for those of a question: what also counts as held where a text says it differently."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class ExpansionKind(StrEnum):
    """Where the other words come from."""

    ACRONYM = "acronym"
    THESAURUS = "thesaurus"
    SPELLING = "spelling"
    COMPOUND = "compound"
    TRANSLATION = "translation"


# Other forms of the same name. Another word of the thesaurus names something else, if only by a shade.
_SAME_NAME = (ExpansionKind.ACRONYM, ExpansionKind.SPELLING, ExpansionKind.COMPOUND, ExpansionKind.TRANSLATION)


MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Expansion:
    """A text that holds all of ``stems`` holds ``share`` of a term of the question, from 0 to 1.

    ``term`` is a stem, ``word`` what the question writes for it and ``label`` what was looked for beside it, as people
    read them.
    """

    term: str
    stems: tuple[str, ...]
    share: float
    kind: ExpansionKind
    word: str
    label: str


def also_sought(expansions: Iterable[Expansion]) -> tuple[str, ...]:
    """What was looked for beside the question's own words, each once, the likeliest first, for a person to read."""
    ranked = sorted(expansions, key=lambda expansion: -expansion.share)
    return tuple(dict.fromkeys(expansion.label for expansion in ranked))[:MOST_SHOWN]


def names_it(expansions: Iterable[Expansion], term: str, held: Collection[str]) -> bool:
    """Whether a text with these stems has another form of a name."""
    return any(
        expansion.term == term and expansion.kind in _SAME_NAME and all(one in held for one in expansion.stems)
        for expansion in expansions
    )
