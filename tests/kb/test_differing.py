"""Different answers in different documents are shown side by side, with a warning; two facts are no difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.types import Answer, Status
from tests.kb.test_agreement import knowing, note

COURSE = "De opleiding tot mentor duurt twee dagen."
HOW_LONG = "Hoelang duurt de opleiding tot mentor?"


def asked(folder: Path, question: str, *sentences: tuple[str, str]) -> Answer:
    """The answer from a knowledge base of notes, each with its date and one sentence."""
    notes = {f"nota-{date}.md": (date, note(f"Nota van {date}", sentence)) for date, sentence in sentences}
    with knowing(folder, notes) as knowledge_base:
        return knowledge_base.ask(question)


def warned(answer: Answer) -> dict[str, str]:
    """What the warning of a difference says; empty where there is none."""
    return next((dict(notice.values) for notice in answer.warnings if notice.key == "differing"), {})


@pytest.mark.parametrize(
    ("question", "older", "newer", "positions"),
    [
        (HOW_LONG, COURSE, COURSE.replace("twee", "drie"), ("drie dagen", "twee dagen")),
        (
            "Hoeveel kost de opleiding tot mentor?",
            "De opleiding tot mentor kost 1.150 euro.",
            "De opleiding tot mentor kost 950 euro.",
            ("950 euro", "1.150 euro"),
        ),
        (
            "Hoeveel bedraagt de fietsvergoeding van een mentor?",
            "De fietsvergoeding van een mentor bedraagt 24 cent per kilometer.",
            "De fietsvergoeding van een mentor bedraagt 35 cent per kilometer.",
            ("35 cent", "24 cent"),
        ),
        (
            "Hoeveel mentoren telt een leerwerkplek?",
            "Een leerwerkplek telt vier mentoren.",
            "Een leerwerkplek telt 5 mentoren.",
            ("5", "vier"),
        ),
        (
            "Sinds wanneer bestaat de opleiding tot mentor?",
            "De opleiding tot mentor bestaat sinds 2016.",
            "De opleiding tot mentor bestaat sinds 2018.",
            ("2018", "2016"),
        ),
        (
            "Wie schreef het verslag over de mentoren?",
            "Het verslag over de mentoren is geschreven door Lieve Maes.",
            "Het verslag over de mentoren is geschreven door Jan Peeters.",
            ("Jan Peeters", "Lieve Maes"),
        ),
    ],
)
def test_different_answers_stand_side_by_side_the_newest_first(
    tmp_path: Path, question: str, older: str, newer: str, positions: tuple[str, str]
) -> None:
    """Both are stated, each with its own citation; the warning names documents, years and answers; all is found."""
    answer = asked(tmp_path, question, ("2019", older), ("2024", newer))

    assert answer.status is Status.FOUND
    assert [statement.text for statement in answer.statements[:2]] == [newer, older]
    assert [statement.citations[0].document.info.year for statement in answer.statements[:2]] == [2024, 2019]
    assert warned(answer)["documents"] == "nota-2024, nota-2019"
    assert warned(answer)["positions"] == (
        f"“Nota van 2024” (2024): {positions[0]}; “Nota van 2019” (2019): {positions[1]}"
    )


def test_a_denial_differs_from_what_it_denies(tmp_path: Path) -> None:
    """One note says yes and the other no: a reader must see both."""
    affirmed = "De opleiding tot mentor is verplicht voor elke begeleider."
    answer = asked(
        tmp_path, "Is de opleiding tot mentor verplicht?", ("2019", affirmed),
        ("2024", affirmed.replace("verplicht", "niet verplicht")),
    )  # fmt: skip

    assert {statement.text for statement in answer.statements[:2]} == {
        affirmed, affirmed.replace("verplicht", "niet verplicht")
    }  # fmt: skip
    assert warned(answer)["documents"] == "nota-2024, nota-2019"


def test_those_who_agree_are_one_position(tmp_path: Path) -> None:
    """Two against one: two statements, of which one has two citations."""
    answer = asked(tmp_path, HOW_LONG, ("2019", COURSE), ("2021", COURSE), ("2024", COURSE.replace("twee", "drie")))

    assert [len(statement.places) for statement in answer.statements] == [1, 2]
    assert len(warned(answer)["documents"].split(", ")) == 2


def test_a_position_may_be_quoted_with_what_stands_around_it(tmp_path: Path) -> None:
    """A short sentence is shown with the next ones; it is still the one that differs, and comes after the newer one."""
    around = "De school betaalt niets.\n\nWie slaagt, krijgt een getuigschrift."
    answer = asked(
        tmp_path, HOW_LONG, ("2019", f"{COURSE}\n\n{around}"), ("2021", f"{COURSE}\n\n{around}"),
        ("2024", f"{COURSE.replace('twee', 'drie')}\n\n{around}"),
    )  # fmt: skip

    assert answer.statements[0].citations[0].document.info.year == 2024
    assert len(answer.statements) == 2
    assert {citation.document.info.year for citation in answer.statements[1].places} == {2019, 2021}
    assert warned(answer)["positions"].count(";") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (COURSE, COURSE.replace("mentor", "mentor in Gent").replace("twee", "drie")),
        (COURSE.replace("duurt", "duurde in 2019"), COURSE.replace("duurt twee", "duurde in 2024 drie")),
        (COURSE.replace("twee", "minstens twee"), COURSE.replace("twee", "hoogstens vijf")),
        (COURSE.replace("De opleiding", "De voltijdse opleiding"),
         COURSE.replace("De opleiding", "De deeltijdse opleiding").replace("twee", "vier")),
        (COURSE, "De opleiding tot mentor duurt drie dagen als de school dat vraagt."),
        (COURSE, "De opleiding tot mentor duurt twee dagen en kost 150 euro."),
        (COURSE, "De opleiding tot mentor in de zorg voor ouderen duurt drie dagen."),
    ],
)  # fmt: skip
def test_another_place_year_limit_kind_or_condition_is_another_fact(tmp_path: Path, one: str, other: str) -> None:
    """A false alarm costs trust: where something else tells two sentences apart, nothing is said."""
    assert warned(asked(tmp_path, HOW_LONG, ("2019", one), ("2024", other))) == {}


def test_what_was_replaced_comes_last_and_is_named_so(tmp_path: Path) -> None:
    """A document may be newer by its date and yet have made way for another."""
    notes = {
        "nota.md": ("2019", note("Nota", COURSE)),
        "ontwerp.md": ("2024", note("Ontwerp", COURSE.replace("twee", "drie"))),
    }
    replaced = {"ontwerp.md": "nota"}
    with knowing(tmp_path, notes, replaced_by=replaced) as knowledge_base:
        answer = knowledge_base.ask(HOW_LONG)

    assert [statement.citations[0].document.id for statement in answer.statements] == ["nota", "ontwerp"]
    assert {"differing", "replaced"} <= {notice.key for notice in answer.warnings}
