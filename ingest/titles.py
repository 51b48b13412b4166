"""The title of a document: from its properties where these fit the text, else from what its front shows."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.dates import months, whole_dates
from ingest.front import Front, FrontLine
from ingest.kinds import KINDS, names_a_kind
from ingest.types import SHEET_FORMATS, SLIDE_FORMATS, BlockKind, Finding, Origin

MAX_TITLE_CHARS = 160
COVER_LETTERS = 150  # a first page with less is a cover: its lines together are the title

TEMPLATE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|office)\b|powerpoint[ -]presentati|word[ -]document|document\d*$|"
    r"presentati(?:e|on)\d*$|untitled|naamloos|titel\b|title$|dia ?\d|slide ?\d|layout \d|blank|standaard|sjabloon|"
    r"template)|"
    r"\.(?:docx?|pptx?|pdf|indd|od[tps]|xlsx?|eml|qxd|cdr|ai|rtf|txt|html?)$",
    re.I,
)
NAME_OF_A_FILE = re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)|_")
NOT_A_TITLE = re.compile(
    r"^(?:\d+(?:\.\d+)*\.? )?(?:(?:de )?(?:inhoud(?:s\w+)?|agenda|colofon|voorwoord|inleiding|samenvatting|"
    r"krachtlijnen|situering|context|overzicht|aanwezig\w*|verontschuldigd\w*|achtergrond|doelstelling\w*|welkom|"
    r"afkortingen|bijlagen?|managementsamenvatting|table of contents|contents|summary|introduction|abstract|"
    r"versiebeheer|documentbeheer|datum|ons kenmerk|uw kenmerk|contactpersoon|onderwerp|betreft|memo|notitie|"
    r"organisatie|versie|publicatie|bron)\b\W*)+$",
    re.I,
)
SALUTATION = re.compile(r"^(?:geachte|beste|mevrouw|mijnheer|excellentie|dear)\b.{0,60},\s*$", re.I)
SUBJECT = re.compile(r"^(?:betreft|onderwerp|inzake|subject)\s*:?\s+(?P<title>\S.*)$", re.I)
LETTERHEAD = re.compile(
    r"^\(?\w{1,2}\) |@|https?://|www\.|\b\d{4} [A-Z][\w-]+$|\b(?:tel|fax|t|f|e-mail|btw|kbo)\b[.:]? ?[+(\d]|"
    r"\b\w+(?:laan|straat|plein|kaai|lei)\b.{0,12}\d|"
    r"^(?:de heer|mevrouw|aan|van|cc|kopie|contactpersoon|ons kenmerk|datum|locatie|auteurs?|versie|status|"
    r"verslaggever|opgemaakt|minister|vlaams minister)\b",
    re.I,
)
SUBJECT_LABEL = re.compile(r"^(?:betreft|onderwerp|inzake|subject)\s*:?$", re.I)
SECTION_NUMBER = re.compile(r"^\d{1,2}\.? (?=[A-Z])")
DECORATION = re.compile(r"^[\W_]+(?<![\"'“‘(\[])|[\s/|\\_•·=-]+$")
WORD = re.compile(r"[^\W\d_]{4,}")
LINKING_WORD = re.compile(r"\b(?:in|van|voor|en|de|het|een|op|met|tot|over|bij|naar|of|door|tussen)$|[-–:]$", re.I)
SUBJECT_OF_LETTER, OF_PROPERTY, ONLY_HEADING, COVER, LABELLED, HEADING = 0.9, 0.9, 0.9, 0.85, 0.85, 0.8
WHOLE_DOCUMENT_FORMATS = ("markdown", "html")  # in which the one heading of the first level is the title
WITHOUT_COVER = SLIDE_FORMATS | SHEET_FORMATS


def title_of(front: Front, stated: str | None, publisher: str | None) -> Finding | None:
    """The title. ``stated`` is what the file's properties say, which may be left from another document."""
    if stated and _is_trustworthy(stated, front):
        return Finding(_clean(stated), OF_PROPERTY, Origin.PROPERTY)
    subject = _letter_subject(front.lines)
    whole = front.only_top_heading if front.format in WHOLE_DOCUMENT_FORMATS else None
    signs = [(subject, SUBJECT_OF_LETTER), (_clean(whole or ""), ONLY_HEADING)]
    if any(NOT_A_TITLE.match(line.text) for line in front.lines if line.is_on_first_page):
        lines = _candidates(front, publisher, first_page_only=True)
        signs += [(_heading_title(front, lines), HEADING), (_labelled_subject(front.lines), LABELLED)]
    else:
        lines = _candidates(front, publisher)
        signs += [(_cover_title(front, lines), COVER), (_heading_title(front, lines), HEADING)]
    return next((Finding(title, confidence, Origin.FRONT) for title, confidence in signs if title), None)


