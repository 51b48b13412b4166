"""Questions about a document itself: who wrote it, when, where, for whom.

The front of a document tells so without the words of the question: under "Verslaggever" or "Datum", or with nothing
but the day and the names. What it is about stands in the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.kinds import names_a_kind
from ingest.types import Span
from kb.analysis import stem, text_stems, words
from kb.likeness import Lookalikes
from kb.matching import TermWeights, known_of_card
from kb.question import Question
from kb.shapes import fit
from kb.types import DocumentCard, StoredPassage

FRONT = Span(0, 2500)  # of a document without pages, or with a long first one
MOST_ON_FRONT = 6  # passages
NAMED_FROM = 0.5  # the share of what a question says of a document that its title, name, kind and issuer hold
MOST_NAMED = 2  # documents; a question that may be about more of them is about none
SURELY = 0.9  # how well a line must fit that has no label
MAX_LINE_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Matter:
    """Something that may be asked of a document: the words that ask it, the labels under which its front tells it, and
    whether a line of the right form tells it too, without a label (``bare``).
    """

    asking: re.Pattern[str]
    label: re.Pattern[str]
    bare: bool = False


def _matter(asking: str, label: str, *, bare: bool = False) -> _Matter:
    begins = rf"\W*(?:de )?(?:{label})(?!\w)"
    return _Matter(re.compile(rf"\b(?:{asking})\b", re.IGNORECASE), re.compile(begins, re.IGNORECASE), bare)


_MATTERS = (
    _matter(
        r"schre(?:ef|ven)|geschreven|schrijvers?|auteurs?|opgesteld|opgemaakt|opstellers?|verslaggever|notulist"
        r"|wrote|written|authors?",
        r"verslag(?:gever| door)|auteurs?|schrijvers?|opgesteld|opgemaakt|geschreven|opstellers?|redactie|notulist"
        r"|samenstelling",
        bare=True,
    ),
    _matter(r"onderteken\w+|tekende", r"hoogachtend|namens|getekend|onderteken\w+"),
    _matter(
        r"gericht|bestemd|geadresseerde?|bestemmeling", r"aan|t\.a\.v\.|geadresseerde|bestemd|minister|heer|mevrouw"
    ),
    _matter(
        r"dateert|gedateerd|datum|uitgebracht|gepubliceerd|verscheen|verschenen|dated|published",
        r"datum|date",
        bare=True,
    ),
    _matter(r"uitgevoerd|opdracht", r"uitgevoerd|uitvoerder|opdracht\w*"),
    _matter(
        r"(?:vond|vindt|vonden)(?=.*\bplaats\b)|plaats(?=\W*$)|plaatsvond|plaatsgevonden|doorging|gehouden",
        r"locatie|plaats|datum",
    ),
)
_MEETINGS = re.compile(r"\w*(?:document|tekst|vergadering|werkgroep|workshop|sessie|overleg|bijeenkomst|meeting)")


def asks_of_a_document(question: Question) -> bool:
    """Whether a question asks something of a document, or of the meeting of which it is the report."""
    speaks_of_one = any(names_a_kind(word) or _MEETINGS.fullmatch(word) for word in words(question.text))
    return speaks_of_one and bool(_asking_terms(question))


def named_documents(
    question: Question, weights: TermWeights, documents: Iterable[DocumentCard]
) -> tuple[DocumentCard, ...]:
    """The documents of which title, name, kind and issuer hold most of what a question says of the one it asks
    something of; none where that may be many.
    """
    naming = weights.without(_asking_terms(question))
    shares = [(naming.coverage(frozenset(text_stems(known_of_card(document)))), document) for document in documents]
    best = max((share for share, _ in shares), default=0.0)
    named = tuple(document for share, document in shares if share == best >= NAMED_FROM)
    return named if len(named) <= MOST_NAMED else ()


def on_front(question: Question, passages: Iterable[StoredPassage]) -> tuple[StoredPassage, ...]:
    """Of the passages of a document, in order, those of its first page that tell what a question asks of it."""
    return tuple(stored for stored in _on_first_page(passages) if _holds_what_tells(question, stored))


def unsaid_on_front(question: Question, document: DocumentCard) -> frozenset[str]:
    """The terms of a question that go without saying on the front of the document which it is about."""
    named = Lookalikes.of(question.terms).held_by(frozenset(text_stems(known_of_card(document))))
    return frozenset((*_asking_terms(question), *named))


def tells(question: Question, text: str, before: str) -> bool:
    """Whether a line of a front tells what is asked of its document: by its label, there or right before it, or by
    its form alone. A sentence tells something else.
    """
    if len(text) > MAX_LINE_CHARS:
        return False
    matters = [matter for matter in _MATTERS if matter.asking.search(question.text)]
    label_before = before.rstrip(" :")
    labelled = any(matter.label.match(text) or matter.label.fullmatch(label_before) for matter in matters)
    bare = any(matter.bare for matter in matters)
    return labelled or (bare and (fit(question, text) or 0.0) >= SURELY)


def _on_first_page(passages: Iterable[StoredPassage]) -> list[StoredPassage]:
    """Those on the first page that has any."""
    front: list[StoredPassage] = []
    for stored in passages:
        first = front[0] if front else stored
        page, first_page = (one.document.page_at(one.passage.start) for one in (stored, first))
        if page != first_page or len(front) == MOST_ON_FRONT:
            break
        front.append(stored)
    return front


def _holds_what_tells(question: Question, stored: StoredPassage) -> bool:
    lines = ["", *filter(None, map(str.strip, stored.passage.text.split("\n")))]
    return any(tells(question, line, before) for before, line in pairwise(lines))


def _asking_terms(question: Question) -> frozenset[str]:
    return frozenset(stem(word) for word in words(" ".join(_asking_words(question)))).intersection(question.terms)


def _asking_words(question: Question) -> Iterator[str]:
    for matter in _MATTERS:
        yield from (match[0] for match in matter.asking.finditer(question.text))
