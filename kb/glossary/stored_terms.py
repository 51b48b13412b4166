"""Definitions and people's own terms, as the catalogue keeps them. Writing is part of the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ingest.types import Span
from kb.database import Database
from kb.glossary.defining import Definition
from kb.glossary.types import OwnTerm, TermKind, folded


def store_definitions(database: Database, document_key: int, found: Iterable[Definition]) -> None:
    """Keep what a version of a document defines. It stays when the version is withdrawn, for when it comes back."""
    database.change_many(
        "INSERT INTO definitions VALUES (?, ?, ?, ?, ?)",
        ((document_key, one.term, one.span.start, one.span.end, one.long_form) for one in found),
    )


def definitions_in_force(database: Database) -> tuple[tuple[int, Definition], ...]:
    """What the documents that answer define: document key and definition."""
    rows = database.rows(
        "SELECT document_key, term, start, end, long_form FROM definitions"
        " JOIN documents ON documents.key = document_key WHERE state = 'current' ORDER BY document_key, start"
    )
    return tuple((key, Definition(term, Span(start, end), long)) for key, term, start, end, long in rows)


def own_terms(database: Database) -> tuple[OwnTerm, ...]:
    """What people say of terms, by name."""
    rows = database.rows("SELECT name, kind, meaning, source FROM own_terms ORDER BY folded")
    return tuple(OwnTerm(name, TermKind(kind), meaning, source) for name, kind, meaning, source in rows)


def keep(database: Database, said: OwnTerm) -> None:
    """Keep what a person says of a term, in the place of what they said before."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    values = (folded(said.name), said.name, said.kind.value, said.meaning, said.source, now)
    database.change("INSERT OR REPLACE INTO own_terms VALUES (?, ?, ?, ?, ?, ?)", values)


def forget(database: Database, name: str) -> bool:
    """Take back what a person said of a term; False where nobody said anything."""
    return database.change("DELETE FROM own_terms WHERE folded = ?", (folded(name),)) > 0
