"""What is known about a document: its file's properties weighed against its front. Unknown stays None."""

from __future__ import annotations

from pathlib import Path

from ingest.assembly import Assembled
from ingest.dating import date_of
from ingest.front import front_of
from ingest.kinds import KINDS, kind_of
from ingest.language import language_of
from ingest.publishers import publisher_of, region_of
from ingest.raw import RawDocument
from ingest.titles import title_of
from ingest.types import INFO_FIELDS, DocumentInfo, Finding, Findings, Origin

__all__ = ["KINDS", "describe"]


def describe(raw: RawDocument, assembled: Assembled, *, file_name: str) -> Findings:
    """What the document says of itself, on its front, in its properties and in its file's name."""
    front = front_of(raw, assembled, name=Path(file_name).stem)
    publisher = publisher_of(front, title_of(front, raw.info.title, None), raw.info.publisher)
    title = title_of(front, raw.info.title, publisher)  # once more: a letterhead is no title
    found = DocumentInfo(
        title=title,
        publisher=publisher,
        date=date_of(front, title, raw.info.date),
        kind=raw.info.kind or kind_of(front, title),
        language=language_of(assembled.text) or raw.info.language,
        region=raw.info.region or region_of(front, title, publisher),
    )
    values = {name: getattr(found, name) for name in INFO_FIELDS}
    return Findings(**{name: Finding(value, 0.5, Origin.FRONT) for name, value in values.items() if value})
