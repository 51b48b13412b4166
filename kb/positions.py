"""What a unit answers to a question for a figure, day or person, so that the answers of two documents can be compared.

Another place, year, sort of school or condition makes two sentences speak of two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.analysis import stem, stems, words
from kb.evidence import Evidence
from kb.forms import ASKS_FOR_MONEY, ASKS_FOR_SHARE, ASKS_HOW_LONG, ASKS_HOW_OFTEN, DAY, TIME, YEAR
from kb.question import Question, QuestionKind
from kb.saying import FIGURE, figure_of, names_in, same_names, saying_of, without_references
from kb.shapes import counted_noun, counts, persons
from kb.succession import SERIES
from kb.types import DocumentCard

MIN_COVERAGE = 0.6  # of the question's weight, by both sentences themselves
MAX_OTHER = 1  # content words of one sentence that the other, and what stands above it, lacks
UNIT_CHARS = 24  # after a figure, in which its unit stands

# Of what a figure must be, by what the question asks.
_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asking, re.IGNORECASE), re.compile(unit, re.IGNORECASE))
    for asking, unit in (
        (ASKS_HOW_OFTEN, r"^ ?(keer|maal|times)\b"),
        (ASKS_HOW_LONG, rf"^ (?:\w+ )?({TIME})\b"),
        (ASKS_FOR_SHARE, r"^ ?(%|procent\b)"),
        (ASKS_FOR_MONEY, r"^ ?(euro(?:cent)?|eur|cent|€)"),
    )
)


def positions(question: Question, text: str) -> dict[str, str]:
    """What a text answers, in a form to compare, with the words that say so; empty where nothing can be compared."""
    body = " ".join(without_references(text).split())
    if question.kind is QuestionKind.NUMBER:
        return dict(_figures(question, body))
    if question.kind is QuestionKind.DATE:
        return dict(_dates(body))
    if question.kind is QuestionKind.WHO:
        return {name.lower(): name for name in persons(body)}
    return {}


def _figures(question: Question, body: str) -> Iterator[tuple[str, str]]:
    """The figures of what is asked: followed by the asked unit, or by the noun that is counted."""
    unit = next((unit for asking, unit in _UNITS if asking.search(question.text)), None)
    noun = counted_noun(question)
    for match in FIGURE.finditer(body):
        following = body[match.end() :]
        if unit is not None:
            named = unit.match(following[:UNIT_CHARS])
            if named:
                yield f"{figure_of(match[0])} {stem(named[1].lower())}", match[0] + named[0]
        elif noun is not None and counts(following, noun) and not YEAR.fullmatch(match[0]):
            yield figure_of(match[0]), match[0]


def _dates(body: str) -> Iterator[tuple[str, str]]:
    """Days with their year where it follows, and years."""
    for match in re.finditer(rf"(?:{DAY.pattern})(?: (?:19|20)\d\d\b)?|{YEAR.pattern}", body, re.I):
        yield " ".join(words(match[0])), match[0]


def agree(answers: Iterable[str], others: Iterable[str]) -> bool:
    """Whether an answer is among the others, perhaps less precisely: "2 juli 2018", "2018"."""
    pairs = [(set(one.split()), set(other.split())) for one in answers for other in others]
    return any(one <= other or other <= one for one, other in pairs)


def may_be_compared(one: Evidence, other: Evidence) -> bool:
    """Whether both units speak of what is asked, and of the same words of it."""
    return min(one.coverage, other.coverage) >= MIN_COVERAGE and one.matched == other.matched


def speak_of_the_same(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two units speak of what is asked, and no name, year, region, level or special word tells them apart."""
    if not may_be_compared(one, other):
        return False
    if _cards_apart(one.stored.document, other.stored.document) or _years(question, one) != _years(question, other):
        return False
    return not _names_apart(one, other) and _words_alike(question, one, other)


def _words_alike(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two units have the same names, and hardly a word that the other lacks, but for their answers."""
    known = {word for unit in (one, other) for word in (*_above(unit), *_stems_of_positions(question, unit))}
    sayings = [saying_of(unit) for unit in (one, other)]
    widened = [replace(saying, words=tuple({*saying.words, *known, *question.terms})) for saying in sayings]
    return same_names(*widened) and len(set(widened[0].words) ^ set(widened[1].words)) <= MAX_OTHER


def _names_apart(one: Evidence, other: Evidence) -> bool:
    """Whether the titles and headings above two units each name what the other does not: another school or town."""
    named = [{name for text in _titles(unit) for name in names_in(text)} for unit in (one, other)]
    held = [{*_above(unit), *stems(unit.quote)} for unit in (one, other)]
    return bool(named[0] - held[1]) and bool(named[1] - held[0])


def _titles(unit: Evidence) -> tuple[str, ...]:
    return (*unit.stored.passage.headings, unit.stored.document.info.title or "")


def _above(unit: Evidence) -> list[str]:
    """The stems of what stands above a unit: headings and title."""
    return stems(" ".join(_titles(unit)))


def _stems_of_positions(question: Question, unit: Evidence) -> list[str]:
    return stems(" ".join(positions(question, unit.quote).values()))


def _cards_apart(one: DocumentCard, other: DocumentCard) -> bool:
    """Whether two documents speak of other places, levels, or, as reports of a series do, of other years."""
    for first, second in (
        (one.info.region, other.info.region),
        (one.info.education_level, other.info.education_level),
    ):
        if first and second and first != second:
            return True
    return bool(SERIES & {one.info.kind, other.info.kind}) and one.info.year != other.info.year


def _years(question: Question, unit: Evidence) -> frozenset[str]:
    """The years of a unit and the headings above it, but for those that are its answer."""
    if question.kind is QuestionKind.DATE:
        return frozenset(YEAR.findall(" ".join(unit.stored.passage.headings[1:])))
    return frozenset(YEAR.findall(" ".join((unit.quote, *unit.stored.passage.headings[1:]))))
