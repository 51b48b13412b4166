"""How much of a question a text speaks of: its words weighted by how rare they are in the collection."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kb.analysis import specificity

# A question word found only inside a compound ("leerplek" in "leerwerkplek" is not, "plek" in "werkplek" is).
COMPOUND_SHARE = 0.6
MIN_COMPOUND_CHARS = 4


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The question's stems with their inverse document frequencies, summing to 1."""

    weights: Mapping[str, float]

    @classmethod
    def from_frequencies(cls, terms: Iterable[str], frequencies: Mapping[str, int], total: int) -> TermWeights:
        """Weigh terms by the number of passages that hold them, out of ``total``, and by how special they are in Dutch.

        The BM25 form of the inverse document frequency, as in S. Robertson and H. Zaragoza, "The
        Probabilistic Relevance Framework: BM25 and Beyond" (2009), which stays above 0 for any word.
        """
        rarity = {term: specificity(term) * _rarity(frequencies.get(term, 0), total) for term in terms}
        whole = sum(rarity.values())
        return cls({term: value / whole for term, value in rarity.items()} if whole else {})

    def coverage(self, stems: Collection[str]) -> float:
        """The share of the question's weight that a text with these stems speaks of, from 0 to 1."""
        return sum(weight * match(term, stems) for term, weight in self.weights.items())

    def matched(self, stems: Collection[str]) -> frozenset[str]:
        """The question's terms that a text with these stems holds, also inside a compound."""
        return frozenset(term for term in self.weights if match(term, stems) > 0)


def match(term: str, stems: Collection[str]) -> float:
    """How well a text with these stems holds the term: 1 as a word, less inside a compound, else 0."""
    if term in stems:
        return 1.0
    if len(term) < MIN_COMPOUND_CHARS:
        return 0.0
    return COMPOUND_SHARE if any(_is_part(term, other) for other in stems) else 0.0


def _is_part(term: str, other: str) -> bool:
    """Whether one of two stems begins or ends with the other, as the parts of a Dutch compound do."""
    short, long = sorted((term, other), key=len)
    return len(short) >= MIN_COMPOUND_CHARS and long != short and (long.startswith(short) or long.endswith(short))


def _rarity(frequency: int, total: int) -> float:
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
