"""Who does something, where the text names a role instead of a person: "de mentor begeleidt de leerling"."""

from __future__ import annotations

import re

from kb.analysis import stem, words
from kb.likeness import likeness
from kb.question import Question

SAME_DEED = 0.85  # likeness of two forms of one verb: "begeleidt", "begeleiding"

_WHO = re.compile(r"\b(?:wie|who)\b\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_AUXILIARIES = frozenset(
    "is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen mag mogen moet moeten zal zullen"
    " gaat gaan is are was were has have can may must will does do".split()
)
_DETERMINERS = frozenset("de het een elke elk iedere ieder alle onze uw haar the each every an a".split())
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\n+")


def names_doer(question: Question, text: str) -> bool:
    """Whether a sentence of the text has the deed that a question asks the doer of, and a doer that the question does
    not name: before the deed, right after it, at the start of the sentence, or after "door".
    """
    deed = _deed(question.text)
    return deed is not None and any(_does(deed, question, sentence) for sentence in _SENTENCE_END.split(text))


def _deed(question: str) -> str | None:
    """The stem of what is done: the verb after "wie", or where that only helps, the last word of the question."""
    found = _WHO.search(question)
    asked = words(found["rest"]) if found else []
    if len(asked) < 2:
        return None
    return stem(asked[-1] if asked[0] in _AUXILIARIES else asked[0])


def _does(deed: str, question: Question, sentence: str) -> bool:
    said = words(sentence)
    places = [place for place, word in enumerate(said) if likeness(deed, stem(word)) >= SAME_DEED]
    starts = {0} | {place + 1 for place in places} | {place + 1 for place, word in enumerate(said) if word == "door"}
    before = {place - back for place in places for back in (2, 3, 4)}
    return bool(places) and any(_is_other(said, start, places, question) for start in starts | before)


def _is_other(said: list[str], start: int, deeds: list[int], question: Question) -> bool:
    """Whether a determiner stands there, before a word that is neither of the question nor the deed."""
    if not 0 <= start < len(said) - 1 or said[start] not in _DETERMINERS:
        return False
    return start + 1 not in deeds and stem(said[start + 1]) not in question.terms
