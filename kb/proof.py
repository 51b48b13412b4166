"""The proof of a statement: it is shown only when every sign of it stands on the page that it cites.

Three things are asked, and silence is preferred to a doubt:

* **What is said is what is quoted.** A statement is its quotes, one after the other, word for word and sign for
  sign, all from one document and in its order. A language model behind ``kb.writer.Writer`` may choose
  and order, but not write: a sentence with its words in another order, or with one left out, can say the opposite.
  Another place that says the same is cited only where it does: with the same figures of the same things, names,
  denials and limits (``kb.saying``).
* **What is quoted is whole**: sentences, items, rows. Half a sentence can drop a "niet", and so can an item without
  the lead-in that says "niet".
* **What is quoted stands there**: page by page, its letters, digits and the signs of its figures follow each other
  in the raw extraction (``kb.raw_proof``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from kb.analysis import words
from kb.raw_proof import stands_on, without_letter_bullets
from kb.saying import NEGATION, read, says_same
from kb.types import Citation, Statement

RawPages = Callable[[Citation], Sequence[str]]

_MEASURES = {
    word: line[0]
    for line in (
        "% procent percent".split(),
        "€ euro eur".split(),
        "seconde seconden".split(),
        "minuut minuten".split(),
        "uur uren".split(),
        "dag dagen".split(),
        "week weken".split(),
        "maand maanden".split(),
        "jaar jaren".split(),
        "schooljaar schooljaren".split(),
    )
    for word in line
}


class Objection(StrEnum):
    """Why a statement was not proven."""

    NOT_ITS_QUOTES = "not_its_quotes"
    OUT_OF_ORDER = "out_of_order"
    LACKS_DENIAL = "lacks_denial"
    NOT_WHOLE = "not_whole"
    NOT_ON_PAGE = "not_on_page"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement that is not shown, and why."""

    statement: Statement
    objection: Objection


@dataclass(frozen=True, slots=True)
class Examined:
    """What became of statements: those of which everything is proven, and the others."""

    proven: tuple[Statement, ...]
    dropped: tuple[Dropped, ...]


def examined(statements: Iterable[Statement], raw_pages: RawPages) -> Examined:
    """The statements of which everything is proven, without each place that should say the same and does not, or is
    not proven itself; and those that are dropped.
    """
    checked = [_checked(statement, raw_pages) for statement in statements]
    return Examined(
        tuple(one for one in checked if isinstance(one, Statement)),
        tuple(one for one in checked if isinstance(one, Dropped)),
    )


def proven(statements: Iterable[Statement], raw_pages: RawPages) -> tuple[Statement, ...]:
    """The statements of which everything is proven."""
    return examined(statements, raw_pages).proven


def is_proven(citation: Citation, raw_pages: Sequence[str]) -> bool:
    """Whether the quote is whole and stands on the pages from its first to its last, given their raw texts."""
    return is_whole(citation) and stands_on(citation, raw_pages)


def _checked(statement: Statement, raw_pages: RawPages) -> Statement | Dropped:
    cited = statement.citations
    objection = _objection(statement)
    if objection is not None:
        return Dropped(statement, objection)
    parts = [_proven_parts(citation, raw_pages(citation)) for citation in cited]
    if not all(parts):
        whole = all(map(is_whole, cited))
        return Dropped(statement, Objection.NOT_ON_PAGE if whole else Objection.NOT_WHOLE)
    also = (other for other in statement.also if _agrees(statement, other) and not lacks_denial((other,)))
    return replace(
        statement,
        citations=tuple(part for group in parts for part in group),
        also=tuple(other for other in also if is_proven(other, raw_pages(other))),
    )


def _objection(statement: Statement) -> Objection | None:
    """What is wrong with a statement, before its pages are looked at."""
    cited = statement.citations
    if statement.text.split() != " ".join(citation.quote for citation in cited).split():
        return Objection.NOT_ITS_QUOTES
    if not _in_order(cited):
        return Objection.OUT_OF_ORDER
    return Objection.LACKS_DENIAL if lacks_denial(cited) else None


def _proven_parts(citation: Citation, raw_pages: Sequence[str]) -> list[Citation]:
    """The citation if it is proven; its lines, if only bullets that were extracted as letters stand between them."""
    if is_proven(citation, raw_pages):
        return [citation]
    is_list = is_proven(citation, [without_letter_bullets(raw) for raw in raw_pages])
    return list(_lines(citation)) if is_list else []


def _lines(citation: Citation) -> Iterator[Citation]:
    start = citation.start
    for line in citation.quote.split("\n"):
        if line.strip():
            yield replace(citation, start=start, end=start + len(line))
        start += len(line) + 1


def _agrees(statement: Statement, other: Citation) -> bool:
    """Whether another place says what a sentence of the statement does, of the same measures."""
    said = (
        citation.stored.passage.slice(max(unit.start, citation.start), min(unit.end, citation.end))
        for citation in statement.citations
        for unit in citation.stored.passage.units
        if unit.start < citation.end and citation.start < unit.end
    )
    there = read(other.quote)
    return any(_measures(one) == _measures(other.quote) and says_same(read(one), there) for one in said)


def _measures(text: str) -> frozenset[str]:
    """What the figures of a text are figures of: "uur", "%"."""
    tokens = (*words(text), *(sign for sign in "%€" if sign in text))
    return frozenset(_MEASURES[token] for token in tokens if token in _MEASURES)


def _in_order(citations: Sequence[Citation]) -> bool:
    """Whether quotes follow each other in one document: put together otherwise, they may say something else."""
    pairs = pairwise(citations)
    return all(one.document.key == other.document.key and one.end <= other.start for one, other in pairs)


def is_whole(citation: Citation) -> bool:
    """Whether a quote begins and ends where a sentence, item, row or line does."""
    passage, quote = citation.stored.passage, citation.quote
    start = citation.start + len(quote) - len(quote.lstrip())
    end = citation.end - (len(quote) - len(quote.rstrip()))
    begins = start == passage.start or passage.slice(start - 1, start) == "\n"
    ends = end == passage.end or passage.slice(end, end + 1) == "\n"
    return (begins or any(unit.start == start for unit in passage.units)) and (
        ends or any(unit.end == end for unit in passage.units)
    )


def lacks_denial(citations: Sequence[Citation]) -> bool:
    """Whether a quote begins in a list whose lead-in denies, without that lead-in."""
    said = "".join("".join(citation.quote.split()) for citation in citations)
    return any("".join(lead_in.split()) not in said for lead_in in _denying_lead_ins(citations))


def _denying_lead_ins(citations: Sequence[Citation]) -> Iterator[str]:
    for citation in citations:
        passage = citation.stored.passage
        before = passage.text[: citation.start - passage.start]
        lead_in = _lead_in(before, passage.lead_in)
        if lead_in is not None and NEGATION in read(lead_in).turns:
            yield lead_in


def _lead_in(before: str, outside: str | None) -> str | None:
    """What introduces the list that goes on after ``before``, the text of its passage; None where no list does.

    The items of a list stand on lines without an empty one between them.
    """
    paragraphs = before.split("\n\n")
    if len(paragraphs) == 1:
        return outside.split("\n")[0] if outside and (not before or before.endswith("\n")) else None
    last = re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Ý])", paragraphs[-2].strip())[-1]
    return last if last.endswith(":") and (not paragraphs[-1] or paragraphs[-1].endswith("\n")) else None
