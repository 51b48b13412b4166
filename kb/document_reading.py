"""Reading documents from the catalogue: their versions, what is known of them, their texts and pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.types import Block, Document, DocumentInfo, Findings, NoteLink, Page, Span
from kb import catalogue_rows, set_aside, stored_findings
from kb.columns import BLOCK, PAGE, names, unpacked
from kb.database import Database
from kb.errors import UsageError
from kb.glossary import stored_terms
from kb.glossary.defining import Definition
from kb.glossary.types import OwnTerm
from kb.set_aside import SetAside
from kb.succession import Edition
from kb.types import DocumentCard, Facets, Filters, GlossaryEntry

NOTHING_FOUND = Findings()
DOCUMENTS_REMEMBERED = 256  # with some hundred blocks each


@dataclass(frozen=True, slots=True)
class EncoderMark:
    """Which encoder made the vectors."""

    name: str
    fingerprint: str
    dimension: int


class DocumentReading:
    """What can be read of documents. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cards: tuple[int, dict[int, DocumentCard]] = (-1, {})
        self._known_blocks = lru_cache(DOCUMENTS_REMEMBERED)(self._read_blocks)

    def snapshot(self) -> AbstractContextManager[None]:
        """All reads of this thread in the block see one moment, whatever a writer does meanwhile."""
        return self._database.snapshot()

    def revision(self) -> int:
        """A number that rises with every change."""
        return int(self._setting("revision") or 0)

    def sources_of(self, digest: str) -> tuple[Path, ...]:
        """The paths from which the original with this SHA-256 was read."""
        rows = self._database.rows("SELECT DISTINCT source FROM documents WHERE digest = ?", (digest,))
        return tuple(Path(row[0]) for row in rows)

    def digests(self) -> set[str]:
        """The SHA-256 of the originals of all versions of all documents."""
        return {row[0] for row in self._database.rows("SELECT DISTINCT digest FROM documents")}

    def problems(self) -> list[str]:
        """What SQLite finds wrong in the file, in its own words: broken pages, indexes and references."""
        broken = [row[0] for row in self._database.rows("PRAGMA integrity_check") if row[0] != "ok"]
        lost = self._database.rows("PRAGMA foreign_key_check")
        return broken + [f"{table} {row}: no {parent}" for table, row, parent, _ in lost]

    def erased_at(self) -> int:
        """The revision at which a document was last removed for good; 0 where none was."""
        return int(self._setting("erased") or 0)

    def encoder_mark(self) -> EncoderMark | None:
        """Which encoder made the vectors; None while there are none."""
        name, fingerprint = self._setting("encoder_name"), self._setting("encoder_fingerprint")
        dimension = self._setting("encoder_dimension")
        if name is None or fingerprint is None or dimension is None or self.passage_count() == 0:
            return None
        return EncoderMark(name, fingerprint, int(dimension))

    def passage_count(self) -> int:
        """How many passages can be found."""
        row = self._database.row("SELECT sum(passage_count) FROM documents WHERE state = 'current'")
        return int(row[0] or 0) if row else 0

    def withdrawn(self) -> tuple[DocumentCard, ...]:
        """The documents that are kept, but do not answer, by id."""
        keys = [row[0] for row in self._database.rows("SELECT key FROM documents WHERE state = 'withdrawn'")]
        return tuple(sorted(self._cards_of(keys).values(), key=lambda card: card.id))

    def files_set_aside(self) -> tuple[SetAside, ...]:
        """The files that could not be read, the last first."""
        return set_aside.remembered(self._database)

    def versions(self, key: int) -> tuple[DocumentCard, ...]:
        """All versions of the document that this one is a version of, the newest first."""
        rows = self._database.rows("SELECT key FROM documents WHERE source = ? ORDER BY key DESC", (self.source(key),))
        keys = [row[0] for row in rows]
        cards = self._cards_of(keys)
        return tuple(cards[key] for key in keys)

    def sources(self) -> dict[str, DocumentCard]:
        """Every document that was not removed, withdrawn ones too, by its source."""
        rows = self._database.rows("SELECT source, key FROM documents WHERE state <> 'replaced'")
        cards = self._cards_of(key for _, key in rows)
        return {source: cards[key] for source, key in rows}

    def documents(self, filters: Filters = Filters()) -> tuple[DocumentCard, ...]:
        """The current version of every document that the filters let through, by id."""
        cards = self._cards_of(self.document_keys(filters))
        return tuple(sorted(cards.values(), key=lambda card: card.id))

    def document_keys(self, filters: Filters = Filters()) -> tuple[int, ...]:
        """The keys of the current versions that the filters let through."""
        condition, values = catalogue_rows.condition(filters)
        return tuple(
            row[0]
            for row in self._database.rows(f"SELECT key FROM documents WHERE {condition}", values)  # noqa: S608
        )

    def card(self, key: int) -> DocumentCard:
        """A version of a document, current or replaced. Raises UsageError for an unknown key."""
        cards = self._cards_of([key])
        if key not in cards:
            raise UsageError("unknown_document", document=key)
        return cards[key]

    def current(self, document_id: str) -> DocumentCard:
        """The version that counts of the document with this id. Raises UsageError where there is none."""
        return self.card(self._one_key("id = ?", document_id) or self._unknown(document_id))

    def with_source(self, path: object) -> DocumentCard | None:
        """The version that counts of the document that was read from this resolved path."""
        key = self._one_key("source = ?", str(path))
        return self.card(key) if key else None

    def stated(self, key: int) -> DocumentInfo:
        """What a ``sources.toml`` said of a version when it was read."""
        row = self._database.row("SELECT stated FROM documents WHERE key = ?", (key,))
        return stored_findings.unpack_info(row[0]) if row else DocumentInfo()

    def read_by(self, key: int) -> int:
        """The version of reading that made a version of a document."""
        row = self._database.row("SELECT read_by FROM documents WHERE key = ?", (key,))
        return int(row[0]) if row else 0

    def source(self, key: int) -> str:
        """The resolved path that a version was read from. Raises UsageError for an unknown key."""
        row = self._database.row("SELECT source FROM documents WHERE key = ?", (key,))
        return str(row[0]) if row else str(self._unknown(str(key)))

    def found(self, key: int) -> Findings:
        """What was found of a version when it was read, whatever people corrected since."""
        row = self._database.row("SELECT found FROM documents WHERE key = ?", (key,))
        return stored_findings.unpack_findings(row[0]) if row else Findings()

    def corrections(self, source: object) -> Findings:
        """What a person corrected of the document that was read from this resolved path."""
        return stored_findings.corrections(self._database, [str(source)]).get(str(source), Findings())

    def with_digest(self, digest: str) -> DocumentCard | None:
        """A version that counts and was read from these very bytes."""
        key = self._one_key("digest = ?", digest)
        return self.card(key) if key else None

    def document(self, key: int) -> Document:
        """A version as it was read, with its whole text."""
        card = self.card(key)
        pages = self._database.rows(
            f"SELECT {names(PAGE)} FROM pages WHERE document_key = ? ORDER BY position",  # noqa: S608
            (key,),
        )
        return Document(
            id=card.id,
            file_name=card.file_name,
            format=card.format,
            digest=card.digest,
            text=self.text(key, 0, None),
            pages=tuple(Page(**unpacked(PAGE, page)) for page in pages),
            blocks=self.blocks(key),
            findings=card.findings,
            notes=self.notes(key),
            warnings=card.warnings,
        )

    def editions(self) -> list[Edition]:
        """What tells of every document that answers whether it is an earlier or later one of another."""
        rows = self._database.rows(
            "SELECT key, id, file_name, title, publisher, date, kind, reference, version FROM documents"
            " WHERE state = 'current'"
        )
        said = self._database.rows(
            "SELECT key FROM documents WHERE state = 'current' AND (replaced_by IS NOT NULL OR replaces IS NOT NULL)"
            " UNION SELECT key FROM documents JOIN corrections USING (source)"
            " WHERE state = 'current' AND field IN ('replaced_by', 'replaces')"
        )
        findings = {key: card.findings for key, card in self._cards_of(row[0] for row in said).items()}
        editions = [(Edition(*row), findings.get(row[0], NOTHING_FOUND)) for row in rows]
        return [replace(one, replaced_by=found.replaced_by, replaces=found.replaces) for one, found in editions]

    def blocks(self, document_key: int) -> tuple[Block, ...]:
        """The tagged stretches of a document's text, in order; remembered, since no version ever changes, and no key
        is used for another.
        """
        return self._known_blocks(document_key)

    def forget_blocks(self) -> None:
        """Read them again: a version was mended."""
        self._known_blocks.cache_clear()

    def notes(self, document_key: int) -> tuple[NoteLink, ...]:
        """The footnotes of a document with their marks, in order."""
        rows = self._database.rows(
            "SELECT mark_start, mark_end, note_start, note_end FROM notes WHERE document_key = ? ORDER BY position",
            (document_key,),
        )
        return tuple(NoteLink(Span(*ends[:2]), Span(*ends[2:])) for ends in rows)

    def text(self, document_key: int, start: int, end: int | None) -> str:
        """A stretch of a document's text; ``end`` None means to its end. Empty for an unknown key."""
        row = self._database.row("SELECT text FROM documents WHERE key = ?", (document_key,))
        # Cut here and not by SQLite's substr, which stops at a NUL.
        return str(row[0])[start:end] if row else ""

    def raw_pages(self, document_key: int, first: int, last: int) -> list[str]:
        """The raw extraction of pages, counted from 0, ``last`` included."""
        return [
            row[0]
            for row in self._database.rows(
                "SELECT raw FROM pages WHERE document_key = ? AND position BETWEEN ? AND ? ORDER BY position",
                (document_key, first, last),
            )
        ]

    def facets(self, filters: Filters = Filters()) -> Facets:
        """What can be filtered on. A facet ignores its own filter, so that one can choose another value."""
        return Facets(
            kinds=self._counts("kind", replace(filters, kinds=())),
            publishers=self._counts("publisher", replace(filters, publishers=())),
            years=self._counts("year", replace(filters, first_year=None, last_year=None)),
            regions=self._counts("region", replace(filters, regions=())),
            education_levels=self._counts("education_level", replace(filters, education_levels=())),
        )

    def glossary(self) -> tuple[tuple[int, GlossaryEntry], ...]:
        """What acronyms stand for in current documents: document key and entry."""
        return tuple(
            (key, GlossaryEntry(*entry))
            for key, *entry in self._database.rows(
                "SELECT document_key, acronym, long_form, start, end FROM glossary ORDER BY document_key, start"
            )
        )

    def definitions(self) -> tuple[tuple[int, Definition], ...]:
        """What current documents define: document key and definition."""
        return stored_terms.definitions_in_force(self._database)

    def own_terms(self) -> tuple[OwnTerm, ...]:
        """What people say of terms themselves, by name."""
        return stored_terms.own_terms(self._database)

    # --- inside ------------------------------------------------------------------------------------

    def _read_blocks(self, document_key: int) -> tuple[Block, ...]:
        rows = self._database.rows(
            f"SELECT {names(BLOCK)} FROM blocks WHERE document_key = ? ORDER BY position",  # noqa: S608
            (document_key,),
        )
        return tuple(Block(**unpacked(BLOCK, row)) for row in rows)

    def _setting(self, name: str) -> str | None:
        row = self._database.row("SELECT value FROM settings WHERE name = ?", (name,))
        return row[0] if row else None

    def _one_key(self, condition: str, value: str) -> int | None:
        row = self._database.row(
            f"SELECT key FROM documents WHERE state <> 'replaced' AND {condition}",  # noqa: S608
            (value,),
        )
        return row[0] if row else None

    def _unknown(self, document_id: str) -> int:
        raise UsageError("unknown_document", document=document_id)

    def _counts(self, column: str, filters: Filters) -> tuple[tuple[Any, int], ...]:
        condition, values = catalogue_rows.condition(filters)
        return tuple(
            self._database.rows(
                f"SELECT {column}, count(*) FROM documents WHERE {condition} AND {column} IS NOT NULL"  # noqa: S608
                " GROUP BY 1 ORDER BY 2 DESC, 1",
                values,
            )
        )

    def _cards_of(self, keys: Iterable[int]) -> dict[int, DocumentCard]:
        """Cards by key, remembered until the catalogue changes."""
        revision, known = self._cards
        now = self.revision()
        if now != revision:
            known = {}
        wanted = list(keys)
        missing = [key for key in wanted if key not in known]
        if missing:
            known = known | self._read_cards(missing)
        self._cards = (now, known)
        return {key: known[key] for key in wanted if key in known}

    def _read_cards(self, keys: Sequence[int]) -> dict[int, DocumentCard]:
        chosen = json.dumps(list(keys))
        pages = self._database.rows(
            f"SELECT {catalogue_rows.MARK} FROM pages"  # noqa: S608
            " WHERE document_key IN (SELECT value FROM json_each(?)) ORDER BY document_key, position",
            (chosen,),
        )
        rows = self._database.rows(
            f"SELECT {catalogue_rows.CARD} FROM documents WHERE key IN (SELECT value FROM json_each(?))",  # noqa: S608
            (chosen,),
        )
        corrections = stored_findings.corrections(self._database, {row[1] for row in rows})
        return catalogue_rows.cards(rows, pages, corrections)
