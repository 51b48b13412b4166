"""The proof of a quote: its letters and digits stand, in this order, on its pages, in the raw extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.repair import letters_and_digits
from kb.types import Citation, Statement

RawPages = Callable[[Citation], Sequence[str]]


def is_proven(citation: Citation, raw_pages: Sequence[str]) -> bool:
    """Whether the quote stands on the pages from its first to its last, given their raw texts."""
    quoted = letters_and_digits(citation.quote)
    return bool(quoted) and quoted in letters_and_digits("".join(raw_pages))


def proven(statements: Iterable[Statement], raw_pages: RawPages) -> tuple[Statement, ...]:
    """The statements whose every word is proven; the others are dropped, and so is each place that should say the same
    and is not proven itself.

    A quote of several lines may stand in the raw page with signs between its lines (bullets that were extracted as
    letters): it is then cited line by line.
    """
    kept = []
    for statement in statements:
        citations = tuple(part for whole in statement.citations for part in _proven_parts(whole, raw_pages(whole)))
        if letters_and_digits(statement.text) == letters_and_digits("".join(citation.quote for citation in citations)):
            also = tuple(other for other in statement.also if is_proven(other, raw_pages(other)))
            kept.append(replace(statement, citations=citations, also=also))
    return tuple(kept)


def _proven_parts(citation: Citation, raw_pages: Sequence[str]) -> list[Citation]:
    """The citation itself if it is proven, else those of its lines that are."""
    if is_proven(citation, raw_pages):
        return [citation]
    return [line for line in _lines(citation) if is_proven(line, raw_pages)]


def _lines(citation: Citation) -> Iterator[Citation]:
    start = citation.start
    for line in citation.quote.split("\n"):
        if line.strip():
            yield replace(citation, start=start, end=start + len(line))
        start += len(line) + 1
