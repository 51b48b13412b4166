"""The commands about the encoder: ``encoder info`` and ``encoder evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kb.catalogue import Catalogue
from kb.cli.options import EncoderOption, HomeOption
from kb.encoder import Encoder, load_encoder
from kb.encoder_facts import facts_of
from kb.home import Home
from kb.wording import default_language, say

AsJson = Annotated[bool, typer.Option("--json", help=say("cli.help_json"))]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    commands = typer.Typer(help=say("cli.encoder"), no_args_is_help=True)
    commands.command(help=say("cli.encoder_info"))(info)
    commands.command(help=say("cli.encoder_evaluate"))(evaluate)
    app.add_typer(commands, name="encoder")


def info(*, as_json: AsJson = False, encoder: EncoderOption = None, home: HomeOption = None) -> None:
    """Show the encoder's name, sizes, hash and sources."""
    facts = facts_of(_configured(encoder, home), language="en" if as_json else default_language())
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
    else:
        for name, value in facts.items():
            typer.echo(f"{say(f'encoder.{name}')}: {', '.join(value) if isinstance(value, list) else value}")


def evaluate(
    sick: Annotated[Path | None, typer.Option("--sick", help=say("cli.help_sick"))] = None,
    stsb: Annotated[Path | None, typer.Option("--stsb", help=say("cli.help_stsb"))] = None,
    *,
    as_json: AsJson = False,
    encoder: EncoderOption = None,
    home: HomeOption = None,
) -> None:
    """Print Spearman's correlation with human judgement, times 100."""
    from kb.dutch_encoder.evaluate import encoder_figures  # needs scipy, which no other command waits for

    figures = encoder_figures(_configured(encoder, home).encode_passages, sick=sick, stsb=stsb)
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        for name, value in figures.items():
            typer.echo(f"{name:12s} {value:.2f}")


def _configured(name_or_path: str | None, home: Path | None) -> Encoder:
    """The encoder that is asked for, else the one that made the vectors of this home, else the default one."""
    place = Home(home)
    if name_or_path is None and place.exists:
        with Catalogue.open(place) as catalogue:
            mark = catalogue.encoder_mark()
        name_or_path = mark.name if mark else None
    return load_encoder(name_or_path)
