"""A hand-out as HTML for the clipboard: plain elements that a mail or a text processor keeps, no classes."""

from __future__ import annotations

from collections.abc import Iterator

from kb.hand_out.making import asked_line, section_line
from kb.hand_out.types import HandOut, HandOutAnswer, HandOutStatement, ListedSource
from kb.paragraphs import Paragraph
from kb.references import bracketed
from kb.wording import say
from search_ui.markup import element, text


def rich_text(hand_out: HandOut) -> str:
    """The whole, with one list of sources."""
    language = hand_out.language
    pieces = [piece for answer in hand_out.answers for piece in _answer(answer, language=language)]
    if hand_out.sources:
        pieces.append(_bold_line(say("answer.sources", language=language)))
        pieces.append(element("ol", *(_source(source, language=language) for source in hand_out.sources)))
    return element("div", *pieces, element("p", text(asked_line(hand_out))), lang=language)


def rich_quote(statement: HandOutStatement, hand_out: HandOut) -> str:
    """A statement alone, as a quote: its references between brackets behind it, and in full below."""
    sources = hand_out.sources_of(statement)
    marks = ("“", "”") if statement.is_sentence else ("", "")
    said = _said(statement, before=marks[0], behind=f"{marks[1]} {bracketed(one.named for one in sources).html}")
    listed = dict.fromkeys(element("p", source.reference.html) for source in sources)
    return element("div", *said, *listed, lang=hand_out.language)


def _answer(answer: HandOutAnswer, *, language: str) -> Iterator[str]:
    yield _bold_line(answer.question)
    yield element("p", text(answer.verdict))
    for statement in answer.statements:
        if statement.said_by:
            yield element("p", statement.said_by.html)
        yield from _said(statement, behind="".join(f" [{number}]" for number in statement.numbers))
    for warning in answer.warnings:
        yield element("p", element("strong", text(say("hand_out.mind", language=language))), " ", text(warning))
    yield from (element("p", text(note)) for note in answer.notes)


def _said(statement: HandOutStatement, *, before: str = "", behind: str) -> Iterator[str]:
    """The paragraphs of a statement, with HTML before the first word and behind the last."""
    last = len(statement.paragraphs) - 1
    for place, paragraph in enumerate(statement.paragraphs):
        if paragraph.rows:
            yield _table(paragraph, behind if place == last else "", spoken=statement.language)
            continue
        lines = [text(line) for line in paragraph.lines]
        lines[0] = before + lines[0] if place == 0 else lines[0]
        lines[-1] = lines[-1] + behind if place == last else lines[-1]
        yield _block(paragraph, lines, spoken=statement.language)


def _table(paragraph: Paragraph, behind: str, *, spoken: str | None) -> str:
    """The rows, with lines between them: a mail keeps these and no style of ours."""
    rows = (element("tr", *(element("td", text(cell)) for cell in row)) for row in paragraph.rows)
    return element("table", *rows, border=1, lang=spoken) + (element("p", behind.strip()) if behind.strip() else "")


def _block(paragraph: Paragraph, lines: list[str], *, spoken: str | None) -> str:
    if paragraph.is_list and not paragraph.numbered:
        return element("ul", *(element("li", line) for line in lines), lang=spoken)
    return element("p", "<br>".join(lines), lang=spoken)


def _source(source: ListedSource, *, language: str) -> str:
    return element("li", source.reference.html, text(section_line(source, language=language)))


def _bold_line(words: str) -> str:
    return element("p", element("strong", text(words)))
