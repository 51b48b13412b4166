"""The passages nearest to a question, from an index that can always be made again.

The catalogue is the truth; this index only finds. The rules that keep it from lying, each for something that
embedded Chroma 1.5.9 was seen to do:

 1. A published index is never written to. A change is made to a copy, in a new folder, that is checked,
    closed, flushed and then published in one step (``kb.generations``): killed during the rewrite of its
    graph, Chroma left the collection broken for ever in 5 of 22 trials.
 2. One writer, under ``Home.writer_lock``: two lost 13 to 15 % of the vectors without an error.
 3. The vectors come from the catalogue, never from Chroma: it keeps no second copy to rebuild from.
 4. The graph is written once, at the end (``sync_threshold``): so nothing waits in the log, where the next
    reader would have to replay it, and it is not rewritten for every thousand passages.
 5. Before publishing: the count is right, passages are found by their own vectors, and the graph's files hold
    all that they should: of what the disk refused while they were written nobody is told (``kb.graph_files``).
 6. Before reading: the graph's files have their checksums, the database says what it said, and the count is right.
    Truncated files were read without a word, garbage in them ended the process.
 7. Ids are vector keys, which are never used twice: adding an id that exists is silently ignored. No upsert,
    after which live passages could no longer be found. A passage with another vector has another key.
 8. Metadata is one number, the document's key; what is known about documents changes in the catalogue alone.
 9. Each call takes at most ``get_max_batch_size`` passages; more is refused.
10. Space and graph parameters are set at creation (recall@100 1.000 on clustered vectors): later changes do
    not reach a loaded graph.
11. Built anew when more than 30 % was taken out: a graph never shrinks. Also when a document was removed for good:
    a graph keeps the vectors that were taken out. The room behind its elements is cleared: it holds what was in memory.
12. ``embedding_function=None``: the default one goes on line for a model. Telemetry is off.
13. A reader looks at the pointer before every search and opens the newer generation; an open one would stay
    frozen. A closed client is let go, with its files.
14. Whatever goes wrong inside Chroma, a search returns nothing, and the words of the question still find
    their passages in the lexical index; the next writer builds the index anew.
"""

from __future__ import annotations

import errno
import logging
import shutil
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path

import numpy as np

from kb.catalogue_reading import CatalogueReading
from kb.chroma_collection import DATABASE, NEIGHBOURS, BrokenIndexError, ChromaCollection, Found, UnreachableError
from kb.database import copy_database
from kb.errors import HomeError, is_full
from kb.generations import Generation, Generations, Token, checksums, clear_room_of_graph, graph_is_whole
from kb.stored_vectors import Vectors

_MOST_REMOVED = 0.3
_PROBES = 5
_log = logging.getLogger(__name__)


class IndexState(Enum):
    """How the published index stands to the catalogue."""

    CURRENT = auto()
    BEHIND = auto()
    OUTDATED = auto()  # made by an earlier Bronvast, in another way
    DAMAGED = auto()


