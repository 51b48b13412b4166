"""The reading side of the catalogue: documents, passages, vectors and the lexical index, by key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from ingest.types import Span
from kb import audit, catalogue_rows, lexical_index, storing
from kb.analysis import LexicalFields, fingerprint
from kb.database import Database
from kb.document_reading import DocumentReading, EncoderMark
from kb.frequencies import Frequencies
from kb.lexical_index import WORD_COLUMNS, any_of
from kb.stored_vectors import StoredVectors, Vectors, gather, unpack
from kb.types import DocumentCard, Filters, State, StoredPassage

__all__ = ["CatalogueReading", "EncoderMark", "IndexBatch"]

MOST_MATCHES = 30_000  # passages that match the parts of one search, together
DEFAULT_WEIGHTS = (1.0, 1.0, 1.0, 1.0)  # title, headings, body, grams


@dataclass(frozen=True, slots=True)
class IndexBatch:
    """Some passages for the vector index: keys, the keys of their documents, vectors (n, d)."""

    keys: tuple[int, ...]
    document_keys: tuple[int, ...]
    vectors: Vectors


class CatalogueReading(DocumentReading):
    """What can be read from a catalogue. Safe from any thread; scores: higher is better."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._frequencies = Frequencies(database)

    # --- passages ----------------------------------------------------------------------------------

    def passages(self, keys: Iterable[int], *, replaced: bool = False) -> dict[int, StoredPassage]:
        """Passages by key; with ``replaced`` also those of replaced versions. Others are left out."""
        found = self._stored("key IN (SELECT value FROM json_each(?))", json.dumps(list(keys)))
        return {stored.key: stored for stored in found if replaced or stored.document.state is State.CURRENT}

    def owners(self, keys: Iterable[int]) -> dict[int, DocumentCard]:
        """The current documents that passages belong to, by the passage's key. Others are left out."""
        rows = self._database.rows(
            "SELECT key, document_key FROM passages WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        cards = self._cards_of({document_key for _, document_key in rows})
        found = ((key, cards[document_key]) for key, document_key in rows if document_key in cards)
        return {key: card for key, card in found if card.state is State.CURRENT}

    def passage_key_at(self, document_key: int, offset: int) -> int | None:
        """The passage that holds the character at an offset; None where none does."""
        row = self._database.row(
            "SELECT key FROM passages WHERE document_key = ? AND start <= ? AND end > ?", (document_key, offset, offset)
        )
        return int(row[0]) if row else None

    def passages_at(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], StoredPassage]:
        """The passages that hold the characters at places: document key and offset; a place in none is left out."""
        rows = self._database.rows(
            "SELECT at.value ->> 0, at.value ->> 1, passages.key FROM json_each(?) AS at JOIN passages"
            " ON document_key = at.value ->> 0 AND start <= at.value ->> 1 AND end > at.value ->> 1",
            (json.dumps(list(places)),),
        )
        found = self.passages({key for _, _, key in rows})
        return {(document_key, offset): found[key] for document_key, offset, key in rows if key in found}

    def passages_of(self, document_key: int, within: Span | None = None) -> tuple[StoredPassage, ...]:
        """The passages of one version of a document, in reading order: all, or those that share text with a span."""
        if within is None:
            return tuple(self._stored("document_key = ? ORDER BY position", document_key))
        there = "document_key = ? AND start < ? AND end > ? ORDER BY position"
        return tuple(self._stored(there, document_key, within.end, within.start))

    def vectors(self, keys: Iterable[int]) -> StoredVectors:
        """The vectors of passages, row by row those of ``keys``; zeros for a key of no current document."""
        wanted = list(keys)
        rows = self._database.rows(
            "SELECT passage_key, passage, units FROM vectors WHERE passage_key IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        found = {row[0]: row for row in rows}
        dimension = self.dimension
        nothing = bytes(2 * dimension)
        return gather([found.get(key, (key, nothing, b"")) for key in wanted], dimension)

    def passage_keys(self) -> set[int]:
        """The keys of all passages that can be found."""
        return {row[0] for row in self._database.rows("SELECT passage_key FROM vectors")}

    def vector_keys(self) -> set[int]:
        """What the vector index calls the passages that can be found."""
        return {row[0] for row in self._database.rows("SELECT key FROM vectors")}

    def passages_of_vectors(self, vector_keys: Iterable[int]) -> list[int]:
        """The keys of the passages behind what the vector index found, in its order; what is gone is left out."""
        wanted = list(vector_keys)
        rows = self._database.rows(
            "SELECT key, passage_key FROM vectors WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
        )
        passage_keys: dict[int, int] = dict(rows)
        return [passage_keys[key] for key in wanted if key in passage_keys]

    def vectors_for_index(self, *, after: int = 0, batch_size: int = 1000) -> Iterator[IndexBatch]:
        """The vectors of all passages that can be found with a key above ``after``, by rising key."""
        dimension = self.dimension
        while rows := self._database.rows(
            "SELECT vectors.key, document_key, passage FROM vectors JOIN passages ON passages.key = passage_key"
            " WHERE vectors.key > ? ORDER BY vectors.key LIMIT ?",
            (after, batch_size),
        ):
            keys, document_keys, vectors = zip(*rows, strict=True)
            yield IndexBatch(keys, document_keys, unpack(b"".join(vectors), dimension))
            after = keys[-1]

    def word_vectors(self, words: Iterable[str]) -> dict[str, Vectors]:
        """The unit vectors (d,) of words, in their order; words without one are left out."""
        asked = json.dumps(list(dict.fromkeys(words)))
        rows = self._database.rows(
            "SELECT word, vector FROM json_each(?) AS asked JOIN word_vectors ON word = asked.value ORDER BY asked.key",
            (asked,),
        )
        matrix = unpack(b"".join(vector for _, vector in rows), self.dimension)
        return {word: vector for (word, _), vector in zip(rows, matrix, strict=True)}

    def known_words(self, words: Iterable[str]) -> set[str]:
        """Those of some words that documents have, stop words and numbers aside."""
        rows = self._database.rows(
            "SELECT word FROM word_vectors WHERE word IN (SELECT value FROM json_each(?))", (json.dumps(list(words)),)
        )
        return {word for (word,) in rows}

    def words_beginning(self, beginnings: Iterable[str]) -> set[str]:
        """The words of documents that begin with one of these letters, stop words and numbers aside."""
        found = (
            self._database.rows("SELECT word FROM word_vectors WHERE word >= ? AND word < ?", (one, one + "\uffff"))
            for one in beginnings
        )
        return {word for rows in found for (word,) in rows}

    def words(self) -> tuple[str, ...]:
        """The words of all that is stored of documents, each once."""
        return storing.words_in_use(self._database)

    # --- the lexical index -------------------------------------------------------------------------

    def has_todays_stems(self) -> bool:
        """Whether the lexical index was made by the analysis that questions get now."""
        return self._setting("analysis") == fingerprint()

    def lexical_search(
        self,
        match: str,
        *,
        limit: int,
        filters: Filters = Filters(),
        weights: Sequence[float] = DEFAULT_WEIGHTS,
    ) -> list[tuple[int, float]]:
        """Passage keys of current documents with their BM25 score, best first.

        ``match`` is an FTS5 expression over the columns title, headings, body and grams: see
        ``kb.lexical_index.any_of``. ``weights`` are those of the columns, in this order.
        """
        document_keys = None if filters.is_empty else self.document_keys(filters)
        return lexical_index.search(self._database, match, limit=limit, weights=weights, document_keys=document_keys)

    def telling(self, matches: Sequence[str], *, most: int = MOST_MATCHES) -> list[str]:
        """Those of some FTS5 expressions that tell passages apart best: the rarest, as far as ``most`` matches go.

        What many passages match costs most of the time of a search, and BM25 gives it little weight or none.
        """
        counts = self._frequencies.of(matches, revision=self.revision())
        rarest = sorted(counts, key=counts.__getitem__)
        spent = accumulate(counts[match] for match in rarest)
        kept = {match for match, total in zip(rarest, spent, strict=True) if total <= most} or set(rarest[:1])
        return [match for match in matches if match in kept]

    def stems(self, keys: Iterable[int]) -> dict[int, tuple[str, str, str]]:
        """The stems of passages of current documents by key: of their title, their headings and their body."""
        return lexical_index.words_of(self._database, keys)

    def lexical_fields(self, keys: Iterable[int]) -> dict[int, LexicalFields]:
        """What the lexical index holds of passages of current documents; others are left out."""
        return lexical_index.fields(self._database, keys)

    def document_frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """For each token the number of passages that hold it in their title, headings or body."""
        matches = {token: any_of([token], columns=WORD_COLUMNS) for token in tokens}
        counts = self._frequencies.of(matches.values(), revision=self.revision())
        return {token: counts[match] for token, match in matches.items()}

    def changes(self, *, since: datetime | None = None) -> list[tuple[audit.Entry, DocumentCard | None]]:
        """Who changed what, the oldest first, each with the version that it is about as far as that is still there."""
        found = audit.entries(self._database, since=since)
        cards = self._cards_of({entry.document for entry in found if entry.document is not None})
        return [(entry, cards.get(entry.document) if entry.document else None) for entry in found]

    # --- inside ------------------------------------------------------------------------------------

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        return int(self._setting("encoder_dimension") or 1)

    def _stored(self, condition: str, *values: object) -> list[StoredPassage]:
        rows = self._database.rows(
            f"SELECT {catalogue_rows.PASSAGE} FROM passages WHERE {condition}",  # noqa: S608
            values,
        )
        cards = self._cards_of({row[1] for row in rows})
        return [catalogue_rows.stored_passage(row, cards[row[1]]) for row in rows if row[1] in cards]