def _candidates(front: Front, publisher: str | None, *, first_page_only: bool = False) -> list[FrontLine]:
    lines = (line for line in front.lines if line.is_on_first_page or not first_page_only)
    return [line for line in lines if _may_be_title(line, publisher)]


def _is_trustworthy(title: str, front: Front) -> bool:
    """Whether a title is no template's, no file's name, and speaks of what the front speaks of."""
    plain = title.strip()
    if len(plain) < 6 or TEMPLATE.search(plain) or (" " not in plain and re.search(r"[_\d.]|-.*-", plain)):
        return False
    if NAME_OF_A_FILE.search(plain):
        return False
    words = {word.lower() for word in WORD.findall(plain) if not names_a_kind(word)}
    seen = {word.lower() for word in WORD.findall(front.opening)}
    return bool(words) and words <= seen


def _clean(text: str) -> str:
    return SECTION_NUMBER.sub("", DECORATION.sub("", " ".join(text.split())))


def _letter_subject(lines: tuple[FrontLine, ...]) -> str | None:
    """The subject of a letter: named as such, or the line above the salutation."""
    above = next((first for first, second in pairwise(lines) if SALUTATION.match(second.text)), None)
    if above is None:
        return None
    return _labelled_subject(lines) or (_clean(above.text) if _may_be_title(above, None) else None)


def _may_be_title(line: FrontLine, publisher: str | None) -> bool:
    text = _clean(line.text)
    return (
        line.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
        and 4 <= len(text) <= MAX_TITLE_CHARS
        and bool(WORD.search(text))
        and not NOT_A_TITLE.match(text)
        and not LETTERHEAD.search(text)
        and not SALUTATION.match(line.text)
        and text.casefold() not in ((publisher or "").casefold(), *KINDS)
        and not _is_date(text)
    )


def _is_date(text: str) -> bool:
    dates = whole_dates(text) + months(text)
    return any(found.end - found.start >= 0.4 * len(text) for found in dates)


def _cover_title(front: Front, lines: list[FrontLine]) -> str | None:
    """The title on a cover, where the first page is one: it may be broken over several lines."""
    cover = [line for line in front.lines if line.is_on_first_page and line.kind is not BlockKind.BOILERPLATE]
    letters = sum(character.isalpha() for line in cover for character in line.text)
    if letters > COVER_LETTERS or front.format in WITHOUT_COVER or not any(line in cover for line in lines):
        return None
    first = next(index for index, line in enumerate(cover) if line in lines)
    return _continued(front, cover[first:], is_cover=True)


def _heading_title(front: Front, lines: list[FrontLine]) -> str | None:
    """The first of the highest headings; in a workbook, whose headings name its sheets, a text above a table."""
    wanted = BlockKind.PARAGRAPH if front.format in SHEET_FORMATS else BlockKind.HEADING
    headings = [line for line in lines if line.kind is wanted]
    top = min((line.level for line in headings), default=0)
    first = next((line for line in headings if line.level == top), None)
    return _continued(front, list(front.lines[front.lines.index(first) :])) if first else None


def _labelled_subject(lines: tuple[FrontLine, ...]) -> str | None:
    """What stands after or under the label "Onderwerp"."""
    for line, below in pairwise(lines):
        subject = SUBJECT.match(line.text)
        if subject and len(subject["title"]) <= MAX_TITLE_CHARS:
            return _clean(subject["title"])
        if SUBJECT_LABEL.match(line.text) and _may_be_title(below, None):
            return _clean(below.text)
    return None


def _continued(front: Front, lines: list[FrontLine], *, is_cover: bool = False) -> str:
    """A title with the lines that it runs on to: on a cover those that begin in lower case or follow a linking
    word, in a PDF those in the same type, which one heading was broken into.
    """
    title = _clean(lines[0].text)
    for line in lines[1:]:
        text = _clean(line.text)
        runs_on = is_cover and (text[:1].islower() or LINKING_WORD.search(title))
        is_broken = front.format == "pdf" and _same_type(lines[0], line) and _may_be_title(line, None)
        if not (runs_on or is_broken) or len(title) + len(text) > MAX_TITLE_CHARS:
            break
        title = f"{title} {text}"
    return title


def _same_type(first: FrontLine, line: FrontLine) -> bool:
    return first.kind is line.kind is BlockKind.HEADING and (first.level, True) == (line.level, line.is_on_first_page)
