"""The page's own words and the answer as HTML: what is said, and what to do when nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.expansion import also_sought
from kb.labels import document_language, origin
from kb.paragraphs import Paragraph, paragraphs_of
from kb.sources import Source, differing_of, numbers_made_of, numbers_of, sources_of
from kb.stages import Stage
from kb.types import Answer, Notice, Statement, Status
from kb.wording import say
from kb.workings import words_nowhere
from search_ui.accounts.visitor import offers_changes
from search_ui.library.addresses import Leaf, library_address
from search_ui.markup import element, joined, sentence, text, ui_count, ui_text
from search_ui.question.buttons import ask_button
from search_ui.question.filters import filters_in_words, titles_in
from search_ui.question.request import Request
from search_ui.question.tables import RowLevel, header_lines, no_rows, paragraph_table
from search_ui.take_away.bar import render_bar

# Warnings that stand before the answer.
UNDERSTOOD, DIFFERING = "understood", "differing"

_NOTHING = Request()


def render_answer(answer: Answer, request: Request = _NOTHING, *, language: str, row_level: RowLevel = no_rows) -> str:
    """The answer itself: its status in words, and its statements with numbered citation marks.

    ``request`` is what it was sought with, for the buttons that seek otherwise; ``row_level`` tells which rows of the
    tables that are quoted are headers.
    """
    sources = sources_of(answer)
    return element(
        "section",
        element("h2", ui_text(f"heading.{answer.status}", language), tabindex=-1),
        _understood(answer, language=language),
        element("p", ui_text(f"status.{answer.status}", language), class_="status"),
        _differing(answer, language=language),
        *_statements(answer, sources, row_level, language=language),
        _warnings(answer, language=language),
        _other_words(answer, request, language=language),
        _next_steps(answer, request, language=language),
        render_bar(answer, request, language=language),
        class_=f"answer {answer.status.replace('_', '-')}",
        data_announce=_announcement(answer, sources, language=language),
    )


def render_stage(stage: Stage, *, language: str) -> str:
    """What is being done, for whoever waits."""
    return element("p", ui_text(f"stage.{stage}", language), class_="stage")


def render_answered(query: str, number: int, *, words: str) -> str:
    """A mark for the page's script that what is shown answers this query; its number is new each time, and ``words``
    are what a reader is shown of it later.
    """
    return element("span", hidden="", data_answered=query, data_number=number, data_words=words)


def render_problem(message: str) -> str:
    """One line about a question that could not be put, such as an empty one."""
    line = sentence(message)
    return element("p", text(line), class_="problem", data_announce=line)


def _announcement(answer: Answer, sources: tuple[Source, ...], *, language: str) -> str:
    heading = say(f"ui.heading.{answer.status}", language=language)
    counted = f" {ui_count('sources', len(sources), language=language)}." if sources else ""
    return f"{heading}.{counted}"


def _understood(answer: Answer, *, language: str) -> str:
    """Which part of a letter was taken as its question: to be read before the answer."""
    told = (one for one in answer.warnings if one.key == UNDERSTOOD)
    return "".join(element("p", text(notice_text(one, language=language)), class_="understood") for one in told)


def _differing(answer: Answer, *, language: str) -> str:
    """That the sources differ: to be read before any of their answers."""
    return _note([notice_text(one, language=language) for one in answer.warnings if one.key == DIFFERING], language)


def _warnings(answer: Answer, *, language: str) -> str:
    """What else to know before the answer is used."""
    told = (one for one in answer.warnings if one.key not in (UNDERSTOOD, DIFFERING))
    unknown = [f"“{word}”" for word in words_nowhere(answer)] if answer.status is not Status.FOUND else []
    nowhere = [say("ui.nowhere", language=language, words=", ".join(unknown))] if unknown else []
    return _note([*(notice_text(one, language=language) for one in told), *nowhere], language)


def _note(told: Sequence[str], language: str) -> str:
    if not told:
        return ""
    items = (element("li", text(one)) for one in told)
    return element("div", element("h3", ui_text("mind", language)), element("ul", *items), class_="note warning")


def notice_text(notice: Notice, *, language: str) -> str:
    """What a warning says."""
    return say(f"warnings.{notice.key}", language=language, **dict(notice.values))


def _other_words(answer: Answer, request: Request, *, language: str) -> str:
    """What was looked for beside the question's own words, and a button to do without, or to have it again."""
    also = ", ".join(also_sought(answer.expansions))
    if not also and not request.literal:
        return ""
    key = "literal" if request.literal else "expanded"
    other = replace(request, literal=not request.literal)
    return element(
        "div",
        element("p", ui_text(f"other_words.{key}", language, words=also)),
        ask_button(ui_text(f"other_words.not_{key}", language), other, looks="button quiet"),
        class_="searched",
    )


