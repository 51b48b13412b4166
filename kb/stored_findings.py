"""What is known about a document, as the catalogue keeps it: what was found, and what people corrected."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from ingest.types import INFO_FIELDS, DocumentInfo, Finding, Findings, Origin
from kb.database import Database


def pack_info(info: DocumentInfo) -> str:
    """Values alone, as JSON."""
    return json.dumps(asdict(info), ensure_ascii=False)


def unpack_info(stored: str) -> DocumentInfo:
    """The values behind stored JSON."""
    return DocumentInfo(**json.loads(stored))


def pack_findings(findings: Findings) -> str:
    """Findings as JSON: for each field value, confidence and origin."""
    known = {name: (finding.value, finding.confidence, finding.origin) for name, finding in findings.known()}
    return json.dumps(known, ensure_ascii=False)


def unpack_findings(stored: str) -> Findings:
    """The findings behind stored JSON."""
    known = json.loads(stored).items()
    return Findings(**{name: Finding(value, confidence, Origin(origin)) for name, (value, confidence, origin) in known})


def corrections(database: Database, sources: Iterable[str]) -> dict[str, Findings]:
    """What people corrected, by the source of the document; sources without corrections are left out."""
    rows = database.rows(
        "SELECT source, field, value FROM corrections WHERE source IN (SELECT value FROM json_each(?))",
        (json.dumps(list(sources)),),
    )
    fields: dict[str, dict[str, Finding]] = defaultdict(dict)
    for source, name, value in rows:
        fields[source][name] = Finding(value, 1.0, Origin.PERSON)
    return {source: Findings(**known) for source, known in fields.items()}


def correct(database: Database, source: str, changes: Mapping[str, str | None]) -> None:
    """Keep corrections of fields; None forgets one. Part of the caller's transaction."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for name, value in changes.items():
        database.change("DELETE FROM corrections WHERE source = ? AND field = ?", (source, name))
        if value is not None:
            database.change("INSERT INTO corrections VALUES (?, ?, ?, ?)", (source, name, value, now))


def write_known(database: Database, document_key: int, findings: Findings) -> None:
    """Write what is known of a document where filters look for it. Part of the caller's transaction."""
    info = findings.info
    assignments = ", ".join(f"{name} = ?" for name in (*INFO_FIELDS, "year"))
    values = [getattr(info, name) for name in INFO_FIELDS]
    database.change(
        f"UPDATE documents SET {assignments} WHERE key = ?",  # noqa: S608
        (*values, info.year, document_key),
    )
