"""What speaks for an answer: whether it has what the question asks for, not only what the question speaks of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.silence import Signals
from kb.testing import WordEncoder

MINUTES = """
# Verslag van de stuurgroep

De voorzitter van de stuurgroep opende de vergadering. De stuurgroep telt zeven leden en vergadert in lokaal 12.

De film over de stuurgroep werd getoond aan de scholen.
"""


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The minutes of one meeting."""
    home = tmp_path_factory.mktemp("silence")
    source = home / "verslag.md"
    source.write_text(MINUTES)
    ingest(Home(home / "home"), [source], encoder=WordEncoder())
    with KnowledgeBase.open(home / "home", encoder=WordEncoder()) as opened:
        yield opened


def signals(knowledge_base: KnowledgeBase, question: str) -> Signals:
    """What spoke for the answer to a question."""
    workings = knowledge_base.ask(question).workings
    assert workings is not None
    assert workings.verdict.signals is not None
    return workings.verdict.signals


@pytest.mark.parametrize(
    ("answered", "unanswered"),
    [
        ("Hoeveel leden telt de stuurgroep?", "Hoeveel auto's telt de stuurgroep?"),
        ("Hoeveel leden zijn er?", "Hoeveel lokalen heeft de stuurgroep?"),
    ],
)
def test_a_figure_must_count_what_is_asked(knowledge_base: KnowledgeBase, answered: str, unanswered: str) -> None:
    """Seven members are no seven cars, and room 12 is not twelve rooms."""
    assert signals(knowledge_base, answered).figure == 1
    assert signals(knowledge_base, unanswered).figure == 0


def test_what_is_asked_of_a_known_thing_must_be_named(knowledge_base: KnowledgeBase) -> None:
    """Who speaks of a film has not said who directed it."""
    named = signals(knowledge_base, "Wie is de voorzitter van de stuurgroep?")
    missing = signals(knowledge_base, "Wie regisseerde de film over de stuurgroep?")

    assert named.focus == 1
    assert missing.focus < 0.5


def test_a_question_of_another_kind_has_no_such_focus(knowledge_base: KnowledgeBase) -> None:
    """Why and how are answered in other words than those of the question."""
    assert signals(knowledge_base, "Waarom regisseerde men een film over de stuurgroep?").focus == 1
