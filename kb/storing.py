"""How a document goes into the catalogue and out of it: each in one transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.types import Document, DocumentInfo, Passage, Span
from kb import lexical_index
from kb.analysis import LexicalFields, lexical_fields
from kb.database import Database
from kb.stored_vectors import Vectors, pack
from kb.types import GlossaryEntry


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that is read, cut and embedded: all that the catalogue needs.

    ``passage_vectors`` is (n, d) for n passages; ``unit_vectors`` holds for each passage an array (m, d), one
    row per unit. ``source`` is the file itself; its resolved path says of which document this is a version.
    ``stated`` is what the ``sources.toml`` beside it says of it.
    """

    source: Path
    document: Document
    passages: tuple[Passage, ...]
    passage_vectors: Vectors
    unit_vectors: Sequence[Vectors]
    glossary: tuple[GlossaryEntry, ...] = ()
    stated: DocumentInfo = field(default_factory=DocumentInfo)

    def __post_init__(self) -> None:
        counts = (len(self.passages), len(self.passage_vectors), len(self.unit_vectors))
        if len(set(counts)) != 1:
            raise ValueError(f"passages, their vectors and their unit vectors differ in number: {counts}")


def store(database: Database, prepared: PreparedDocument, fields: Sequence[LexicalFields]) -> int:
    """Make this the current version of its document; returns its key."""
    source = str(prepared.source.resolve())
    previous = database.row("SELECT key, id FROM documents WHERE source = ? AND state = 'current'", (source,))
    if previous:
        retire(database, previous[0])
    identity = previous[1] if previous else _free_id(database, prepared.document.id)
    key = _store_document(database, prepared, identity=identity, source=source)
    _store_layout(database, key, prepared.document)
    passage_keys = [
        _store_passage(database, key, position, passage, text=prepared.document.text)
        for position, passage in enumerate(prepared.passages)
    ]
    _store_vectors(database, passage_keys, prepared)
    lexical_index.store(database, passage_keys, fields)
    _store_glossary(database, key, prepared.glossary)
    return key


def analysed(prepared: PreparedDocument) -> list[LexicalFields]:
    """What the lexical index will hold of each passage."""
    return [lexical_fields(passage, prepared.document.info) for passage in prepared.passages]


def retire(database: Database, key: int) -> None:
    """Mark a version as replaced: it can still be read by its key, and no longer be found."""
    lexical_index.forget(database, key)
    database.change(
        "DELETE FROM vectors WHERE passage_key IN (SELECT key FROM passages WHERE document_key = ?)", (key,)
    )
    database.change("DELETE FROM glossary WHERE document_key = ?", (key,))
    database.change("UPDATE documents SET state = 'replaced' WHERE key = ?", (key,))


def erase(database: Database, document_id: str) -> bool:
    """Delete all versions of a document with everything below them; False where there is none."""
    found = database.row("SELECT key, source FROM documents WHERE id = ? AND state = 'current'", (document_id,))
    if not found:
        return False
    key, source = found
    lexical_index.forget(database, key)
    database.change("DELETE FROM documents WHERE source = ?", (source,))
    return True


def _free_id(database: Database, stem: str) -> str:
    """The stem, or stem-2, stem-3, ... where other documents have it already."""
    taken = {row[0] for row in database.rows("SELECT id FROM documents WHERE state = 'current'")}
    number, candidate = 1, stem
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _store_document(database: Database, prepared: PreparedDocument, *, identity: str, source: str) -> int:
    document, info = prepared.document, prepared.document.info
    return database.insert(
        "INSERT INTO documents (id, source, state, file_name, format, digest, title, publisher, date, year,"
        " kind, language, region, stated, warnings, passage_count, added_at, text)"
        " VALUES (?, ?, 'current', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            identity,
            source,
            document.file_name,
            document.format,
            document.digest,
            info.title,
            info.publisher,
            info.date,
            info.year,
            info.kind,
            info.language,
            info.region,
            pack_info(prepared.stated),
            json.dumps(document.warnings),
            len(prepared.passages),
            datetime.now(UTC).isoformat(timespec="seconds"),
            document.text,
        ),
    )


def _store_layout(database: Database, key: int, document: Document) -> None:
    database.change_many(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)",
        (
            (key, position, page.number, page.start, page.inferred, page.raw)
            for position, page in enumerate(document.pages)
        ),
    )
    database.change_many(
        "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
        (
            (key, position, block.kind.value, block.start, block.end, block.level)
            for position, block in enumerate(document.blocks)
        ),
    )


def _store_passage(database: Database, key: int, position: int, passage: Passage, *, text: str) -> int:
    return database.insert(
        "INSERT INTO passages (document_key, position, start, end, text, headings, lead_in, units)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            position,
            passage.start,
            passage.end,
            text[passage.start : passage.end],
            json.dumps(passage.headings, ensure_ascii=False),
            passage.lead_in,
            pack_spans(passage.units),
        ),
    )


def _store_vectors(database: Database, passage_keys: Sequence[int], prepared: PreparedDocument) -> None:
    database.change_many(
        "INSERT INTO vectors VALUES (?, ?, ?)",
        (
            (key, pack(vector), pack(units))
            for key, vector, units in zip(passage_keys, prepared.passage_vectors, prepared.unit_vectors, strict=True)
        ),
    )


def _store_glossary(database: Database, key: int, entries: Sequence[GlossaryEntry]) -> None:
    database.change_many(
        "INSERT INTO glossary VALUES (?, ?, ?, ?, ?)",
        ((key, entry.acronym, entry.long_form, entry.start, entry.end) for entry in entries),
    )


def pack_info(info: DocumentInfo) -> str:
    """What is known of a document as stored: JSON."""
    return json.dumps(asdict(info), ensure_ascii=False)


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Spans as stored: pairs of int32."""
    return np.array([(span.start, span.end) for span in spans], dtype=np.int32).tobytes()


def unpack_spans(stored: bytes) -> tuple[Span, ...]:
    """The spans behind stored bytes."""
    return tuple(Span(start, end) for start, end in np.frombuffer(stored, dtype=np.int32).reshape(-1, 2).tolist())
