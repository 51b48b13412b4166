"""What is asked of a document itself stands on its front, mostly in other words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.fronts import asks_of_a_document, tells
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.question import analyse
from kb.testing import WordEncoder
from kb.types import Answer

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
NOTES = {"verslag-fietspaden.md": MINUTES, "advies-speelpleinen.md": ADVICE}


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Minutes and an advice in a home of their own."""
    folder = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf8")
    home, encoder = tmp_path_factory.mktemp("home"), WordEncoder()
    ingest(Home(home), [folder], encoder=encoder)
    with KnowledgeBase.open(home, encoder=encoder) as opened:
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
    assert not asks_of_a_document(analyse(question))


def test_a_document_that_is_not_named_lends_no_front(knowledge_base: KnowledgeBase) -> None:
    """A report of another subject: no front stands in for it."""
    found = knowledge_base.ask("Wie schreef het verslag over zwembaden en sporthallen?").workings

    assert found is not None
    assert not found.searches[0].found.fronts


@pytest.mark.parametrize(
    ("text", "before", "told"),
    [
        ("Verslaggever: An Peeters", "", True),
        ("Studiedienst van de stad", "Auteur", True),
        ("Jan Claes", "", True),
        ("Locatie: stadhuis van Veurne", "", False),
        ("Zaal 3", "Verslaggever: An Peeters", False),
        ("De auteur, die al lang in de stad woont en er elke dag fietst, zegt er niets over.", "", False),
    ],
)
def test_a_line_tells_by_its_label_or_its_form(text: str, before: str, told: bool) -> None:
    """The label stands in the line or is all of the line before; a whole sentence is no line of a front."""
    assert tells(analyse("Wie schreef het verslag?"), text, before) is told
