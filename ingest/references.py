"""The issuer's own number of a document: under its label in a letterhead, or by its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import whole_dates
from ingest.front import Front
from ingest.types import Finding, Origin

LABEL = re.compile(
    r"(?<!uw )(?<!jouw )\b(?:(?:ons|onze) )?"
    r"(?:kenmerk|ref(?:\.|erte|erentie(?:nummer)?)?|(?:zaak|dossier|document|brief)(?:nummer|nr\.?))(?!\w)",
    re.I,
)
WORD = re.compile(r"[^\s,;:]+")
BY_FORM = re.compile(
    r"\b[A-Z]{2,8}[_/][A-Z]{2,8}[_/]\d{6,8}(?:[_/]\w+)*"  # SERV_ADV_20190305_Leren
    r"|\bVR \d{4} \d{4} (?:DOC|MED|VAR)\.\d{3,4}/\d\w*"  # of the Flemish government
)
ONLY_A_NUMBER = re.compile(  # telephone, years, hours, number of an enterprise
    r"[+(]?0[\d()/. -]*|(?:19|20)\d{2}[-–/](?:(?:19|20)?\d{2})|\d{1,2}[:u.]\d{2}|(?:BE)?\d{4}\.\d{3}\.\d{3}"
)
MIN_CHARS = 5
MAX_LINE_CHARS = 120  # in a longer line the label is a word of a sentence
NEAR, FAR = 2, 6  # lines below a label in which its value may stand: as a word, as the whole line

LABELLED, FORM, NAME = 0.9, 0.85, 0.6


def reference_of(front: Front) -> Finding | None:
    """The reference, where the first page, a header or a footer, or the file's name holds one."""
    lines = [line.text for line in front.lines if line.is_on_first_page and not line.is_running_text]
    labelled = next(_labelled(lines), None)
    if labelled:
        return Finding(labelled, LABELLED, Origin.LETTERHEAD)
    for text, confidence, origin in (
        ("\n".join((*lines, *front.running)), FORM, Origin.LETTERHEAD),
        (front.name, NAME, Origin.FILE_NAME),
    ):
        found = BY_FORM.search(text)
        if found:
            return Finding(found[0], confidence, origin)
    return None


def _labelled(lines: list[str]) -> Iterator[str]:
    """The first word that can be a reference after each label, or below it."""
    for place, line in enumerate(lines):
        for label in LABEL.finditer(line) if len(line) <= MAX_LINE_CHARS else ():
            below = lines[place + 1 : place + 1 + FAR]
            alone = (text for text in below[NEAR:] if " " not in text)
            for text in (line[label.end() :], *below[:NEAR], *alone):
                yield from filter(_is_reference, WORD.findall(text))


def _is_reference(word: str) -> bool:
    plain = word.strip("()[].")
    return (
        len(plain) >= MIN_CHARS
        and any(character.isdigit() for character in plain)
        and "@" not in plain
        and not ONLY_A_NUMBER.fullmatch(plain)
        and not any(found.end - found.start == len(plain) for found in whole_dates(plain))
    )
