"""What a document says of its own version, and of the documents whose place it takes or that take its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.front import Front
from ingest.types import Finding, Origin

NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,2}(?![\d.]*\d)"
STATUS = r"draft|ontwerp|concept|voorlopig|definitief|final"
VALUE = re.compile(rf"(?:(?:v\.?\s?)?(?P<number>{NUMBER}))?[\s–_-]*(?P<status>\b(?:{STATUS})\b)?", re.I)
LABEL = re.compile(r"^(?:document|rapport|tekst)?(?:versie|version)(?:nummer)?\b[\s:/|.-]*", re.I)
AT_THE_END = re.compile(
    rf"(?:\bversie\s(?P<number>{NUMBER})|[–-]\s?v?(?P<bare>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?))"
    rf"(?:[\s–-]*(?P<status>{STATUS}))?$",
    re.I,
)
ALONE = re.compile(rf"^\W*(?P<status>{STATUS}|ontwerpversie|conceptversie|definitieve versie)\W*$", re.I)
IN_NAME = re.compile(rf"(?<![^\W_])(?:v\.?|versie[ _-]?)(?P<number>{NUMBER})", re.I)
STATUS_IN_NAME = re.compile(rf"(?<![^\W_])(?P<status>{STATUS}|def)(?![^\W_])", re.I)
WHOLE = {
    "def": "definitief",
    "ontwerpversie": "ontwerp",
    "conceptversie": "concept",
    "definitieve versie": "definitief",
}

SUBJECT = r"\b(?:dit|deze|bovenstaande|voorliggende?)\s+[^\W\d_]+\s+"
OTHER = r"(?P<other>[^.;\n]{4,160}(?:\.\d[^.;\n]*)*)"
REPLACED = re.compile(rf"{SUBJECT}(?:is|werd|wordt)\s(?:[^.\n]{{0,60}}\s)?vervangen\s+door\s+{OTHER}", re.I)
REPLACES = re.compile(
    rf"{SUBJECT}vervangt\s+{OTHER}|^(?:vervangt|ter vervanging van)\s*:?\s+(?P<alone>.{{4,160}})$", re.I | re.M
)
BEFORE_A_NAME = re.compile(r"^(?:(?:de|het|een|onze|eerdere?|vorige|vroegere?)\s+)+|[\"“”‘’'«»]", re.I)
LABELLED, RUNNING, ON_FRONT, FILE_NAME, SENTENCE = 0.9, 0.75, 0.8, 0.75, 0.8


def version_of(front: Front) -> Finding | None:
    """The version: its number, what it is ("ontwerp"), or both, in lower case."""
    first_page = [line.text for line in front.lines if line.is_on_first_page]
    for values, confidence, origin in (
        (_labelled(first_page), LABELLED, Origin.FRONT),
        (_matched(AT_THE_END, front.running), RUNNING, Origin.LETTERHEAD),
        (_in_name(front.name), FILE_NAME, Origin.FILE_NAME),
        (_matched(ALONE, first_page), ON_FRONT, Origin.FRONT),
    ):
        found = next(values, None)
        if found:
            return Finding(found, confidence, origin)
    return None


def replaced_by_of(front: Front) -> Finding | None:
    """The document that takes its place, in the words of the opening."""
    return _named(REPLACED, front.opening)


def replaces_of(front: Front) -> Finding | None:
    """The document whose place it takes, in the words of the opening."""
    return _named(REPLACES, front.opening)


def _labelled(lines: list[str]) -> Iterator[str]:
    for line, below in pairwise((*lines, "")):
        label = LABEL.match(line)
        if label:
            value = VALUE.match(line[label.end() :] or below)
            if value and any(value.groups()):
                yield _joined(value)


def _matched(pattern: re.Pattern[str], lines: list[str] | tuple[str, ...]) -> Iterator[str]:
    return (_joined(match) for match in map(pattern.search, lines) if match)


def _in_name(name: str) -> Iterator[str]:
    parts = [_joined(match) for match in (IN_NAME.search(name), STATUS_IN_NAME.search(name)) if match]
    if parts:
        yield " ".join(parts)


def _joined(match: re.Match[str]) -> str:
    """Number and status, as far as they are there."""
    known = match.groupdict()
    status = " ".join((known.get("status") or "").lower().split())
    return " ".join(part for part in (known.get("number") or known.get("bare"), WHOLE.get(status, status)) if part)


def _named(pattern: re.Pattern[str], text: str) -> Finding | None:
    match = pattern.search(text)
    if match is None:
        return None
    other = next(group for group in match.groupdict().values() if group)
    return Finding(" ".join(BEFORE_A_NAME.sub("", other.strip()).split()), SENTENCE, Origin.FRONT)
