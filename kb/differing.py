"""Different answers to one question: both are shown, side by side, with a warning that the sources differ.

Two sentences differ only where nothing else than the answer tells them apart. It is meant to be silent rather than to
give a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kb.agreement import core_of, newest_first
from kb.evidence import Evidence
from kb.positions import agree, may_be_compared, positions, speak_of_the_same
from kb.question import Question, QuestionKind
from kb.saying import NEGATION, Saying, saying_of
from kb.types import Citation, Notice, Statement

MAX_FURTHER = 2  # positions beside the first
MIN_SHARED = 0.75  # of the words of both, where only a denial tells them apart


def side_by_side(
    question: Question,
    statements: Sequence[Statement],
    evidence: Sequence[Evidence],
    is_replaced: Callable[[int], bool],
) -> tuple[Statement, ...]:
    """The statements with those first that answer otherwise than the best, the newest first, replaced documents last.

    ``evidence`` is best first; ``is_replaced`` tells it of the key of a document.
    """
    base = core_of(statements[0], evidence) if statements else None
    rivals = list(_rivals(question, base, evidence)) if base else []
    if not rivals:
        return tuple(statements)
    written = {id(rival): _statement_of(rival, statements, evidence) for rival in rivals}
    positions_shown = sorted(
        sorted([statements[0], *written.values()], key=lambda one: newest_first(one.citations[0]), reverse=True),
        key=lambda one: is_replaced(one.citations[0].document.key),
    )
    return (*positions_shown, *(one for one in statements if one not in positions_shown))


def notice_of_differing(
    question: Question, statements: Sequence[Statement], evidence: Sequence[Evidence]
) -> tuple[Notice, ...]:
    """The warning, where among proven statements some differ: which documents, of which year, and what each says."""
    cores = [core for core in (core_of(statement, evidence) for statement in statements) if core]
    differing = [one for one in cores if any(differ(question, one, other) for other in cores if other is not one)]
    if not differing:
        return ()
    values = (
        ("positions", "; ".join(_named(question, one) for one in differing)),
        ("documents", ", ".join(one.stored.document.id for one in differing)),
    )
    return (Notice("differing", values),)


def differ(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two units of different documents answer a question differently, and nothing else tells them apart."""
    if one.stored.document.key == other.stored.document.key or not may_be_compared(one, other):
        return False
    if question.kind is QuestionKind.YES_NO:
        return _deny_each_other(saying_of(one), saying_of(other)) and speak_of_the_same(question, one, other)
    answers = positions(question, one.quote), positions(question, other.quote)
    if not all(answers) or agree(*answers) or saying_of(one).turns != saying_of(other).turns:
        return False
    return speak_of_the_same(question, one, other)


def _rivals(question: Question, base: Evidence, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The best unit of each position that differs from the base and from those before it."""
    taken = [base]
    for other in evidence:
        if len(taken) <= MAX_FURTHER and differ(question, base, other) and _is_new(question, other, taken[1:]):
            taken.append(other)
            yield other


def _is_new(question: Question, other: Evidence, taken: Sequence[Evidence]) -> bool:
    own = positions(question, other.quote)
    return all(not agree(own, positions(question, one.quote)) for one in taken) if own else not taken


def _deny_each_other(one: Saying, other: Saying) -> bool:
    """Whether two sentences are nearly the same but for a denial."""
    if one.turns ^ other.turns != {NEGATION} or one.figures != other.figures:
        return False
    shared = len(set(one.words) & set(other.words))
    return 2 * shared >= MIN_SHARED * (len(set(one.words)) + len(set(other.words)))


def _statement_of(unit: Evidence, statements: Sequence[Statement], evidence: Sequence[Evidence]) -> Statement:
    """The statement that was written for a unit, else a new one."""
    own = (one for one in statements if core_of(one, evidence) is unit)
    return next(own, Statement(unit.quote, (Citation(unit.stored, unit.span.start, unit.span.end),)))


def _named(question: Question, unit: Evidence) -> str:
    """A position for the reader: “Title” (2020): 12 dagen."""
    document = unit.stored.document
    year = f" ({document.info.year})" if document.info.year else ""
    said = " / ".join(positions(question, unit.quote).values())
    return f"“{document.title}”{year}" + (f": {said}" if said else "")
