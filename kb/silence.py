"""Knowing when to be silent: whether what was found answers the question, in part, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.analysis import stems, words
from kb.matching import match
from kb.question import Question, QuestionKind
from kb.search import Found
from kb.types import Notice, Statement, Status, StoredPassage

# The least share of a question's weighted words that the sources of an answer must speak of. Chosen on the "fit"
# half of the starter questions and of the unanswerable ones.
FOUND_FROM = 0.62
PARTIAL_FROM = 0.5

# Kinds whose answer is one figure, day or name: with another place or year it is not half right but wrong.
_EXACT_KINDS = (QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.WHO)
_NOW = frozenset("huidige huidig nu momenteel vandaag actueel actuele tegenwoordig current currently now".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much was found, and what a reader should know about it."""

    status: Status
    notices: tuple[Notice, ...] = ()


def judge(question: Question, found: Found, statements: Sequence[Statement]) -> Verdict:
    """The verdict on statements that have passed the proof."""
    if not statements or not question.terms:
        return Verdict(Status.NOT_FOUND)
    sources = list({c.stored.key: c.stored for s in statements for c in s.citations}.values())
    missing = _missing_demands(question, sources)
    notices: tuple[Notice, ...] = (Notice("missing", (("names", ", ".join(missing)),)),) if missing else ()
    if missing and question.kind in _EXACT_KINDS:
        return Verdict(Status.NOT_FOUND, notices)
    coverage = max(found.term_weights.coverage(_stems_of(source)) for source in sources)
    if coverage < PARTIAL_FROM:
        return Verdict(Status.NOT_FOUND, notices)
    if _NOW & set(words(question.text)):
        notices += (_dated(sources),)
    if coverage < FOUND_FROM and not notices:
        notices = (Notice("uncertain"),)
    return Verdict(Status.PARTIAL if notices else Status.FOUND, notices)


def _missing_demands(question: Question, sources: Iterable[StoredPassage]) -> tuple[str, ...]:
    """The names, years and acronyms of the question that none of the cited passages speaks of."""
    held = [_stems_of(source) for source in sources]
    return tuple(name for name in question.demands if not any(_speaks_of(stored, name) for stored in held))


def _speaks_of(held: frozenset[str], name: str) -> bool:
    return all(match(part, held) > 0 for part in stems(name))


def _stems_of(stored: StoredPassage) -> frozenset[str]:
    """All that is known of a passage: its text and headings, and its document's title, issuer, place and date."""
    info = stored.document.info
    known = (stored.passage.search_text, info.title, info.publisher, info.region, info.date, info.kind)
    return frozenset(stems(" ".join(part for part in known if part)))


def _dated(sources: Iterable[StoredPassage]) -> Notice:
    years = sorted({source.document.info.year for source in sources if source.document.info.year})
    return Notice("dated", (("years", ", ".join(map(str, years)) or "?"),))
