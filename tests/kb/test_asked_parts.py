"""Questions that ask two things: each is sought, answered and judged by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.asked_parts import asked_parts
from kb.knowledge_base import KnowledgeBase
from kb.question import analyse
from kb.types import Answer, Status
from tests.kb.test_agreement import knowing

GOAL = "Het doel van de leesclub is dat elk kind plezier in boeken krijgt."
START = "De leesclub startte op 3 oktober 2019 in de bibliotheek van Diest."
COACH = "Een leescoach is een vrijwilliger die met een kind leest."
TUTOR = "Een rekentutor is een student die een kind leert rekenen."
PAIRED = "Lezen en schrijven is een vak waarin een kind elke dag oefent met korte teksten."
NOTES = {
    "gids.md": (
        "2020",
        f"# Gids\n\n## Doel\n\n{GOAL}\n\n## Leescoach\n\n{COACH}\n\n## Vak\n\n{PAIRED}\n",
    ),
    "verslag.md": ("2021", f"# Verslag\n\n## Begin\n\n{START}\n\n## Rekentutor\n\n{TUTOR}\n"),
}


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Two notes, each of which answers half of a question."""
    with knowing(tmp_path_factory.mktemp("parts"), NOTES) as opened:
        yield opened


def said(answer: Answer) -> str:
    """What an answer says."""
    return " ".join(statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Wat is het doel van de proef en door wie wordt hij betaald?",
            ("Wat is het doel van de proef", "door wie wordt hij betaald? (proef)"),
        ),
        (
            "Hoe en wanneer vindt de keuring plaats?",
            ("Hoe vindt de keuring plaats?", "wanneer vindt de keuring plaats?"),
        ),
        (
            "In hoeveel schijven en wanneer wordt er betaald?",
            ("In hoeveel schijven wordt er betaald?", "wanneer wordt er betaald?"),
        ),
        ("Wie leidt de club? Waar is ze gevestigd?", ("Wie leidt de club?", "Waar is ze gevestigd? (leidt club)")),
        (
            "Welke partners heeft Diest en hoeveel kinderen doen mee?",
            ("Welke partners heeft Diest", "hoeveel kinderen doen mee? (Diest)"),
        ),
        ("Wat is een mentor en een tutor?", ("Wat is een mentor?", "Wat is een tutor?")),
        ("Wat is een mentor en wat is een tutor?", ("Wat is een mentor", "wat is een tutor?")),
        ("Krijgt een kind loon, en met welk contract?", ()),
        ("Is er een plek waar men leert en waar men werkt?", ()),
        ("Welke scholen en bedrijven doen mee?", ()),
        ("Wat is een mentor?", ()),
    ],
)
def test_a_question_is_taken_apart_where_it_asks_again(question: str, parts: tuple[str, ...]) -> None:
    """What points back takes along what it points at; a clause that only describes is no question."""
    assert tuple(part.whole for part in asked_parts(analyse(question))) == parts


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Wat is het doel van de leesclub en wanneer startte ze?", GOAL, START),
        ("Wanneer startte de leesclub? Wat is een rekentutor?", START, TUTOR),
        ("Wat is een leescoach en een rekentutor?", COACH, TUTOR),
    ],
)
def test_each_part_is_found_first_and_answered(
    knowledge_base: KnowledgeBase, question: str, one: str, other: str
) -> None:
    """The best passages of the whole question and of its parts stand first, and the answer says both."""
    answer = knowledge_base.ask(question)

    assert answer.status is Status.FOUND
    assert one in said(answer)
    assert other in said(answer)
    assert all(any(text in hit.passage.text for hit in answer.hits[:3]) for text in (one, other))
    assert [hit.stored.key for hit in knowledge_base.search(question)] == [hit.stored.key for hit in answer.hits]


def test_a_part_without_an_answer_is_named(knowledge_base: KnowledgeBase) -> None:
    """Half an answer is a partial answer, without a guess at the other half."""
    answer = knowledge_base.ask("Wanneer startte de leesclub en hoeveel kost een zeepaardje?")

    assert answer.status is Status.PARTIAL
    assert START in said(answer)
    assert ("part_missing", (("part", "hoeveel kost een zeepaardje?"),)) in [
        (one.key, one.values) for one in answer.warnings
    ]


def test_what_documents_join_is_one_thing(knowledge_base: KnowledgeBase) -> None:
    """A name with "en" in it is not taken apart."""
    answer = knowledge_base.ask("Wat is lezen en schrijven?")

    assert answer.statements[0].text.startswith(PAIRED)
    assert answer.workings is not None
    assert len(answer.workings.searches) == 1
