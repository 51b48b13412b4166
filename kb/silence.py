"""Knowing when to be silent: whether what was found answers the question, in part, or not at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kb.analysis import words
from kb.evidence import has_shape
from kb.matching import missing_names, stems_of
from kb.question import DOCUMENT_LANGUAGE, Question, QuestionKind
from kb.search import Found
from kb.types import Notice, Statement, Status, StoredPassage

# The least share of a question's weighted words that the sources of an answer must speak of. Chosen on the "fit"
# half of the starter questions and of the unanswerable ones.
FOUND_FROM = 0.62
PARTIAL_FROM = 0.5
LIKE_FROM = 0.5  # a question in another language: the least cosine with what is quoted
FEW_TERMS = 4  # a question of more content words tells a story

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
    held = [stems_of(source) for source in sources]
    missing = _held_by_none(question, held)
    notices: tuple[Notice, ...] = (Notice("missing", (("names", ", ".join(missing)),)),) if missing else ()
    coverage = max(found.term_weights.coverage(known) for known in held)
    if question.language != DOCUMENT_LANGUAGE:
        coverage = max(coverage, _likeness(found, statements) * PARTIAL_FROM / LIKE_FROM)
    about_now = bool(_NOW & set(words(question.text)))
    patience = _patience(question)
    if coverage < PARTIAL_FROM * patience or _would_mislead(question, statements, missing, about_now=about_now):
        return Verdict(Status.NOT_FOUND, notices)
    if about_now:
        notices += (_dated(sources),)
    if coverage < FOUND_FROM * patience and not notices:
        notices = (Notice("uncertain"),)
    return Verdict(Status.PARTIAL if notices else Status.FOUND, notices)


def _likeness(found: Found, statements: Sequence[Statement]) -> float:
    """The cosine of the question with the nearest sentence that is quoted."""
    return max(
        (
            similarity
            for statement in statements
            for citation in statement.citations
            for unit, similarity in zip(
                citation.stored.passage.units, found.unit_similarities.get(citation.stored.key, ()), strict=False
            )
            if citation.start <= unit.start < citation.end
        ),
        default=0.0,
    )


def _patience(question: Question) -> float:
    """How much less a long question asks of its sources: the more words, the more of them only tell a story."""
    return min(1.0, math.sqrt(FEW_TERMS / len(question.terms)))


def _would_mislead(
    question: Question, statements: Sequence[Statement], missing: Sequence[str], *, about_now: bool
) -> bool:
    """Whether a figure, day or name would be that of another place or time, or is not there at all."""
    if question.kind not in _EXACT_KINDS:
        return False
    answered = any(has_shape(question, statement.text) for statement in statements)
    return bool(missing) or not answered or (about_now and question.kind is QuestionKind.WHO)


def _held_by_none(question: Question, held: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """The names, years and acronyms of the question that none of the cited passages speaks of."""
    lacking = [set(missing_names(question.demands, known)) for known in held]
    return tuple(name for name in question.demands if all(name in names for names in lacking))


def _dated(sources: Sequence[StoredPassage]) -> Notice:
    years = sorted({source.document.info.year for source in sources if source.document.info.year})
    return Notice("dated", (("years", ", ".join(map(str, years)) or "?"),))
