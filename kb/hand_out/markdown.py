"""A hand-out as Markdown. What stands in documents is escaped: it reads as it reads there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.hand_out.making import asked_line, section_line
from kb.hand_out.types import HandOut, HandOutAnswer, HandOutStatement
from kb.paragraphs import Paragraph
from kb.references import Reference
from kb.wording import say

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|~$#])")
_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")  # what would begin a list, or make a heading of the line above


def markdown(hand_out: HandOut) -> str:
    """The whole, with headings, ending in a line end."""
    level = "##" if hand_out.is_dossier else "#"
    parts = [f"# {escaped(hand_out.title)}", escaped(asked_line(hand_out))]
    for answer in hand_out.answers:
        parts += [f"{level} {escaped(answer.heading)}"] if hand_out.is_dossier else []
        parts += _answer(answer, language=hand_out.language)
    if hand_out.sources:
        parts.append(f"## {escaped(say('answer.sources', language=hand_out.language))}")
        parts.append("\n".join(_sources(hand_out)))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """One line of text that Markdown shows as it is."""
    return _AT_START.sub(r"\1\\", _inline(text))


def _inline(text: str) -> str:
    """The same for a piece within a line."""
    return _SPECIAL.sub(r"\\\1", text)


def _answer(answer: HandOutAnswer, *, language: str) -> Iterator[str]:
    if answer.heading != answer.question:
        yield escaped(answer.question)
    yield escaped(answer.verdict)
    for statement in answer.statements:
        yield from _statement(statement)
    yield from (f"**{say('hand_out.mind', language=language)}** {escaped(warning)}" for warning in answer.warnings)
    yield from (escaped(note) for note in answer.notes)


def _statement(statement: HandOutStatement) -> Iterator[str]:
    if statement.said_by:
        yield _reference(statement.said_by)
    *earlier, last = statement.paragraphs
    yield from (_paragraph(paragraph) for paragraph in earlier)
    marks = "".join(rf" \[{number}\]" for number in statement.numbers)
    if last.rows:  # what stands behind the last row would be a cell of it
        yield _paragraph(last)
        yield marks.strip()
    else:
        yield _paragraph(last) + marks


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.rows:
        return _table(paragraph.rows)
    if paragraph.numbered:
        return "\\\n".join(escaped(line) for line in paragraph.lines)  # each with the number that its document gave it
    bullet = "- " if paragraph.is_list else ""
    return "\n".join(bullet + escaped(line) for line in paragraph.lines)


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table below an empty header: nothing says whether the first row names the columns."""
    columns = len(rows[0])
    lines = ([""] * columns, ["---"] * columns, *([escaped(cell) for cell in row] for row in rows))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _sources(hand_out: HandOut) -> Iterator[str]:
    for source in hand_out.sources:
        section = _inline(section_line(source, language=hand_out.language))
        yield f"{source.number}. {_reference(source.reference)}{section}"


def _reference(reference: Reference) -> str:
    first, *rest = reference.parts
    begin = f"*{escaped(first.text)}*" if first.italic else escaped(first.text)
    return begin + "".join(f"*{_inline(part.text)}*" if part.italic else _inline(part.text) for part in rest)
