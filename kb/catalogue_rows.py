"""From rows of the catalogue to the words of ``kb.types``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from ingest.types import DocumentInfo, Passage
from kb.database import Row
from kb.storing import unpack_spans
from kb.types import DocumentCard, Filters, PageMark, StoredPassage

CARD = (
    "key, id, file_name, format, digest, title, publisher, date, kind, language, region,"
    " passage_count, added_at, state, warnings"
)
PASSAGE = "key, document_key, position, start, end, text, headings, lead_in, units"


def cards(rows: Iterable[Row], pages: Iterable[Row]) -> dict[int, DocumentCard]:
    """Cards by key, from rows of ``CARD`` and rows of document key, number, start, inferred."""
    marks: dict[int, list[PageMark]] = defaultdict(list)
    for document_key, number, start, inferred in pages:
        marks[document_key].append(PageMark(number, start, bool(inferred)))
    return {row[0]: _card(row, tuple(marks[row[0]])) for row in rows}


def _card(row: Row, pages: tuple[PageMark, ...]) -> DocumentCard:
    key, identity, file_name, file_format, digest, *info, passage_count, added_at, state, warnings = row
    return DocumentCard(
        key=key,
        id=identity,
        file_name=file_name,
        format=file_format,
        digest=digest,
        info=DocumentInfo(*info),
        pages=pages,
        passage_count=passage_count,
        added_at=datetime.fromisoformat(added_at),
        replaced=state == "replaced",
        warnings=tuple(json.loads(warnings)),
    )


def stored_passage(row: Row, card: DocumentCard) -> StoredPassage:
    """A passage from a row of ``PASSAGE``."""
    key, _, position, start, end, text, headings, lead_in, units = row
    passage = Passage(
        document_id=card.id,
        start=start,
        end=end,
        text=text,
        headings=tuple(json.loads(headings)),
        lead_in=lead_in,
        units=unpack_spans(units),
    )
    return StoredPassage(key, position, passage, card)


def condition(filters: Filters) -> tuple[str, list[object]]:
    """The SQL condition on current documents that the filters stand for, and its values."""
    parts, values = ["state = 'current'"], list[object]()
    for column, chosen in (
        ("kind", filters.kinds),
        ("publisher", filters.publishers),
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
