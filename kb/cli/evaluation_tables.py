"""Figures in a terminal: a column for each kind of question, and what changed between two runs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.evaluation import UNANSWERABLE, Judgement
from kb.measures import (
    MEASURES,
    Comparison,
    Estimate,
    Measured,
    estimates,
    figures,
    group_label,
    grouped,
    measure_label,
    measured,
)
from kb.types import Status
from kb.wording import say

_COUNTS = ("questions", "median answer characters", "statements without citation")


def print_figures(
    console: Console, judgements: Sequence[Judgement], *, misses: bool = False, by_split: bool = False
) -> None:
    """The figures with their intervals, a column per kind or split, and with ``misses`` what was not answered well."""
    groups = grouped(measured(judgements), by_split=by_split)
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in groups:
        table.add_column(group_label(name), justify="right")
    columns = [estimates(group) for group in groups.values()]
    for name in MEASURES:
        if any(name in column for column in columns):
            table.add_row(measure_label(name), *(_cell(column.get(name)) for column in columns))
    members = [[judged for judged in judgements if _is_in(judged, group)] for group in groups.values()]
    counted = [figures(judged) for judged in members]
    for name in _COUNTS:
        table.add_row(measure_label(name), *(_number(column.get(name)) for column in counted))
    console.print(table)
    for judgement in judgements if misses else ():
        if _is_miss(judgement):
            question = judgement.question
            console.print(Text(f"{question.id}  {judgement.status}  rank {judgement.rank}  {question.question}"))


def _is_in(judged: Judgement, group: Sequence[Measured]) -> bool:
    return any((judged.question.id, judged.question.question) == (one.id, one.question) for one in group)


def print_comparison(console: Console, comparison: Comparison) -> None:
    """The differences with their intervals, and the questions whose answers changed."""
    console.print(Text(f"\n{say('evaluation.compared', count=comparison.questions)}", style="bold"))
    table = Table(box=None, pad_edge=False)
    for _ in range(3):
        table.add_column("", justify="right")
    table.columns[0].justify = "left"
    for name, difference in comparison.differences.items():
        sure = difference.low > 0 or difference.high < 0
        style = "bold" if sure else "dim"
        bounds = f"{difference.low:+.3f} … {difference.high:+.3f}"
        table.add_row(Text(measure_label(name), style), Text(f"{difference.value:+.3f}", style), Text(bounds, style))
    console.print(table)
    for key, changed in (("better", comparison.better), ("worse", comparison.worse)):
        console.print(Text(f"\n{say(f'evaluation.{key}', count=len(changed))}", style="bold"))
        for one in changed:
            console.print(Text(f"  {one.id}  {one.question}"))


def figures_as_json(judgements: Sequence[Judgement], *, by_split: bool = False) -> dict[str, object]:
    """The figures of all questions under "all", those of each kind or split under its name; the intervals apart."""
    groups = grouped(measured(judgements), by_split=by_split)
    members = {name: [judged for judged in judgements if _is_in(judged, group)] for name, group in groups.items()}
    shares = {name: estimates(group) for name, group in groups.items()}
    bounds = {
        name: {measure: [found.low, found.high] for measure, found in group.items()} for name, group in shares.items()
    }
    return {name: figures(judged) for name, judged in members.items()} | {"intervals": bounds}


def comparison_as_json(comparison: Comparison) -> dict[str, object]:
    """The differences, each with its interval, and the ids of the questions that changed."""
    return {
        "questions": comparison.questions,
        "differences": {name: [one.value, one.low, one.high] for name, one in comparison.differences.items()},
        "better": [one.id for one in comparison.better],
        "worse": [one.id for one in comparison.worse],
    }


def _is_miss(judgement: Judgement) -> bool:
    if judgement.question.kind == UNANSWERABLE:
        return judgement.status != Status.NOT_FOUND
    return bool(judgement.question.evidence) and not judgement.holds_all


def _cell(estimate: Estimate | None) -> Text:
    if estimate is None:
        return Text("")
    return Text(f"{estimate.value:.3f}") + Text(f"\n{estimate.low:.2f}–{estimate.high:.2f}", style="dim")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
