"""The files of an ingest in their order, while those that come next are being read already."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.reading_pool import ReadFile, ReadingPool
from kb.originals import digest_of

AHEAD = 2  # files that wait for each process at work: none is idle, and few documents are in memory


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file whose turn will come. ``digest`` is None where its bytes cannot be had; ``reading`` where it need not be
    read, as far as could be seen.
    """

    file: Path
    digest: str | None
    reading: Future[ReadFile] | None


class ReadingAhead:
    """Files, each with its reading under way. ``is_known`` says of a file and its digest that nothing is to be read."""

    def __init__(self, files: Iterable[Path], readers: ReadingPool, is_known: Callable[[Path, str], bool]) -> None:
        self._files = iter(files)
        self._readers = readers
        self._is_known = is_known
        self._waiting: deque[Waiting] = deque()
        self._digests: set[str] = set()

    def __iter__(self) -> Iterator[Waiting]:
        while True:
            self.look()
            if not self._waiting:
                return
            yield self._waiting.popleft()

    def look(self) -> None:
        """Begin to read the files that come next."""
        for file in self._files:
            self._waiting.append(self._begun(file))
            if len(self._waiting) >= AHEAD * self._readers.size:
                return

    def _begun(self, file: Path) -> Waiting:
        try:
            digest = digest_of(file)
        except UnreadableFile:
            return Waiting(file, None, None)  # its turn will tell why
        if digest in self._digests or self._is_known(file, digest):
            return Waiting(file, digest, None)
        self._digests.add(digest)
        return Waiting(file, digest, self._readers.begin(file))
