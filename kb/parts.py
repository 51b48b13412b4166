"""Questions of which the parts are answered one by one: two things that are compared, or two things that are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from kb.evidence import Evidence, is_short
from kb.question import Question
from kb.search import Found
from kb.silence import Because, Verdict
from kb.types import Hit, Notice, Statement, Status
from kb.writer import MAX_ANSWER_CHARS

MOST_STATEMENTS = 2  # of a part that is not answered in a sentence or two


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question, as a question by itself, with what was found and would be said of it.

    ``name`` is what the question calls it; ``missing`` the notice for a reader where nothing answers it.
    """

    name: str
    question: Question
    found: Found
    evidence: Sequence[Evidence]
    statements: tuple[Statement, ...]
    missing: str = "part_missing"


def shared(found: Found, parts: Sequence[Part]) -> tuple[Hit, ...]:
    """The best passages of the question as a whole and of each part in turn: what answers all of it goes first. Each
    keeps the score of the search that found it first.
    """
    lists = [found.hits, *(part.found.hits for part in parts)]
    first: dict[int, Hit] = {}
    for hit in chain.from_iterable(zip_longest(*lists)):
        if hit is not None:
            first.setdefault(hit.stored.key, hit)
    return tuple(first.values())


def in_turn(parts: Sequence[Part]) -> tuple[Statement, ...]:
    """The first statement of each part, then the second, as long as there is room."""
    said = chain.from_iterable(zip_longest(*(part.statements[: _most_of(part)] for part in parts)))
    kept = without_overlap(statement for statement in said if statement is not None)
    return tuple(_in_room(kept))


def said_of(part: Part, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements that say what a part would be answered with."""
    return tuple(one for one in statements if any(overlap(one, own) for own in part.statements))


def verdict_of_parts(parts: Sequence[Part], verdicts: Sequence[Verdict], whole: Verdict) -> Verdict:
    """How much was found, from what was found of each part and of the whole question: a part that is nowhere is
    named.
    """
    lost = [part for part, verdict in zip(parts, verdicts, strict=True) if not _is_found(verdict)]
    if len(lost) == len(parts):
        return whole
    names = tuple(notice for notice in whole.notices if notice.key == "missing")
    notices = names + tuple(Notice(part.missing, (("part", part.name),)) for part in lost)
    return Verdict(Status.PARTIAL if notices else Status.FOUND, notices, Because.PARTS, whole.signals)


def without_lost(
    parts: Sequence[Part], verdicts: Sequence[Verdict], statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The statements but for those that were only to answer a part that was not found."""
    found = {place for part, one in zip(parts, verdicts, strict=True) if _is_found(one) for place in _places(part)}
    lost = {place for part, one in zip(parts, verdicts, strict=True) if not _is_found(one) for place in _places(part)}
    return tuple(one for one in statements if _place(one) not in lost - found)


def without_overlap(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, without those that quote some of what an earlier one quotes."""
    kept: list[Statement] = []
    for statement in statements:
        if not any(overlap(statement, earlier) for earlier in kept):
            kept.append(statement)
    return tuple(kept)


def overlap(one: Statement, other: Statement) -> bool:
    """Whether two statements quote some of the same text."""
    return any(
        first.document.key == second.document.key and first.start < second.end and second.start < first.end
        for first in one.citations
        for second in other.citations
    )


def _most_of(part: Part) -> int:
    return 1 if is_short(part.question.kind) else MOST_STATEMENTS


def _in_room(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that fit in an answer, the first in any case."""
    room = MAX_ANSWER_CHARS
    for statement in statements:
        if len(statement.text) <= room or room == MAX_ANSWER_CHARS:
            yield statement
            room -= len(statement.text)


def _is_found(verdict: Verdict) -> bool:
    return verdict.status is not Status.NOT_FOUND


def _places(part: Part) -> Iterator[tuple[int, int]]:
    return map(_place, part.statements)


def _place(statement: Statement) -> tuple[int, int]:
    """Where a statement begins: the key of its document and the offset."""
    return statement.citations[0].document.key, statement.citations[0].start
