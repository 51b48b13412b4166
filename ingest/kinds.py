"""What kind of document something is, as Dutch policy staff call it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.front import Front
from ingest.types import SLIDE_FORMATS, Finding, Origin

# Each kind with what names it, the telling ones before the general ones.
_NAMES = (
    ("veelgestelde vragen", r"veel ?gestelde vragen|faq"),
    ("campagnegids", r"campagnegids"),
    ("visienota", r"visie(?:nota|tekst|document)"),
    ("conceptnota", r"conceptnota"),
    ("omzendbrief", r"omzendbrief"),
    ("jaarverslag", r"jaarverslag|activiteitenverslag"),
    ("verslag", r"\w*verslag|verlsag|notulen|minutes"),
    ("charter", r"\w*charter"),
    ("draaiboek", r"draaiboek"),
    ("handleiding", r"handleiding|gebruikershandleiding|manual"),
    ("factsheet", r"fact ?sheet|infofiche|fiche"),
    ("persbericht", r"persbericht|persmededeling"),
    ("nieuwsbrief", r"nieuwsbrief"),
    ("presentatie", r"\w*presentatie|slides|presentation"),
    ("advies", r"\w*advies|adviesnota"),
    ("decreet", r"\w*decreet"),
    ("besluit", r"besluit"),
    ("evaluatie", r"evaluatie\w*"),
    ("actieplan", r"actieplan|plan van aanpak|stappenplan"),
    ("strategie", r"strategie|beleidsplan"),
    ("rapport", r"\w*rapport|report"),
    ("onderzoek", r"\w*onderzoek|studie"),
    ("analyse", r"\w*analyse"),
    ("brochure", r"brochure"),
    ("folder", r"folder|flyer"),
    ("gids", r"\w*gids"),
    ("naslagnota", r"naslagnota|naslagwerk"),
    ("begrippenlijst", r"begrippenlijst|woordenlijst|glossarium"),
    ("nota", r"\w*nota|\w*notitie|memo"),
    ("richtlijn", r"richtlijn(?:en)?"),
    ("verklaring", r"\w*verklaring"),
    ("overeenkomst", r"\w*overeenkomst|convenant"),
    ("agenda", r"agenda"),
    ("brief", r"brief"),
)
KINDS = (*(kind for kind, _ in _NAMES), "e-mail")  # the last is told by the format alone
_PATTERNS = tuple((kind, re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.I)) for kind, pattern in _NAMES)

MAX_LABEL_CHARS = 60
IN_TITLE, IN_NAME, ON_FRONT, OF_FORMAT, OF_LETTER, AGREED = 0.85, 0.8, 0.8, 0.8, 0.6, 0.95
# A line with such a word alone may as well be the heading of a section.
ALSO_SECTIONS = {"agenda", "besluit", "evaluatie", "strategie", "onderzoek", "analyse", "actieplan", "overeenkomst"}
LETTER_SIGNS = re.compile(
    r"^(?:geachte|beste|mevrouw|mijnheer)\b.*,$|^(?:hoogachtend|met vriendelijke groet)", re.I | re.M
)


def kind_of(front: Front, title: str | None) -> Finding | None:
    """A word of ``KINDS``: from the title, the file's name, a short line on the front, or the format."""
    labels = [line.text for line in front.lines if line.is_on_first_page and len(line.text) <= MAX_LABEL_CHARS]
    signs = (
        (_named(title or ""), IN_TITLE, Origin.FRONT),
        (_named(front.words), IN_NAME, Origin.FILE_NAME),
        (_alone(labels), ON_FRONT, Origin.FRONT),
        ("presentatie" if front.format in SLIDE_FORMATS else None, OF_FORMAT, Origin.FORMAT),
        ("brief" if LETTER_SIGNS.search(front.opening) else None, OF_LETTER, Origin.FRONT),
    )
    named = [Finding(kind, confidence, origin) for kind, confidence, origin in signs if kind]
    if not named:
        return None
    agree = sum(other.value == named[0].value for other in named) > 1
    return replace(named[0], confidence=AGREED) if agree else named[0]


def names_a_kind(word: str) -> bool:
    """Whether a word only says what kind of document something is: "onderzoeksrapport"."""
    return any(pattern.fullmatch(word) for _, pattern in _PATTERNS)


def _named(text: str) -> str | None:
    """The kind that a text names first: "Advies over het ontwerpdecreet" is an advice."""
    found = [(match.start(), kind) for kind, pattern in _PATTERNS if (match := pattern.search(text))]
    return min(found, key=lambda place_and_kind: place_and_kind[0])[1] if found else None


def _alone(labels: list[str]) -> str | None:
    """A line that says nothing but what the document is, perhaps with a number or date."""
    for kind, pattern in _PATTERNS:
        for label in labels if kind not in ALSO_SECTIONS else ():
            name = pattern.search(label)
            if name and len(re.sub(r"[\W\d]", "", label[: name.start()] + label[name.end() :])) <= 8:
                return kind
    return None
