-- A catalogue as the first version made it: two documents, of which one was replaced once, and one was removed.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,   -- revision, encoder_name, encoder_fingerprint, encoder_dimension
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO settings VALUES ('revision', '0');

CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    source TEXT NOT NULL,            -- the resolved path of the file: what makes two versions one document
    state TEXT NOT NULL CHECK (state IN ('current', 'replaced')),
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
    stated TEXT NOT NULL,            -- what a sources.toml said of it, as JSON: when that changes, so does the document
    warnings TEXT NOT NULL,          -- JSON list of wording keys
    passage_count INTEGER NOT NULL,
    added_at TEXT NOT NULL,          -- ISO 8601, UTC
    text TEXT NOT NULL               -- last, so that a list of documents does not read it
);
CREATE UNIQUE INDEX one_current_version_of_an_id ON documents(id) WHERE state = 'current';
CREATE UNIQUE INDEX one_current_version_of_a_source ON documents(source) WHERE state = 'current';
CREATE INDEX documents_by_digest ON documents(digest);

CREATE TABLE pages (
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER,
    start INTEGER NOT NULL,
    inferred INTEGER NOT NULL,
    raw TEXT NOT NULL,
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
    UNIQUE (document_key, position)
);

CREATE TABLE vectors (
    passage_key INTEGER PRIMARY KEY REFERENCES passages(key) ON DELETE CASCADE,
    passage BLOB NOT NULL,           -- float16
    units BLOB NOT NULL              -- float16, one vector after the other
);

CREATE VIRTUAL TABLE lexical USING fts5(title, headings, body, grams, tokenize = 'ascii');

CREATE TABLE glossary (
    document_key INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    acronym TEXT NOT NULL,
    long_form TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX glossary_by_document ON glossary(document_key);

INSERT INTO settings VALUES ('encoder_name', 'words'), ('encoder_fingerprint', 'words-512'), ('encoder_dimension', '1');
INSERT INTO documents VALUES
    (1, 'plan', '/papers/plan.txt', 'replaced', 'plan.txt', 'txt', 'aa', 'Het plan', NULL, '2017', 2017, 'nota', 'nl',
     NULL, '{"title": null, "publisher": null, "date": null, "kind": null, "language": null, "region": null}', '[]', 1,
     '2025-01-01T00:00:00+00:00', 'Het plan telt twee delen.'),
    (2, 'plan', '/papers/plan.txt', 'current', 'plan.txt', 'txt', 'bb', 'Het plan', 'De raad', '2018-07-02', 2018,
     'advies', 'nl', NULL,
     '{"title": null, "publisher": "De raad", "date": null, "kind": null, "language": null, "region": null}',
     '["pages_without_text"]', 1, '2025-01-02T00:00:00+00:00', 'Het plan telt drie delen.');
INSERT INTO pages VALUES (1, 0, 1, 0, 0, 'Het plan telt twee delen.'), (2, 0, 1, 0, 1, 'Het plan telt drie delen.');
INSERT INTO blocks VALUES (2, 0, 'paragraph', 0, 25, 0);
INSERT INTO passages VALUES
    (1, 1, 0, 0, 25, 'Het plan telt twee delen.', '[]', NULL, x'0000000019000000'),
    (2, 2, 0, 0, 25, 'Het plan telt drie delen.', '["Deel 1"]', 'Zo gaat het:', x'0000000019000000');
INSERT INTO vectors VALUES (2, x'003c', x'003c');
INSERT INTO lexical (rowid, title, headings, body, grams) VALUES (2, 'plan', 'del', 'plan tell dri del', 'plan');
INSERT INTO glossary VALUES (2, 'VLOR', 'Vlaamse Onderwijsraad', 0, 4);
UPDATE sqlite_sequence SET seq = 9;
PRAGMA user_version = 1;
