"""How much of a question a text speaks of: its words weighted by how rare they are in the collection."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kb.analysis import specificity, stems, text_stems
from kb.expansion import Expansion, ExpansionKind, names_it
from kb.question import Question
from kb.types import DocumentCard, StoredPassage

COMPOUND_SHARE = 0.6  # the text has a longer word: the question's "plek" in "werkplek"
TYPO_SHARE = 0.6  # nearly the same word: "succesfactor" for "successfactor"
PART_SHARE = 0.3  # the text has only a part of the question's word: "termijn" for "opzegtermijn"
MIN_COMPOUND_CHARS = 4
MIN_TYPO_CHARS = 7
MIN_TYPO_DICE = 0.75
KNOWN_SHARE = 0.3  # of another word for one that the collection uses itself
FEW_PASSAGES = 3  # a word of fewer passages, or of none, weighs no more: it may be one of the question's own


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The question's stems with their inverse document frequencies, summing to 1, and what else holds them."""

    weights: Mapping[str, float]
    expansions: tuple[Expansion, ...] = ()
    _known: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_frequencies(
        cls,
        terms: Iterable[str],
        frequencies: Mapping[str, int],
        total: int,
        *,
        expansions: tuple[Expansion, ...] = (),
    ) -> TermWeights:
        """Weigh terms by the number of passages that hold them, out of ``total``, and by how special they are in Dutch.

        A term is as common as the commonest of its other forms, each by its share. The BM25 form of the inverse
        document frequency, as in S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
        Beyond" (2009), which stays above 0 for any word.
        """
        expansions = tuple(_as_needed(one, frequencies) for one in expansions)
        counts = dict(frequencies)
        for one in expansions:
            held = one.share * min(frequencies.get(stemmed, 0) for stemmed in one.stems)
            counts[one.term] = max(counts.get(one.term, 0), round(held))
        rarity = {term: specificity(term) * _rarity(counts.get(term, 0), total) for term in terms}
        whole = sum(rarity.values())
        return cls({term: value / whole for term, value in rarity.items()} if whole else {}, expansions)

    def without(self, terms: Iterable[str]) -> TermWeights:
        """The weights of the other terms, summing to 1; all of them where no other is left."""
        left_out = set(terms)
        kept = {term: weight for term, weight in self.weights.items() if term not in left_out}
        whole = sum(kept.values())
        return TermWeights({term: weight / whole for term, weight in kept.items()}, self.expansions) if whole else self

    def coverage(self, held: Iterable[str]) -> float:
        """The share of the question's weight that a text with these stems speaks of, from 0 to 1."""
        return sum(self.weights[term] * share for term, share in self.shares(held).items())

    def matched(self, held: Iterable[str]) -> frozenset[str]:
        """The question's terms that a text with these stems holds, also inside a compound."""
        return frozenset(self.shares(held))

    def shares(self, held: Iterable[str]) -> dict[str, float]:
        """For each of the question's terms that a text with these stems holds, how well it does."""
        best: dict[str, float] = {}
        for stemmed in held:
            for term, share in self._terms_like(stemmed):
                if share > best.get(term, 0.0):
                    best[term] = share
        shares = {term: share for term, share in best.items() if term in self.weights}
        for one in self.expansions:
            share = one.share * min(_whole(best.get(stemmed, 0.0)) for stemmed in one.stems)
            if one.term in self.weights and share > shares.get(one.term, 0.0):
                shares[one.term] = share
        return shares

    def _terms_like(self, stemmed: str) -> tuple[tuple[str, float], ...]:
        """The terms, and words of expansions, that a stem is like; worked out once, since the texts of a collection
        share their words.
        """
        known = self._known.get(stemmed)
        if known is None:
            sought = {*self.weights, *(part for one in self.expansions for part in one.stems)}
            pairs = ((term, likeness(term, stemmed)) for term in sought)
            known = self._known[stemmed] = tuple(pair for pair in pairs if pair[1])
        return known


def likeness(term: str, other: str) -> float:
    """How well one stem of a text stands for a term: 1 as the same word, less inside a compound or misspelt, else 0."""
    if term == other:
        return 1.0
    if len(term) < MIN_COMPOUND_CHARS:
        return 0.0
    if other.startswith(term) or other.endswith(term):
        return COMPOUND_SHARE
    if _is_typo(term, other):
        return TYPO_SHARE
    is_part = len(other) >= MIN_COMPOUND_CHARS and (term.startswith(other) or term.endswith(other))
    return PART_SHARE if is_part else 0.0


def known_of(stored: StoredPassage) -> str:
    """All that is known of a passage: its text and headings, and its document's title, issuer, place and date."""
    info = stored.document.info
    known = (stored.passage.search_text, info.title, info.publisher, info.region, info.date, info.kind)
    return " ".join(part for part in known if part)


def scoped(question: Question, document: DocumentCard) -> frozenset[str]:
    """The terms of a question that choose a document, and so are held by all of its passages: its issuer, place, year
    or kind, and a name that stands in its title ("wat vindt de SERV van stages").
    """
    info = document.info
    known = stems(" ".join(filter(None, (info.publisher, info.region, info.date, info.kind))))
    title = text_stems(info.title or "")
    named = {part for name in question.demands for part in stems(name)}
    return frozenset(
        term
        for term in question.terms
        if term in known or names_it(question.expansions, term, known) or (term in named and term in title)
    )


def stems_of(stored: StoredPassage) -> frozenset[str]:
    """The stems of all that is known of a passage."""
    return frozenset(text_stems(known_of(stored)))


def missing_names(names: Iterable[str], held: Collection[str], expansions: Iterable[Expansion] = ()) -> tuple[str, ...]:
    """The names, years and acronyms of which a text with these stems lacks a part, in this form and in others."""
    return tuple(
        name
        for name in names
        if not all(_is_held(part, held) or names_it(expansions, part, held) for part in stems(name))
    )


def _is_held(part: str, held: Collection[str]) -> bool:
    return part in held or any(likeness(part, other) > PART_SHARE for other in held)


def _as_needed(expansion: Expansion, frequencies: Mapping[str, int]) -> Expansion:
    """Another word counts for less where the collection has the question's own."""
    if expansion.kind is not ExpansionKind.THESAURUS or not frequencies.get(expansion.term):
        return expansion
    return replace(expansion, share=KNOWN_SHARE * expansion.share)


def _whole(share: float) -> float:
    """A share of a word that stands for another; a part of it stands for nothing."""
    return share if share > PART_SHARE else 0.0


def _is_typo(term: str, other: str) -> bool:
    """Whether two longer stems differ by a letter or two: they share most of their character pairs (Dice)."""
    if min(len(term), len(other)) < MIN_TYPO_CHARS or abs(len(term) - len(other)) > 1 or term[0] != other[0]:
        return False
    pairs, others = ({word[i : i + 2] for i in range(len(word) - 1)} for word in (term, other))
    return 2 * len(pairs & others) >= MIN_TYPO_DICE * (len(pairs) + len(others))


def _rarity(frequency: int, total: int) -> float:
    frequency = max(frequency, FEW_PASSAGES)
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