def _next_steps(answer: Answer, request: Request, *, language: str) -> str:
    """What a reader can do when the answer is not whole."""
    if answer.status is Status.FOUND:
        return ""
    filters = filters_in_words(request.filters, titles_in(answer), language=language)
    steps = [ui_text("next.words", language), _more_documents(language)]
    if filters:
        clear = ask_button(ui_text("filter.clear", language), request.unfiltered())
        steps.insert(0, ui_text("next.filters", language, filters=filters) + " " + clear)
    items = (element("li", step) for step in steps)
    return element("h3", ui_text("next.heading", language)) + element("ul", *items, class_="next")


def _more_documents(language: str) -> str:
    """To add the document that is missing, for who may; who to ask for everybody else."""
    if not offers_changes():
        return ui_text("next.ask_documents", language)
    return element("a", ui_text("next.documents", language), href=library_address(Leaf.ADD, language))


def _statements(answer: Answer, sources: tuple[Source, ...], row_level: RowLevel, *, language: str) -> list[str]:
    """The statements; those that differ side by side, each under its document, issuer and date."""
    differing = differing_of(answer)
    others = [
        _statement(one, sources, row_level, language=language) for one in answer.statements if one not in differing
    ]
    if not differing:
        return others
    positions = (_position(one, sources, row_level, language=language) for one in differing)
    return [element("ul", *positions, class_="positions"), *others]


def _position(statement: Statement, sources: tuple[Source, ...], row_level: RowLevel, *, language: str) -> str:
    document = statement.citations[0].document
    title = element("cite", text(document.title), lang=document_language(document, language=language))
    said_by = element("p", title, joined(("", *origin(document, language=language))), class_="said-by")
    return element("li", said_by, _statement(statement, sources, row_level, language=language), class_="position")


def _statement(statement: Statement, sources: tuple[Source, ...], row_level: RowLevel, *, language: str) -> str:
    spoken = document_language(statement.citations[0].document, language=language)
    marks = _citation_marks(statement, sources, language=language)
    headers = header_lines(statement, row_level)
    blocks = _blocks(statement.text, marks, headers, language=language)
    return element("div", *blocks, class_="statement", lang=spoken)


def _citation_marks(statement: Statement, sources: tuple[Source, ...], *, language: str) -> str:
    """The numbers of what a statement is made of, then of the documents that say the same: "[1] (ook in [2])"."""
    own = numbers_made_of(statement, sources)
    also = [number for number in numbers_of(statement, sources) if number not in own]
    marks = "".join(_citation_mark(number, language=language) for number in own)
    if not also:
        return marks
    same = "".join(_citation_mark(number, language=language) for number in also)
    return marks + " " + element("span", ui_text("also_in", language), same, class_="also", lang=language)


def _citation_mark(number: int, *, language: str) -> str:
    label = say("ui.citation", language=language, number=number)
    return " " + element("a", f"[{number}]", class_="citation", href=f"#bron-{number}", aria_label=label)


def _blocks(words: str, marks: str, headers: frozenset[str], *, language: str) -> list[str]:
    """The paragraphs, lists and tables of a statement, the citation marks after the last word."""
    *earlier, last = paragraphs_of(words)
    return [
        *(_block(one, "", headers, language=language) for one in earlier),
        _block(last, marks, headers, language=language),
    ]


def _block(paragraph: Paragraph, marks: str, headers: frozenset[str], *, language: str) -> str:
    if paragraph.rows:
        return paragraph_table(paragraph, headers, language=language) + (element("p", marks) if marks else "")
    lines = [text(line) for line in paragraph.lines]
    lines[-1] += marks
    if not paragraph.is_list:
        return element("p", *lines)
    return element("ul", *(element("li", line) for line in lines), class_="numbered" if paragraph.numbered else None)
