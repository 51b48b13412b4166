"""A hand-out as plain text, for a mail or a note."""

from __future__ import annotations

from collections.abc import Iterator

from kb.hand_out.making import asked_line, section_line
from kb.hand_out.types import HandOut, HandOutAnswer, HandOutStatement, ListedSource
from kb.references import bracketed
from kb.wording import say


def plain_text(hand_out: HandOut) -> str:
    """The whole, paragraphs apart by an empty line, ending in a line end."""
    parts = [hand_out.title] if hand_out.is_dossier else []
    for answer in hand_out.answers:
        parts += _answer(answer, language=hand_out.language)
    if hand_out.sources:
        lines = (source_line(source, language=hand_out.language) for source in hand_out.sources)
        parts.append("\n".join((say("answer.sources", language=hand_out.language), *lines)))
    parts.append(asked_line(hand_out))
    return "\n\n".join(parts) + "\n"


def statement_text(statement: HandOutStatement) -> str:
    """A statement with its numbers behind it."""
    marks = "".join(f" [{number}]" for number in statement.numbers)
    said_by = f"{statement.said_by.plain}\n" if statement.said_by else ""
    return said_by + "\n\n".join(one.plain for one in statement.paragraphs) + marks


def quoted(statement: HandOutStatement, hand_out: HandOut) -> str:
    """A statement alone, as a quote: its references between brackets behind it, and in full below."""
    sources = hand_out.sources_of(statement)
    said = "\n\n".join(one.plain for one in statement.paragraphs)
    said = f"“{said}”" if statement.is_sentence else said
    behind = bracketed(source.named for source in sources).plain
    return "\n\n".join((f"{said} {behind}", *dict.fromkeys(source.reference.plain for source in sources)))


def source_line(source: ListedSource, *, language: str) -> str:
    """A source of the list."""
    return f"[{source.number}] {source.reference.plain}{section_line(source, language=language)}"


def _answer(answer: HandOutAnswer, *, language: str) -> Iterator[str]:
    yield answer.question
    yield answer.verdict
    yield from (statement_text(statement) for statement in answer.statements)
    yield from (f"{say('hand_out.mind', language=language)} {warning}" for warning in answer.warnings)
    yield from answer.notes
