"""From rows of the catalogue to the words of ``kb.types``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from ingest.types import Findings, Passage
from kb import columns
from kb.columns import PAGE_MARK, names, unpacked
from kb.database import Row
from kb.stored_findings import unpack_findings
from kb.types import DocumentCard, Filters, PageMark, State, StoredPassage

CARD = "key, source, id, file_name, format, digest, found, passage_count, added_at, state, warnings"
PASSAGE = f"key, document_key, position, {names(columns.PASSAGE)}"
MARK = f"document_key, {names(PAGE_MARK)}"


def cards(rows: Iterable[Row], pages: Iterable[Row], corrections: Mapping[str, Findings]) -> dict[int, DocumentCard]:
    """Cards by key, from rows of ``CARD``, rows of ``MARK`` and what people corrected, by source."""
    marks: dict[int, list[PageMark]] = defaultdict(list)
    for document_key, *mark in pages:
        marks[document_key].append(PageMark(**unpacked(PAGE_MARK, mark)))
    return {row[0]: _card(row, tuple(marks[row[0]]), corrections.get(row[1], Findings())) for row in rows}


def _card(row: Row, pages: tuple[PageMark, ...], corrections: Findings) -> DocumentCard:
    key, _, identity, file_name, file_format, digest, found, passage_count, added_at, state, warnings = row
    return DocumentCard(
        key=key,
        id=identity,
        file_name=file_name,
        format=file_format,
        digest=digest,
        findings=corrections.over(unpack_findings(found)),
        pages=pages,
        passage_count=passage_count,
        added_at=datetime.fromisoformat(added_at),
        state=State(state),
        warnings=tuple(json.loads(warnings)),
    )


def stored_passage(row: Row, card: DocumentCard) -> StoredPassage:
    """A passage from a row of ``PASSAGE``."""
    key, _, position, *stored = row
    return StoredPassage(key, position, Passage(card.id, **unpacked(columns.PASSAGE, stored)), card)


def condition(filters: Filters) -> tuple[str, list[object]]:
    """The SQL condition on current documents that the filters stand for, and its values."""
    parts, values = ["state = 'current'"], list[object]()
    for column, chosen in (
        ("kind", filters.kinds),
        ("publisher", filters.publishers),
        ("region", filters.regions),
        ("education_level", filters.education_levels),
        ("id", filters.documents),
    ):
        if chosen:
            parts.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(json.dumps(chosen))
    for bound, year in ((">=", filters.first_year), ("<=", filters.last_year)):
        if year is not None:
            parts.append(f"year {bound} ?")
            values.append(year)
    return " AND ".join(parts), values
