"""How a document goes into the catalogue and out of it: each in one transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.types import Document, DocumentInfo, Findings, NoteLink, Passage
from kb import lexical_index
from kb.analysis import LexicalFields, lexical_fields
from kb.columns import BLOCK, PAGE, PASSAGE, insertion, packed
from kb.database import Database
from kb.glossary.defining import definitions
from kb.glossary.stored_terms import store_definitions
from kb.stored_findings import pack_findings, pack_info, write_known
from kb.stored_vectors import Vectors, pack
from kb.types import GlossaryEntry, State
from kb.word_vectors import content_words


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that is read, cut and embedded: all that the catalogue needs.

    ``passage_vectors`` is (n, d) for n passages; ``unit_vectors`` holds for each passage an array (m, d), one
    row per unit. ``source`` is the file itself; ``known_as``, or else its resolved path, says of which document this is
    a version. ``stated`` is what the ``sources.toml`` beside it says of it, ``corrections`` what a person said of its
    document, ``read_by`` the version of reading that made it, ``word_vectors`` those of its words that were not known.
    """

    source: Path
    document: Document
    passages: tuple[Passage, ...]
    passage_vectors: Vectors
    unit_vectors: Sequence[Vectors]
    glossary: tuple[GlossaryEntry, ...] = ()
    stated: DocumentInfo = field(default_factory=DocumentInfo)
    corrections: Findings = field(default_factory=Findings)
    read_by: int = 0
    word_vectors: Mapping[str, Vectors] = field(default_factory=dict)
    known_as: str | None = None

    @property
    def identity(self) -> str:
        """What makes two versions one document."""
        return self.known_as or str(self.source.resolve())

    @property
    def findings(self) -> Findings:
        """What is known about the document: what a person said, else what was found."""
        return self.corrections.over(self.document.findings)

    def __post_init__(self) -> None:
        counts = (len(self.passages), len(self.passage_vectors), len(self.unit_vectors))
        if len(set(counts)) != 1:
            raise ValueError(f"passages, their vectors and their unit vectors differ in number: {counts}")


@dataclass(frozen=True, slots=True)
class Searchable:
    """What makes the stored passages of a document findable: for each its lexical fields and vectors, as above."""

    passage_keys: tuple[int, ...]
    fields: tuple[LexicalFields, ...]
    passage_vectors: Vectors
    unit_vectors: Sequence[Vectors]


@dataclass(frozen=True, slots=True)
class Reread:
    """What a version of a document holds, read again from its original; see ``PreparedDocument``."""

    document: Document
    passages: tuple[Passage, ...]
    passage_vectors: Vectors
    unit_vectors: Sequence[Vectors]
    glossary: tuple[GlossaryEntry, ...]


def store(database: Database, prepared: PreparedDocument, fields: Sequence[LexicalFields]) -> int:
    """Make this the current version of its document; returns its key."""
    source = prepared.identity
    previous = database.row("SELECT key, id FROM documents WHERE source = ? AND state <> 'replaced'", (source,))
    if previous:
        retire(database, previous[0])
    identity = previous[1] if previous else _free_id(database, prepared.document.id)
    key = _store_document(database, prepared, identity=identity, source=source)
    write_known(database, key, prepared.findings)
    _store_layout(database, key, prepared.document)
    passage_keys = [
        _store_passage(database, key, position, passage, text=prepared.document.text)
        for position, passage in enumerate(prepared.passages)
    ]
    vectors = prepared.passage_vectors, prepared.unit_vectors
    make_findable(database, Searchable(tuple(passage_keys), tuple(fields), *vectors))
    store_glossary(database, key, prepared.glossary)
    store_definitions(database, key, definitions(prepared.passages))
    store_words(database, prepared.word_vectors)
    return key


def lay_again(database: Database, key: int, read: Reread, info: DocumentInfo, *, is_found: bool) -> None:
    """Write the text of a version anew; its passages keep their keys where there are as many as there were."""
    known = [
        row[0] for row in database.rows("SELECT key FROM passages WHERE document_key = ? ORDER BY position", (key,))
    ]
    make_unfindable(database, key)
    for table in ("glossary", "definitions", "pages", "blocks", "notes", "passages"):
        database.change(f"DELETE FROM {table} WHERE document_key = ?", (key,))  # noqa: S608
    database.change(
        "UPDATE documents SET text = ?, warnings = ?, passage_count = ? WHERE key = ?",
        (read.document.text, json.dumps(read.document.warnings), len(read.passages), key),
    )
    _store_layout(database, key, read.document)
    keys = known if len(known) == len(read.passages) else [None] * len(read.passages)
    passage_keys = tuple(
        _store_passage(database, key, position, passage, text=read.document.text, passage_key=passage_key)
        for position, (passage, passage_key) in enumerate(zip(read.passages, keys, strict=True))
    )
    store_definitions(database, key, definitions(read.passages))
    if is_found:
        fields = tuple(lexical_fields(passage, info) for passage in read.passages)
        make_findable(database, Searchable(passage_keys, fields, read.passage_vectors, read.unit_vectors))
        store_glossary(database, key, read.glossary)


