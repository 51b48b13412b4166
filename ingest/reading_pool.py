"""Files read in child processes, several at a time: each becomes a document with its passages, or has its reason."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.acronyms import Acronym, acronyms
from ingest.errors import LimitExceeded, Reason, UnreadableFile
from ingest.isolation import Owner, Pool, shared_pool
from ingest.limits import Limits
from ingest.passages import split_passages
from ingest.reading import read_document
from ingest.sentences import load_language
from ingest.types import Document, Passage


@dataclass(frozen=True, slots=True)
class ReadFile:
    """All that a file gives."""

    document: Document
    passages: tuple[Passage, ...]
    acronyms: tuple[Acronym, ...]


def read_file(path: Path) -> ReadFile:
    """The document in a file, its passages and acronyms, read in this process. Raises UnreadableFile."""
    document = read_document(path)
    return ReadFile(document, _passages(path, document), acronyms(document))


def _passages(path: Path, document: Document) -> tuple[Passage, ...]:
    """The passages of a document. Whatever goes wrong with one text stops none of the others."""
    try:
        for text in (document.text, *(page.raw for page in document.pages)):
            text.encode()  # a lone surrogate is no character, and no database takes it
        return split_passages(document)
    except (MemoryError, RecursionError):
        raise  # limits of the process, with reasons of their own
    except Exception as error:
        raise UnreadableFile(path, Reason.DAMAGED, f"{type(error).__name__}: {error}") from error


class ReadingPool:
    """Reads files in the child processes of a pool, as many at a time as it has. Leaving it early ends them at once."""

    def __init__(self, limits: Limits = Limits(), *, pool: Pool | None = None) -> None:
        self._limits = limits
        self._owner = Owner()
        self._pool = pool or shared_pool()
        self._threads = ThreadPoolExecutor(self._pool.size)

    @property
    def size(self) -> int:
        """How many files are read at a time."""
        return self._pool.size

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop(self._owner)
        self._threads.shutdown(cancel_futures=True)

    def begin(self, path: Path) -> Future[ReadFile]:
        """Have a file read. The result raises UnreadableFile: what ``read_document`` raises, or with the reason of the
        limit that it went over.
        """
        return self._threads.submit(self._read, path)

    def _read(self, path: Path) -> ReadFile:
        try:
            return self._pool.call(
                read_file, path.absolute(), limits=self._limits, owner=self._owner, prepare=load_language
            )
        except LimitExceeded as error:
            raise UnreadableFile(path, error.reason, error.detail) from error
