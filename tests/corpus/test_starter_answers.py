"""What a newcomer sees: the shipped documents answer, with the shipped encoder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.repair import letters_and_digits
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.types import Status

README = Path(__file__).resolve().parent.parent.parent / "README.md"


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The starter corpus, as the first command reads it."""
    home = tmp_path_factory.mktemp("home")
    report = ingest(Home(home), [README.parent / "corpus"])
    assert all(file.outcome == "added" for file in report.files), report.files
    with KnowledgeBase.open(home) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        ("Wat is de definitie van duaal leren in het hoger onderwijs?", "beroepsgerichte vorming en werkervaring"),
        ("Wat zijn de taken van het POF?", "artikel 357/35 van de codex secundair onderwijs"),
        ("Wat zijn de taken van het POF?", "regionale arbeidsmarkt"),
        ("Hoeveel uur per week leert een leerling op de werkplek?", "20 uur"),
    ],
)
def test_the_first_questions_are_answered(knowledge_base: KnowledgeBase, question: str, evidence: str) -> None:
    """The questions that the project began with have an answer on a fresh machine."""
    answer = knowledge_base.ask(question)

    assert answer.status is Status.FOUND
    assert evidence in " ".join(" ".join(statement.text.split()) for statement in answer.statements)


def test_the_answer_in_the_readme_is_the_answer_that_is_given(knowledge_base: KnowledgeBase) -> None:
    """The first thing that a newcomer reads of Bronvast is true."""
    shown = README.read_text("utf8").split("## Start")[0]
    question = re.search(r'bronvast ask "(.+)"', shown)
    assert question is not None

    answer = knowledge_base.ask(question[1])

    assert letters_and_digits(answer.statements[0].text) in letters_and_digits(shown)
    assert letters_and_digits(answer.statements[0].citations[0].document.title) in letters_and_digits(shown)
