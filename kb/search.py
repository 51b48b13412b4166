"""Finding passages: lexical and vector candidates, scored together from the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from ingest.types import Span
from kb.analysis import GRAM_LENGTH, grams, words
from kb.catalogue import Catalogue
from kb.definitions import defining_phrases
from kb.encoder import Encoder
from kb.expansion import Expansion
from kb.front_matter import told_of_itself
from kb.matching import TermWeights, scoped
from kb.question import DOCUMENT_LANGUAGE, Question, QuestionKind
from kb.ranking import COLUMN_WEIGHTS, CROSS_LANGUAGE_WEIGHTS, Weights, min_max, score
from kb.stored_vectors import StoredVectors, Vectors
from kb.types import DocumentCard, Filters, Hit, ScoreParts
from kb.vector_index import VectorIndex

CANDIDATES = 100  # of each kind
DEFINITIONS = 5
Nearest = tuple[Vectors, list[int]]
SOUGHT_FROM = 0.5  # the share of a term from which other words for it are looked up


@dataclass(frozen=True, slots=True)
class Found:
    """The ranked hits of a question, with what was learned on the way.

    ``explanations`` are the places, by passage key, where a document says outright what is asked: what an acronym
    stands for, or what it says of itself.
    """

    hits: tuple[Hit, ...]
    term_weights: TermWeights
    unit_similarities: Mapping[int, tuple[float, ...]]  # of each unit of a hit's passage with the question, by key
    unknown: tuple[str, ...]  # terms that stand nowhere in the collection
    explanations: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    expansions: tuple[Expansion, ...] = ()  # those of which the collection holds the words
    weights: Weights = Weights()  # those that the parts of the hits were weighed with


@dataclass(frozen=True, slots=True)
class Searcher:
    """Search over one catalogue and its vector index, with the encoder that made the vectors."""

    catalogue: Catalogue
    index: VectorIndex
    encoder: Encoder
    weights: Weights = Weights()

    def search(self, question: Question, *, limit: int = 10, filters: Filters = Filters()) -> Found:
        """The best passages for a question, best first."""
        with ThreadPoolExecutor(max_workers=1) as beside:
            nearest = beside.submit(self._nearest, question.meant, self._document_keys(filters))
            return self._ranked(question, nearest, limit=limit, filters=filters)

    def _ranked(self, question: Question, nearest: Future[Nearest], *, limit: int, filters: Filters) -> Found:
        frequencies = self._frequencies(question)
        term_weights = TermWeights.from_frequencies(
            question.terms, frequencies, self.catalogue.passage_count(), expansions=question.expansions
        )
        lexical = self._lexical_candidates(question, term_weights.expansions, filters)
        explanations = self._explanations(question, filters)
        definitions = self._definitions(question, filters)
        vector, vector_keys = nearest.result()
        by_vector = self.catalogue.passages_of_vectors(vector_keys)
        keys = list(dict.fromkeys([*lexical, *by_vector, *explanations, *definitions]))
        owners = self.catalogue.owners(keys)
        told = self._told_of_themselves(question, term_weights, owners.values())
        explanations |= told
        owners |= self.catalogue.owners(key for key in explanations if key not in owners)
        keys = list(dict.fromkeys((*keys, *told)))
        keys = [key for key in keys if key in owners]  # an index that lags knows those of documents that are gone
        vectors = self.catalogue.vectors(keys)
        documents = {document.key: document for document in owners.values()}
        scope = {key: scoped(question, document) for key, document in documents.items()}
        unsaid = dict.fromkeys(told, frozenset(question.terms))  # what goes without saying there
        scopes = {key: scope[owners[key].key] | unsaid.get(key, frozenset()) for key in keys}
        parts = dict(zip(keys, self._parts(vectors, lexical, vector, term_weights, scopes), strict=True))
        weights = self.weights if question.language == DOCUMENT_LANGUAGE else CROSS_LANGUAGE_WEIGHTS
        scores = {key: score(part, weights) for key, part in parts.items()}
        ranked = sorted(keys, key=lambda key: (key not in explanations, -scores[key], key))
        best = _shortened(ranked, limit, definitions)
        passages = self.catalogue.passages(best)
        hits = [Hit(passages[key], scores[key], parts[key]) for key in best]
        rows = {key: row for row, key in enumerate(keys)}
        similarities = {key: vectors.units_of(rows[key]) @ vector for key in best}
        unknown = tuple(term for term in question.terms if not frequencies.get(term))
        likeness = {key: tuple(map(float, values)) for key, values in similarities.items()}
        fired = tuple(one for one in question.expansions if all(frequencies.get(part) for part in one.stems))
        return Found(tuple(hits), term_weights, likeness, unknown, explanations, fired, weights)

    def _frequencies(self, question: Question) -> dict[str, int]:
        """How many passages hold each stem of the question, and of other words for its terms."""
        other = (part for one in question.expansions for part in one.stems)
        return self.catalogue.document_frequency(dict.fromkeys((*question.terms, *other)))

    def _explanations(self, question: Question, filters: Filters) -> dict[int, tuple[Span, ...]]:
        """Where documents explain an acronym that the question asks the meaning of, by passage key."""
        if question.kind is not QuestionKind.DEFINITION:
            return {}
        asked, allowed = set(words(question.text)), set(self.catalogue.document_keys(filters))
        places: dict[int, tuple[Span, ...]] = {}
        for document_key, entry in self.catalogue.glossary():
            if document_key in allowed and set(words(entry.acronym)) <= asked:
                key = self.catalogue.passage_key_at(document_key, entry.start)
                if key is not None:
                    places[key] = (*places.get(key, ()), Span(entry.start, entry.end))
        return places

    def _told_of_themselves(
        self, question: Question, weights: TermWeights, documents: Iterable[DocumentCard]
    ) -> dict[int, tuple[Span, ...]]:
        """Where documents say of themselves what a question asks, by passage key."""
        distinct = {document.key: document for document in documents}
        told = told_of_itself(question, weights, distinct.values(), self.catalogue)
        return {
            stored.key: spans
            for document_key, spans in told.items()
            for span in spans
            for stored in self.catalogue.passages_of(document_key, span)
        }

    def _definitions(self, question: Question, filters: Filters) -> frozenset[int]:
        """Passages with the words that define what a question asks, among many that only speak of it."""
        phrases = defining_phrases(question)
        if not phrases:
            return frozenset()
        expression = " OR ".join(f'body : "{phrase}"' for phrase in phrases)
        found = self.catalogue.lexical_search(expression, limit=DEFINITIONS, filters=filters, weights=COLUMN_WEIGHTS)
        return frozenset(key for key, _ in found)

    def _lexical_candidates(
        self, question: Question, expansions: Iterable[Expansion], filters: Filters
    ) -> dict[int, float]:
        pieces = match_pieces(question, expansions)
        if not pieces:
            return {}
        expression = " OR ".join(self.catalogue.telling(pieces))
        found = self.catalogue.lexical_search(expression, limit=CANDIDATES, filters=filters, weights=COLUMN_WEIGHTS)
        return dict(found)

    def _document_keys(self, filters: Filters) -> tuple[int, ...] | None:
        return None if filters.is_empty else self.catalogue.document_keys(filters)

    def _nearest(self, text: str, document_keys: Sequence[int] | None) -> Nearest:
        """The vector of a text, and the keys of those near it. Another thread runs it: no catalogue here."""
        vector = self.encoder.encode_question(text)
        return vector, [key for key, _ in self.index.search(vector, limit=CANDIDATES, document_keys=document_keys)]

    def _parts(
        self,
        vectors: StoredVectors,
        lexical: dict[int, float],
        vector: Vectors,
        term_weights: TermWeights,
        scopes: Mapping[int, frozenset[str]],
    ) -> list[ScoreParts]:
        keys = vectors.keys
        stems = self.catalogue.stems(keys)
        columns = (
            min_max(np.array([lexical.get(key, 0.0) for key in keys])),
            min_max(np.asarray(vectors.passage_scores(vector), dtype=np.float64)),
            min_max(np.asarray(vectors.best_unit_scores(vector), dtype=np.float64)),
            np.array([term_weights.coverage(scopes[key].union(" ".join(stems[key]).split())) for key in keys]),
            np.array([term_weights.coverage(frozenset(stems[key][1].split())) for key in keys]),
        )
        return [ScoreParts(*(float(value) for value in row)) for row in zip(*columns, strict=True)]


def match_pieces(question: Question, expansions: Iterable[Expansion] = ()) -> list[str]:
    """What the full-text index is asked for, any of it: the question's stems anywhere, the 4-grams of its words in
    their column; and the stems of other words that stand for a good share of one.
    """
    other = (one.stems for one in expansions if one.share >= SOUGHT_FROM)
    sought = dict.fromkeys((*((term,) for term in (*question.terms, *question.beside)), *other))
    pieces = ["(" + " AND ".join(f'{{title headings body}} : "{part}"' for part in parts) + ")" for parts in sought]
    long_words = [word for word in question.words if len(word) > GRAM_LENGTH]
    return pieces + [f'grams : "{gram}"' for gram in dict.fromkeys(g for word in long_words for g in grams(word))]


def _shortened(ranked: Sequence[int], limit: int, kept: Collection[int]) -> list[int]:
    """The best passages, where those that are to be kept take the place of the last."""
    needed = [key for key in ranked[limit:] if key in kept][:limit]
    return [*ranked[: limit - len(needed)], *needed]
