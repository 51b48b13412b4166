"""Reading an SQLite file on a disk that is full.

Readers and writers agree by a small file beside it, for which there is no room. So the file is read as it lies
there, without asking anybody: which is right as long as nobody writes. Whether somebody did is seen afterwards.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

State = tuple[int, int, int]


class AsItLies(sqlite3.Connection):
    """A connection that reads a file as it lies there, and knows how it lay when it was opened."""

    file: Path
    seen: State

    @property
    def is_right(self) -> bool:
        """Whether nobody wrote in the meantime."""
        return _state(self.file) == self.seen


def opened_as_it_lies(path: Path) -> AsItLies | None:
    """Such a connection; None where a log holds what is not in the file yet. Raises sqlite3.Error."""
    seen = _state(path)
    if seen is None:
        return None
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, factory=AsItLies)
    connection.file, connection.seen = path, seen
    return connection


def _state(path: Path) -> State | None:
    """What changes whenever somebody writes; None while there is a log."""
    log = path.with_name(f"{path.name}-wal")
    try:
        if log.exists() and log.stat().st_size:
            return None
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns
