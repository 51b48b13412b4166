"""What some questions ask for by name: nothing of another form is an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.forms import asked_form
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from kb.types import Status


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("Wat is het telefoonnummer van de helpdesk?", "Bel 02 553 72 02.", "De helpdesk helpt 24 scholen."),
        ("Op welk adres zit de helpdesk?", "Havenlaan 88, 1000 Brussel", "De helpdesk sluit in 2025 zijn deuren."),
        ("Naar welk e-mailadres stuur ik het?", "hulp@school.be", "Stuur een e-mail."),
        ("Hoe oud moet je zijn?", "Wie 18 jaar is, mag mee.", "Wie 18 punten heeft, mag mee."),
        ("Hoeveel bedraagt de fietsvergoeding?", "Ze bedraagt 35 cent per kilometer.", "Ze bestaat 35 jaar."),
        ("Hoe duur is de opleiding?", "Ze kost 150 euro.", "Ze duurt 150 uur."),
    ],
)
def test_a_form_that_is_asked_by_name_is_told_apart(question: str, answer: str, other: str) -> None:
    """A number is no telephone number, and a year no postcode."""
    form = asked_form(question)

    assert form is not None
    assert form.search(answer)
    assert not form.search(other)


def test_without_the_form_there_is_no_answer(tmp_path: Path) -> None:
    """All words of the question stand there, but not what it asks for."""
    source = tmp_path / "helpdesk.md"
    source.write_text("# Helpdesk\n\nDe helpdesk van de school geeft geen telefoonnummer.\n\nDe helpdesk is open.\n")
    ingest(Home(tmp_path / "home"), [source], encoder=WordEncoder())

    with KnowledgeBase.open(tmp_path / "home", encoder=WordEncoder()) as knowledge_base:
        answer = knowledge_base.ask("Wat is het telefoonnummer van de helpdesk van de school?")

    assert answer.status is Status.NOT_FOUND
