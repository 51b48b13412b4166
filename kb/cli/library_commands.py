"""The commands that change and show what is in the knowledge base: ``ingest``, ``documents``, ``remove``,
``reencode``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ingest.limits import Limits
from kb import library
from kb.as_json import Successor, card_as_json
from kb.catalogue import Catalogue
from kb.cli.options import AsJson, EncoderOption, HomeOption
from kb.cli.progress import ProgressBar
from kb.cli.readable import console
from kb.encoder import load_encoder
from kb.home import Home
from kb.labels import notice_label, succession_label
from kb.notices import notices_of
from kb.succession import successions
from kb.types import DocumentCard, FileReport, IngestReport, Outcome, State, Succession
from kb.wording import say

Paths = Annotated[list[Path], typer.Argument(help=say("cli.help_paths"))]
Seconds = Annotated[float, typer.Option("--seconds", min=1, help=say("cli.help_seconds"))]
DocumentIds = Annotated[list[str], typer.Argument(help=say("cli.help_ids"))]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help=say("cli.ingest"))(ingest)
    app.command(help=say("cli.documents"))(documents)
    app.command(help=say("cli.remove"))(remove)
    app.command(help=say("cli.reencode"))(reencode)


def ingest(
    paths: Paths, *, home: HomeOption = None, encoder: EncoderOption = None, seconds: Seconds = Limits().seconds
) -> None:
    """Read files and folders into the knowledge base."""
    chosen = load_encoder(encoder) if encoder else None
    with ProgressBar() as progress:
        report = library.ingest(Home(home), paths, encoder=chosen, progress=progress, limits=_limits(seconds))
    for file in report.files:
        for line in _remarks(file):
            typer.echo(line, err=file.outcome is Outcome.SET_ASIDE)
    typer.echo(_summary(report))
    if report.count(Outcome.SET_ASIDE) == len(report.files):
        raise typer.Exit(1)


def _limits(seconds: float) -> Limits:
    return replace(Limits(), seconds=seconds, most_seconds=max(seconds, Limits().most_seconds))


def _remarks(file: FileReport) -> Iterator[str]:
    """What a person should know about one file; nothing when all is well."""
    if file.outcome is Outcome.SET_ASIDE:
        yield f"{file.path}: {say(f'reasons.{file.reason}', detail=file.detail)}"
    if file.outcome is Outcome.UNCHANGED and file.detail:
        yield say("cli.copy", path=file.path, original=file.detail)
    if file.outcome is Outcome.WITHDRAWN:
        yield say("cli.stays_withdrawn", path=file.path, document=file.document_id)
    for notice in file.warnings:
        yield f"{file.path}: {notice_label(notice)}"


def _summary(report: IngestReport) -> str:
    counts = {outcome: report.count(outcome) for outcome in Outcome}
    parts = [say(f"cli.outcome_{outcome}", count=count) for outcome, count in counts.items() if count]
    return ", ".join(parts)


def documents(*, as_json: AsJson = False, home: HomeOption = None) -> None:
    """List what is in the knowledge base."""
    with Catalogue.open(Home(home)) as catalogue:
        cards = (*catalogue.documents(), *catalogue.withdrawn())
        succeeded = successions(catalogue.editions())
    by_key = {card.key: card for card in cards}
    listed = [(card, _successor(succeeded.get(card.key), by_key)) for card in cards]
    if as_json:
        for card, successor in listed:
            typer.echo(json.dumps(card_as_json(card, successor), ensure_ascii=False))
    elif listed:
        terminal = console()
        terminal.print(_table(listed))
        for card in cards:
            for notice in notices_of(card):
                terminal.print(Text(f"{card.id}: {notice_label(notice)}", style="yellow"))
    else:
        typer.echo(say("cli.no_documents"))


def _successor(succession: Succession | None, cards: Mapping[int, DocumentCard]) -> Successor | None:
    return (cards[succession.by], succession) if succession else None


def _table(listed: Sequence[tuple[DocumentCard, Successor | None]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name, narrowest in (("id", 20), ("title", 16), ("publisher", 8), ("date", 10), ("kind", 8)):
        table.add_column(say(f"cli.column_{name}"), overflow="fold", min_width=narrowest)
    for name in ("pages", "passages"):
        table.add_column(say(f"cli.column_{name}"), justify="right", no_wrap=True)
    for card, successor in listed:
        info = card.info
        known = (_title(card, successor), info.publisher or "", info.date or "", info.kind or "")
        table.add_row(card.id, *known, _page_count(card), str(card.passage_count))
    return table


def _title(card: DocumentCard, successor: Successor | None) -> str:
    """The title, with what a reader of the list should know of the document."""
    remarks = [succession_label(*successor)] if successor else []
    if card.state is State.WITHDRAWN:
        remarks.append(say("labels.withdrawn"))
    return f"{card.title} ({', '.join(remarks)})" if remarks else card.title


def _page_count(card: DocumentCard) -> str:
    """How many pages; nothing where the format has none."""
    return str(len(card.pages)) if card.pages[0].number is not None else ""


def remove(ids: DocumentIds, *, home: HomeOption = None) -> None:
    """Take documents out, with all their versions."""
    with ProgressBar() as progress:
        library.remove(Home(home), ids, progress=progress)
    for document_id in dict.fromkeys(ids):
        typer.echo(say("cli.removed", document=document_id))


def reencode(*, encoder: EncoderOption = None, home: HomeOption = None) -> None:
    """Make all vectors anew."""
    with ProgressBar() as progress:
        library.reencode(Home(home), load_encoder(encoder), progress=progress)
    typer.echo(say("cli.reencoded"))
