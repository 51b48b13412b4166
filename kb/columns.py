"""The columns of the catalogue that hold a field of the same name: what is stored, and how it is read back.

A new field of a page or passage needs one line here, one in ``kb.schema`` and one in ``kb.migrations``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.types import BlockKind, Span, TextSource


def _as_it_is(value: object) -> object:
    return value


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _strings(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Spans as stored: pairs of int32."""
    return np.array([(span.start, span.end) for span in spans], dtype=np.int32).tobytes()


def unpack_spans(stored: bytes) -> tuple[Span, ...]:
    """The spans behind stored bytes."""
    ends = memoryview(stored).cast("i").tolist()  # for a few numbers faster than an array
    return tuple(map(Span, ends[::2], ends[1::2]))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field's name, what SQLite gets of its value, and the value behind that."""

    name: str
    pack: Callable[[Any], object] = _as_it_is
    unpack: Callable[[Any], object] = _as_it_is


PAGE_MARK = (
    Column("number"),
    Column("start"),
    Column("inferred", int, bool),
    Column("source", str, TextSource),
)
PAGE = (*PAGE_MARK, Column("raw"))
BLOCK = (Column("kind", str, BlockKind), Column("start"), Column("end"), Column("level"))
PASSAGE = (
    Column("start"),
    Column("end"),
    Column("text"),
    Column("headings", _as_json, _strings),
    Column("lead_in"),
    Column("units", pack_spans, unpack_spans),
    Column("marks", pack_spans, unpack_spans),
)


def names(columns: Iterable[Column]) -> str:
    """The columns for SQL: "start, end"."""
    return ", ".join(column.name for column in columns)


def packed(columns: Iterable[Column], thing: object) -> tuple[object, ...]:
    """What the columns hold of a thing with fields of their names."""
    return tuple(column.pack(getattr(thing, column.name)) for column in columns)


def unpacked(columns: Iterable[Column], row: Iterable[Any]) -> dict[str, Any]:
    """The fields that a row of the columns stands for."""
    return {column.name: column.unpack(value) for column, value in zip(columns, row, strict=True)}


def insertion(table: str, columns: Iterable[Column], *, under: Sequence[str]) -> str:
    """The statement that writes a row: the columns ``under`` which it hangs first, then these."""
    wanted = [*under, *(column.name for column in columns)]
    return f"INSERT INTO {table} ({', '.join(wanted)}) VALUES ({', '.join('?' * len(wanted))})"  # noqa: S608
