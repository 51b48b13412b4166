"""What two things have to do with each other: the sentence that sets them side by side, then what each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.analysis import stems
from kb.evidence import Evidence
from kb.parts import Part, overlap, without_overlap
from kb.question import Question, QuestionKind
from kb.shapes import fit
from kb.types import Citation, Statement

NAMES_BOTH = 0.7  # of the weight of each side's words, in a sentence that speaks of both
MAX_SIDE_CHARS = 120
DEFINES = 0.6  # how well a unit has the shape of a definition
DEFINES_SHARE = 0.6  # of the best score: a definition of something else does not do

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:verschil\w*|onderscheid|difference\w*)\b.{0,20}?\b(?:tussen|between)\s+(?P<both>.+)",
        r"\bverschil\w*\s+(?:van\s+)?(?P<one>.+?)\s+(?:met|van|ten opzichte van)\s+(?P<other>.+)",
        r"\bverhoud(?:t|en)\s+(?:zich\s+)?(?P<one>.+?)\s+(?:zich\s+)?tot\s+(?P<other>.+)",
        r"\b(?:vergelijk\w*|compare)\s+(?P<one>.+?)\s+(?:met|en|to|with|and)\s+(?P<other>.+)",
        r"\b(?:how does|how do)\s+(?P<one>.+?)\s+differ from\s+(?P<other>.+)",
        r"^(?P<one>.+?)\s+(?:versus|vs\.?|tegenover)\s+(?P<other>.+)",
    )
)
_AND = re.compile(r"\s+(?:en|and)\s+", re.IGNORECASE)
_ASKED_BEFORE = re.compile(r"^(?:wat (?:is|zijn)|what (?:is|are)|hoe zit het met)\s+", re.IGNORECASE)
_CONTEXT = re.compile(r"\s+(?:volgens|binnen|in (?:het|de)|bij (?:het|de)|according to|in the)\s.*$", re.IGNORECASE)
_CONTRAST = re.compile(
    r"\b(?:terwijl|daarentegen|tegenstelling|tegenover|verschil\w*|onderscheid\w*|anders dan|versus|in plaats van"
    r"|(?:meer|minder|eerder|ruimer|enger|breder|langer|korter|hoger|lager) dan|while|whereas|unlike|differ\w*)\b",
    re.IGNORECASE,
)
# These set two things off only where one of them has been named before.
_RELATION = re.compile(
    r"\b(?:(?:is|zijn) (?:geen|niet)|(?:is|are) (?:not|no)|(?:vorm|deel|soort) van)\b", re.IGNORECASE
)


def names_of_sides(question: Question) -> tuple[str, str] | None:
    """The two things that a question compares; None where it compares nothing, or they cannot be told apart."""
    if question.kind is not QuestionKind.COMPARISON:
        return None
    text = " ".join(question.text.split()).rstrip(" ?.!")
    found = next((match for pattern in _PATTERNS if (match := pattern.search(text))), None)
    if found is None:
        return None
    groups = found.groupdict()
    pair = _halves(groups["both"]) if groups.get("both") else (groups["one"], groups["other"])
    if pair is None:
        return None
    one, other = _name(pair[0]), _name(pair[1])
    other = other if _CONTEXT.search(one) else _CONTEXT.sub("", other)
    differ = one and other and set(stems(one)) != set(stems(other))
    return (one, other) if differ and max(len(one), len(other)) <= MAX_SIDE_CHARS else None


def compares(question: Question) -> bool:
    """Whether a question compares two things that can be told apart."""
    return names_of_sides(question) is not None


def with_shared_noun(names: tuple[str, str], evidence: Sequence[Evidence]) -> tuple[str, str]:
    """The noun that only the second thing is said with, for the first too where documents write it so: "duaal en
    voltijds leren" compares "duaal leren" with "voltijds leren".
    """
    one, other = names
    noun = other.split()[-1]
    whole = f"{one} {noun}".lower()
    is_part = " " not in one and one.islower() and " " in other
    return (whole, other) if is_part and any(whole in unit.quote.lower() for unit in evidence) else names


def definitions_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of a side, best first, where what defines it goes before what only speaks of it."""
    least = DEFINES_SHARE * evidence[0].score if evidence else 0.0

    def defines(unit: Evidence) -> bool:
        fitting = fit(question, unit.quote, heading=" ".join(unit.stored.passage.headings[-1:]))
        return unit.score >= least and (fitting or 0.0) >= DEFINES

    return sorted(evidence, key=lambda unit: not defines(unit))


def side_by_side_of(
    sides: Sequence[Part], evidence: Sequence[Evidence], written: Sequence[Statement]
) -> tuple[Statement, ...]:
    """What sets both things side by side, if anything does, and what each of them is.

    ``evidence`` is best first; ``written`` is what the question as a whole would be answered with.
    """
    both = next(_of_both(sides, evidence), None)
    whole = next((one for one in written if all(_names(side, one.text) for side in sides)), None)
    if whole is not None and (both is None or overlap(both, whole)):
        both = whole
    wanted = [both, *(statement for side in sides for statement in side.statements)]
    return without_overlap(statement for statement in wanted if statement is not None)


def _halves(text: str) -> tuple[str, str] | None:
    """Two things joined by "en"; of several, that which makes the halves most alike in length."""
    joints = list(_AND.finditer(text))
    if not joints:
        return None
    middle = min(joints, key=lambda joint: abs(joint.start() - (len(text) - joint.end())))
    return text[: middle.start()], text[middle.end() :]


def _name(text: str) -> str:
    return _ASKED_BEFORE.sub("", text.strip(" \"“”‘’',;:?.!")).strip(" \"“”‘’'")


def _of_both(sides: Sequence[Part], evidence: Sequence[Evidence]) -> Iterator[Statement]:
    """Units that name both things and set them off against each other, best first."""
    for unit in evidence:
        text = unit.quote
        if all(_names(side, text) for side in sides) and _contrasts(sides, text) and not text.rstrip().endswith(":"):
            yield Statement(text, (Citation(unit.stored, unit.span.start, unit.span.end),))


def _names(side: Part, text: str) -> bool:
    return side.found.term_weights.coverage(frozenset(stems(text))) >= NAMES_BOTH


def _contrasts(sides: Sequence[Part], text: str) -> bool:
    relation = _RELATION.search(text)
    related = relation is not None and any(_names(side, text[: relation.start()]) for side in sides)
    return related or _CONTRAST.search(text) is not None
