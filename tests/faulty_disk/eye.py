"""An independent eye: is every document of a home whole? It opens the files itself, with SQLite and SHA-256 alone."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.faulty_disk import notes

_WORD = re.compile(r"kenwoord[a-z]+")
_NOTE = re.compile(r"nota-(\d+)")
_DIMENSION = 384
_NUMBER = 2  # bytes of a number of a vector
_PLACE = 8  # bytes of the two ends of a unit

Versions = dict[int, int]


def versions_in(home: Path, *, most: int = 1000) -> tuple[Versions, list[str]]:
    """The notes that answer, each with its version, and what is wrong: nothing in a whole home.

    ``most`` is the highest version that is looked for.
    """
    if not (home / "catalogue.sqlite3").exists():
        return {}, []
    try:
        return _versions_in(home, most)
    except sqlite3.DatabaseError as error:
        return {}, [f"the catalogue cannot be read: {error}"]


def _versions_in(home: Path, most: int) -> tuple[Versions, list[str]]:
    found: Versions = {}
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as catalogue:
        if not catalogue.execute("PRAGMA user_version").fetchone()[0]:
            return {}, []  # no tables yet
        wrong = list(_wrong_in_file(catalogue))
        for key, identity in catalogue.execute("SELECT key, id FROM documents WHERE state = 'current'").fetchall():
            number = int(_NOTE.fullmatch(identity)[1])  # type: ignore[index]
            version, said = _looked_at(home, catalogue, key, number, most)
            found[number] = version
            wrong += [f"{identity}: {one}" for one in said]
    return found, wrong


def _wrong_in_file(catalogue: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds, and rows that hang on nothing."""
    yield from (row[0] for row in catalogue.execute("PRAGMA integrity_check") if row[0] != "ok")
    yield from (f"reference {row}" for row in catalogue.execute("PRAGMA foreign_key_check"))
    current = "SELECT passages.key FROM passages JOIN documents ON documents.key = document_key WHERE state = 'current'"
    for table, key in (("lexical", "rowid"), ("vectors", "passage_key")):
        for kind, one, other in (
            ("missing in", current, f"SELECT {key} FROM {table}"),  # noqa: S608
            ("too many in", f"SELECT {key} FROM {table}", current),  # noqa: S608
        ):
            ((count,),) = catalogue.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchall()  # noqa: S608
            if count:
                yield f"{count} {kind} {table}"


def _looked_at(home: Path, catalogue: sqlite3.Connection, key: int, number: int, most: int) -> tuple[int, list[str]]:
    """The version of a note, and what of it is not whole."""
    ((text, digest, passage_count),) = catalogue.execute(
        "SELECT text, digest, passage_count FROM documents WHERE key = ?", (key,)
    )
    words = set(_WORD.findall(text))
    version = next((one for one in range(most + 1) if set(notes.words(number, one)) == words), -1)
    if version < 0:
        return version, [f"a mix of words: {sorted(words)}"]
    wrong = list(_wrong_passages(catalogue, key, words, passage_count))
    pages = catalogue.execute("SELECT raw FROM pages WHERE document_key = ?", (key,)).fetchall()
    if set(_WORD.findall(" ".join(raw for (raw,) in pages))) != words:
        wrong.append("its pages are not its text")
    if not catalogue.execute("SELECT count(*) FROM blocks WHERE document_key = ?", (key,)).fetchone()[0]:
        wrong.append("no blocks")
    wrong += _wrong_original(home, digest, notes.text(number, version))
    return version, wrong


def _wrong_passages(catalogue: sqlite3.Connection, key: int, words: set[str], count: int) -> Iterator[str]:
    rows = catalogue.execute(
        "SELECT passages.key, text, passages.units, passage, vectors.units FROM passages"
        " LEFT JOIN vectors ON passage_key = passages.key WHERE document_key = ?",
        (key,),
    ).fetchall()
    if len(rows) != count or set(_WORD.findall(" ".join(row[1] for row in rows))) != words:
        yield "its passages are not its text"
    for passage, _, places, vector, units in rows:
        if len(vector or b"") != _NUMBER * _DIMENSION:
            yield f"passage {passage} has no whole vector"
        if len(units or b"") != len(places) // _PLACE * _NUMBER * _DIMENSION:
            yield f"passage {passage} has not all vectors of its units"
    for word in words:
        body = catalogue.execute("SELECT count(*) FROM lexical WHERE lexical MATCH ?", (f'body : "{word}"',))
        if not body.fetchone()[0]:
            yield f"{word} is not in the lexical index"


def _wrong_original(home: Path, digest: str, text: str) -> Iterator[str]:
    kept = home / "originals" / digest
    if digest != hashlib.sha256(text.encode()).hexdigest():
        yield "the digest is not that of its text"
    if not kept.is_file() or hashlib.sha256(kept.read_bytes()).hexdigest() != digest:
        yield "its original is not there, or not whole"


def pointer_of(home: Path) -> dict[str, object] | None:
    """What the pointer of the vector index says; None without one. Raises ValueError for half a one."""
    file = home / "vectors" / "published.json"
    said: dict[str, object] | None = json.loads(file.read_text("utf8")) if file.exists() else None
    return said
