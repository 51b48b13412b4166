"""The files that could not be read, remembered until one of the same source is read or a person has seen enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kb.database import Database


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that could not be read. ``source`` says of which document it would have been a version, ``reason`` is an
    ``ingest.errors.Reason`` value.
    """

    source: str
    file_name: str
    reason: str
    detail: str
    at: datetime


def keep(database: Database, source: str, file_name: str, reason: str, detail: str) -> None:
    """Remember a file, with its last reason."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    names = (_storable(text) for text in (source, file_name))
    database.change("INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?)", (*names, reason, _storable(detail), now))


def forget(database: Database, source: str) -> bool:
    """Remember a file no longer; False where it was not remembered."""
    return database.change("DELETE FROM set_aside WHERE source = ?", (_storable(source),)) > 0


def remembered(database: Database) -> tuple[SetAside, ...]:
    """All such files, the last first."""
    rows = database.rows(
        "SELECT source, file_name, reason, detail, set_aside_at FROM set_aside ORDER BY set_aside_at DESC, source"
    )
    return tuple(
        SetAside(source, name, reason, detail, datetime.fromisoformat(at)) for source, name, reason, detail, at in rows
    )


def _storable(text: str) -> str:
    """A file's name may hold bytes that are no characters."""
    return text.encode("utf8", "replace").decode("utf8")
