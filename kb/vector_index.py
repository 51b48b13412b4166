"""Chroma's only door: the passages nearest to a question, from an index that can always be made again.

The catalogue is the truth; this index only finds. The rules that keep it from lying, each for something that
embedded Chroma 1.5.9 was seen to do:

 1. A published index is never written to. A change is made to a copy, in a new folder, that is checked,
    closed, flushed and then published in one step (``kb.generations``): killed during the rewrite of its
    graph, Chroma left the collection broken for ever in 5 of 22 trials.
 2. One writer, under ``Home.writer_lock``: two lost 13 to 15 % of the vectors without an error.
 3. The vectors come from the catalogue, never from Chroma: it keeps no second copy to rebuild from.
 4. The graph is written once, at the end (``sync_threshold``): so nothing waits in the log, where the next
    reader would have to replay it, and it is not rewritten for every thousand passages.
 5. Before publishing: the count is right, and passages are found by their own vectors.
 6. Before reading: the graph's files have their checksums, and the count is right. Truncated files were
    read without a word, garbage in them ended the process.
 7. Ids are vector keys, which are never used twice: adding an id that exists is silently ignored. No upsert,
    after which live passages could no longer be found. A passage with another vector has another key.
 8. Metadata is one number, the document's key; what is known about documents changes in the catalogue alone.
 9. Each call takes at most ``get_max_batch_size`` passages; more is refused.
10. Space and graph parameters are set at creation (recall@100 1.000 on clustered vectors): later changes do
    not reach a loaded graph.
11. Built anew when more than 30 % was taken out: a graph never shrinks.
12. ``embedding_function=None``: the default one goes on line for a model. Telemetry is off.
13. A reader looks at the pointer before every search and opens the newer generation; an open one would stay
    frozen. A closed client is let go, with its files.
14. Whatever goes wrong inside Chroma, a search returns nothing, and the words of the question still find
    their passages in the lexical index; the next writer builds the index anew.
"""

from __future__ import annotations

import logging
import shutil
import threading
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from kb.catalogue_reading import CatalogueReading
from kb.database import copy_database
from kb.errors import HomeError
from kb.generations import Generation, Generations, Token, checksums
from kb.stored_vectors import Vectors

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.types import QueryResult, Where

_COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
_GRAPH = {"space": "cosine", "ef_search": 500, "max_neighbors": 32, "ef_construction": 200}
_MOST_REMOVED = 0.3
_PROBES = 5
_OVERSAMPLING = 4  # asking for four times as many and choosing from them is cheaper than Chroma's own filter
_log = logging.getLogger(__name__)
_clients = threading.Lock()  # Chroma's table of open clients is not made for two threads

Found = list[tuple[int, float]]


class _BrokenIndexError(Exception):
    """Chroma did not do what it should. It never leaves this module."""


