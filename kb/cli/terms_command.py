"""The command ``terms``: acronyms and definitions, for reading and for scripts."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from kb.catalogue import Catalogue
from kb.cli.options import AsJson, HomeOption
from kb.cli.readable import console
from kb.glossary.as_json import term_as_json
from kb.glossary.collecting import collect, holds
from kb.glossary.types import Meaning, Term
from kb.home import Home
from kb.understanding import Understanding
from kb.wording import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=say("cli.terms"))(terms)


def terms(
    words: Annotated[str, typer.Argument(help=say("cli.help_term"))] = "",
    *,
    as_json: AsJson = False,
    home: HomeOption = None,
) -> None:
    """List terms with what they mean."""
    with Catalogue.open(Home(home)) as catalogue:
        found = collect(catalogue, Understanding(catalogue).thesaurus)
    wanted = [term for term in found if holds(term, words)]
    if as_json:
        for term in wanted:
            typer.echo(json.dumps(term_as_json(term), ensure_ascii=False))
        return
    shown = [term for term in wanted if not term.hidden]
    for term in shown:
        _print(term)
    if not shown:
        typer.echo(say("terms.none"))


def _print(term: Term) -> None:
    terminal = console()
    terminal.print(Text(term.name, style="bold"))
    for meaning in term.meanings:
        line = Text(f"{meaning.text} ") + Text(f"({_told_by(meaning)})", style="dim")
        terminal.print(Padding(line, (0, 0, 0, 2), expand=False))


def _told_by(meaning: Meaning) -> str:
    """Who says so: the documents by their title, else the person or the list with its source."""
    if meaning.citations:
        return ", ".join(dict.fromkeys(place.document.title for place in meaning.citations))
    teller = say(f"terms.teller.{meaning.teller}")
    return f"{teller}: {meaning.source}" if meaning.source else teller
