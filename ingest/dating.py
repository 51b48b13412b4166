"""When a document was made: the date it carries on its front, in its reference or name, or that it must have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.dates import FoundDate, date_in_name, lone_years, months, whole_dates
from ingest.front import Front
from ingest.types import Finding, Origin

MAX_LINE_CHARS = 140  # in a longer line a date is part of a sentence
SENTENCE = re.compile(r"(?:\S+\s+){6,}\S+[.!?]\s*$")
LABELLED = re.compile(r"\b(?:datum|date|dd\.?|gedateerd|opgemaakt|goedgekeurd|versie)\b", re.I)
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:decreet|besluit|wet|b\.?s\.?|staatsblad|richtlijn|verordening|codex|sinds|vanaf|tot|tegen|uiterlijk|voor|"
    r"deadline|start|startdatum|einde|einddatum)\b\D{0,40}$",
    re.I,
)
DECLARING_FORMATS = ("html", "markdown", "eml")  # whose date a person wrote down, or its sending
MIN_MENTIONS = 2
DECLARED, AGREED, LABELLED_ON_FRONT, ON_FRONT, IN_NAME = 0.95, 0.98, 0.95, 0.85, 0.8
MONTH_ON_FRONT, YEAR_IN_TITLE, OF_PROPERTY, LATEST_YEAR = 0.8, 0.7, 0.5, 0.4


def date_of(front: Front, title: str | None, stated: str | None) -> Finding | None:
    """The date, as exactly as it is known. ``stated`` is what the file's properties say."""
    if stated and front.format in DECLARING_FORMATS:
        return Finding(stated, DECLARED, Origin.PROPERTY)
    in_name = date_in_name(front.name)
    on_front, is_labelled = _on_front(front)
    if on_front:
        confidence = AGREED if in_name == on_front else (LABELLED_ON_FRONT if is_labelled else ON_FRONT)
        return Finding(on_front, confidence, Origin.FRONT)
    signs = (
        (in_name, IN_NAME, Origin.FILE_NAME),
        (_month_on_front(front), MONTH_ON_FRONT, Origin.FRONT),
        (next(iter(lone_years(title or "")), None), YEAR_IN_TITLE, Origin.FRONT),
        ((stated or "")[:4] or None, OF_PROPERTY, Origin.PROPERTY),
        (_latest_year(front.body), LATEST_YEAR, Origin.BODY),
    )
    return next((Finding(value, confidence, origin) for value, confidence, origin in signs if value), None)


def _on_front(front: Front) -> tuple[str | None, bool]:
    """The first whole date that stands on the first page as a date of the document, one that is labelled first;
    and whether it is.
    """
    found = list(_own_dates(front))
    labelled = next((date for date, is_labelled in found if is_labelled), None)
    return labelled or next((date for date, _ in found), None), labelled is not None


def _own_dates(front: Front) -> Iterator[tuple[str, bool]]:
    for line in front.lines:
        if line.is_on_first_page and len(line.text) <= MAX_LINE_CHARS:
            for found in whole_dates(line.text):
                before = line.text[: found.start]
                is_labelled = bool(LABELLED.search(before))
                if not OF_SOMETHING_ELSE.search(before) and (is_labelled or not SENTENCE.search(line.text)):
                    yield found.value, is_labelled


def _month_on_front(front: Front) -> str | None:
    """A month and year that stand by themselves on the first page."""
    for line in front.lines:
        if line.is_on_first_page and len(line.text) <= MAX_LINE_CHARS:
            for found in months(line.text):
                if _fills(found, line.text) and not OF_SOMETHING_ELSE.search(line.text[: found.start]):
                    return found.value
    return None


def _fills(found: FoundDate, text: str) -> bool:
    return found.end - found.start >= 0.4 * len(text)


def _latest_year(text: str) -> str | None:
    """The latest year from which the text names several days or months: it was hardly written before it."""
    years = Counter(found.value[:4] for found in (*whole_dates(text), *months(text)))
    return max((year for year, count in years.items() if count >= MIN_MENTIONS), default=None)
