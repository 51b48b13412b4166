"""The same fact in several documents: one statement, with a citation for each document that says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.tables import CELL_SEPARATOR
from kb.evidence import Evidence
from kb.saying import units_say_the_same
from kb.types import Citation, Statement

MAX_ALSO = 4  # further citations of one statement
ALSO_CHARS = 600  # of all further citations of an answer: they may not crowd out what is said
NEARLY = 0.25  # the share of the question that two sentences speak of differs by less, when they say the same
MIN_CORE_SHARE = 0.5  # of the letters of a list: one item of it does not stand for the whole


def with_other_places(statements: Sequence[Statement], evidence: Sequence[Evidence]) -> tuple[Statement, ...]:
    """The statements, each with places of other documents that say the same, at most ``MAX_ALSO``, newest first.

    A later statement that says no more than an earlier one becomes one of its places. ``evidence`` is best first.
    """
    cores = [core_of(statement, evidence) for statement in statements]
    repeated = set(_repeated(statements, cores))
    room = ALSO_CHARS
    result = []
    for position, (statement, core) in enumerate(zip(statements, cores, strict=True)):
        if position in repeated:
            continue
        also = _places(statement, core, evidence, room) if core and _stands_for(core, statement) else ()
        room -= sum(len(citation.quote) for citation in also)
        result.append(replace(statement, also=also))
    return tuple(result)


def core_of(statement: Statement, evidence: Sequence[Evidence]) -> Evidence | None:
    """The best unit of a statement, for which it was chosen; None where no evidence is quoted."""
    cited = {(citation.document.key, citation.start, citation.end) for citation in statement.citations}
    return next((one for one in evidence if any(_holds(place, one) for place in cited)), None)


def newest_first(citation: Citation) -> str:
    """A key to sort by, in reverse: a document without a date comes last."""
    return citation.document.info.date or ""


def _stands_for(core: Evidence, statement: Statement) -> bool:
    """Whether a unit says what matters of a statement: a sentence does, but one item does not for a whole list."""
    lines = [line.rstrip() for line in statement.text.split("\n") if line.strip()]
    sentences = sum(line.endswith((".", "!", "?")) for line in lines)
    is_list = len(lines) > 1 and (sentences < len(lines) / 2 or any(line.endswith(":") for line in lines))
    return not is_list or len(core.quote) >= MIN_CORE_SHARE * len(statement.text)


def _holds(place: tuple[int, int, int], one: Evidence) -> bool:
    key, start, end = place
    return key == one.stored.document.key and start <= one.span.start and one.span.end <= end


def _repeated(statements: Sequence[Statement], cores: Sequence[Evidence | None]) -> Iterator[int]:
    """Statements that are nearly one sentence, and say what an earlier one says."""
    earlier: list[Evidence] = []
    for position, (statement, core) in enumerate(zip(statements, cores, strict=True)):
        if core is None:
            continue
        short = len(core.quote) >= MIN_CORE_SHARE * len(statement.text)
        if short and any(units_say_the_same(core, one) for one in earlier):
            yield position
        earlier.append(core)


def _places(statement: Statement, core: Evidence, evidence: Sequence[Evidence], room: int) -> tuple[Citation, ...]:
    """Units of other documents that say what the core says, one of each document, as far as there is room."""
    best: dict[int, Citation] = {}
    for other in _candidates(core, evidence):
        key = other.stored.document.key
        if key not in best and units_say_the_same(core, other):
            best[key] = Citation(other.stored, other.span.start, other.span.end)
    for citation in statement.citations:
        best.pop(citation.document.key, None)
    return tuple(_fitting(sorted(best.values(), key=newest_first, reverse=True)[:MAX_ALSO], room))


def _candidates(core: Evidence, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """What may say the same in other documents; not a row of a table, which is nothing without its header."""
    for other in evidence:
        elsewhere = other.stored.document.key != core.stored.document.key
        if elsewhere and abs(other.coverage - core.coverage) < NEARLY and CELL_SEPARATOR not in other.quote:
            yield other


def _fitting(citations: Sequence[Citation], room: int) -> Iterator[Citation]:
    for citation in citations:
        room -= len(citation.quote)
        if room < 0:
            return
        yield citation
