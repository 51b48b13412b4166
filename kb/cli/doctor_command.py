"""The command ``doctor``: is all that is kept whole?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from kb.cli.options import AsJson, HomeOption
from kb.cli.progress import ProgressBar
from kb.cli.readable import console
from kb.doctor.examination import Report, examine
from kb.doctor.repair import repair
from kb.doctor.types import Lost, Remark, Repair, Severity
from kb.errors import KnowledgeBaseError
from kb.home import Home
from kb.wording import say

RepairOption = Annotated[bool, typer.Option("--repair", help=say("cli.help_repair"))]
ThoroughOption = Annotated[bool, typer.Option("--thorough", help=say("cli.help_thorough"))]

_MARKS = {Severity.GOOD: ("✓", "green"), Severity.NOTE: ("i", "cyan"), Severity.WRONG: ("✗", "bold red")}


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(help=say("cli.doctor"))(doctor)


def doctor(
    *, mend: RepairOption = False, thorough: ThoroughOption = False, as_json: AsJson = False, home: HomeOption = None
) -> None:
    """Examine a home, and mend it where that is asked. Exit 1 while something is wrong."""
    place = Home(home)
    report, done = _examined(place, thorough=thorough), list[Remark]()
    if mend and not is_clean(report):
        with ProgressBar() as progress:
            done = repair(place, report, progress=progress)
        report = _examined(place, thorough=thorough)
    if as_json:
        typer.echo(json.dumps(_as_json(report, done), ensure_ascii=False))
    else:
        _print(console(), report, done)
    if not is_clean(report):
        raise typer.Exit(1)


def is_clean(report: Report) -> bool:
    """Whether nothing is wrong."""
    return all(remark.severity is not Severity.WRONG for _, remark in report)


def _examined(home: Home, *, thorough: bool) -> Report:
    with ProgressBar() as progress:
        return examine(home, thorough=thorough, progress=progress)


def _print(terminal: Console, report: Report, done: Sequence[Remark]) -> None:
    if done:
        terminal.print(Text(say("doctor.done"), style="bold"))
        _print_lines(terminal, done)
        terminal.print()
    for check, remarks in groupby(report, key=lambda pair: pair[0]):
        terminal.print(Text(say(f"doctor.check.{check}"), style="bold"))
        _print_lines(terminal, (remark for _, remark in remarks))
    count = sum(remark.severity is Severity.WRONG for _, remark in report)
    can_be_mended = any(remark.repair for _, remark in report) and not done
    key = "clean" if not count else "can_be_mended" if can_be_mended else "not_clean"
    terminal.print(Text(f"\n{say(f'doctor.{key}', count=count)}", style="bold red" if count else "bold green"))


def _print_lines(terminal: Console, remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        mark, style = _MARKS[remark.severity]
        terminal.print(Text(f"  {mark} ", style=style) + Text(line_of(remark)))


def line_of(remark: Remark) -> str:
    """What a person reads of a remark; an error among its values in their own words."""
    values: dict[str, Any] = {name: _readable(value) for name, value in remark.values}
    return say(f"doctor.{remark.key}", **values)


def _readable(value: object) -> object:
    """A value in the reader's own words."""
    if isinstance(value, Repair | Lost):
        return say(f"doctor.{type(value).__name__.lower()}.{value}")
    return say(f"errors.{value.key}", **value.values) if isinstance(value, KnowledgeBaseError) else value


def _as_json(report: Report, done: Sequence[Remark]) -> dict[str, object]:
    return {
        "clean": is_clean(report),
        "checks": [{"check": check, **_remark_as_json(remark)} for check, remark in report],
        "repaired": [_remark_as_json(remark) for remark in done],
    }


def _remark_as_json(remark: Remark) -> dict[str, object]:
    repairable = {"repair": str(remark.repair)} if remark.repair else {}
    return {"key": remark.key, "severity": str(remark.severity), "text": line_of(remark), **repairable}
