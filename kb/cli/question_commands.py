"""The commands that ask: ``ask`` and ``search``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kb.as_json import answer_as_json, explanation_as_json, hit_as_json
from kb.cli import readable
from kb.cli.explained import print_explanation
from kb.cli.options import AsJson, HomeOption
from kb.errors import KnowledgeBaseError, UsageError
from kb.evaluation import read_json_lines
from kb.explaining import explanation_of
from kb.hand_out.making import hand_out_of
from kb.hand_out.saving import check_target
from kb.hand_out.saving import save as save_hand_out
from kb.hand_out.types import Asked
from kb.knowledge_base import KnowledgeBase
from kb.question import without_broken_characters
from kb.types import Answer, Filters
from kb.wording import say

Kinds = Annotated[list[str] | None, typer.Option("--kind", help=say("cli.help_kind"))]
Publishers = Annotated[list[str] | None, typer.Option("--publisher", help=say("cli.help_publisher"))]
Regions = Annotated[list[str] | None, typer.Option("--region", help=say("cli.help_region"))]
Levels = Annotated[list[str] | None, typer.Option("--level", help=say("cli.help_level"))]
FirstYear = Annotated[int | None, typer.Option("--from", help=say("cli.help_from"))]
Literal = Annotated[bool, typer.Option("--literal", help=say("cli.help_literal"))]
LastYear = Annotated[int | None, typer.Option("--to", help=say("cli.help_to"))]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help=say("cli.ask"))(ask)
    app.command(help=say("cli.search"))(search)


def ask(
    question: Annotated[str | None, typer.Argument(help=say("cli.help_question"))] = None,
    *,
    batch: Annotated[Path | None, typer.Option("--batch", help=say("cli.help_batch"))] = None,
    as_json: AsJson = False,
    kind: Kinds = None,
    publisher: Publishers = None,
    first_year: FirstYear = None,
    last_year: LastYear = None,
    region: Regions = None,
    level: Levels = None,
    literal: Literal = False,
    explain: Annotated[bool, typer.Option("--explain", help=say("cli.help_explain"))] = False,
    save: Annotated[Path | None, typer.Option("--save", help=say("cli.help_save"))] = None,
    force: Annotated[bool, typer.Option("--force", help=say("cli.help_force"))] = False,
    home: HomeOption = None,
) -> None:
    """Answer one question, or a file of them."""
    if (question is None) == (batch is None):
        raise UsageError("question_or_batch")
    if save is not None:
        check_target(save, replace=force)
    filters = _filters(kind, publisher, first_year, last_year, region, level)
    asked = [question] if question is not None else [entry["question"] for _, entry in read_json_lines(batch or Path())]
    answered = []
    with KnowledgeBase.open(home) as knowledge_base:
        for text, answer in _answers(knowledge_base, asked, filters, alone=batch is None, expand=not literal):
            answered.append(answer)
            if as_json or batch is not None:
                typer.echo(json.dumps(_line(text, answer, explain=explain), ensure_ascii=False))
            else:
                assert isinstance(answer, Answer)  # noqa: S101 - a single question raises its error
                _print(answer, explain=explain)
    if save is not None:
        _save([Asked(one, filters, literal) for one in answered if isinstance(one, Answer)], save, replace=force)


def _print(answer: Answer, *, explain: bool) -> None:
    readable.print_answer(readable.console(), answer)
    if explain and (explanation := explanation_of(answer)):
        print_explanation(readable.console(), explanation)


def _save(asked: list[Asked], path: Path, *, replace: bool) -> None:
    """Keep the answers in a file: one, or those of a batch together."""
    save_hand_out(hand_out_of(asked, asked_on=datetime.now().astimezone().date()), path, replace=replace)
    typer.echo(say("cli.saved", path=path), err=True)


def _filters(
    kinds: Kinds, publishers: Publishers, first_year: FirstYear, last_year: LastYear, regions: Regions, levels: Levels
) -> Filters:
    return Filters(
        kinds=tuple(kinds or ()),
        publishers=tuple(publishers or ()),
        first_year=first_year,
        last_year=last_year,
        regions=tuple(regions or ()),
        education_levels=tuple(levels or ()),
    )


def _answers(
    knowledge_base: KnowledgeBase, asked: list[str], filters: Filters, *, alone: bool, expand: bool
) -> Iterator[tuple[str, Answer | KnowledgeBaseError]]:
    """The answers in order. In a batch, a question that cannot be asked does not stop the others."""
    for text in asked:
        try:
            yield text, knowledge_base.ask(text, filters=filters, expand=expand)
        except UsageError as error:
            if alone:
                raise
            yield text, error


def _line(question: str, answer: Answer | KnowledgeBaseError, *, explain: bool) -> dict[str, object]:
    if isinstance(answer, Answer):
        explanation = explanation_of(answer) if explain else None
        told = {"explanation": explanation_as_json(explanation)} if explanation else {}
        return answer_as_json(answer) | told
    question = without_broken_characters(question)
    nothing: dict[str, object] = {"question": question, "status": "not_found", "statements": [], "passages": []}
    return nothing | {"warnings": [{"key": answer.key, **answer.values}], "expansions": []}


def search(
    question: Annotated[str, typer.Argument(help=say("cli.help_question"))],
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help=say("cli.help_limit"))] = 10,
    as_json: AsJson = False,
    kind: Kinds = None,
    publisher: Publishers = None,
    first_year: FirstYear = None,
    last_year: LastYear = None,
    region: Regions = None,
    level: Levels = None,
    literal: Literal = False,
    home: HomeOption = None,
) -> None:
    """Show the best passages for a question."""
    filters = _filters(kind, publisher, first_year, last_year, region, level)
    with KnowledgeBase.open(home) as knowledge_base:
        hits = knowledge_base.search(question, limit=limit, filters=filters, expand=not literal)
    if as_json:
        for hit in hits:
            typer.echo(json.dumps(hit_as_json(hit), ensure_ascii=False))
    else:
        readable.print_hits(readable.console(), hits)
