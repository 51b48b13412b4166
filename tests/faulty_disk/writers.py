"""Writers that tell in a file what they have done, as soon as it is done: they may be killed at any moment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kb import library
from kb.home import Home
from kb.progress import Silence
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
