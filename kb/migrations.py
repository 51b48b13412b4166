"""Catalogues of earlier versions, brought up to the present one: in steps, in one transaction, after a copy was made.

A step is what a version added to the tables of the one before, in statements and functions. What it makes is what
``kb.schema`` says, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.types import Finding, Findings, Origin, Passage
from kb.columns import PASSAGE, names, unpacked
from kb.database import Database, copy_database
from kb.errors import refused
from kb.flushing import arriving_at
from kb.glossary import stored_terms
from kb.glossary.defining import definitions
from kb.home import Home
from kb.schema import VERSION
from kb.stored_findings import pack_findings, unpack_info

_DOCUMENTS_2 = """
CREATE TABLE documents_2 (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('current', 'replaced', 'withdrawn')),
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    digest TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    date TEXT,
    year INTEGER,
    kind TEXT,
    language TEXT,
    region TEXT,
    education_level TEXT,
    reference TEXT,
    version TEXT,
    replaced_by TEXT,
    replaces TEXT,
    found TEXT NOT NULL,
    stated TEXT NOT NULL,
    warnings TEXT NOT NULL,
    passage_count INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    read_by INTEGER NOT NULL,
    text TEXT NOT NULL
)
"""
_KEPT = (
    "key, id, source, state, file_name, format, digest, title, publisher, date, year, kind, language, region,"
    " stated, warnings, passage_count, added_at, text"
)
_EARLIER_CONFIDENCE = 0.5  # nothing was kept of how sure it was


def _findings_of_documents(database: Database) -> None:
    """What was known of a document, with where from as far as that can still be told."""
    columns = ("title", "publisher", "date", "kind", "language", "region")
    for key, stated, *values in database.rows(f"SELECT key, stated, {', '.join(columns)} FROM documents"):  # noqa: S608
        said = unpack_info(stated)
        known = {name: value for name, value in zip(columns, values, strict=True) if value}
        found = Findings(
            **{
                name: Finding(value, 1.0, Origin.MANIFEST)
                if getattr(said, name) == value
                else Finding(value, _EARLIER_CONFIDENCE, Origin.EARLIER)
                for name, value in known.items()
            }
        )
        database.change("UPDATE documents SET found = ? WHERE key = ?", (pack_findings(found), key))


_PASSAGE_4 = tuple(  # what a passage had then
    column for column in PASSAGE if column.name in "start end text headings lead_in units marks".split()
)


def _definitions_of_documents(database: Database) -> None:
    """What the documents that count define, found in their stored passages."""
    for key, identity in database.rows("SELECT key, id FROM documents WHERE state <> 'replaced'"):
        wanted = f"SELECT {names(_PASSAGE_4)} FROM passages WHERE document_key = ? ORDER BY position"  # noqa: S608
        rows = database.rows(wanted, (key,))
        passages = [Passage(identity, **unpacked(_PASSAGE_4, row)) for row in rows]
        stored_terms.store_definitions(database, key, definitions(passages))


Step = tuple[str | Callable[[Database], None], ...]

STEPS: dict[int, Step] = {  # by the version that each makes
    2: (
        _DOCUMENTS_2,
        f"INSERT INTO documents_2 ({_KEPT}, found, read_by) SELECT {_KEPT}, '{{}}', 0 FROM documents",  # noqa: S608
        "DELETE FROM sqlite_sequence WHERE name = 'documents_2'",  # keys are never used twice
        "INSERT INTO sqlite_sequence SELECT 'documents_2', seq FROM sqlite_sequence WHERE name = 'documents'",
        "DROP TABLE documents",
        "ALTER TABLE documents_2 RENAME TO documents",
        "CREATE UNIQUE INDEX one_current_version_of_an_id ON documents(id) WHERE state <> 'replaced'",
        "CREATE UNIQUE INDEX one_current_version_of_a_source ON documents(source) WHERE state <> 'replaced'",
        "CREATE INDEX documents_by_digest ON documents(digest)",
        _findings_of_documents,
        "ALTER TABLE passages ADD COLUMN marks BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE pages ADD COLUMN source TEXT NOT NULL DEFAULT 'file'",
        """CREATE TABLE notes (
            document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            mark_start INTEGER NOT NULL,
            mark_end INTEGER NOT NULL,
            note_start INTEGER NOT NULL,
            note_end INTEGER NOT NULL,
            PRIMARY KEY (document_key, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE vectors_2 (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            passage_key INTEGER NOT NULL UNIQUE REFERENCES passages(key) ON DELETE CASCADE,
            passage BLOB NOT NULL,
            units BLOB NOT NULL
        )""",
        "INSERT INTO vectors_2 SELECT passage_key, passage_key, passage, units FROM vectors",
        "DELETE FROM sqlite_sequence WHERE name = 'vectors_2'",  # an index has known all keys of passages
        "INSERT INTO sqlite_sequence SELECT 'vectors_2', seq FROM sqlite_sequence WHERE name = 'passages'",
        "DROP TABLE vectors",
        "ALTER TABLE vectors_2 RENAME TO vectors",
        "CREATE TABLE word_vectors (word TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID",
        """CREATE TABLE corrections (
            source TEXT NOT NULL,
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            corrected_at TEXT NOT NULL,
            PRIMARY KEY (source, field)
        ) WITHOUT ROWID""",
    ),
    3: (
        """CREATE TABLE set_aside (
            source TEXT PRIMARY KEY,
            file_name TEXT NOT NULL,
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            set_aside_at TEXT NOT NULL
        ) WITHOUT ROWID""",
    ),
    4: (
        """CREATE TABLE definitions (
            document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
            term TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            long_form TEXT
        )""",
        "CREATE INDEX definitions_by_document ON definitions(document_key)",
        _definitions_of_documents,
        """CREATE TABLE own_terms (
            folded TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            meaning TEXT NOT NULL,
            source TEXT NOT NULL,
            said_at TEXT NOT NULL
        ) WITHOUT ROWID""",
    ),
    5: (
        """CREATE TABLE audit (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            via TEXT NOT NULL,
            act TEXT NOT NULL,
            document_key INTEGER,
            subject TEXT NOT NULL
        )""",
        "CREATE TRIGGER audit_keeps_its_lines BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END",
        "CREATE TRIGGER audit_changes_no_line BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END",
    ),
}


def version_of(database: Database) -> int:
    """The version of the tables in a file; 0 where there are none."""
    row = database.row("PRAGMA user_version")
    return int(row[0]) if row else 0


def bring_up_to_date(database: Database, home: Home) -> None:
    """Change the tables of an earlier version into those of this one; the caller is the only writer.

    A copy of the file as it was stays beside it. Raises HomeError where the disk refuses; nothing has changed then.
    """
    version = version_of(database)
    if version >= VERSION:
        return
    _copy(home, version)
    database.change("PRAGMA foreign_keys = OFF")  # or a table that is made anew takes along what hangs on it
    try:
        with database.transaction():
            for step in range(version + 1, VERSION + 1):
                _take(database, STEPS[step])
            database.change(f"PRAGMA user_version = {VERSION}")
    finally:
        database.change("PRAGMA foreign_keys = ON")


def _copy(home: Home, version: int) -> None:
    try:
        with arriving_at(home.copy_of_version(version)) as arriving:
            copy_database(home.catalogue, arriving)
    except OSError as exc:
        raise refused(home.path, exc) from exc


def _take(database: Database, step: Step) -> None:
    for part in step:
        if isinstance(part, str):
            database.change(part)
        else:
            part(database)
