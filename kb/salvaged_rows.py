"""What can still be read of a damaged SQLite file: row by row, around the places where it is broken."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections import deque
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from kb.database import Row

_TYPES: dict[str, type] = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
_SIZES = struct.Struct(">16xH10xI")  # of a page, and how many: https://sqlite.org/fileformat2.html, 1.3
_LARGEST_PAGE = 65536
_MOST_BYTES = 2**40
_SMALLEST_ROW = 32  # bytes, about
_MOST_FAILURES = 20_000  # in a table: some seconds


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its table declares it."""

    name: str
    kind: type
    may_be_empty: bool
    place_in_key: int  # from 1; 0: not part of the key


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The rows of a table that can be read and hold values of the kinds that they should; whether that was all."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_whole: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def readable_copy(damaged: Path, target: Path) -> None:
    """Copy a damaged file with its log, at its full length: of one that was cut off SQLite would read nothing. Raises
    OSError.
    """
    for end in ("", "-wal"):
        source = damaged.with_name(damaged.name + end)
        if source.is_file():
            shutil.copyfile(source, target.with_name(target.name + end))
    if target.is_file():
        with target.open("r+b") as file:
            page_size, pages = _SIZES.unpack(file.read(_SIZES.size).ljust(_SIZES.size, b"\0"))
            whole = (page_size if page_size > 1 else _LARGEST_PAGE) * pages
            file.truncate(max(target.stat().st_size, whole if whole < _MOST_BYTES else 0))


def salvaged(file: Path, table: str) -> Salvaged:
    """What a file still holds of a table: nothing where even its beginning cannot be read."""
    nothing = Salvaged((), (), is_whole=False)
    if not file.is_file():
        return nothing
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as connection:
        return _Table(connection, table, file.stat().st_size // _SMALLEST_ROW).read()
    return nothing


class _Table:
    """One table of a damaged file."""

    def __init__(self, connection: sqlite3.Connection, name: str, most_rows: int) -> None:
        self._name, self._most_rows = name, most_rows
        described = connection.execute(f"PRAGMA table_info({name})").fetchall()
        self.columns = tuple(
            Column(column, _TYPES.get(kind, object), not must, place) for _, column, kind, must, _, place in described
        )
        self.is_whole = bool(described)
        self._connection = connection
        self._listed = f"SELECT {', '.join(one.name for one in self.columns)} FROM {name}"  # noqa: S608
        self._highest = f"SELECT max(rowid) FROM {name} NOT INDEXED"  # noqa: S608
        (declared,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone() or ("",)
        self._has_numbers = "WITHOUT ROWID" not in declared

    def read(self) -> Salvaged:
        found = list(self._numbered() if self._has_numbers else self._from_both_ends()) if self.columns else []
        sound = tuple(row for row in found if self._is_sound(row))
        return Salvaged(self.columns, sound, is_whole=self.is_whole and len(sound) == len(found))

    def _is_sound(self, row: Row) -> bool:
        return all(
            isinstance(value, column.kind) or (value is None and (column.may_be_empty or column.place_in_key == 1))
            for column, value in zip(self.columns, row, strict=True)
        )

    def _numbered(self) -> Iterator[Row]:
        """The rows by their number: where a stretch cannot be read, each half of it is tried."""
        waiting, failures = deque([(0, self._last_number())]), 0
        while waiting and failures < _MOST_FAILURES:
            first, last = waiting.popleft()  # the widest first
            rows = self._tried(f"{self._listed} NOT INDEXED WHERE rowid BETWEEN ? AND ?", first, last)
            if rows is not None:
                yield from rows
            else:
                failures += 1
                middle = (first + last) // 2
                waiting += [(first, middle), (middle + 1, last)] if first < last else []

    def _last_number(self) -> int:
        """The highest number of a row; where that cannot be read, no lower than it can be."""
        for sql in (self._highest, f"SELECT seq FROM sqlite_sequence WHERE name = '{self._name}'"):  # noqa: S608
            if rows := self._tried(sql):
                return rows[0][0] or 0
        return self._most_rows

    def _from_both_ends(self) -> Iterator[Row]:
        """The rows in the order of their key as far as they go, and back from the end as far as those go."""
        key = sorted((one.place_in_key, one.name) for one in self.columns if one.place_in_key)
        seen = set[Row]()
        for direction in ("ASC", "DESC"):
            order = ", ".join(f"{name} {direction}" for _, name in key)
            for row in self._until_broken(f"{self._listed} ORDER BY {order}"):
                if row not in seen:
                    seen.add(row)
                    yield row
            if self.is_whole:
                return

    def _tried(self, sql: str, *values: int) -> list[Row] | None:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, UnicodeError):
            self.is_whole = False
            return None

    def _until_broken(self, sql: str) -> Iterator[Row]:
        try:
            yield from self._connection.execute(sql)
        except (sqlite3.Error, UnicodeError):
            self.is_whole = False
