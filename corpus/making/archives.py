"""Office files are ZIP archives: written again with fixed times, the same draft gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from making.draft import LANGUAGE, LICENCE, PUBLISHER, Draft

_FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def set_properties(properties: Any, draft: Draft) -> None:  # noqa: ANN401 - docx and pptx each have their own class
    """Fill the core properties of an office document."""
    properties.title = draft.title
    properties.author = properties.last_modified_by = PUBLISHER
    properties.subject = draft.subtitle
    properties.category = draft.kind
    properties.comments = f"Licentie: {LICENCE}"
    properties.language = LANGUAGE
    properties.revision = 1
    properties.created = properties.modified = _midnight(draft.date)


def fix_times(path: Path) -> None:
    """Rewrite the archive so that its bytes no longer tell when it was made."""
    with ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = ZipInfo(name, _FIRST_ZIP_DAY)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # without a zone: the libraries write it as UTC
