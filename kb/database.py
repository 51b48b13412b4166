"""SQLite's only door: one connection per thread, whole transactions, errors in our own words."""

from __future__ import annotations

import errno
import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from kb.errors import HomeError, is_full

Row = tuple[Any, ...]
_State = tuple[int, int, int]
_WAIT_MS = 5000  # readers never wait in WAL mode; this is for the moment of a checkpoint

_ERROR_KEYS = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CORRUPT: "catalogue_damaged",
    sqlite3.SQLITE_NOTADB: "catalogue_damaged",
    sqlite3.SQLITE_READONLY: "home_not_writable",
    sqlite3.SQLITE_CANTOPEN: "home_not_writable",
    sqlite3.SQLITE_PERM: "home_not_writable",
    sqlite3.SQLITE_IOERR: "disk_fails",
    sqlite3.SQLITE_BUSY: "home_busy",
    sqlite3.SQLITE_LOCKED: "home_busy",
}
_FOR_WANT_OF_ROOM = ("disk_fails", "home_not_writable")  # what SQLite may call a full disk
_ERRNO = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}


class Database:
    """One SQLite file. Safe to share between threads; each gets its own connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._guard = threading.Lock()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._own_words():
            connection = self._connection()
            found = connection.execute(sql, parameters).fetchall()
            self._require_right(connection)
            return found

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written in the block becomes visible at its end, or nothing does."""
        with self._own_words():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads in the block see the same moment, whatever a writer does meanwhile."""
        with self._own_words():
            connection = self._connection()
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:  # an error of the disk may have ended it
                    connection.execute("COMMIT")

    def insert(self, sql: str, parameters: Sequence[object]) -> int:
        """Write one row and return its key."""
        with self._own_words():
            return self._connection().execute(sql, parameters).lastrowid or 0

    def change(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Write, and return how many rows that touched."""
        with self._own_words():
            return self._connection().execute(sql, parameters).rowcount

    def change_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        """Write many rows alike."""
        with self._own_words():
            self._connection().executemany(sql, parameters)

    def script(self, sql: str) -> None:
        """Run a script of statements, which brings its own transaction."""
        with self._own_words():
            self._connection().executescript(sql)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        thread = threading.current_thread()
        connection = self._connections.get(thread)
        if isinstance(connection, _AsItLies) and not connection.in_transaction and self._may_be_better(connection):
            self._connections.pop(thread).close()
            connection = None
        if connection is None:
            connection = self._connect_somehow()
            with self._guard:
                self._close_those_of_ended_threads()
                self._connections[thread] = connection
        return connection

    def _may_be_better(self, connection: _AsItLies) -> bool:
        return not (connection.is_right and is_full(self._path.parent))

    def _require_right(self, connection: sqlite3.Connection) -> None:
        """Raise HomeError where somebody wrote under a reader who could not know."""
        if isinstance(connection, _AsItLies) and not connection.is_right:
            raise HomeError("home_busy", path=self._path.parent)

    def _connect_somehow(self) -> sqlite3.Connection:
        """A connection; where the disk is full one that can only read."""
        try:
            return self._connect()
        except sqlite3.Error:
            reading = _opened_as_it_lies(self._path) if is_full(self._path.parent) else None
            if reading is None:
                raise
            return reading

    def _connect(self) -> sqlite3.Connection:
        # Another thread may close a connection only after its own thread has ended.
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _close_those_of_ended_threads(self) -> None:
        for thread in [thread for thread in self._connections if not thread.is_alive()]:
            self._connections.pop(thread).close()

    @contextmanager
    def _own_words(self) -> Iterator[None]:
        """What the disk does wrong becomes a HomeError; a wrong statement stays what it is."""
        try:
            yield
        except sqlite3.Error as exc:
            code = getattr(exc, "sqlite_errorcode", None)
            key = _ERROR_KEYS.get(code & 0xFF) if code is not None else None
            if key is None:
                raise
            if key in _FOR_WANT_OF_ROOM and is_full(self._path.parent):
                key = "disk_full"
            raise HomeError(key, path=self._path.parent, detail=exc) from exc


def contents_digest(path: Path, *, without: str) -> str:
    """The SHA-256 of all that an SQLite file says, but for one table, whatever its pages look like. Raises OSError."""
    digest = hashlib.sha256()
    try:
        # Not "ro": what a killed process began to write has to be taken back first.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            for (table,) in tables:
                if table != without:
                    digest.update(table.encode())
                    for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                        digest.update(repr(row).encode())
    except sqlite3.Error as exc:
        raise _as_os_error(path, exc) from exc
    return digest.hexdigest()


def copy_database(source: Path, target: Path) -> None:
    """Copy an SQLite file as one moment saw it, also while others read it. Raises OSError."""
    try:
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
            original.backup(copy)
    except sqlite3.Error as exc:
        raise _as_os_error(source, exc) from exc


def _as_os_error(path: Path, error: sqlite3.Error) -> OSError:
    code = getattr(error, "sqlite_errorcode", None)
    return OSError(_ERRNO.get((code or 0) & 0xFF, errno.EINVAL), str(error), str(path))


class _AsItLies(sqlite3.Connection):
    """A connection that reads a file on a full disk as it lies there, and knows how it lay when it was opened.

    Readers and writers agree by a small file beside it, for which there is no room. Without it a reader is right as
    long as nobody writes; whether somebody did is seen afterwards.
    """

    file: Path
    seen: _State

    @property
    def is_right(self) -> bool:
        """Whether nobody wrote in the meantime."""
        return _state(self.file) == self.seen


def _opened_as_it_lies(path: Path) -> _AsItLies | None:
    """Such a connection; None where a log holds what is not in the file yet. Raises sqlite3.Error."""
    seen = _state(path)
    if seen is None:
        return None
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, factory=_AsItLies)
    connection.file, connection.seen = path, seen
    return connection


def _state(path: Path) -> _State | None:
    """What changes whenever somebody writes; None while there is a log."""
    log = path.with_name(f"{path.name}-wal")
    try:
        if log.exists() and log.stat().st_size:
            return None
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns
