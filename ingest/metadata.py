"""What is known about a document: its file's properties weighed against its front. Unknown stays None."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.assembly import Assembled
from ingest.dating import date_of
from ingest.front import front_of
from ingest.kinds import KINDS, kind_of
from ingest.language import language_of
from ingest.levels import EDUCATION_LEVELS, level_of
from ingest.publishers import publisher_of, region_of
from ingest.raw import RawDocument
from ingest.references import reference_of
from ingest.titles import title_of
from ingest.types import DocumentInfo, Finding, Findings, Origin
from ingest.versions import replaced_by_of, replaces_of, version_of

__all__ = ["EDUCATION_LEVELS", "KINDS", "completed", "describe"]

STATED = 0.6  # a property that readers hand over as it is


def describe(raw: RawDocument, assembled: Assembled, *, file_name: str) -> Findings:
    """What the document says of itself, on its front, in its properties and in its file's name."""
    stated = raw.info
    front = front_of(raw, assembled, name=Path(file_name).stem)
    publisher = publisher_of(front, _value(title_of(front, stated.title, None)), stated.publisher)
    title = title_of(front, stated.title, _value(publisher))  # once more: a letterhead is no title
    called = _value(title)
    return Findings(
        title=title,
        publisher=publisher,
        date=date_of(front, called, stated.date),
        kind=_stated(stated.kind) or kind_of(front, called),
        language=language_of(assembled.text) or _stated(stated.language),
        region=_stated(stated.region) or region_of(front, called, publisher),
        education_level=level_of(front, called),
        reference=reference_of(front),
        version=version_of(front),
        replaced_by=replaced_by_of(front),
        replaces=replaces_of(front),
    )


def completed(known: DocumentInfo, found: Findings) -> Findings:
    """What somebody says of a document, completed with what was found in it.

    A reference belongs to its issuer: that of another one is only reported on.
    """
    is_of_another = known.publisher and found.publisher and known.publisher != found.publisher.value
    own = replace(found, reference=None) if is_of_another else found
    return Findings.certain(known).over(own)


def _value(finding: Finding | None) -> str | None:
    return finding.value if finding else None


def _stated(value: str | None) -> Finding | None:
    return Finding(value, STATED, Origin.PROPERTY) if value else None
