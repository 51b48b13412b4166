"""A question on its way: what a reader who waits is told, and that a quick answer tells nothing."""

from __future__ import annotations

from threading import Event

import pytest

from kb.stages import Listener, Stage
from search_ui.question.underway import Underway

A_MINUTE = 60.0


def test_a_quick_answer_tells_of_no_stage() -> None:
    """What lasts shorter than a reader's patience would only flicker."""

    def work(begins: Listener) -> str:
        begins(Stage.SEARCHING)
        begins(Stage.PROVING)
        return "antwoord"

    underway = Underway(work, patience=A_MINUTE)

    assert (list(underway.stages()), underway.result()) == ([], "antwoord")


def test_who_waits_is_told_each_stage_as_it_begins() -> None:
    """A stage is told while it goes on, not afterwards."""
    go_on = {stage: Event() for stage in Stage}

    def work(begins: Listener) -> str:
        for stage in Stage:
            begins(stage)
            go_on[stage].wait(A_MINUTE)
        return "antwoord"

    underway = Underway(work, patience=0)
    told = []
    for stage in underway.stages():
        told.append(stage)
        go_on[stage].set()

    assert (told, underway.result()) == (list(Stage), "antwoord")


def test_a_stage_that_outlasts_the_patience_is_told_while_it_lasts() -> None:
    """Whoever begins to wait hears where it stands, without a new stage having to begin."""
    told, go_on = [], Event()

    def work(begins: Listener) -> bool:
        begins(Stage.SEARCHING)
        return go_on.wait(A_MINUTE)

    underway = Underway(work, patience=0.05)
    for stage in underway.stages():
        told.append(stage)
        go_on.set()

    assert (told, underway.result()) == ([Stage.SEARCHING], True)


def test_what_goes_wrong_is_raised_where_the_result_is_asked_for() -> None:
    """And nobody waits for ever."""

    def work(begins: Listener) -> None:
        begins(Stage.SEARCHING)
        raise ValueError("stuk")

    underway = Underway(work, patience=A_MINUTE)

    assert list(underway.stages()) == []
    with pytest.raises(ValueError, match="stuk"):
        underway.result()
