"""The recipe, a command a step: ``python -m kb.dutch_encoder STEP``. Each imports what it needs when it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kb.dutch_encoder.files import ARTEFACT

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
Data = Annotated[Path, typer.Option("--data", help="folder with text in the documented format")]
Work = Annotated[Path, typer.Option("--work", help="folder for what the steps make")]
Name = Annotated[str, typer.Option("--name", help="what this variant is called")]
Into = Annotated[Path, typer.Option("--into", help="folder of the artefact")]
Artefact = Annotated[Path, typer.Option("--artefact", help="folder of the artefact")]
HeldOutFolder = Annotated[Path | None, typer.Option("--held-out", help="folder of .txt and .md files to keep out")]
Settings = Annotated[str, typer.Option("--plan", help='settings as JSON: {"epochs": 2, "rank": 16}')]


@app.command()
def prepare(data: Data, work: Work, held_out: HeldOutFolder = None) -> None:
    """Choose the rows to train on; the test sets' sentences and the passages of --held-out stay out."""
    from kb.dutch_encoder.prepare import prepare

    typer.echo(json.dumps(prepare(data, work, held_out_folder=held_out), indent=1))


@app.command()
def tokenizer(work: Work, dutch_size: int = 28_000, size: int = 40_000) -> None:
    """Learn the vocabulary: --dutch-size pieces from Dutch text, the rest MiniLM's commonest."""
    from kb.dutch_encoder.tokenizer import train_tokenizer

    typer.echo(train_tokenizer(work, dutch_size=dutch_size, size=size).get_vocab_size())


@app.command()
def teach(work: Work, longest: int = 32) -> None:
    """Compute the teacher's vectors of the English sentences of up to --longest tokens, once."""
    from kb.dutch_encoder.teacher import teach

    teach(work, longest=longest)


@app.command()
def initialise(work: Work, ridge: float = 0.3, rounds: int = 20) -> None:
    """Solve for the first token table."""
    from kb.dutch_encoder.initialise import initialise

    initialise(work, ridge=ridge, rounds=rounds)


@app.command()
def distil(work: Work, name: Name, plan: Settings = "{}", workers: int = 1) -> None:
    """Train a variant towards the teacher's vectors."""
    from kb.dutch_encoder.distil import distil
    from kb.dutch_encoder.plan import Plan

    distil(work, name, Plan(**json.loads(plan)), workers=workers)


@app.command()
def blend(
    work: Work,
    into: Annotated[str, typer.Option("--into", help="what the new variant is called")],
    shares: Annotated[str, typer.Option("--shares", help='how much of each variant, as JSON: {"NAME": 0.5}')],
) -> None:
    """Make a variant between the first table and where one or more variants ended."""
    from kb.dutch_encoder.blend import blend

    typer.echo(blend(work, into, json.loads(shares)))


@app.command()
def quantise(work: Work, name: Name, into: Into = ARTEFACT) -> None:
    """Make the artefact of a variant."""
    from kb.dutch_encoder.quantise import quantise

    typer.echo(quantise(work, name, into))


@app.command()
def evaluate(
    data: Data,
    artefact: Artefact = ARTEFACT,
    *,
    test: Annotated[bool, typer.Option(help="the test splits; else those that variants are chosen on")] = False,
    eight_bits: Annotated[bool, typer.Option("--eight-bits", help="the body in eight bits")] = False,
) -> None:
    """Print Spearman's correlation, times 100, of an artefact on SICK and STSB, and keep it beside the artefact."""
    from kb.dutch_encoder.card import keep_figures
    from kb.dutch_encoder.evaluate import choosing_figures, test_figures
    from kb.dutch_encoder.light import LightEncoder

    encode = LightEncoder(artefact, eight_bits=eight_bits).encode
    figures = (test_figures if test else choosing_figures)(encode, data)
    found = {name: round(figure, 2) for name, figure in figures.items()}
    split = "test" if test else "choosing"
    keep_figures(artefact, f"{split}, eight bits" if eight_bits else split, found)
    typer.echo(json.dumps(found))


@app.command()
def card(work: Work, into: Into = ARTEFACT) -> None:
    """Write the model card of an artefact, with every variant in --work that was evaluated as --work/NAME/artefact."""
    from kb.dutch_encoder.card import write_card

    typer.echo(write_card(work, into))


if __name__ == "__main__":
    app()
