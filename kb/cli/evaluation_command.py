"""The command ``evaluate``: how good the answers are to questions whose evidence is known."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from kb.as_json import answer_as_json
from kb.cli import readable
from kb.cli.evaluation_tables import comparison_as_json, figures_as_json, print_comparison, print_figures
from kb.cli.options import AsJson, HomeOption
from kb.errors import UsageError
from kb.evaluation import Judgement, KnownQuestion, PageText, judge_answer, read_questions
from kb.knowledge_base import KnowledgeBase
from kb.measures import compared, grouped, load_run, measured, save_run
from kb.wording import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=say("cli.evaluate"))(evaluate)


def evaluate(
    questions: Annotated[Path, typer.Argument(help=say("cli.help_questions"))],
    *,
    as_json: AsJson = False,
    misses: Annotated[bool, typer.Option("--misses", help=say("cli.help_misses"))] = False,
    split: Annotated[bool, typer.Option("--split", help=say("cli.help_split"))] = False,
    save: Annotated[Path | None, typer.Option("--save", help=say("cli.help_save_run"))] = None,
    compare: Annotated[Path | None, typer.Option("--compare", help=say("cli.help_compare"))] = None,
    picture: Annotated[Path | None, typer.Option("--picture", help=say("cli.help_picture"))] = None,
    home: HomeOption = None,
) -> None:
    """Compare the answers to known questions with their evidence."""
    known = read_questions(questions)
    if not known:
        raise UsageError("no_questions", path=questions)
    earlier = None if compare is None else load_run(compare)
    with KnowledgeBase.open(home) as knowledge_base:
        judgements = judged(knowledge_base, known)
    run = measured(judgements)
    comparison = None if earlier is None else compared(earlier, run)
    if as_json:
        shown = figures_as_json(judgements, by_split=split)
        shown |= {} if comparison is None else {"comparison": comparison_as_json(comparison)}
        typer.echo(json.dumps(shown, ensure_ascii=False))
    else:
        print_figures(readable.console(), judgements, misses=misses, by_split=split)
        if comparison is not None:
            print_comparison(readable.console(), comparison)
    if save is not None:
        save_run(run, save)
    if picture is not None:
        from kb.evaluation_picture import save_picture  # only now: no other command needs a library that draws

        title = say("evaluation.picture_title", name=questions.stem)
        save_picture(grouped(run, by_split=split), picture, title=title)


def judged(knowledge_base: KnowledgeBase, known: list[KnownQuestion]) -> list[Judgement]:
    """How the answers to these questions fare, against their evidence and the documents themselves."""

    @cache
    def pages_of(document_id: str) -> tuple[PageText, ...]:
        try:
            return tuple(PageText.of(number, raw) for number, raw in knowledge_base.pages(document_id))
        except UsageError:  # a question may name a document that is not in
            return ()

    return [judge_answer(each, answer_as_json(knowledge_base.ask(each.question)), pages_of) for each in known]
