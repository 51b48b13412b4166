"""The lexical index: FTS5 over words that ``kb.analysis`` has already stemmed and cut.

It holds the passages of current documents only, under their keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kb.analysis import LexicalFields
from kb.database import Database
from kb.errors import HomeError

COLUMNS = ("title", "headings", "body", "grams")
WORD_COLUMNS = ("title", "headings", "body")


def any_of(tokens: Iterable[str], *, columns: Sequence[str] = COLUMNS) -> str:
    """A match expression: at least one of these tokens in at least one of these columns.

    Two such expressions can be joined with " OR ". There must be a token.
    """
    alternatives = " OR ".join(_quoted(token) for token in tokens)
    return f"{{{' '.join(columns)}}} : ({alternatives})"


def store(database: Database, passage_keys: Iterable[int], fields: Iterable[LexicalFields]) -> None:
    """Index passages; part of the caller's transaction."""
    database.change_many(
        "INSERT INTO lexical (rowid, title, headings, body, grams) VALUES (?, ?, ?, ?, ?)",
        (
            (key, field.title, field.headings, field.body, field.grams)
            for key, field in zip(passage_keys, fields, strict=True)
        ),
    )


def forget(database: Database, document_key: int) -> None:
    """Take the passages of a document out; part of the caller's transaction."""
    database.change(
        "DELETE FROM lexical WHERE rowid IN (SELECT key FROM passages WHERE document_key = ?)", (document_key,)
    )


def search(
    database: Database,
    match: str,
    *,
    limit: int,
    weights: Sequence[float],
    document_keys: Sequence[int] | None,
) -> list[tuple[int, float]]:
    """Passage keys with their BM25 score, best first; ``document_keys`` None means all documents."""
    chosen = ""
    values: tuple[str, ...] = ()
    if document_keys is not None:
        # The plus keeps SQLite from looking up one document at a time: a hundred times slower.
        chosen = "AND +rowid IN (SELECT key FROM passages WHERE document_key IN (SELECT value FROM json_each(?)))"
        values = (json.dumps(list(document_keys)),)
    ranking = f"bm25({', '.join(str(float(weight)) for weight in weights)})"
    return database.rows(
        # FTS5's rank is lower for better; here higher is better, everywhere.
        f"SELECT rowid, -rank FROM lexical WHERE lexical MATCH ? AND rank MATCH ? {chosen}"  # noqa: S608
        " ORDER BY rank LIMIT ?",
        (match, ranking, *values, limit),
    )


def words_of(database: Database, passage_keys: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """The stems of passages by key, as indexed: of their title, their headings and their body."""
    rows = database.rows(
        "SELECT rowid, title, headings, body FROM lexical WHERE rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(passage_keys)),),
    )
    return {key: (title, headings, body) for key, title, headings, body in rows}


def fields(database: Database, keys: Iterable[int]) -> dict[int, LexicalFields]:
    """What is indexed of passages, by key."""
    rows = database.rows(
        "SELECT rowid, title, headings, body, grams FROM lexical WHERE rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return {key: LexicalFields(*columns) for key, *columns in rows}


def passages_matching(database: Database, match: str) -> int:
    """How many passages match an expression."""
    row = database.row("SELECT count(*) FROM lexical WHERE lexical MATCH ?", (match,))
    return int(row[0]) if row else 0


def is_sound(database: Database) -> bool:
    """Whether FTS5 finds that its index agrees with the words it was made of."""
    try:
        with database.transaction():
            database.change("INSERT INTO lexical (lexical) VALUES ('integrity-check')")
    except HomeError as error:
        if error.key != "catalogue_damaged":
            raise
        return False
    return True


def make_anew(database: Database, passages: Iterable[tuple[int, LexicalFields]]) -> None:
    """Put another index in the place of the one that is there, whatever state that is in. Part of the caller's
    transaction.
    """
    ((statement,),) = database.rows("SELECT sql FROM sqlite_master WHERE name = 'lexical'")
    database.change("DROP TABLE lexical")
    database.change(statement)
    for key, fields_of_passage in passages:
        store(database, [key], [fields_of_passage])


def compact(database: Database) -> None:
    """Merge the index into one, so that nothing of what was taken out stays on disk."""
    database.change("INSERT INTO lexical (lexical) VALUES ('optimize')")


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
