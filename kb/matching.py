"""How much of a question a text speaks of: its words weighted by how rare they are in the collection."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.types import DocumentInfo
from kb.analysis import specificity, stem_set, stems
from kb.expansion import Expansion, ExpansionKind, names_it
from kb.likeness import MIN_COMPOUND_CHARS, PART_SHARE, Lookalikes, is_typo
from kb.question import Question
from kb.types import DocumentCard, StoredPassage

KNOWN_SHARE = 0.3  # of another word for one that the collection uses itself
_NAME_PARTS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")  # of the name of a file: "verslag_BW1-metadataStandaard"
MAX_ENDING_CHARS, MIN_NAME_CHARS = 3, 6  # after a short name; of a name that may begin a compound
FEW_PASSAGES = 3  # a word of fewer passages, or of none, weighs no more: it may be one of the question's own


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The question's stems with their inverse document frequencies, summing to 1, and what else holds them."""

    weights: Mapping[str, float]
    expansions: tuple[Expansion, ...] = ()
    _lookalikes: Lookalikes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sought = (*self.weights, *(part for one in self.expansions for part in one.stems))
        object.__setattr__(self, "_lookalikes", Lookalikes.of(sought))

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

    def coverage(self, held: Set[str]) -> float:
        """The share of the question's weight that a text with these stems speaks of, from 0 to 1."""
        return sum(self.weights[term] * share for term, share in self.shares(held).items())

    def matched(self, held: Set[str]) -> frozenset[str]:
        """The question's terms that a text with these stems holds, also inside a compound."""
        return frozenset(self.shares(held))

    def shares(self, held: Set[str]) -> dict[str, float]:
        """For each of the question's terms that a text with these stems holds, how well it does."""
        best = self._lookalikes.held_by(held)
        if not best:
            return best
        shares = {term: best[term] for term in self.weights if term in best}  # in this order: sums must not vary
        for one in self.expansions:
            if one.stems[0] not in best:
                continue
            share = one.share * min(_whole(best.get(stemmed, 0.0)) for stemmed in one.stems)
            if one.term in self.weights and share > shares.get(one.term, 0.0):
                shares[one.term] = share
        return shares


def known_of(stored: StoredPassage) -> str:
    """All that is known of a passage: its text and headings, and its document's title, issuer, place and date."""
    info = stored.document.info
    known = (stored.passage.search_text, info.title, info.publisher, info.region, info.date, info.kind)
    return " ".join(part for part in known if part)


def known_of_card(document: DocumentCard) -> str:
    """All that names a document: its title, the name of its file, its issuer, place, date and kind."""
    info, name = document.info, _NAME_PARTS.sub(" ", document.id)
    return " ".join(filter(None, (info.title, name, info.publisher, info.region, info.date, info.kind)))


def scoped(question: Question, document: DocumentCard) -> frozenset[str]:
    """The terms of a question that choose a document, and so are held by all of its passages: its issuer, place, year
    or kind, and a name that stands in its title ("wat vindt de SERV van stages").
    """
    known, title = _stems_of_info(document.info)
    named = {part for name in question.demands for part in stems(name)}
    return frozenset(
        term
        for term in question.terms
        if term in known or names_it(question.expansions, term, known) or (term in named and term in title)
    )


@lru_cache(maxsize=10_000)
def _stems_of_info(info: DocumentInfo) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of what chooses a document, and those of its title; remembered, as each question asks for many."""
    known = " ".join(filter(None, (info.publisher, info.region, info.date, info.kind)))
    return frozenset(stems(known)), stem_set(info.title or "")


def stems_of(stored: StoredPassage) -> frozenset[str]:
    """The stems of all that is known of a passage."""
    return stem_set(known_of(stored))


def lacking_names(question: Question, stored: StoredPassage) -> tuple[str, ...]:
    """The names, years and acronyms of a question that a passage lacks."""
    return missing_names(question.demands, stems_of(stored), question.expansions) if question.demands else ()


def missing_names(names: Iterable[str], held: Set[str], expansions: Iterable[Expansion] = ()) -> tuple[str, ...]:
    """The names, years and acronyms of which a text with these stems lacks a part, in this form and in others."""
    return tuple(
        name
        for name in names
        if not all(_is_held(part, held) or names_it(expansions, part, held) for part in stems(name))
    )


def _is_held(part: str, held: Set[str]) -> bool:
    """Whether a text names a part of a name: a short one as it is or with an ending ("Oost" is not in Oostende)."""
    return part in held or any(_is_form_of(part, other) for other in held)


def _is_form_of(name: str, other: str) -> bool:
    """Whether a word is a form of a name: with an ending ("Gentse"), misspelt, or the beginning of a compound where the
    name is long enough to be no part of another word by chance.
    """
    most = len(other) if len(name) >= MIN_NAME_CHARS else len(name) + MAX_ENDING_CHARS
    begins = len(name) >= MIN_COMPOUND_CHARS and other.startswith(name) and len(other) <= most
    return begins or is_typo(name, other)


def _as_needed(expansion: Expansion, frequencies: Mapping[str, int]) -> Expansion:
    """Another word counts for less where the collection has the question's own."""
    if expansion.kind is not ExpansionKind.THESAURUS or not frequencies.get(expansion.term):
        return expansion
    return replace(expansion, share=KNOWN_SHARE * expansion.share)


def _whole(share: float) -> float:
    """A share of a word that stands for another; a part of it stands for nothing."""
    return share if share > PART_SHARE else 0.0


def _rarity(frequency: int, total: int) -> float:
    frequency = max(frequency, FEW_PASSAGES)
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
