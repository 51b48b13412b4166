"""The recipe, a command a step: ``python -m kb.dutch_encoder STEP``; ``--help`` tells the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
Data = Annotated[Path, typer.Option("--data", help="folder with text in the documented format")]
Work = Annotated[Path, typer.Option("--work", help="folder for what the steps make")]
Name = Annotated[str, typer.Option("--name", help="what this variant is called")]
Into = Annotated[Path, typer.Option("--into", help="folder of the artefact")]
ARTEFACT = Path(__file__).parent / "artefact"


@app.command()
def prepare(data: Data, work: Work, held_out: Annotated[Path | None, typer.Option("--held-out")] = None) -> None:
    """Choose the rows to train on and keep test sentences, and any passage of --held-out, out of them."""
    from kb.dutch_encoder import prepare as step

    typer.echo(json.dumps(step.prepare(data, work, held_out_folder=held_out), indent=1))


@app.command()
def tokenizer(work: Work, dutch_size: int = 28_000, size: int = 40_000) -> None:
    """Learn the vocabulary."""
    from kb.dutch_encoder.tokenizer import train_tokenizer

    typer.echo(train_tokenizer(work, dutch_size=dutch_size, size=size).get_vocab_size())


@app.command()
def teach(work: Work, longest: int = 32) -> None:
    """Compute the teacher's vectors of the English sentences of up to --longest tokens, once."""
    from kb.dutch_encoder.teacher import teach

    teach(work, longest=longest)


@app.command()
def initialise(work: Work, ridge: float = 0.3, rounds: int = 25) -> None:
    """Solve for the first token table."""
    from kb.dutch_encoder.initialise import initialise

    initialise(work, ridge=ridge, rounds=rounds)
