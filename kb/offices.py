"""Who holds an office: whether a text names the one that a question asks about, and not that of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.analysis import is_stop_word, stem, words
from kb.likeness import PART_SHARE, likeness
from kb.question import Question

REACH = 4  # content words after "voorzitter van", in which it says of what

_ASKED = re.compile(
    r"^\W*(?:en )?(?:wie|who) (?:is|zijn|was|waren|are|were)(?: (?:er|nu|momenteel|vandaag|ook|the))*"
    r" (?:de |het |een |the |a )?(?P<office>[^\W\d_]{4,})\b",
    re.IGNORECASE,
)
_OF = frozenset("van of bij".split())


def asked_office(question: Question) -> tuple[str, ...] | None:
    """The stems of the office that a question asks the holder of, and of other words for it: "wie is de voorzitter"."""
    found = _ASKED.match(question.text)
    said = words(found["office"]) if found else []
    return question.forms(stem(said[0])) if said and not is_stop_word(said[0]) else None


def names_office(question: Question, office: tuple[str, ...], text: str) -> bool:
    """Whether a text names an office, unless it says of what each time, and never of what the question does."""
    said = words(text)
    places = [place for place, word in enumerate(said) if _is_like(stem(word), office)]
    return any(_may_be_of(question, office, said[place + 1 :]) for place in places)


def _may_be_of(question: Question, office: tuple[str, ...], following: list[str]) -> bool:
    if not following or following[0] not in _OF:
        return True
    asked = [term for term in question.terms if term not in office]
    return not asked or any(_is_like(other, tuple(asked)) for other in _content(following[1:]))


def _content(said: list[str]) -> Iterator[str]:
    """The first content words, as stems."""
    content = (stem(word) for word in said if not is_stop_word(word))
    yield from (other for _, other in zip(range(REACH), content, strict=False))


def _is_like(other: str, terms: tuple[str, ...]) -> bool:
    return any(likeness(term, other) > PART_SHARE for term in terms)
