"""The tables of the catalogue.

A document has one row per version; everything below it hangs on the version's key and goes with it.
Offsets are characters of ``documents.text``. Keys are never used twice (AUTOINCREMENT): the vector index
and the citations that people keep rely on that. The lexical index and the vectors hold current versions only.

A change here is a new column or table with a default, the same in ``kb.migrations`` for the files that exist, and
for a column a line in ``kb.columns``.
"""

from __future__ import annotations

VERSION = 5  # kept in user_version; a file with a higher one was made by a later Bronvast

SCHEMA = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,   -- revision, erased, analysis, encoder_name, encoder_fingerprint, encoder_dimension
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO settings VALUES ('revision', '0');

CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    source TEXT NOT NULL,            -- the file's resolved path, or what stands for it: two versions have the same
    state TEXT NOT NULL CHECK (state IN ('current', 'replaced', 'withdrawn')),
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    digest TEXT NOT NULL,
    title TEXT,                      -- to filter and sort by: what was found, under what a person corrected
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
    found TEXT NOT NULL,             -- what was found of it, with how sure and where from, as JSON
    stated TEXT NOT NULL,            -- what a sources.toml said of it, as JSON: when that changes, so does the document
    warnings TEXT NOT NULL,          -- JSON list of wording keys
    passage_count INTEGER NOT NULL,
    added_at TEXT NOT NULL,          -- ISO 8601, UTC
    read_by INTEGER NOT NULL,        -- the version of reading that made it: a later one reads the file again
    text TEXT NOT NULL               -- last, so that a list of documents does not read it
);
CREATE UNIQUE INDEX one_current_version_of_an_id ON documents(id) WHERE state <> 'replaced';
CREATE UNIQUE INDEX one_current_version_of_a_source ON documents(source) WHERE state <> 'replaced';
CREATE INDEX documents_by_digest ON documents(digest);

CREATE TABLE corrections (           -- what people know better: it outlives every version of the document
    source TEXT NOT NULL,
    field TEXT NOT NULL,             -- one of ingest.types.INFO_FIELDS
    value TEXT NOT NULL,             -- empty: it has none
    corrected_at TEXT NOT NULL,      -- ISO 8601, UTC
    PRIMARY KEY (source, field)
) WITHOUT ROWID;

CREATE TABLE set_aside (             -- files that could not be read, until one is or a person dismisses them
    source TEXT PRIMARY KEY,
    file_name TEXT NOT NULL,
    reason TEXT NOT NULL,            -- ingest.errors.Reason
    detail TEXT NOT NULL,
    set_aside_at TEXT NOT NULL       -- ISO 8601, UTC
) WITHOUT ROWID;

CREATE TABLE pages (
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER,
    start INTEGER NOT NULL,
    inferred INTEGER NOT NULL,
    raw TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT 'file',  -- ingest.types.TextSource
    PRIMARY KEY (document_key, position)
);

CREATE TABLE blocks (
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    level INTEGER NOT NULL,
    PRIMARY KEY (document_key, position)
) WITHOUT ROWID;

CREATE TABLE notes (                 -- footnotes and their marks in the running text
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    mark_start INTEGER NOT NULL,
    mark_end INTEGER NOT NULL,
    note_start INTEGER NOT NULL,
    note_end INTEGER NOT NULL,
    PRIMARY KEY (document_key, position)
) WITHOUT ROWID;

CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,              -- cut from documents.text when stored: reading a hundred long texts is slow
    headings TEXT NOT NULL,          -- JSON list
    lead_in TEXT,
    units BLOB NOT NULL,             -- int32 pairs: start, end
    marks BLOB NOT NULL DEFAULT x'', -- footnote marks, as units
    UNIQUE (document_key, position)
);

CREATE TABLE vectors (
    key INTEGER PRIMARY KEY AUTOINCREMENT,  -- the passage's name in the vector index: another vector, another key
    passage_key INTEGER NOT NULL UNIQUE REFERENCES passages(key) ON DELETE CASCADE,
    passage BLOB NOT NULL,           -- float16
    units BLOB NOT NULL              -- float16, one vector after the other
);

CREATE TABLE word_vectors (          -- of the words of all documents, made by the encoder of the passages
    word TEXT PRIMARY KEY,
    vector BLOB NOT NULL             -- float16
) WITHOUT ROWID;

CREATE VIRTUAL TABLE lexical USING fts5(title, headings, body, grams, tokenize = 'ascii');

CREATE TABLE glossary (
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    acronym TEXT NOT NULL,
    long_form TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX glossary_by_document ON glossary(document_key);

CREATE TABLE definitions (           -- what a version defines, for the list of terms
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    term TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    long_form TEXT                   -- of an acronym
);
CREATE INDEX definitions_by_document ON definitions(document_key);

CREATE TABLE own_terms (             -- what people say of terms: it outlives every document
    folded TEXT PRIMARY KEY,         -- kb.glossary.types.folded(name)
    name TEXT NOT NULL,
    kind TEXT NOT NULL,              -- kb.glossary.types.TermKind
    meaning TEXT NOT NULL,           -- empty: the term is hidden
    source TEXT NOT NULL,            -- where it comes from, in their own words
    said_at TEXT NOT NULL            -- ISO 8601, UTC
) WITHOUT ROWID;

CREATE TABLE audit (                 -- kb.audit: who changed what; lines are added, and never change or go
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                -- ISO 8601, UTC
    who TEXT NOT NULL,
    via TEXT NOT NULL,               -- kb.audit.Via
    act TEXT NOT NULL,               -- kb.audit.Act
    document_key INTEGER,            -- of a version that may be gone: it refers to nothing
    subject TEXT NOT NULL            -- corrected fields, or the name of a term or user; never words of a document
);
CREATE TRIGGER audit_keeps_its_lines BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END;
CREATE TRIGGER audit_changes_no_line BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END;
"""
