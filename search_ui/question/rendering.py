"""The page's own words and the answer as HTML: what is said, and what to do when nothing is."""

from __future__ import annotations

import re

from kb.expansion import also_sought
from kb.labels import document_language, origin
from kb.sources import Source, differing_of, numbers_of, sources_of
from kb.types import Answer, Filters, Notice, Statement, Status
from kb.wording import say
from search_ui.markup import element, joined, text, ui_count, ui_text

_ALL = Filters()
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^[-*•–▪◦]\s+")
_NUMBER = re.compile(r"^\(?\w{1,3}[.)]\s")


def render_answer(answer: Answer, *, language: str, filters: Filters = _ALL, address: str = "") -> str:
    """The answer itself: its status in words, and its statements with numbered citation marks.

    ``filters`` are those it was sought with; ``address`` is the query of a link that asks the same again, which
    the page's script shows.
    """
    sources = sources_of(answer)
    return element(
        "section",
        element("h2", ui_text(f"heading.{answer.status}", language)),
        element("p", ui_text(f"status.{answer.status}", language), class_="status"),
        *_statements(answer, sources, language=language),
        *(_warning(warning, language=language) for warning in answer.warnings),
        _filter_line(filters, language=language),
        _other_words_line(answer, language=language),
        _next_steps(answer.status, filters, language=language),
        class_=f"answer {answer.status.replace('_', '-')}",
        data_address=address,
        data_announce=_announcement(answer, sources, language=language),
    )


def render_scope(documents: int, *, language: str) -> str:
    """In how many documents is sought; nothing where there are none."""
    return element("p", text(ui_count("scope", documents, language=language))) if documents else ""


def render_problem(message: str) -> str:
    """One line about a question that could not be put, such as an empty one."""
    return element("p", text(message), class_="problem", data_announce=message)


def render_no_documents(*, language: str) -> str:
    """What to do when there is nothing to search yet."""
    return element(
        "section",
        element("h2", ui_text("no_documents.heading", language)),
        element("p", ui_text("no_documents.text", language)),
        element("pre", element("code", ui_text("no_documents.command", language))),
        element("p", ui_text("no_documents.after", language)),
        class_="answer",
    )


def _announcement(answer: Answer, sources: tuple[Source, ...], *, language: str) -> str:
    heading = say(f"ui.heading.{answer.status}", language=language)
    counted = f" {ui_count('sources', len(sources), language=language)}." if sources else ""
    return f"{heading}.{counted}"


def _filter_line(filters: Filters, *, language: str) -> str:
    """With which filters was sought, if any: they may hide the answer."""
    years = (("from_year", filters.first_year), ("to_year", filters.last_year))
    limits = (say(f"ui.filter.{key}", language=language, year=year) for key, year in years if year)
    chosen = "; ".join((*filters.kinds, *filters.publishers, *limits))
    return element("p", ui_text("filter.searched", language, filters=chosen), class_="searched") if chosen else ""


def _other_words_line(answer: Answer, *, language: str) -> str:
    """What was looked for beside the question's own words, if anything."""
    also = ", ".join(also_sought(answer.expansions))
    return element("p", ui_text("also_sought", language, words=also), class_="searched") if also else ""


def _next_steps(status: Status, filters: Filters, *, language: str) -> str:
    """What a reader can do when the answer is not whole."""
    if status is Status.FOUND:
        return ""
    steps = ("words", "documents") if filters.is_empty else ("words", "filters", "documents")
    items = (element("li", ui_text(f"next.{step}", language)) for step in steps)
    return element("p", ui_text("next.heading", language)) + element("ul", *items, class_="next")


def _warning(warning: Notice, *, language: str) -> str:
    message = say(f"warnings.{warning.key}", language=language, **dict(warning.values))
    return element("p", element("strong", ui_text("mind", language)), " ", text(message), class_="warning")


def _statements(answer: Answer, sources: tuple[Source, ...], *, language: str) -> list[str]:
    """The statements; those that differ side by side, each under its document, issuer and date."""
    differing = differing_of(answer)
    others = [_statement(one, sources, language=language) for one in answer.statements if one not in differing]
    if not differing:
        return others
    positions = (_position(one, sources, language=language) for one in differing)
    return [element("ul", *positions, class_="positions"), *others]


def _position(statement: Statement, sources: tuple[Source, ...], *, language: str) -> str:
    document = statement.citations[0].document
    title = element("cite", text(document.title), lang=document_language(document, language=language))
    said_by = element("p", title, joined(("", *origin(document, language=language))), class_="said-by")
    return element("li", said_by, _statement(statement, sources, language=language), class_="position")


def _statement(statement: Statement, sources: tuple[Source, ...], *, language: str) -> str:
    marks = "".join(_citation_mark(number, language=language) for number in numbers_of(statement, sources))
    spoken = document_language(statement.citations[0].document, language=language)
    return element("div", *_blocks(statement.text, marks), class_="statement", lang=spoken)


def _citation_mark(number: int, *, language: str) -> str:
    label = say("ui.citation", language=language, number=number)
    return " " + element("a", f"[{number}]", class_="citation", href=f"#bron-{number}", aria_label=label)


def _blocks(words: str, marks: str) -> list[str]:
    """The paragraphs of a statement, those of several lines as lists, the citation marks after the last word."""
    paragraphs = [lines for paragraph in _PARAGRAPH_END.split(words) if (lines := _lines(paragraph))]
    last = len(paragraphs) - 1
    return [_block(lines, marks if position == last else "") for position, lines in enumerate(paragraphs)]


def _lines(paragraph: str) -> list[str]:
    return [line.strip() for line in paragraph.splitlines() if line.strip()]


def _block(lines: list[str], marks: str) -> str:
    """A paragraph, or a list where there are more lines: list items and table rows stand on lines of their own."""
    endings = ["" for _ in lines[1:]] + [marks]
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        return element("p", text(lines[0]), marks)
    items = (element("li", text(_BULLET.sub("", line)), ending) for line, ending in zip(lines, endings, strict=True))
    return element("ul", *items, class_="numbered" if _NUMBER.match(lines[0]) else None)
