"""Why an answer is as it is, in a terminal: how sure it is, what was found and why, in points that add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ingest.types import Span
from kb.expansion import Expansion
from kb.explaining import (
    Contribution,
    Explanation,
    PassageExplained,
    StatusExplained,
    StretchExplained,
    points,
    words_told,
)
from kb.labels import page_label
from kb.proof import Dropped
from kb.silence import FOUND_FROM, NOT_FOUND_BELOW
from kb.wording import say

TOLD_IN_FULL = 3  # passages of which the words and the best sentence are told, beside those that are quoted
EXCERPT_CHARS = 200
WIDTH_OF_POINTS = 72  # of the numbers of a passage and what stands above them


def print_explanation(console: Console, explanation: Explanation) -> None:
    """What settled the status; the passages side by side, then those that matter one by one; other words; what was
    left out.
    """
    console.print(Text(f"\n{say('explain.heading')}", style="bold"))
    console.print(_status_line(explanation.status))
    if explanation.status.contributions:
        console.print(Text(f"\n{say('explain.signals')}"))
        console.print(_indented(_signals(explanation.status.contributions)))
    if explanation.passages:
        console.print(Text(f"\n{say('explain.question')}", style="bold"))
        console.print(_indented(_passages(explanation.passages, room=console.width - WIDTH_OF_POINTS)))
        console.print(Text(f"{say('explain.cited')}\n{say('explain.legend')}", style="dim"))
        console.print(_indented(_legend("passage", explanation.passages[0].contributions)))
    for place, passage in enumerate(explanation.passages, 1):
        if passage.cited or place <= TOLD_IN_FULL:
            _print_passage(console, place, passage)
    _print_lines(console, "words", _other_words(explanation.expansions))
    _print_lines(console, "dropped", map(_dropped_line, explanation.dropped))


def _status_line(status: StatusExplained) -> str:
    enough, least, sure = (round(100 * share) for share in (FOUND_FROM, NOT_FOUND_BELOW, status.sureness or 0.0))
    return say(f"explain.because.{status.because}", percent=sure, enough=enough, least=least)


def _signals(contributions: Sequence[Contribution]) -> Table:
    table = _table("part", "amount", "counts")
    table.add_column("")
    for one in contributions:
        means = Text(say(f"explain.signal.{one.key}.means"), style="dim")
        table.add_row(say(f"explain.signal.{one.key}.name"), f"{one.value:.2f}", _signed(one.amount), means)
    table.add_section()
    table.add_row(Text(say("explain.total"), style="bold"), "", _signed(sum(one.amount for one in contributions)), "")
    return table


def _signed(amount: float) -> str:
    return f"{amount + 0.0:+.2f}"  # + 0.0, since nothing times a negative weight is -0.0


def _passages(passages: Sequence[PassageExplained], *, room: int) -> Table:
    """A line for each passage: its place, its points part by part, and where it stands, in ``room`` characters."""
    table = _table("place", "points")
    table.padding = (0, 1, 0, 0)  # close together, to fit on a narrow terminal
    for one in passages[0].contributions:
        table.add_column(say(f"explain.passage.{one.key}.name"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column(say("explain.where"), no_wrap=True, overflow="ellipsis", max_width=room)
    for place, passage in enumerate(passages, 1):
        parts = points(passage.contributions)
        mark = Text("●", style="bold cyan") if passage.cited else ""
        table.add_row(str(place), str(sum(parts)), *map(str, parts), mark, _where(passage))
    return table


def _where(passage: PassageExplained) -> str:
    stored = passage.stored
    page = page_label(stored.document, Span(stored.passage.start, stored.passage.end))
    section = f"“{stored.passage.headings[-1]}”" if stored.passage.headings else None
    return ", ".join(part for part in (stored.document.title, page, section) if part)


def _print_passage(console: Console, place: int, passage: PassageExplained) -> None:
    """Which words a passage holds, and how its best sentence answers."""
    console.print(Text(f"\n{place}. ", style="bold cyan") + Text(_where(passage), style="bold"))
    for line in words_told(passage.words):
        console.print(_indented(Text(line)))
    if passage.stretch:
        _print_stretch(console, passage.stretch)


def _print_stretch(console: Console, stretch: StretchExplained) -> None:
    quote = " ".join(stretch.quote.split())
    excerpt = quote if len(quote) <= EXCERPT_CHARS else quote[:EXCERPT_CHARS].rsplit(" ", 1)[0] + " …"
    console.print(_indented(Text(say("explain.best", quote=excerpt))))
    parts = points(stretch.contributions)
    console.print(_indented(Text(say("explain.best_points", points=sum(parts)))))
    table = Table(box=None, pad_edge=False, show_header=False)
    for one, number in zip(stretch.contributions, parts, strict=True):
        if number:
            key = f"explain.stretch.{one.key}"
            table.add_row(say(f"{key}.name"), f"{number:+d}", Text(say(f"{key}.means"), style="dim"))
    table.columns[1].justify = "right"
    console.print(_indented(table))


def _legend(kind: str, contributions: Iterable[Contribution]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, style="dim")
    for one in contributions:
        table.add_row(say(f"explain.{kind}.{one.key}.name"), say(f"explain.{kind}.{one.key}.means"))
    return table


def _other_words(expansions: Sequence[Expansion]) -> Iterator[str]:
    """For each word of the question what else was looked for, and where that comes from."""
    for word in dict.fromkeys(one.word for one in expansions):
        others = dict.fromkeys(_other_word(one) for one in expansions if one.word == word)
        yield say("explain.for_word", word=word, others=", ".join(others))


def _other_word(expansion: Expansion) -> str:
    kind = say(f"explain.kind.{expansion.kind}")
    return say("explain.other", label=expansion.label, kind=kind, percent=round(100 * expansion.share))


def _dropped_line(dropped: Dropped) -> str:
    return f"“{' '.join(dropped.statement.text.split())}”: {say(f'explain.objection.{dropped.objection}')}"


def _print_lines(console: Console, key: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told:
        console.print(Text(f"\n{say(f'explain.{key}')}", style="bold"))
        for line in told:
            console.print(_indented(Text(line)))


def _table(first: str, *numbers: str) -> Table:
    """A table without lines that begins with a name and numbers."""
    table = Table(box=None, pad_edge=False)
    table.add_column(say(f"explain.{first}"), no_wrap=True)
    for name in numbers:
        table.add_column(say(f"explain.{name}"), justify="right", no_wrap=True)
    return table


def _indented(shown: Text | Table) -> Padding:
    return Padding(shown, (0, 0, 0, 2), expand=False)
