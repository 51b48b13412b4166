"""What is measured of answers, with how sure it is, and how it looks."""

from __future__ import annotations

import random
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from kb.bootstrap import interval, interval_of_difference
from kb.cli.evaluation_tables import print_comparison, print_figures
from kb.errors import UsageError
from kb.evaluation import Judgement, KnownQuestion
from kb.evaluation_picture import save_picture
from kb.measures import Measured, compared, estimates, figures, grouped, load_run, measured, save_run


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language of most readers."""
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)


def shown(printed: object, *arguments: object, **options: object) -> list[str]:
    """The lines that a function prints."""
    console = Console(file=StringIO(), width=100)
    printed(console, *arguments, **options)  # type: ignore[operator]
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def judgement(kind: str, *, answered: bool, right: bool = False) -> Judgement:
    """How one question fared."""
    evidence = () if kind == "unanswerable" else ("bewijs",)
    return Judgement(
        question=KnownQuestion(kind[0], f"Vraag naar {kind}?", kind, (), evidence),
        status="found" if answered else "not_found",
        rank=1 if right else None,
        holds_some=right,
        holds_all=right,
        short_holds_all=right,
        answer_chars=1234 if answered else 0,
        uncited=0,
    )


def a_run(*right: bool) -> list[Measured]:
    """A run over as many questions, each answered well or not at all."""
    judgements = [judgement("who", answered=True, right=each) for each in right]
    return [
        Measured(f"v{number}", f"Vraag {number}?", one.kind, one.split, one.status, one.counts)
        for number, one in enumerate(measured(judgements), 1)
    ]


def test_an_interval_is_narrower_with_more_questions() -> None:
    """Seven of ten says less than seventy of a hundred; both are about .7, and the same each time."""
    few, many = ([(1.0, 1.0)] * 7 + [(0.0, 1.0)] * 3) * 1, ([(1.0, 1.0)] * 7 + [(0.0, 1.0)] * 3) * 10

    assert interval(few) == interval(few)
    assert interval(few) == pytest.approx((0.4, 1.0), abs=0.11)
    assert interval(many) == pytest.approx((0.61, 0.79), abs=0.02)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of samples from a known share of .7, some 95 in 100 have it within their interval."""
    chance = random.Random(3)
    samples = [[(float(chance.random() < 0.7), 1.0) for _ in range(60)] for _ in range(100)]
    held = sum(low <= 0.7 <= high for low, high in map(interval, samples))

    assert held >= 88


def test_two_runs_are_compared_question_by_question() -> None:
    """A small difference that is always on one side is surer than the two shares by themselves."""
    before = [(float(number % 2), 1.0) for number in range(100)]
    after = [(1.0, 1.0) if number < 20 else count for number, count in enumerate(before)]

    low, high = interval_of_difference(before, after)

    assert 0 < low < 0.1 < high < 0.2


def test_a_share_counts_the_questions_that_can_show_it() -> None:
    """Quotes are counted as quotes, refusals only where nothing is to be said."""
    judgements = [judgement("who", answered=True, right=True), judgement("unanswerable", answered=False)]
    found = estimates(measured(judgements))

    assert found["unanswerable refused"].value == found["answer holds all evidence"].value == 1
    assert found["unanswerable wrongly answered"].value == found["answerable wrongly refused"].value == 0
    assert "page hit@1" not in found
    assert figures(judgements)["questions"] == 2


def test_a_comparison_names_the_questions_that_changed(tmp_path: Path) -> None:
    """A run that was kept, and a later one of the same questions."""
    save_run(a_run(True, False, False, True), tmp_path / "run.json")
    found = compared(load_run(tmp_path / "run.json"), a_run(True, True, False, False))

    assert found.questions == 4
    assert found.differences["answer holds all evidence"].value == 0
    assert ([one.id for one in found.better], [one.id for one in found.worse]) == (["v2"], ["v4"])
    assert [line.strip() for line in shown(print_comparison, found) if "Vraag" in line] == [
        "v2  Vraag 2?",
        "v4  Vraag 4?",
    ]


def test_only_what_both_runs_asked_is_compared() -> None:
    """A question that was added, or put in other words, says nothing of a change."""
    assert compared(a_run(True, True), a_run(True, True, False)).questions == 2


@pytest.mark.parametrize("text", ["", "[]", '{"questions": [{"id": 1}]}'])
def test_a_file_that_is_no_run_is_named(tmp_path: Path, text: str) -> None:
    """The error says which file."""
    path = tmp_path / "run.json"
    path.write_text(text, "utf8")

    with pytest.raises(UsageError) as caught:
        load_run(path)

    assert (caught.value.key, caught.value.values) == ("run_unreadable", {"path": str(path)})


def test_counts_are_whole_and_shares_have_decimals_and_bounds() -> None:
    """One question is 1, all questions 1.000; below a share stands where it lies."""
    lines = shown(print_figures, [judgement("who", answered=True, right=True)])
    rows = {line.rsplit(maxsplit=2)[0]: line.split()[-2:] for line in lines[1:] if line[:1].strip()}
    below = lines[lines.index(next(line for line in lines if line.startswith("antwoord volledig"))) + 1]

    assert lines[0].split() == ["alle", "wie"]
    assert rows["vragen"] == ["1", "1"]
    assert rows["juiste passage bovenaan"] == ["1.000", "1.000"]
    assert below.split() == ["1.00–1.00", "1.00–1.00"]
    assert rows["tekens van een antwoord (mediaan)"] == ["1234", "1234"]


def test_a_miss_is_an_answer_without_its_evidence_or_an_answer_to_what_has_none() -> None:
    """Silence where there is nothing to say is right."""
    judgements = [
        judgement("who", answered=True, right=True),
        judgement("list", answered=True),
        judgement("date", answered=False),
        judgement("unanswerable", answered=True),
        judgement("unanswerable", answered=False),
    ]
    lines = shown(print_figures, judgements, misses=True)

    assert [line.split()[:2] for line in lines if "Vraag" in line] == [
        ["l", "found"],
        ["d", "not_found"],
        ["u", "found"],
    ]


def test_the_figures_are_drawn(tmp_path: Path) -> None:
    """As a page that a browser shows, and as a picture for a report."""
    groups = grouped(a_run(True, False, True) + measured([judgement("list", answered=True, right=True)]))
    save_picture(groups, tmp_path / "figures.html", title="Cijfers <1>")
    save_picture(groups, tmp_path / "figures.png", title="Cijfers")
    page = (tmp_path / "figures.html").read_text("utf8")

    assert page.count(">antwoord volledig<") == 1
    assert "wie (3)" in page
    assert "67 %" in page
    assert "Cijfers &lt;1&gt;" in page
    with Image.open(tmp_path / "figures.png") as image:
        assert (image.format, image.width, len(image.getcolors(100_000) or []) > 5) == ("PNG", 2160, True)
    with pytest.raises(UsageError):
        save_picture(groups, tmp_path / "figures.pdf", title="")
