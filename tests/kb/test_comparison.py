"""What is the difference between two things: what sets them side by side, then what each of them is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.comparison import names_of_sides
from kb.knowledge_base import KnowledgeBase
from kb.question import analyse
from kb.types import Answer, Status
from tests.kb.test_agreement import knowing

STAGE = "Een stage is een korte periode in een onderneming waarin een lerende meekijkt."
WORKPLACE = "Werkplekleren is elke vorm van leren op een echte werkplek."
BOTH = "Werkplekleren duurt het hele schooljaar, terwijl een stage maar enkele weken duurt."
COACH = "Een leescoach is een vrijwilliger die met een kind leest."
FORMS = "Er zijn twee vormen: een dagtraject en een avondtraject. Het ene volgt men overdag, het andere na het werk."
NOTES = {
    "gids.md": ("2020", f"# Gids\n\n## Stage\n\n{STAGE}\n\n## Leescoach\n\n{COACH}\n\n## Vormen\n\n{FORMS}\n"),
    "folder.md": ("2021", f"# Folder\n\n## Werkplekleren\n\n{WORKPLACE}\n\n## Duur\n\n{BOTH}\n"),
}


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Two notes that each say what something is; one sets both side by side."""
    with knowing(tmp_path_factory.mktemp("comparison"), NOTES) as opened:
        yield opened


def said(answer: Answer) -> list[str]:
    """What an answer says, statement by statement."""
    return [statement.text for statement in answer.statements]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Wat is het verschil tussen een stage en werkplekleren?", ("een stage", "werkplekleren")),
        ("Wat zijn de verschillen tussen ‘leren en werken’ en duaal leren?", ("leren en werken", "duaal leren")),
        ("Waarin verschilt een mentor van een leescoach?", ("een mentor", "een leescoach")),
        ("Hoe verhoudt het POF zich tot het steunpunt?", ("het POF", "het steunpunt")),
        ("Hoe verhoudt zich het POF tot het steunpunt?", ("het POF", "het steunpunt")),
        ("Vergelijk een stage met werkplekleren in het hoger onderwijs.", ("een stage", "werkplekleren")),
        ("stage versus werkplekleren", ("stage", "werkplekleren")),
        ("stage vs. werkplekleren?", ("stage", "werkplekleren")),
        ("What is the difference between a mentor and a tutor?", ("a mentor", "a tutor")),
        ("Wat is het verschil tussen een stage en een stage?", None),
        ("Wat is een stage?", None),
    ],
)
def test_a_question_names_the_two_things_it_compares(question: str, sides: tuple[str, str] | None) -> None:
    """However it is asked; a thing is not compared with itself."""
    assert names_of_sides(analyse(question)) == sides


@pytest.mark.parametrize(
    "question", ["Wat is het verschil tussen een stage en werkplekleren?", "stage versus werkplekleren"]
)
def test_the_sentence_about_both_comes_first_then_each_in_turn(knowledge_base: KnowledgeBase, question: str) -> None:
    """From two documents, each statement with its own citation."""
    answer = knowledge_base.ask(question)

    assert answer.status is Status.FOUND
    assert said(answer)[0] == BOTH
    assert STAGE in said(answer)[1]
    assert WORKPLACE in said(answer)[2]


def test_without_a_sentence_about_both_each_is_told_in_the_order_of_the_question(knowledge_base: KnowledgeBase) -> None:
    """What the reader compares is at least all there."""
    answer = knowledge_base.ask("Wat is het verschil tussen een leescoach en werkplekleren?")

    assert answer.status is Status.FOUND
    assert [COACH in said(answer)[0], WORKPLACE in said(answer)[1]] == [True, True]


def test_a_side_that_no_document_knows_is_named(knowledge_base: KnowledgeBase) -> None:
    """Half an answer is a partial answer that says what it lacks."""
    answer = knowledge_base.ask("Wat is het verschil tussen een stage en een zeepaardje?")

    assert answer.status is Status.PARTIAL
    assert [STAGE in text for text in said(answer)] == [True]
    assert ("side_missing", (("part", "een zeepaardje"),)) in [(one.key, one.values) for one in answer.warnings]


def test_two_things_from_another_world_are_not_found(knowledge_base: KnowledgeBase) -> None:
    """Neither side, no answer."""
    answer = knowledge_base.ask("Wat is het verschil tussen een zeepaardje en een krokodil?")

    assert (answer.status, answer.statements) == (Status.NOT_FOUND, ())


def test_a_question_that_compares_nothing_is_answered_as_ever(knowledge_base: KnowledgeBase) -> None:
    """A sentence with "terwijl" leads no other answer."""
    assert said(knowledge_base.ask("Wat is een leescoach?"))[0] == COACH


def test_a_stretch_that_tells_of_both_leads_without_a_word_of_contrast(knowledge_base: KnowledgeBase) -> None:
    """Two sentences beside each other may be all the comparison that a document makes."""
    answer = knowledge_base.ask("Wat is het verschil tussen een dagtraject en een avondtraject?")

    assert said(answer)[0].startswith("Er zijn twee vormen: een dagtraject en een avondtraject.")
