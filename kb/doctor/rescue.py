"""The rows of a damaged catalogue that can be read and make sense, in a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.types import INFO_FIELDS
from kb import catalogue_rows
from kb.audit import Act, Via
from kb.catalogue import Catalogue
from kb.columns import BLOCK, PAGE, PASSAGE, Column, unpacked
from kb.database import Database, Row
from kb.doctor.types import Lost
from kb.glossary.types import TermKind
from kb.home import Home
from kb.salvaged_rows import Salvaged, readable_copy, salvaged
from kb.stored_findings import unpack_info

_BELOW = ("pages", "blocks", "notes", "passages", "glossary", "definitions")  # what hangs on a document
_BESIDE = ("settings", "documents", "corrections", "set_aside", "own_terms", "audit")
_VECTORS = ("vectors", "word_vectors")
_OF_PEOPLE = {"corrections": Lost.CORRECTIONS, "own_terms": Lost.TERMS, "audit": Lost.AUDIT}
_ENCODER = {"encoder_name", "encoder_fingerprint", "encoder_dimension"}
_NUMBERS = {"revision", "erased", "encoder_dimension"}
_KEYS = {"documents": "key", "passages": "key", "vectors": "key", "audit": "number"}
_DIGEST_CHARS = 64

Values = Mapping[str, Any]


def rescued(damaged: Path, made: Home) -> list[Lost]:
    """Make a catalogue in a home of what a damaged file still holds; what people said of which that is not all.

    Nothing hangs on what is not there. Of a document with a row that makes no sense no text is kept: it will be read
    again. Vectors without their encoder are left out, and so is the lexical index.
    """
    Catalogue.open(made, create=True).close()
    copy = made.path / "damaged.sqlite3"
    readable_copy(damaged, copy)
    rescue = _Rescue(copy)
    with closing(Database(made.catalogue)) as database:
        database.change("PRAGMA foreign_keys = OFF")  # a row may come before the one that it hangs on
        with database.transaction():
            for table in (*_BESIDE, *_BELOW):
                rescue.copy(database, table)
            if {name for (name,) in database.rows("SELECT name FROM settings")} >= _ENCODER:
                for table in _VECTORS:
                    rescue.copy(database, table)
            rescue.tidy(database)
            rescue.go_on_counting(database)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return [lost for table, lost in _OF_PEOPLE.items() if table not in rescue.whole]


class _Rescue:
    """Rows on their way: the tables that are ``whole``, and the documents of which a row is ``spoilt``."""

    def __init__(self, damaged: Path) -> None:
        self.whole = set[str]()
        self.spoilt = set[int]()
        self._damaged = damaged

    def copy(self, database: Database, table: str) -> None:
        """Copy the rows of a table that make sense."""
        found = salvaged(self._damaged, table)
        sound = [row for row in found.rows if self._makes_sense(table, found, row)]
        if found.is_whole and len(sound) == len(found.rows):
            self.whole.add(table)
        known = {name for _, name, *_ in database.rows(f"PRAGMA table_info({table})")}
        if sound and set(found.names) <= known:
            marks = ", ".join("?" * len(found.names))
            database.change_many(
                f"INSERT OR REPLACE INTO {table} ({', '.join(found.names)}) VALUES ({marks})",  # noqa: S608
                sound,
            )

    def _makes_sense(self, table: str, found: Salvaged, row: Row) -> bool:
        values = dict(zip(found.names, row, strict=True))
        try:
            if _MAKES_SENSE.get(table, _anything)(values):
                return True
        except (ValueError, TypeError, KeyError, AttributeError):  # what cannot be unpacked
            pass
        if table in _BELOW:
            self.spoilt.add(values["document_key"])
        return False

    def tidy(self, database: Database) -> None:
        """Let nothing hang on what is not there."""
        for table in _BELOW:
            database.change(f"DELETE FROM {table} WHERE document_key NOT IN (SELECT key FROM documents)")  # noqa: S608
            for key in self.spoilt:
                database.change(f"DELETE FROM {table} WHERE document_key = ?", (key,))  # noqa: S608
        database.change("DELETE FROM vectors WHERE passage_key NOT IN (SELECT key FROM passages)")

    def go_on_counting(self, database: Database) -> None:
        """Let no key be given out that was given before."""
        counted: dict[str, int] = dict(salvaged(self._damaged, "sqlite_sequence").rows)
        for table, key in _KEYS.items():
            ((highest,),) = database.rows(f"SELECT coalesce(max({key}), 0) FROM {table}")  # noqa: S608
            database.change("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            database.change("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, max(highest, counted.get(table, 0))))


# --- what makes sense ----------------------------------------------------------------------------------


def _anything(_: Values) -> bool:
    return True


def _setting(values: Values) -> bool:
    name, value = values["name"], values["value"]
    return name in _ENCODER - _NUMBERS or (name in _NUMBERS and value.isdigit())


def _document(values: Values) -> bool:
    catalogue_rows.cards([tuple(values[name] for name in catalogue_rows.CARD.split(", "))], [], {})
    unpack_info(values["stated"])
    return len(values["digest"]) == _DIGEST_CHARS and values["digest"].isalnum()


def _line(values: Values) -> bool:
    return bool(Act(values["act"]) and Via(values["via"]) and datetime.fromisoformat(values["at"]))


def _fields(columns: tuple[Column, ...]) -> Callable[[Values], bool]:
    return lambda values: bool(unpacked(columns, [values[one.name] for one in columns]))


def _passage(values: Values) -> bool:
    return isinstance(json.loads(values["headings"]), list) and _fields(PASSAGE)(values)


_MAKES_SENSE: dict[str, Callable[[Values], bool]] = {
    "settings": _setting,
    "documents": _document,
    "corrections": lambda values: values["field"] in INFO_FIELDS,
    "own_terms": lambda values: bool(TermKind(values["kind"])),
    "audit": _line,
    "pages": _fields(PAGE),
    "blocks": _fields(BLOCK),
    "passages": _passage,
}
