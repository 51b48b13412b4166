"""Chroma's only door: one collection of passage vectors in a folder. Its errors leave as ``BrokenIndexError``.

``kb.vector_index`` has the rules under which it is used, and why.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kb.stored_vectors import Vectors

if TYPE_CHECKING:
    from chromadb import Collection as Handle
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.types import QueryResult, Where

DATABASE = "chroma.sqlite3"
GRAPH_LIST = "index_metadata.pickle"  # beside the files of a graph, once that was written
NOTED_WHEN_READ = "acquire_write"  # the one table in it that changes when a folder is opened

_COLLECTION = "passages"
_GRAPH = {"space": "cosine", "ef_search": 500}
NEIGHBOURS = (32, 64, 128)  # of a passage in the graph: the next where a passage is found by none of them
_OVERSAMPLING = 4  # asking for four times as many and choosing from them is cheaper than Chroma's own filter
_FOUND = 0.99  # the cosine at which a passage is found by its own vector, or by that of one with the same text
_clients = threading.Lock()  # Chroma's table of open clients is not made for two threads

Found = list[tuple[int, float]]


class BrokenIndexError(Exception):
    """Chroma did not do what it should. It never leaves ``kb.vector_index``."""


class UnreachableError(BrokenIndexError):
    """A passage is not found by its own vector: the graph is damaged, or no way in it leads there.

    The second happens to one that is unlike a crowd of passages which are all alike: none of these keeps it among
    its nearest (Malkov and Yashunin 2018, https://arxiv.org/abs/1603.09320, section 4). More neighbours help.
    """


class ChromaCollection:
    """An open Chroma collection: vector keys, the keys of their documents, the vectors."""

    def __init__(self, folder: Path, client: Client, collection: Handle) -> None:
        self.folder = folder
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path, *, changes: int, neighbours: int = NEIGHBOURS[0]) -> ChromaCollection:
        """An empty collection that is about to take in this many passages, each linked to so many ``NEIGHBOURS``."""
        links = {"max_neighbors": neighbours, "ef_construction": 200 * neighbours // NEIGHBOURS[0]}
        graph = cast("CreateHNSWConfiguration", {**_GRAPH, **links, "sync_threshold": max(changes, 2)})
        with _opened_client(folder) as client:
            collection = client.create_collection(_COLLECTION, embedding_function=None, configuration={"hnsw": graph})
            return cls(folder, client, collection)

    @classmethod
    def open(cls, folder: Path, *, count: int, changes: int = 0) -> ChromaCollection:
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

    def check(self, count: int, probes: Vectors) -> None:
        """Raise unless there are ``count`` passages, and those of the vectors ``probes`` (n, d) are found by them."""
        if self.count() != count:
            raise BrokenIndexError(f"{self.count()} passages, not {count}")
        for vector in probes:
            ((_, score),) = _scores(self._nearest(vector, 1)) or [(0, 0.0)]
            if score < _FOUND:
                raise UnreachableError(f"a passage is not found by its own vector: {score:.3f}")

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


def _flush_after(collection: Handle, changes: int) -> None:
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
        raise BrokenIndexError(f"{type(exc).__name__}: {exc}") from exc
