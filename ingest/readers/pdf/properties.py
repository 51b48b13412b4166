"""What the properties of a PDF say of it: title, language and year."""

from __future__ import annotations

import re

from pypdf import PdfReader

from ingest.types import DocumentInfo

_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|untitled|naamloos|document\d*$|(?:power)?point)|\.\w{3,4}$", re.I
)


def info_of(reader: PdfReader) -> DocumentInfo:
    """Title, language and year. The year is given only when making and saving the file agree on it."""
    language = str(reader.root_object.get("/Lang", ""))[:2].lower()
    properties = reader.metadata
    if properties is None:
        return DocumentInfo(language=language or None)
    title = " ".join((properties.title or "").split())
    years = {moment.year for moment in (properties.creation_date, properties.modification_date) if moment}
    return DocumentInfo(
        title=None if _NO_TITLE.search(title) else title or None,
        date=str(years.pop()) if len(years) == 1 else None,
        language=language or None,
    )
