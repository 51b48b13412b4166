"""How well one word of a text stands for another: as a part of a compound, or with an error in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field

COMPOUND_SHARE = 0.6  # the text has a longer word: the question's "plek" in "werkplek"
TYPO_SHARE = 0.6  # nearly the same word: "succesfactor" for "successfactor"
PART_SHARE = 0.3  # the text has only a part of the question's word: "termijn" for "opzegtermijn"
MIN_COMPOUND_CHARS = 4
MIN_TYPO_CHARS = 7
MIN_TYPO_DICE = 0.75
TYPO_LENGTHS = (-1, 0, 1)  # how much longer a misspelt word may be


def likeness(term: str, other: str) -> float:
    """How well one stem of a text stands for a term: 1 as the same word, less inside a compound or misspelt, else 0."""
    if term == other:
        return 1.0
    if len(term) < MIN_COMPOUND_CHARS:
        return 0.0
    if other.startswith(term) or other.endswith(term):
        return COMPOUND_SHARE
    if is_typo(term, other):
        return TYPO_SHARE
    is_part = len(other) >= MIN_COMPOUND_CHARS and (term.startswith(other) or term.endswith(other))
    return PART_SHARE if is_part else 0.0


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """Which words are like some terms. Most are like none, and are compared with none.

    ``by_start`` and ``by_end`` are the terms by their first and last ``MIN_COMPOUND_CHARS`` letters, ``by_shape`` those
    long enough for a typing error by their first letter and each length that a misspelt form can have: a word shares
    one of these with every term that it is like. What was found out of a word is remembered, since the texts of a
    collection share their words.
    """

    by_start: Mapping[Hashable, list[str]]
    by_end: Mapping[Hashable, list[str]]
    by_shape: Mapping[Hashable, list[str]]
    _alike: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    _compared: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, terms: Iterable[str]) -> Lookalikes:
        """Those of some terms."""
        distinct = dict.fromkeys(terms)
        long_terms = [term for term in distinct if len(term) >= MIN_TYPO_CHARS]
        return cls(
            _grouped((term[:MIN_COMPOUND_CHARS], term) for term in distinct),
            _grouped((term[-MIN_COMPOUND_CHARS:], term) for term in distinct),
            _grouped(((term[0], len(term) + more), term) for term in long_terms for more in TYPO_LENGTHS),
        )

    def held_by(self, words: Set[str]) -> dict[str, float]:
        """For each term that is like one of the words of a text, how like the nearest is."""
        new = words - self._compared
        for word in new:
            if alike := self._terms_like(word):
                self._alike[word] = alike
        self._compared.update(new)
        best: dict[str, float] = {}
        for word in self._alike.keys() & words:
            for term, share in self._alike[word]:
                best[term] = max(share, best.get(term, 0.0))
        return best

    def _terms_like(self, word: str) -> list[tuple[str, float]]:
        near = {
            *self.by_start.get(word[:MIN_COMPOUND_CHARS], ()),
            *self.by_end.get(word[-MIN_COMPOUND_CHARS:], ()),
            *self.by_shape.get((word[:1], len(word)), ()),
        }
        return [(term, share) for term in near if (share := likeness(term, word))] if near else []


def _grouped(pairs: Iterable[tuple[Hashable, str]]) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for key, term in pairs:
        groups[key].append(term)
    return groups


def is_typo(term: str, other: str) -> bool:
    """Whether two longer stems differ by a letter or two: they share most of their character pairs (Dice)."""
    if min(len(term), len(other)) < MIN_TYPO_CHARS or len(other) - len(term) not in TYPO_LENGTHS:
        return False
    if term[0] != other[0]:
        return False
    pairs, others = ({word[i : i + 2] for i in range(len(word) - 1)} for word in (term, other))
    return 2 * len(pairs & others) >= MIN_TYPO_DICE * (len(pairs) + len(others))
