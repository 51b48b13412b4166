"""Who changed what, and when: a line in the catalogue for every change, in the same transaction as the change.

A line tells of a document by its key alone. Keys are never used twice and say nothing, so when a document is removed
for good nothing of it stays here either; as long as it is there, whoever reads the lines sees its title. The table
takes lines only: SQLite itself refuses to change or delete one.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from kb.database import Database


class Act(StrEnum):
    """What was done; its value names its text in ``audit.act``."""

    ADDED = "added"
    REPLACED = "replaced"  # by a new version of the file
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    REMOVED = "removed"
    TERM_KEPT = "term_kept"
    TERM_FORGOTTEN = "term_forgotten"
    REENCODED = "reencoded"
    HOME_RESTORED = "home_restored"  # from a backup: what was written since is not there
    SALVAGED = "salvaged"  # the catalogue was damaged, and was made again of what could be had
    USER_ADDED = "user_added"
    USER_PASSWORD = "user_password"  # noqa: S105 - that there is another one
    USER_READER = "user_reader"  # reads from now on
    USER_MANAGER = "user_manager"  # manages from now on
    USER_REMOVED = "user_removed"


class Via(StrEnum):
    """By which door; its value names its text in ``audit.via``."""

    TERMINAL = "terminal"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``document``: the key of the version that it is about, which may be gone. ``subject``: the fields that
    were corrected, or the name of the term or the user.
    """

    number: int
    at: datetime
    who: str
    via: Via
    act: Act
    document: int | None = None
    subject: str = ""


_acting: ContextVar[tuple[str | None, Via]] = ContextVar("acting", default=(None, Via.TERMINAL))


@contextmanager
def acting_as(who: str | None, *, via: Via) -> Iterator[None]:
    """Write what changes in this block down under a name; None stands for the user of the operating system."""
    token = _acting.set((who, via))
    try:
        yield
    finally:
        _acting.reset(token)


def write(database: Database, act: Act, *, document: int | None = None, subject: str = "") -> None:
    """Add a line about what is done now. The caller holds the transaction of the change itself.

    ``subject`` is a name of a field, a term or a user, never of a document, and never a piece of a text.
    """
    who, via = _acting.get()
    values = (datetime.now(UTC).isoformat(timespec="seconds"), who or _system_user(), via, act, document, subject)
    database.change("INSERT INTO audit (at, who, via, act, document_key, subject) VALUES (?, ?, ?, ?, ?, ?)", values)


def entries(database: Database, *, since: datetime | None = None) -> list[Entry]:
    """The lines, the oldest first; with ``since`` only those from then on."""
    rows = database.rows("SELECT number, at, who, via, act, document_key, subject FROM audit ORDER BY number")
    found = [
        Entry(number, datetime.fromisoformat(at), who, Via(via), Act(act), document, subject)
        for number, at, who, via, act, document, subject in rows
    ]
    return [entry for entry in found if since is None or entry.at >= since]


def lost(database: Database) -> int:
    """How many lines that were ever written are no longer there: 0, unless somebody worked on the file itself."""
    written = database.row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
    ((there,),) = database.rows("SELECT count(*) FROM audit")
    return (written[0] if written else 0) - int(there)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a service without a name of its own
        return "?"
