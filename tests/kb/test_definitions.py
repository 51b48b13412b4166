"""What counts as a definition, and that it is found among many texts that only speak of the thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.definitions import BARE, definition_fit
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.question import analyse
from kb.testing import WordEncoder


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Een praktijkhuis is een werkplaats.", "In het praktijkhuis leert men lassen."),
        ("Een praktijkhuis is altijd een werkplaats.", "Een gids voor het praktijkhuis: wie doet wat?"),
        ("Praktijkhuis | Werkplaats van de school.", "Sleutel van het oude praktijkhuis | Ligt bij de portier."),
        ("Een praktijkhuis is een werkplaats.", "Een praktijkhuis in het hoger onderwijs is een werkplaats."),
        ("Het praktijkhuis vormt de werkplaats van de school.", "Er zijn plannen voor het praktijkhuis (dat is wat)."),
    ],
)
def test_who_names_a_thing_and_says_what_it_is_defines_it(better: str, worse: str) -> None:
    """The name stands right before the defining word, and names no more than what is asked."""
    question = analyse("Wat is een praktijkhuis?")

    assert definition_fit(question, better, "", "") > definition_fit(question, worse, "", "")


def test_a_definition_may_be_announced_under_the_name() -> None:
    """A heading with the name, then "Definitie:", then what it is."""
    question = analyse("Wat is een praktijkhuis?")

    assert definition_fit(question, "“Som van alle werkplaatsen.”", "Praktijkhuis", "Definitie:") == 1
    assert definition_fit(question, "“Som van alle werkplaatsen.”", "Keuken", "Definitie:") < 0.5


def test_who_is_to_say_so_is_no_part_of_the_name() -> None:
    """Whose definition is wanted: "volgens de raad"."""
    question = analyse("Wat houdt openheid volgens de raad in?")

    assert definition_fit(question, "Openheid betreft alles wat wij tonen.", "", "") == BARE


def test_a_definition_is_found_among_many_texts_about_the_thing(tmp_path: Path) -> None:
    """Twenty chapters speak of nothing but the thing, one says in passing what it is: that one leads."""
    source = tmp_path / "gids.md"
    chapters = [f"## Praktijkhuis {n}\n\n{f'Wat is er in praktijkhuis {n}? ' * 20}\n" for n in range(20)]
    hidden = (
        "## Varia\n\nVroeger heette dat anders. Een praktijkhuis is een werkplaats met drie ovens en veel lawaai.\n"
    )
    source.write_text("# Gids\n\n" + "\n".join([*chapters, hidden]))
    ingest(Home(tmp_path / "home"), [source], encoder=WordEncoder())

    with KnowledgeBase.open(tmp_path / "home", encoder=WordEncoder()) as knowledge_base:
        answer = knowledge_base.ask("Wat is een praktijkhuis?")

    assert "een werkplaats met drie ovens" in answer.statements[0].text
