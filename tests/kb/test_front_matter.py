"""What is asked of a document itself stands on its front, mostly in other words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.front_roles import Role, asked_role, asks_of_a_document, is_key, keys_in_a_row
from kb.knowledge_base import KnowledgeBase
from kb.types import Answer, Status
from tests.kb.conftest import knowledge_base_of

MINUTES = """# Werkgroep fietspaden

Datum: 12 maart 2021

Locatie: stadhuis van Veurne

Verslaggever: An Peeters

## Verloop

De werkgroep sprak over paaltjes, die zij gevaarlijk vond.

## Volgende stap

De werkgroep fietspaden vraagt een studie aan. Jan Claes schreef in de krant van 3 mei 2019 dat de paden te smal zijn.
"""
ADVICE = """# Advies over speelpleinen

2 juni 2020

Aan de minister van Jeugd

Mevrouw Els Maes, Wetstraat 16, 1000 Brussel

## Samenvatting

De raad vindt speelpleinen belangrijk. Zijn advies is gericht op kinderen die buiten spelen.
"""
LETTER = """Mevrouw Fien Baert
Kerkstraat 12
9000 Gent

contactpersoon ons kenmerk Gent

Hugo Nijs BR_2022_114 4 april 2022

De bruggen over de vaart

Mevrouw,

De bruggen over de vaart zijn oud. Wij vragen u ze te laten nakijken voor de winter begint, want er rijden bussen over.

Hoogachtend

Gust Lamot, secretaris

Kopie: dienst Wegen
"""
MEETING = """# Overleg over bruggen

Datum: 3 mei 2022

## Aanwezigen

- Bea Smet (stad)
- Carl Vos (provincie)

## Verslag

De bruggen worden nagekeken.
"""
NOTES = {
    "brief-over-bruggen.md": LETTER,
    "verslag-overleg-bruggen.md": MEETING,
    "verslag-fietspaden.md": MINUTES,
    "advies-speelpleinen.md": ADVICE,
}


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Minutes and an advice in a home of their own."""
    with knowledge_base_of(NOTES, tmp_path_factory) as opened:
        yield opened


def first(answer: Answer) -> str:
    """The first statement of an answer."""
    return answer.statements[0].text if answer.statements else ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie schreef het verslag over fietspaden?", "Verslaggever: An Peeters"),
        ("Waar vond de werkgroep fietspaden plaats?", "Locatie: stadhuis van Veurne"),
        ("Aan wie is het advies over speelpleinen gericht?", "Aan de minister van Jeugd"),
    ],
)
def test_the_front_answers_what_is_asked_of_a_document(knowledge_base: KnowledgeBase, question: str, said: str) -> None:
    """Though the text below has more of the question's words."""
    answer = knowledge_base.ask(question)

    assert said in first(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Wat vindt de werkgroep van paaltjes?",
        "Wie schreef over fietspaden?",
        "Op wie zijn speelpleinen gericht?",
        "Waarom is een studie nodig?",
    ],
)
def test_what_a_document_tells_of_its_subject_is_no_matter_of_its_front(question: str) -> None:
    """A document must be asked for, and something of it."""
    assert not asks_of_a_document(question)


def test_a_document_that_is_not_named_lends_no_front(knowledge_base: KnowledgeBase) -> None:
    """A report of another subject: no front stands in for it."""
    found = knowledge_base.ask("Wie schreef het verslag over zwembaden en sporthallen?").workings

    assert found is not None
    assert not found.searches[0].found.explanations


def test_all_who_were_there_are_named(knowledge_base: KnowledgeBase) -> None:
    """A list under its key is quoted whole, with the key."""
    said = first(knowledge_base.ask("Wie was aanwezig op het overleg over bruggen?"))

    assert [line for line in said.split("\n") if line] == ["Aanwezigen", "Bea Smet (stad)", "Carl Vos (provincie)"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Aan wie is de brief over bruggen gericht?", "Mevrouw Fien Baert"),
        ("Wie ondertekende de brief over bruggen?", "Gust Lamot"),
        ("Wat is het kenmerk van de brief over bruggen?", "BR_2022_114"),
        ("Wie is de contactpersoon voor de brief over bruggen?", "Hugo Nijs"),
        ("Wie kreeg een kopie van de brief over bruggen?", "Kopie: dienst Wegen"),
        ("Van wanneer is de brief over bruggen?", "4 april 2022"),
    ],
)
def test_a_letter_tells_without_keys_and_under_a_row_of_them(
    knowledge_base: KnowledgeBase, question: str, said: str
) -> None:
    """The address at its top, the names under its greeting, and what stands under several keys in one line."""
    assert said in first(knowledge_base.ask(question))


def test_who_signed_is_not_told_by_a_document_that_nobody_signed(knowledge_base: KnowledgeBase) -> None:
    """Names there are enough, but none beside a signing."""
    assert knowledge_base.ask("Wie ondertekende het verslag over fietspaden?").status is Status.NOT_FOUND


def test_keys_of_a_line() -> None:
    """One word more may stand among them, the place; a sentence is no row of keys."""
    assert keys_in_a_row("contactpersoon ons kenmerk Brussel") == ("contactpersoon", "ons kenmerk")
    assert keys_in_a_row("Het kenmerk van een brief staat boven de datum") == ()


@pytest.mark.parametrize(
    ("question", "role", "key"),
    [
        ("Aan wie is het advies gericht?", Role.ADDRESSEE, "Geadresseerde"),
        ("Wie vroeg het advies?", Role.CLIENT, "Adviesvrager"),
        ("Wie schreef de nota?", Role.AUTHOR, "Opgesteld door"),
        ("Wanneer is het rapport gepubliceerd?", Role.DATE, "Publicatiedatum"),
        ("Wie was verontschuldigd op de vergadering?", Role.EXCUSED, "Verontschuldigd"),
    ],
)
def test_a_role_has_keys_of_its_own(question: str, role: Role, key: str) -> None:
    """What a question asks in one word, a document calls another."""
    forms = asked_role(question)

    assert forms is not None
    assert forms.role is role
    assert is_key(forms, key)
