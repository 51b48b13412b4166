"""Writers that tell in a file what they have done, as soon as it is done: they may be killed at any moment."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from kb import library
from kb.home import Home
from kb.progress import Silence
from kb.stored_vectors import Vectors
from kb.testing import WordEncoder
from kb.types import FileReport, Outcome
from tests.faulty_disk import disk
from tests.faulty_disk.disk import Fault

_STORED = (Outcome.ADDED, Outcome.REPLACED)


class Telling(Silence):
    """Writes the number of each note to a file once it is stored."""

    def __init__(self, told: Path) -> None:
        self._told = told

    def report(self, file: FileReport) -> None:
        """A note is stored."""
        if file.outcome in _STORED:
            tell(self._told, file.document_id or "")


def add(home: Path, documents: Path, told: Path, fault: Fault | None) -> None:
    """Add what is in a folder."""
    if fault is not None:
        disk.arm(fault)
    library.ingest(Home(home), [documents], progress=Telling(told))


def add_until(home: Path, documents: Path, moment: int) -> None:
    """Add what is in a folder, and die at a moment: before or after a document, before its vectors or the index."""
    moments = Moments(moment)
    library.ingest(Home(home), [documents], encoder=DyingEncoder(moments), progress=moments)


class Moments(Silence):
    """Counts the moments of an ingest, and kills the process at the last one."""

    def __init__(self, last: int) -> None:
        self._left = last

    def one(self) -> None:
        """A moment."""
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)

    def begin(self, name: str) -> None:  # noqa: ARG002 - as ``Progress`` calls it
        """A file begins."""
        self.one()

    def finish(self) -> None:
        """A file is done."""
        self.one()

    def publish(self) -> None:
        """The index begins."""
        self.one()


class DyingEncoder(WordEncoder):
    """Its moments are those in which the vectors of a document would be made."""

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self._moments = moments

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages."""
        self._moments.one()
        return super().encode_passages(texts)


def remove(home: Path, ids: Sequence[str], told: Path, fault: Fault | None) -> None:
    """Remove documents."""
    if fault is not None:
        disk.arm(fault)
    library.remove(Home(home), ids)
    for identity in ids:
        tell(told, identity)


def tell(told: Path, identity: str) -> None:
    """One line: the number of a note."""
    handle = os.open(told, os.O_WRONLY | os.O_APPEND)
    os.write(handle, f"{identity.removeprefix('nota-')}\n".encode())
    os.close(handle)
