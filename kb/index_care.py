"""Care for the indexes of an open knowledge base: looked at in a child process, mended while words still find.

Chroma may take a process down with it, so the one that serves people does not open an index that nobody has looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from ingest.errors import LimitExceeded
from ingest.isolation import Pool
from ingest.limits import MEBIBYTE, Limits
from kb.catalogue import Catalogue
from kb.catalogue_reading import CatalogueReading
from kb.errors import is_full
from kb.home import Home
from kb.library import bring_index_up_to_date
from kb.stored_vectors import Vectors
from kb.types import Notice
from kb.vector_index import IndexState, VectorIndex, probes

LOOKING = Limits(seconds=120, most_seconds=600, memory=64 * 1024 * MEBIBYTE)  # of address space: Chroma maps files

Told = Callable[[str], None]
_WORDS = {  # what a person hears of a state, before and after
    IndexState.DAMAGED: ("index_damaged", "index_mended"),
    IndexState.OUTDATED: ("index_outdated", "index_renewed"),
}
_OTHER_STEMS = ("stems_outdated", "index_renewed")


def examined(folder: Path, own_vectors: Vectors) -> frozenset[int]:
    """The keys that the index in a folder holds, if it finds vectors (n, d) that should be in it. Raises ValueError."""
    index = VectorIndex(folder)
    try:
        return index.examine(own_vectors)
    finally:
        index.close()


def examined_apart(home: Home, catalogue: CatalogueReading) -> frozenset[int]:
    """The same for the index of a home, in a child process.

    Raises ValueError where it is damaged, LimitExceeded where it takes the process down, ChildProcessError.
    """
    pool = Pool(1)
    try:
        return pool.call(examined, home.vectors, probes(catalogue), limits=LOOKING)
    finally:
        pool.close()


def silent(_: str) -> None:
    """Tell nobody."""


class IndexCare:
    """Looks at an index once, and mends it whenever it cannot answer: in a thread, one at a time.

    ``told`` hears the keys of what a person should know: index_damaged and index_mended, index_outdated and
    index_renewed, stems_outdated and index_renewed, index_not_mended.
    """

    def __init__(self, home: Home, catalogue: Catalogue, index: VectorIndex, told: Told = silent) -> None:
        self._home = home
        self._catalogue = catalogue
        self._index = index
        self._told = told
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failed_at: int | None = None
        self._news: Notice | None = None
        self._looked = threading.Event()
        self._looked.set()

    def begin(self) -> None:
        """Look at the index, which is withheld until then."""
        self._looked.clear()
        self._run(self._look)

    def mend_now(self) -> None:
        """Mend an index that needs it, and wait for that."""
        if not self._is_well():
            self._mend()

    def news(self) -> tuple[Notice, ...]:
        """Once: that the index was damaged and is whole again, or was made anew for this Bronvast."""
        news, self._news = self._news, None
        return (news,) if news else ()

    def mend(self) -> None:
        """Have an index that cannot answer mended; where that failed, only once the catalogue has changed."""
        if self._catalogue.revision() != self._failed_at:
            self._run(self._mend)

    def wait(self, *, mended: bool = True) -> None:
        """Wait until what is being done is done; or, without ``mended``, until the index was looked at."""
        self._looked.wait()
        if mended and self._thread is not None:
            self._thread.join()

    def _run(self, work: Callable[[], None]) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=work, name="vector index", daemon=True)
                self._thread.start()

    def _look(self) -> None:
        try:
            examined_apart(self._home, self._catalogue)
            self._index.withheld = False
        except (ValueError, LimitExceeded, ChildProcessError):
            pass  # it is mended below
        finally:
            self._looked.set()
        if not self._is_well():
            self._mend()

    def _is_well(self) -> bool:
        return self._index.is_up_to_date(self._catalogue) and self._catalogue.has_todays_stems()

    def _mend(self) -> None:
        revision = self._catalogue.revision()
        self._index.close()  # what could not be opened a moment ago may be well: a disk was full, say
        if self._is_well() or is_full(self._home.path):
            return
        words = _WORDS.get(self._index.state(self._catalogue))
        before, after = words or ((None, None) if self._catalogue.has_todays_stems() else _OTHER_STEMS)
        if before:
            self._told(before)
        is_mended = bring_index_up_to_date(self._home, self._catalogue, self._index, anew=words is not None)
        self._index.withheld = words is not None and not is_mended
        self._failed_at = None if is_mended else revision
        self._news = Notice(after) if after and is_mended else None
        if not is_mended:
            self._told("index_not_mended")
        elif after:
            self._told(after)
