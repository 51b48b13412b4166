"""What a whole mail asks."""

from __future__ import annotations

import pytest

from kb.letters import asked_in


@pytest.mark.parametrize(
    ("letter", "asked"),
    [
        (
            "Dag Lies,\n\nIk schrijf een stuk. Vanaf wanneer bestaat de dienst in Gent?\n\nGroetjes\nTom",
            "Vanaf wanneer bestaat de dienst in Gent?",
        ),
        ("Beste, ik heb een vraag. Mag een leerling al werken? Mvg, Els", "Mag een leerling al werken?"),
        (
            "Geachte\n\nOns team groeit. Graag een lijst van alle erkende bedrijven.\n\nHoogachtend",
            "Graag een lijst van alle erkende bedrijven.",
        ),
        (
            "Hoi\n\nEen leerling wil in mei al starten. Kan dat?\n\nMvg",
            "Een leerling wil in mei al starten. Kan dat?",
        ),
        (
            "Hallo\n\nMooi weer. Wat kost de opleiding? Wie betaalt de verzekering?\n\nGroeten",
            "Wat kost de opleiding? Wie betaalt de verzekering?",
        ),
    ],
)
def test_the_sentences_that_ask_are_taken(letter: str, asked: str) -> None:
    """Those with a question mark, else with a question word, else requests; "Kan dat?" takes along the one before."""
    assert asked_in(letter).is_letter
    assert asked_in(letter).text == asked


@pytest.mark.parametrize(
    "question", ["Wat is een mentor?", "taken POF", "Ik ben 43. Kan ik dat nog?", "beste praktijken van mentoren", ""]
)
def test_a_question_by_itself_is_left_whole(question: str) -> None:
    """Two sentences are no letter."""
    assert asked_in(question).text == question
    assert not asked_in(question).is_letter


def test_what_a_reply_quotes_is_not_asked() -> None:
    """The mail below was answered already."""
    letter = (
        "Beste\n\nDank. Hoeveel uur is dat?\n\nOp ma 3 juni 2024 om 10:00 schreef Jan <jan@x.be>:\nWat is een mentor?\n"
    )

    assert asked_in(letter).text == "Hoeveel uur is dat?"


def test_a_long_text_without_a_question_ends_in_time() -> None:
    """Whatever is pasted: a page of minutes, a wall of signs."""
    for text in ("> " * 4_900, "Van: x\n" * 1_400, "Beste" + " a" * 4_900, "-" * 9_999, "Op " + "x" * 9_000):
        assert asked_in(text).text is not None