class VectorIndex:
    """The published index of a folder. Searching is safe from any thread, and never fails.

    While it is ``withheld`` it finds nothing: nobody has looked yet whether it can be trusted.
    """

    def __init__(self, folder: Path, *, withheld: bool = False) -> None:
        self.withheld = withheld
        self._generations = Generations(folder)
        self._guard = threading.Lock()
        self._token: Token | None = None
        self._opened: ChromaCollection | None = None

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
            except BrokenIndexError as exc:
                _log.warning("the vector index failed: %s", exc)
                self.close()
        return []

    def can_answer(self) -> bool:
        """Whether there is an index that can be trusted, be it behind."""
        return self._current() is not None

    def state(self, catalogue: CatalogueReading) -> IndexState:
        """Whether the published index is whole, and covers the catalogue as it is now."""
        published = self._generations.published()
        if published is None:
            return IndexState.DAMAGED if self._generations.has_pointer else IndexState.BEHIND
        if published.is_outdated:
            return IndexState.OUTDATED
        if published.name is not None and self._current() is None:
            return IndexState.DAMAGED
        return IndexState.CURRENT if published.revision == catalogue.revision() else IndexState.BEHIND

    def is_up_to_date(self, catalogue: CatalogueReading) -> bool:
        """Whether the published index is whole and covers the catalogue as it is now."""
        return self.state(catalogue) is IndexState.CURRENT

    def examine(self, probes: Vectors) -> frozenset[int]:
        """Look closer than every search does: the keys of all its vectors. Chroma may take the process down with it.

        Raises ValueError where the index is damaged, or the vectors ``probes`` (n, d) of passages do not find them.
        """
        published = self._generations.published()
        is_empty = published is not None and published.name is None
        if is_empty or not self._generations.has_pointer:
            return frozenset()
        passages = self._current()
        if published is None or passages is None:
            raise ValueError(f"{self._generations.folder}: no index that can be opened")
        try:
            passages.check(published.passages, probes)
            return frozenset(passages.keys())
        except BrokenIndexError as exc:
            raise ValueError(str(exc)) from exc

    def bring_up_to_date(self, catalogue: CatalogueReading, *, anew: bool = False) -> None:
        """Publish an index of the catalogue as it is now; nothing is embedded anew. With ``anew`` it is built from
        nothing, whatever there is.

        The caller holds ``Home.writer_lock``. Raises HomeError where that cannot be done; the catalogue does
        not suffer, and the index that was published stays.
        """
        if not anew and self.is_up_to_date(catalogue):
            self._generations.tidy()  # what a writer left that was ended at the last moment
            return
        try:
            self._generations.publish(self._next_generation(catalogue, anew=anew))
        except (OSError, BrokenIndexError) as exc:
            is_want_of_room = is_full(self._generations.folder) or getattr(exc, "errno", None) == errno.ENOSPC
            key = "index_disk_full" if is_want_of_room else "index_not_built"
            raise HomeError(key, path=self._generations.folder, detail=exc) from exc

    def close(self) -> None:
        """Let go of the open generation; the next search opens what is published then."""
        with self._guard:
            self._let_go()

    def _current(self) -> ChromaCollection | None:
        """The published generation, opened; None where there is none that can be trusted."""
        if self.withheld:
            return None
        with self._guard:
            token = self._generations.token()
            while token != self._token:
                self._let_go()
                self._opened, self._token = self._open_published(), token
                token = self._generations.token()  # what was opened may have made way for the next meanwhile
            return self._opened

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = self._token = None

    def _open_published(self) -> ChromaCollection | None:
        generation = self._generations.published()
        if generation is None or generation.name is None or generation.is_outdated:
            return None
        if not self._generations.is_whole(generation):
            _log.warning("the vector index %s is damaged", generation.name)
            return None
        try:
            return ChromaCollection.open(self._generations.path(generation.name), count=generation.passages)
        except BrokenIndexError as exc:
            _log.warning("the vector index %s cannot be opened: %s", generation.name, exc)
            return None

    def _next_generation(self, catalogue: CatalogueReading, *, anew: bool) -> Generation:
        mark = catalogue.encoder_mark()
        wanted = catalogue.vector_keys()
        goal = Generation(None, catalogue.revision(), mark.fingerprint if mark else None, len(wanted))
        if not wanted:
            return goal
        published = self._generations.published()
        if published is not None and not anew and _may_be_changed(published, goal, catalogue):
            try:
                changed = self._changed(published, goal, wanted, catalogue)
            except (OSError, BrokenIndexError) as exc:
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
            passages = ChromaCollection.open(folder, count=len(held), changes=len(gone) + len(new))
            return _filled(
                passages, replace(goal, removed=removed, built=published.built), catalogue, gone=gone, new=new
            )

    def _built(self, goal: Generation, wanted: set[int], catalogue: CatalogueReading) -> Generation:
        """A generation made from nothing but the catalogue, with more links where few leave a passage unreachable."""
        *fewer, most = NEIGHBOURS
        for neighbours in fewer:
            with suppress(UnreachableError):
                return self._linked(neighbours, goal, wanted, catalogue)
        return self._linked(most, goal, wanted, catalogue)

    def _linked(self, neighbours: int, goal: Generation, wanted: set[int], catalogue: CatalogueReading) -> Generation:
        with self._new_folder() as folder:
            passages = ChromaCollection.create(folder, changes=len(wanted), neighbours=neighbours)
            return _filled(passages, replace(goal, built=goal.revision), catalogue, gone=set(), new=wanted)

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


def _may_be_changed(published: Generation, goal: Generation, catalogue: CatalogueReading) -> bool:
    """Whether a copy of a generation may become the next one, without vectors of what was removed for good."""
    is_of_this_kind = not published.is_outdated and published.encoder == goal.encoder
    return is_of_this_kind and published.built >= catalogue.erased_at()


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{DATABASE}*"), dirs_exist_ok=True)
    copy_database(source / DATABASE, target / DATABASE)


def _filled(
    passages: ChromaCollection, goal: Generation, catalogue: CatalogueReading, *, gone: set[int], new: set[int]
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
        passages.check(goal.passages, probes(catalogue))
    finally:
        passages.close()
    clear_room_of_graph(passages.folder)
    if not graph_is_whole(passages.folder, goal.passages + goal.removed):
        raise BrokenIndexError("the graph was not written as it should be: the disk fails")
    return replace(goal, name=passages.folder.name, checksums=checksums(passages.folder))


def probes(catalogue: CatalogueReading) -> Vectors:
    """The vectors (n, d) of a few passages, spread over all."""
    keys = sorted(catalogue.passage_keys())
    chosen = [keys[place] for place in np.linspace(0, len(keys) - 1, _PROBES).astype(int)] if keys else []
    return catalogue.vectors(chosen).passages