class VectorIndex:
    """The published index of a folder. Searching is safe from any thread, and never fails."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._guard = threading.Lock()
        self._token: Token | None = None
        self._opened: _Passages | None = None

    def search(self, vector: Vectors, limit: int, document_keys: Collection[int] | None = None) -> Found:
        """The keys of the vectors nearest to a vector (d,) with their cosine, best first.

        ``document_keys`` None means all documents. The index may lag behind the catalogue: passages added
        since are missing, those removed or replaced since are still named: see ``passages_of_vectors``.
        """
        for _ in range(2):  # a writer may remove the generation between opening it and asking it
            passages = self._current()
            if passages is None or limit < 1:
                return []
            try:
                return passages.search(vector, limit, document_keys)
            except _BrokenIndexError as exc:
                _log.warning("the vector index failed: %s", exc)
                self.close()
        return []

    def is_up_to_date(self, catalogue: CatalogueReading) -> bool:
        """Whether the published index is whole and covers the catalogue as it is now."""
        published = self._generations.published()
        if published is None or published.revision != catalogue.revision():
            return False
        return published.name is None or self._current() is not None

    def bring_up_to_date(self, catalogue: CatalogueReading) -> None:
        """Publish an index of the catalogue as it is now; nothing is embedded anew.

        The caller holds ``Home.writer_lock``. Raises HomeError where that cannot be done; the catalogue does
        not suffer, and the index that was published stays.
        """
        if self.is_up_to_date(catalogue):
            return
        try:
            self._generations.publish(self._next_generation(catalogue))
        except (OSError, _BrokenIndexError) as exc:
            raise HomeError("index_not_built", path=self._generations.folder, detail=exc) from exc

    def close(self) -> None:
        """Let go of the open generation; the next search opens what is published then."""
        with self._guard:
            self._let_go()

    def _current(self) -> _Passages | None:
        """The published generation, opened; None where there is none that can be trusted."""
        token = self._generations.token()
        with self._guard:
            if token != self._token:
                self._let_go()
                self._opened, self._token = self._open_published(), token
            return self._opened

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = self._token = None

    def _open_published(self) -> _Passages | None:
        generation = self._generations.published()
        if generation is None or generation.name is None:
            return None
        if not self._generations.is_whole(generation):
            _log.warning("the vector index %s is damaged", generation.name)
            return None
        try:
            return _Passages.open(self._generations.path(generation.name), count=generation.passages)
        except _BrokenIndexError as exc:
            _log.warning("the vector index %s cannot be opened: %s", generation.name, exc)
            return None

    def _next_generation(self, catalogue: CatalogueReading) -> Generation:
        mark = catalogue.encoder_mark()
        wanted = catalogue.vector_keys()
        goal = Generation(None, catalogue.revision(), mark.fingerprint if mark else None, len(wanted))
        if not wanted:
            return goal
        published = self._generations.published()
        if published is not None and published.encoder == goal.encoder:
            try:
                changed = self._changed(published, goal, wanted, catalogue)
            except (OSError, _BrokenIndexError) as exc:
                _log.warning("the vector index %s is built anew: %s", published.name, exc)
            else:
                if changed is not None:
                    return changed
        return self._built(goal, wanted, catalogue)

    def _changed(
        self, published: Generation, goal: Generation, wanted: set[int], catalogue: CatalogueReading
    ) -> Generation | None:
        """A changed copy of the published generation; None where building anew is better."""
        current = self._current()
        if current is None or published.name is None:
            return None
        held = current.keys()
        gone, new = held - wanted, wanted - held
        removed = published.removed + len(gone)
        if not gone and not new:
            return replace(published, revision=goal.revision)
        if removed > _MOST_REMOVED * (len(wanted) + removed):
            return None
        with self._new_folder() as folder:
            _copy(self._generations.path(published.name), folder)
            passages = _Passages.open(folder, count=len(held), changes=len(gone) + len(new))
            return _filled(passages, replace(goal, removed=removed), catalogue, gone=gone, new=new)

    def _built(self, goal: Generation, wanted: set[int], catalogue: CatalogueReading) -> Generation:
        """A generation made from nothing but the catalogue."""
        with self._new_folder() as folder:
            passages = _Passages.create(folder, changes=len(wanted))
            return _filled(passages, goal, catalogue, gone=set(), new=wanted)

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        """A folder that no reader knows; removed again when building in it fails."""
        folder = self._generations.path(self._generations.new_name())
        folder.mkdir()
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{_DATABASE}*"), dirs_exist_ok=True)
    copy_database(source / _DATABASE, target / _DATABASE)


def _filled(
    passages: _Passages, goal: Generation, catalogue: CatalogueReading, *, gone: set[int], new: set[int]
) -> Generation:
    """Bring an open collection to its goal, check it and close it."""
    try:
        passages.remove(sorted(gone))
        for batch in catalogue.vectors_for_index(after=min(new, default=1) - 1):
            rows = [row for row, key in enumerate(batch.keys) if key in new]
            if rows:
                passages.add(
                    [batch.keys[row] for row in rows],
                    [batch.document_keys[row] for row in rows],
                    batch.vectors[rows],
                )
        passages.check(goal.passages, catalogue)
    finally:
        passages.close()
    return replace(goal, name=passages.folder.name, checksums=checksums(passages.folder))


class _Passages:
    """An open Chroma collection: vector keys, the keys of their documents, the vectors."""

    def __init__(self, folder: Path, client: Client, collection: ChromaCollection) -> None:
        self.folder = folder
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path, *, changes: int) -> _Passages:
        """An empty collection that is about to take in this many passages."""
        graph = cast("CreateHNSWConfiguration", {**_GRAPH, "sync_threshold": max(changes, 2)})
        with _opened_client(folder) as client:
            collection = client.create_collection(_COLLECTION, embedding_function=None, configuration={"hnsw": graph})
            return cls(folder, client, collection)

    @classmethod
    def open(cls, folder: Path, *, count: int, changes: int = 0) -> _Passages:
        """A collection that must hold ``count`` passages, and is about to change so many times."""
        with _opened_client(folder) as client:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            if changes:
                _flush_after(collection, changes)
            found = collection.count()
            if found != count:
                raise ValueError(f"{found} passages, not {count}")
            return cls(folder, client, collection)

    def close(self) -> None:
        """Let the folder go."""
        with _own_words(), _clients:
            self._client.close()

    def count(self) -> int:
        """How many passages the collection says that it holds."""
        with _own_words():
            return int(self._collection.count())

    def keys(self) -> set[int]:
        """The keys of all passages."""
        with _own_words():
            return {int(name) for name in self._collection.get(include=[])["ids"]}

    def add(self, keys: Sequence[int], document_keys: Sequence[int], vectors: Vectors) -> None:
        """Take in passages with keys that were never there."""
        for part in self._batches(len(keys)):
            with _own_words():
                self._collection.add(
                    ids=[str(key) for key in keys[part]],
                    embeddings=vectors[part],
                    metadatas=[{"document_key": key} for key in document_keys[part]],
                )

    def remove(self, keys: Sequence[int]) -> None:
        """Take passages out."""
        for part in self._batches(len(keys)):
            with _own_words():
                self._collection.delete(ids=[str(key) for key in keys[part]])

    def search(self, vector: Vectors, limit: int, document_keys: Collection[int] | None) -> Found:
        """The nearest passages, best first; of some documents only where these are given."""
        if document_keys is None:
            return _scores(self._nearest(vector, limit))
        chosen = frozenset(document_keys)
        if not chosen:
            return []
        wider = self._nearest(vector, limit * _OVERSAMPLING)
        found = [pair for pair, owner in zip(_scores(wider), _owners(wider), strict=True) if owner in chosen]
        if len(found) >= limit or len(_scores(wider)) < limit * _OVERSAMPLING:
            return found[:limit]
        return _scores(self._nearest(vector, limit, among=chosen))

    def check(self, count: int, catalogue: CatalogueReading) -> None:
        """Raise unless the count is right and passages are found by their own vectors."""
        if self.count() != count:
            raise _BrokenIndexError(f"{self.count()} passages, not {count}")
        keys = sorted(catalogue.passage_keys())
        probes = [keys[place] for place in np.linspace(0, len(keys) - 1, _PROBES).astype(int)]
        for vector in catalogue.vectors(probes).passages:
            ((_, score),) = _scores(self._nearest(vector, 1)) or [(0, 0.0)]
            if score < 0.99:  # itself, or one with the same text
                raise _BrokenIndexError(f"a passage is not found by its own vector: {score:.3f}")

    def _nearest(self, vector: Vectors, limit: int, *, among: frozenset[int] | None = None) -> QueryResult:
        where = cast("Where", {"document_key": {"$in": sorted(among)}}) if among is not None else None
        with _own_words():
            return self._collection.query(
                query_embeddings=vector[None], n_results=limit, where=where, include=["metadatas", "distances"]
            )

    def _batches(self, count: int) -> Iterator[slice]:
        most = int(self._client.get_max_batch_size())
        return (slice(start, start + most) for start in range(0, count, most))


def _scores(answer: QueryResult) -> Found:
    """Vector keys and cosines, best first."""
    names, distances = answer["ids"][0], (answer["distances"] or [[]])[0]
    return [(int(name), 1.0 - distance) for name, distance in zip(names, distances, strict=True)]


def _owners(answer: QueryResult) -> list[object]:
    """The keys of the documents of the passages, in the same order."""
    return [metadata["document_key"] for metadata in (answer["metadatas"] or [[]])[0]]


def _flush_after(collection: ChromaCollection, changes: int) -> None:
    """Have the graph written once, after so many changes: heeded while nothing was asked of it yet."""
    with warnings.catch_warnings():
        # Chroma calls a collection without embedding function deprecated, and its own default a download.
        warnings.simplefilter("ignore", DeprecationWarning)
        collection.modify(configuration={"hnsw": {"sync_threshold": max(changes, 2)}})


@contextmanager
def _opened_client(folder: Path) -> Iterator[Client]:
    """A client of a folder, closed again when what is done with it fails."""
    # Imported here: half a second that only a search by vector needs.
    from chromadb import PersistentClient
    from chromadb.config import Settings

    with _own_words():
        with _clients:
            settings = Settings(anonymized_telemetry=False)
            client = cast("Client", PersistentClient(path=str(folder), settings=settings))
        try:
            yield client
        except BaseException:
            client.close()
            raise


@contextmanager
def _own_words() -> Iterator[None]:
    """Chroma raises errors of its own, of Rust and of Python: what they have in common is where they arise."""
    try:
        yield
    except Exception as exc:
        raise _BrokenIndexError(f"{type(exc).__name__}: {exc}") from exc
