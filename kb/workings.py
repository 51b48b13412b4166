"""What an answer was worked out from, kept for whoever asks why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.analysis import words
from kb.evidence import Evidence, EvidenceWeights, best_first
from kb.parts import Part
from kb.proof import Dropped
from kb.question import Question
from kb.search import Found
from kb.silence import Verdict
from kb.types import Answer, Statement

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sought:
    """One search: what was asked, what was found in the order of what it answers, and the evidence, best first."""

    question: Question
    found: Found
    evidence: tuple[Evidence, ...]

    @classmethod
    def of_part(cls, part: Part) -> Sought:
        """The search for a part of the question; what was said of it may be chosen in another order."""
        return cls(part.question, part.found, tuple(best_first(part.evidence)))


@dataclass(frozen=True, slots=True)
class Workings:
    """The searches for an answer, that of the question itself first, then one for each of its parts; the
    verdict on what they gave; what was ``proven``, shown or not; and what was not.
    """

    searches: tuple[Sought, ...]
    evidence_weights: EvidenceWeights
    verdict: Verdict
    proven: tuple[Statement, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def words_nowhere(answer: Answer) -> tuple[str, ...]:
    """The words of a question, as they stand in it, that no document holds, nor other words for them; none where that
    was not kept.
    """
    if answer.workings is None:
        return ()
    question, found = answer.workings.searches[0].question, answer.workings.searches[0].found
    known_otherwise = {expansion.term for expansion in found.expansions}
    written = {words(one)[0]: one for one in _WORD.findall(question.text) if words(one)}
    return tuple(
        written.get(word, word)
        for term, word in zip(question.terms, question.term_words, strict=True)
        if term in found.unknown and term not in known_otherwise
    )
