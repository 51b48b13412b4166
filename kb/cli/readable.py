"""What a person reads in a terminal: answers with their sources, passages, figures."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ingest.types import Span
from kb.expansion import also_sought
from kb.labels import notice_label, origin, page_label, page_labels
from kb.paragraphs import paragraphs_of
from kb.sources import Source, differing_of, numbers_of, sources_of
from kb.types import Answer, Hit, Statement, Status
from kb.wording import say

_STATUS_STYLES = {Status.FOUND: "bold green", Status.PARTIAL: "bold yellow", Status.NOT_FOUND: "bold red"}
_EXCERPT_CHARS = 280
WIDTH_OF_A_FILE = 240


def console() -> Console:
    """The terminal; a file or another program gets lines that are not broken to a screen's width."""
    made = Console()
    if not made.is_terminal:
        made.width = WIDTH_OF_A_FILE
    return made


def print_answer(console: Console, answer: Answer) -> None:
    """An answer: its statements with numbered citations, then what each number stands for."""
    console.print(Text(say(f"answer.{answer.status}"), style=_STATUS_STYLES[answer.status]))
    sources, differing = sources_of(answer), differing_of(answer)
    for statement in answer.statements:
        console.print()
        if statement in differing:
            document = statement.citations[0].document
            said_by = Text(f"{_joined(document.title, *origin(document))}:", style="dim")
            console.print(Padding(said_by, (0, 0, 0, 2), expand=False))
        marks = "".join(f" [{number}]" for number in numbers_of(statement, sources))
        console.print(Padding(Text(_said(statement)) + Text(marks, style="bold cyan"), (0, 0, 0, 2), expand=False))
    for notice in answer.warnings:
        console.print(Text(f"\n! {notice_label(notice)}", style="yellow"))
    if also := also_sought(answer.expansions):
        console.print(Text(f"\n{say('answer.also_sought', words=', '.join(also))}", style="dim"))
    if sources:
        console.print(Text(f"\n{say('answer.sources')}", style="bold"))
    for source in sources:
        line = Text(f"[{source.number}] ", style="bold cyan") + Text(source_line(source))
        console.print(Padding(line, (0, 0, 0, 2), expand=False))
    if answer.status is Status.NOT_FOUND and answer.hits:
        console.print(Text(f"\n{say('answer.nearest')}", style="bold"))
        print_hits(console, answer.hits[:3])


def source_line(source: Source) -> str:
    """Title, publisher, kind, date, pages and section of a source, as far as they are known."""
    document, headings = source.stored.document, source.stored.passage.headings
    section = f"“{headings[-1]}”" if headings else None
    return _joined(document.title, *origin(document), *page_labels(document, source.quotes), section)


def _said(statement: Statement) -> str:
    """What a statement says, the items of a list with a bullet."""
    return "\n\n".join(paragraph.plain for paragraph in paragraphs_of(statement.text))


def print_hits(console: Console, hits: Iterable[Hit]) -> None:
    """Passages, each with where it stands and how it begins."""
    for number, hit in enumerate(hits, 1):
        passage, document = hit.passage, hit.document
        place = page_label(document, Span(passage.start, passage.end))
        line = _joined(document.title, *origin(document), place, " › ".join(passage.headings))
        console.print(Text(f"{number:3d}. ", style="bold cyan") + Text(line))
        text = " ".join(passage.text.split())
        excerpt = text if len(text) <= _EXCERPT_CHARS else text[:_EXCERPT_CHARS].rsplit(" ", 1)[0] + " …"
        console.print(Padding(Text(excerpt, style="dim"), (0, 0, 1, 5), expand=False))


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
