"""The sources of an answer: each cited passage once, numbered in the order in which it is first cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.types import Span
from kb.types import Answer, Citation, Statement, StoredPassage


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage, its number from 1, and every stretch of it that is quoted, in reading order."""

    number: int
    stored: StoredPassage
    quotes: tuple[Span, ...]


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """The sources of an answer, in order of number."""
    return sources_of_statements(answer.statements)


def sources_of_statements(statements: Iterable[Statement]) -> tuple[Source, ...]:
    """The sources of statements of one answer or several, in order of number."""
    quotes: dict[int, list[Span]] = {}
    passages: dict[int, StoredPassage] = {}
    for statement in statements:
        for citation in statement.places:
            passages.setdefault(citation.stored.key, citation.stored)
            quotes.setdefault(citation.stored.key, []).append(Span(citation.start, citation.end))
    return tuple(Source(number, passages[key], merged(quotes[key])) for number, key in enumerate(passages, start=1))


def numbers_of(statement: Statement, sources: tuple[Source, ...]) -> tuple[int, ...]:
    """The numbers of the sources that a statement cites, each once, in its own order."""
    return _numbers(statement.places, sources)


def numbers_made_of(statement: Statement, sources: tuple[Source, ...]) -> tuple[int, ...]:
    """Only those of the sources that its text is made of, and not of what says the same elsewhere."""
    return _numbers(statement.citations, sources)


def _numbers(places: Iterable[Citation], sources: tuple[Source, ...]) -> tuple[int, ...]:
    by_key = {source.stored.key: source.number for source in sources}
    return tuple(dict.fromkeys(by_key[citation.stored.key] for citation in places))


def differing_of(answer: Answer) -> tuple[Statement, ...]:
    """The statements that answer differently, as its warning says; each wants to be read with who says it, and when."""
    named = {
        document
        for notice in answer.warnings
        if notice.key == "differing"
        for document in dict(notice.values)["documents"].split(", ")
    }
    return tuple(one for one in answer.statements if one.citations[0].document.id in named)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches in reading order, those that overlap or touch made one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
