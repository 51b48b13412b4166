"""Answers made by hand, to be written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kb.hand_out.making import hand_out_of
from kb.hand_out.types import Asked, HandOut
from kb.types import Answer, Citation, Filters, Hit, Notice, Statement, Status, StoredPassage
from tests.search_ui.samples import stored

DAY = date(2026, 11, 21)
ADVICE = "De raad vraagt drie dingen:\n\n- tijd;\n- geld;\n- een mentor."
ADVISED = stored(
    ADVICE, key=1, title="Advies over leren", publisher="SERV", kind="advies", date="2018-07-02", language="nl",
    headings=("4.2 Kosten",),
)  # fmt: skip
NOTED = stored("Een mentor begeleidt.", key=2, page=None, title="Nota", date="2020", language="nl")
TABLE = stored("Plaats | Sinds\nGent | 2019\nBrugge | 2021 *", key=4, title="Cijfers", language="nl")
FRENCH = stored("Un tuteur accompagne.", key=3, page=9, inferred=True, title="Note", publisher="FOREM", language="fr")


def cited(passage: StoredPassage) -> Citation:
    """The whole passage."""
    return Citation(passage, 0, len(passage.passage.text))


def says(*passages: StoredPassage) -> Statement:
    """A statement in the words of the first, which the others say too."""
    return Statement(passages[0].passage.text, (cited(passages[0]),), tuple(cited(one) for one in passages[1:]))


def separately(*passages: StoredPassage) -> list[StoredPassage]:
    """The passages as those of different documents."""
    return [replace(one, document=replace(one.document, key=one.key, id=f"document-{one.key}")) for one in passages]


def found(question: str, *statements: Statement, warnings: tuple[Notice, ...] = ()) -> Answer:
    """An answer with these statements, and one hit that is not cited."""
    hit = Hit(stored("Een andere plaats.", key=99, title="Andere nota"), 0.5)
    return Answer(question, Status.FOUND, statements, (hit,), warnings)


def not_found(question: str) -> Answer:
    """No answer, with what comes nearest."""
    return Answer(question, Status.NOT_FOUND, (), (Hit(NOTED, 0.1),))


def handed_out(*answers: Answer, language: str = "nl", filters: Filters = Filters()) -> HandOut:
    """The hand-out of these answers, on a day in 2026."""
    return hand_out_of([Asked(answer, filters) for answer in answers], asked_on=DAY, language=language)


def whole() -> HandOut:
    """A list that two documents give, a French sentence, and a warning."""
    advice, note, french = separately(ADVISED, NOTED, FRENCH)
    warnings = (Notice("uncertain"),)
    return handed_out(found("Wat vraagt de raad?", says(advice, note), says(french), warnings=warnings))
