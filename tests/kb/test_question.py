"""What a question asks."""

from __future__ import annotations

import pytest

from kb.question import QuestionKind, analyse


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wat is een mentor?", QuestionKind.DEFINITION),
        ("Wat betekent de afkorting VTO?", QuestionKind.DEFINITION),
        ("Waar staat VTO voor?", QuestionKind.DEFINITION),
        ("Wat zijn de taken van de mentor?", QuestionKind.LIST),
        ("Welke vier stappen zijn er?", QuestionKind.LIST),
        ("Hoeveel uur duurt de opleiding?", QuestionKind.NUMBER),
        ("Welk percentage volgt les?", QuestionKind.NUMBER),
        ("Sinds wanneer bestaat het netwerk?", QuestionKind.DATE),
        ("Wie schreef het rapport?", QuestionKind.WHO),
        ("Mag een leerling 's nachts werken?", QuestionKind.YES_NO),
        ("Wat is het doel van de campagne?", QuestionKind.FREE),
        ("Hoe vraag ik een erkenning aan?", QuestionKind.HOW),
        ("Waarom is duaal leren een volwaardige leerweg?", QuestionKind.WHY),
        ("Wat is het verschil tussen een stage en werkplekleren?", QuestionKind.COMPARISON),
        ("Waarvoor staat POF?", QuestionKind.DEFINITION),
        ("Welke maatregelen stelt de raad voor?", QuestionKind.LIST),
        ("Vertel over duaal leren", QuestionKind.FREE),
        ("Wat wordt er met een attest bedoeld?", QuestionKind.DEFINITION),
        ("Voor wie is het attest bedoeld?", QuestionKind.WHO),
    ],
)
def test_the_words_of_a_question_tell_its_kind(question: str, kind: QuestionKind) -> None:
    """The kind decides what an answer looks like."""
    assert analyse(question).kind is kind


def test_only_content_words_are_terms() -> None:
    """Stop words and question words say nothing about the subject; plural and singular are one stem."""
    assert analyse("Wat zijn de taken van het overleg?").terms == analyse("taak overleg").terms


def test_names_years_and_acronyms_are_demands() -> None:
    """An answer about another place or year would be wrong; the first word's capital means nothing."""
    demands = analyse("Volgens de VLOR: hoeveel scholen telde West-Vlaanderen in 2021?").demands

    assert demands == ("2021", "VLOR", "West-Vlaanderen")


def test_a_question_in_capitals_names_nothing() -> None:
    """Somebody with caps lock on asks an ordinary question."""
    assert analyse("WAT IS EEN MENTOR?").demands == ()