def make_findable(database: Database, searchable: Searchable) -> None:
    """Index passages of a document that are not, or no longer, in the index."""
    lexical_index.store(database, searchable.passage_keys, searchable.fields)
    database.change_many(
        "INSERT INTO vectors (passage_key, passage, units) VALUES (?, ?, ?)",
        (
            (key, pack(vector), pack(units))
            for key, vector, units in zip(
                searchable.passage_keys, searchable.passage_vectors, searchable.unit_vectors, strict=True
            )
        ),
    )


def make_unfindable(database: Database, key: int) -> None:
    """Take all passages of a version out of the lexical index and the vectors."""
    lexical_index.forget(database, key)
    database.change(
        "DELETE FROM vectors WHERE passage_key IN (SELECT key FROM passages WHERE document_key = ?)", (key,)
    )


def analysed(prepared: PreparedDocument) -> list[LexicalFields]:
    """What the lexical index will hold of each passage."""
    return [lexical_fields(passage, prepared.findings.info) for passage in prepared.passages]


def retire(database: Database, key: int, state: State = State.REPLACED) -> None:
    """Mark a version as replaced or withdrawn: it can still be read by its key, and no longer be found."""
    make_unfindable(database, key)
    database.change("DELETE FROM glossary WHERE document_key = ?", (key,))
    database.change("UPDATE documents SET state = ? WHERE key = ?", (state.value, key))


def erase(database: Database, document_id: str) -> int | None:
    """Delete all versions of a document with everything below them; the key of the one that counted, None where there
    is none.
    """
    found = database.row("SELECT key, source FROM documents WHERE id = ? AND state <> 'replaced'", (document_id,))
    if not found:
        return None
    key, source = found
    lexical_index.forget(database, key)
    database.change("DELETE FROM documents WHERE source = ?", (source,))
    database.change("DELETE FROM corrections WHERE source = ?", (source,))
    database.change("DELETE FROM set_aside WHERE source = ?", (source,))
    database.change("DELETE FROM corrections WHERE field = 'replaced_by' AND value = ?", (document_id,))
    return int(key)


def store_words(database: Database, vectors: Mapping[str, Vectors]) -> None:
    """Add the vectors (d,) of words."""
    database.change_many(
        "INSERT OR REPLACE INTO word_vectors VALUES (?, ?)", ((word, pack(vector)) for word, vector in vectors.items())
    )


def words_in_use(database: Database) -> tuple[str, ...]:
    """The words of all that is stored of documents, also of replaced ones."""
    passages = database.rows("SELECT text || ' ' || headings || ' ' || coalesce(lead_in, '') FROM passages")
    known = database.rows("SELECT value FROM documents, json_each(json_array(title, publisher, region, kind))")
    return content_words(row[0] for row in (*passages, *known) if row[0])


def forget_words(database: Database) -> None:
    """Delete the vectors of words that no document has any more."""
    used = json.dumps(words_in_use(database))
    database.change("DELETE FROM word_vectors WHERE word NOT IN (SELECT value FROM json_each(?))", (used,))


def _free_id(database: Database, stem: str) -> str:
    """The stem, or stem-2, stem-3, ... where other documents have it already."""
    taken = {row[0] for row in database.rows("SELECT id FROM documents WHERE state <> 'replaced'")}
    number, candidate = 1, stem
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _store_document(database: Database, prepared: PreparedDocument, *, identity: str, source: str) -> int:
    document = prepared.document
    columns = {
        "id": identity,
        "source": source,
        "state": State.CURRENT.value,
        "file_name": document.file_name,
        "format": document.format,
        "digest": document.digest,
        "found": pack_findings(document.findings),
        "stated": pack_info(prepared.stated),
        "warnings": json.dumps(document.warnings),
        "passage_count": len(prepared.passages),
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "read_by": prepared.read_by,
        "text": document.text,
    }
    return database.insert(
        f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        tuple(columns.values()),
    )


def _store_layout(database: Database, key: int, document: Document) -> None:
    for table, columns, things in (("pages", PAGE, document.pages), ("blocks", BLOCK, document.blocks)):
        database.change_many(
            insertion(table, columns, under=("document_key", "position")),
            ((key, position, *packed(columns, thing)) for position, thing in enumerate(things)),
        )
    database.change_many(
        "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)",
        ((key, position, *_ends(link)) for position, link in enumerate(document.notes)),
    )


def _ends(link: NoteLink) -> tuple[int, int, int, int]:
    return link.mark.start, link.mark.end, link.note.start, link.note.end


def _store_passage(
    database: Database, key: int, position: int, passage: Passage, *, text: str, passage_key: int | None = None
) -> int:
    proper = replace(passage, text=text[passage.start : passage.end])
    statement = insertion("passages", PASSAGE, under=("key", "document_key", "position"))
    return database.insert(statement, (passage_key, key, position, *packed(PASSAGE, proper)))


def store_glossary(database: Database, key: int, entries: Sequence[GlossaryEntry]) -> None:
    """Keep what the acronyms of a version stand for."""
    database.change_many(
        "INSERT INTO glossary VALUES (?, ?, ?, ?, ?)",
        ((key, entry.acronym, entry.long_form, entry.start, entry.end) for entry in entries),
    )
