"""The commands by which people decide about documents: ``correct``, ``withdraw``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from ingest.types import DocumentInfo
from kb import curating
from kb.catalogue import Catalogue
from kb.cli.options import HomeOption
from kb.cli.progress import ProgressBar
from kb.cli.readable import console
from kb.curating import Correction
from kb.home import Home
from kb.labels import field_name, finding_label
from kb.types import DocumentCard
from kb.wording import say

DocumentId = Annotated[str, typer.Argument(help=say("cli.help_id"))]
DocumentIds = Annotated[list[str], typer.Argument(help=say("cli.help_ids"))]
Title = Annotated[str | None, typer.Option("--title", help=say("fields.title"))]
Publisher = Annotated[str | None, typer.Option("--publisher", help=say("fields.publisher"))]
Date = Annotated[str | None, typer.Option("--date", help=say("cli.help_date"))]
Kind = Annotated[str | None, typer.Option("--kind", help=say("fields.kind"))]
Language = Annotated[str | None, typer.Option("--language", help=say("fields.language"))]
Region = Annotated[str | None, typer.Option("--region", help=say("fields.region"))]
Level = Annotated[str | None, typer.Option("--level", help=say("fields.education_level"))]
Reference = Annotated[str | None, typer.Option("--reference", help=say("fields.reference"))]
Version = Annotated[str | None, typer.Option("--version", help=say("fields.version"))]
ReplacedBy = Annotated[str | None, typer.Option("--replaced-by", help=say("cli.help_replaced_by"))]
Replaces = Annotated[str | None, typer.Option("--replaces", help=say("fields.replaces"))]
Forget = Annotated[list[str] | None, typer.Option("--forget", help=say("cli.help_forget"))]
Undo = Annotated[bool, typer.Option("--undo", help=say("cli.help_undo"))]

_FIELDS_BY_OPTION = {"level": "education_level", "replaced-by": "replaced_by"}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help=say("cli.correct"))(correct)
    app.command(help=say("cli.withdraw"))(withdraw)


def correct(
    document: DocumentId,
    *,
    title: Title = None,
    publisher: Publisher = None,
    date: Date = None,
    kind: Kind = None,
    language: Language = None,
    region: Region = None,
    level: Level = None,
    reference: Reference = None,
    version: Version = None,
    replaced_by: ReplacedBy = None,
    replaces: Replaces = None,
    forget: Forget = None,
    home: HomeOption = None,
) -> None:
    """Say what is known better, and show what is known now."""
    said = DocumentInfo(
        title, publisher, date, kind, language, region, level, reference, version, replaced_by, replaces
    )
    correction = Correction(said, tuple(_FIELDS_BY_OPTION.get(name, name) for name in forget or ()))
    console().print(_table(_corrected(Home(home), document, correction)))


def _corrected(home: Home, document: str, correction: Correction) -> DocumentCard:
    if correction != Correction():
        with ProgressBar() as progress:
            return curating.correct(home, document, correction, progress=progress)
    with Catalogue.open(home) as catalogue:
        return catalogue.current(document)


def _table(card: DocumentCard) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for field, finding in card.findings.known():
        table.add_row(field_name(field), finding.value or say("cli.known_to_be_none"), finding_label(finding))
    return table


def withdraw(ids: DocumentIds, *, undo: Undo = False, home: HomeOption = None) -> None:
    """Keep documents, and answer with them no longer; or again."""
    place = Home(home)
    with ProgressBar() as progress:
        if undo:
            curating.restore(place, ids, progress=progress)
        else:
            curating.withdraw(place, ids, progress=progress)
    for document_id in dict.fromkeys(ids):
        typer.echo(say("cli.restored" if undo else "cli.withdrawn", document=document_id))
