"""The level of education that a document is about, from the terms that it uses: its title says more than its text."""

from __future__ import annotations

import re

from ingest.front import Front
from ingest.types import Finding, Origin

STRONG, WEAK = 3, 1  # a name of the level, a word that mostly goes with it

# Each level with what names it, and with words that mostly go with it.
_TERMS = (
    (
        "basis",
        r"basisonderwijs|basisscho\w+|lager onderwijs|lagere scho\w+|kleuter(?:onderwijs|scho\w+|klas\w*)",
        r"kleuters?|peuters?|juffen",
    ),
    (
        "secundair",
        r"secundair onderwijs|secundaire? scho\w+|middelbare? scho\w+|buso|okan|deeltijds beroepssecundair\w*|"
        r"(?:eerste|tweede|derde) graad|dubbele finaliteit|arbeidsmarktfinaliteit|doorstroomfinaliteit|"
        r"beroepssecundair\w*|alternerende opleiding\w*|klassenra(?:ad|den)",
        r"leerling\w*|aso|bso|tso|kso|jongeren",
    ),
    (
        "hoger",
        r"hoger onderwijs|hogescholen|universiteiten|graduaatsopleiding\w*|graduaten|"
        r"(?:professionele |academische )?bachelor\w*|masteropleiding\w*|hbo5",
        r"student(?:en)?|curriculum|docent(?:en)?",
    ),
    (
        "volwassenen",
        r"volwassenenonderwijs|volwasseneneducatie|basiseducatie|cvo'?s?|tweedekansonderwijs",
        r"cursist(?:en)?",
    ),
)  # fmt: skip
EDUCATION_LEVELS = tuple(level for level, _, _ in _TERMS)
_PATTERNS = tuple(
    (
        level,
        tuple((weight, re.compile(rf"\b(?:{terms})\b", re.I)) for weight, terms in ((STRONG, strong), (WEAK, weak))),
    )
    for level, strong, weak in _TERMS
)

MIN_WEIGHT = 15  # of all terms in the text: five names of the level, or more words
MIN_SHARE = 0.65  # of that weight for one level: else the text is about several, or compares them
TITLE_CONFIDENCE, LEAST_CONFIDENCE = 0.9, 0.5


def level_of(front: Front, title: str | None) -> Finding | None:
    """A word of ``EDUCATION_LEVELS``, where the title names one or the text is mostly about one."""
    for text, origin in ((title or "", Origin.FRONT), (front.words, Origin.FILE_NAME)):
        named = [level for level, patterns in _PATTERNS if patterns[0][1].search(text)]
        if len(named) == 1:
            return Finding(named[0], TITLE_CONFIDENCE, origin)
    weights = {level: _weight(front.body, patterns) for level, patterns in _PATTERNS}
    most = max(weights, key=weights.__getitem__)
    total = sum(weights.values())
    share = weights[most] / total if total else 0.0
    if total < MIN_WEIGHT or share < MIN_SHARE:
        return None
    return Finding(most, round(LEAST_CONFIDENCE + (TITLE_CONFIDENCE - LEAST_CONFIDENCE) * share, 2), Origin.BODY)


def _weight(text: str, patterns: tuple[tuple[int, re.Pattern[str]], ...]) -> int:
    return sum(weight * sum(1 for _ in pattern.finditer(text)) for weight, pattern in patterns)
