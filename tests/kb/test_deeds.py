"""Who-questions that a role answers, not a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.deeds import names_doer
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.question import analyse
from kb.shapes import counted_noun
from kb.testing import WordEncoder
from kb.types import Status


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wie begeleidt de leerling?", "De mentor begeleidt de leerling."),
        ("Wie begeleidt de leerling?", "In het bedrijf begeleidt een mentor de leerling."),
        ("Wie begeleidt de leerling?", "De leerling wordt begeleid door een mentor."),
        ("Wie moet de overeenkomst ondertekenen?", "De zaakvoerder moet de overeenkomst ondertekenen."),
        ("Wie heeft het verslag gemaakt?", "Het verslag werd door de afdeling gemaakt."),
    ],
)
def test_a_role_may_be_who_does_it(question: str, text: str) -> None:
    """Before the deed, after it, after "door", or at the start of the sentence."""
    assert names_doer(analyse(question), text)


@pytest.mark.parametrize(
    "text",
    [
        "De leerling begeleidt de leerling.",
        "De mentor betaalt de leerling.",
        "De begeleiding van de leerling duurt twee jaar.",
    ],
)
def test_what_the_question_names_or_does_not_ask_is_no_doer(text: str) -> None:
    """The one to whom it is done is no answer, and neither is who does something else."""
    assert not names_doer(analyse("Wie begeleidt de leerling?"), text)


def test_a_role_answers(tmp_path: Path) -> None:
    """No name of a person stands in the text, and none is needed."""
    source = tmp_path / "thuiswerk.md"
    source.write_text("# Thuiswerk\n\nDe leidinggevende legt de dagen vast.\n\nDe dagen staan in de kalender.\n")
    ingest(Home(tmp_path / "home"), [source], encoder=WordEncoder())

    with KnowledgeBase.open(tmp_path / "home", encoder=WordEncoder()) as knowledge_base:
        answer = knowledge_base.ask("Wie legt de dagen vast?")

    assert answer.status is Status.FOUND
    assert answer.statements[0].text.startswith("De leidinggevende legt de dagen vast.")


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Hoeveel bedraagt de vergoeding per kilometer?", None),
        ("Hoeveel kost een opleiding?", None),
        ("Hoeveel zijn er?", None),
        ("Hoeveel leerlingen kiezen duaal?", "leerl"),
        ("Hoeveel uur een leerling leert, hangt waarvan af?", "uur"),
    ],
)
def test_a_verb_after_how_many_is_not_counted(question: str, counted: str | None) -> None:
    """Else "bedraagt" would have to stand right behind the figure."""
    noun = counted_noun(analyse(question))

    assert (noun and noun[0]) == counted  # a stem
