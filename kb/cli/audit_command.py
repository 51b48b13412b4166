"""The command ``audit``: who changed what, and when."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from ingest.dates import spoken_date
from kb.audit import Entry
from kb.catalogue import Catalogue
from kb.cli.options import AsJson, HomeOption
from kb.cli.readable import console
from kb.errors import UsageError
from kb.home import Home
from kb.labels import field_name
from kb.wording import say

Since = Annotated[str | None, typer.Option("--since", help=say("cli.help_since"))]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=say("cli.audit"))(audit)


def audit(*, since: Since = None, as_json: AsJson = False, home: HomeOption = None) -> None:
    """List the changes, the oldest first."""
    begin = None if since is None else _moment(since)
    with Catalogue.open(Home(home)) as catalogue:
        listed = [(entry, card.title if card else None) for entry, card in catalogue.changes(since=begin)]
    if as_json:
        for entry, title in listed:
            typer.echo(json.dumps(_as_json(entry, title), ensure_ascii=False))
    elif listed:
        console().print(_table(listed))
    else:
        typer.echo(say("audit.none"))


def _moment(said: str) -> datetime:
    """When a day, month or year begins, by this computer's clock. Raises UsageError for what is none."""
    found = spoken_date(said)
    if found is None:
        raise UsageError("not_a_date", value=said)
    return datetime.fromisoformat((found + "-01-01")[:10]).astimezone()


def _as_json(entry: Entry, title: str | None) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "via": entry.via,
        "act": entry.act,
        "document": entry.document,
        "title": title,
        "subject": entry.subject,
    }


def _table(listed: list[tuple[Entry, str | None]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("at", "who", "act", "about"):
        table.add_column(say(f"audit.column.{name}"), overflow="fold")
    for entry, title in listed:
        at = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
        who = say(f"audit.via.{entry.via}", who=entry.who)
        table.add_row(at, who, say(f"audit.act.{entry.act}"), _about(entry, title))
    return table


def _about(entry: Entry, title: str | None) -> str:
    """The document by its title, or by its number where it is gone; with the fields, or the user."""
    if entry.document is None:
        return entry.subject
    name = title or say("audit.gone", number=entry.document)
    fields = ", ".join(field_name(field) for field in entry.subject.split(", ")) if entry.subject else ""
    return f"{name}: {fields}" if fields else name
