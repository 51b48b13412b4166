"""An answer as HTML: what is said, where it stands, and what to do when it stands nowhere."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from ingest.types import Span
from kb.labels import origin, page_labels
from kb.sources import Source, numbers_of, sources_of
from kb.types import Answer, Context, DocumentCard, Filters, Hit, Notice, Statement, Status, StoredPassage
from kb.wording import LANGUAGES, say
from search_ui.excerpts import excerpt, in_context, opening, to_html
from search_ui.languages import page_of
from search_ui.markup import element, hidden, joined, text

EXCERPT_MARGIN = 160  # characters around the quotes on a card: a sentence or two
NEAREST_SHOWN = 3
NEAREST_LENGTH = 280

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
        element("h2", _say(f"heading.{answer.status}", language)),
        element("p", _say(f"status.{answer.status}", language), class_="status"),
        *(_statement(statement, sources, language=language) for statement in answer.statements),
        *(_warning(warning, language=language) for warning in answer.warnings),
        _filter_line(filters, language=language),
        _next_steps(answer.status, filters, language=language),
        class_=f"answer {answer.status.replace('_', '-')}",
        data_address=address,
        data_announce=_announcement(answer, sources, language=language),
    )


def render_sources(answer: Answer, *, language: str) -> str:
    """The cited passages as cards; where nothing is cited, the nearest passages, marked as no answer."""
    if answer.status is Status.NOT_FOUND:
        return _nearest(answer.hits[:NEAREST_SHOWN], language=language)
    sources = sources_of(answer)
    if not sources:
        return ""
    cards = (_source_card(source, language=language) for source in sources)
    return element(
        "section",
        element("h2", text(_count("sources", len(sources), language=language))),
        element("ol", *cards, class_="sources"),
    )


def render_masthead(*, language: str) -> str:
    """The top of the page: what it is, and the way to the other language."""
    other = next(code for code in LANGUAGES if code != language)
    switch = element("a", _say("other_language", language), href=page_of(other), lang=other, hreflang=other)
    return element(
        "header",
        element("div", element("h1", _say("title", language)), element("p", _say("tagline", language))),
        element("nav", switch, aria_label=say("ui.language", language=language)),
        class_="masthead",
    )


def render_scope(documents: int, *, language: str) -> str:
    """In how many documents is sought; nothing where there are none."""
    return element("p", text(_count("scope", documents, language=language))) if documents else ""


def render_problem(message: str) -> str:
    """One line about a question that could not be put, such as an empty one."""
    return element("p", text(message), class_="problem", data_announce=message)


def render_no_documents(*, language: str) -> str:
    """What to do when there is nothing to search yet."""
    return element(
        "section",
        element("h2", _say("no_documents.heading", language)),
        element("p", _say("no_documents.text", language)),
        element("pre", element("code", _say("no_documents.command", language))),
        element("p", _say("no_documents.after", language)),
        class_="answer",
    )


def source_address(stored: StoredPassage, quotes: tuple[Span, ...], *, language: str) -> str:
    """Where the passage can be read in its text, with its quotes marked."""
    query = [(name, value) for quote in quotes for name, value in (("start", quote.start), ("end", quote.end))]
    return f"/bron/{stored.key}?{urlencode([*query, ('taal', language)])}"


def document_language(document: DocumentCard, *, language: str) -> str | None:
    """The language of a document where it is known and not that of the page."""
    spoken = document.info.language
    return spoken if spoken != language else None


def _say(key: str, language: str, **values: object) -> str:
    return text(say(f"ui.{key}", language=language, **values))


def _count(key: str, number: int, *, language: str) -> str:
    form = "one" if number == 1 else "many"
    return say(f"ui.{key}.{form}", language=language, number=number)


def _announcement(answer: Answer, sources: tuple[Source, ...], *, language: str) -> str:
    heading = say(f"ui.heading.{answer.status}", language=language)
    counted = f" {_count('sources', len(sources), language=language)}." if sources else ""
    return f"{heading}.{counted}"


def _filter_line(filters: Filters, *, language: str) -> str:
    """With which filters was sought, if any: they may hide the answer."""
    years = (("from_year", filters.first_year), ("to_year", filters.last_year))
    limits = (say(f"ui.filter.{key}", language=language, year=year) for key, year in years if year)
    chosen = "; ".join((*filters.kinds, *filters.publishers, *limits))
    return element("p", _say("filter.searched", language, filters=chosen), class_="searched") if chosen else ""


def _next_steps(status: Status, filters: Filters, *, language: str) -> str:
    """What a reader can do when the answer is not whole."""
    if status is Status.FOUND:
        return ""
    steps = ("words", "documents") if filters.is_empty else ("words", "filters", "documents")
    items = (element("li", _say(f"next.{step}", language)) for step in steps)
    return element("p", _say("next.heading", language)) + element("ul", *items, class_="next")


def _warning(warning: Notice, *, language: str) -> str:
    message = say(f"warnings.{warning.key}", language=language, **dict(warning.values))
    return element("p", element("strong", _say("mind", language)), " ", text(message), class_="warning")


def _statement(statement: Statement, sources: tuple[Source, ...], *, language: str) -> str:
    marks = "".join(_citation_mark(number, language=language) for number in numbers_of(statement, sources))
    spoken = document_language(statement.citations[0].document, language=language)
    return element("div", *_blocks(statement.text, marks), class_="statement", lang=spoken)


def _citation_mark(number: int, *, language: str) -> str:
    label = say("ui.citation", language=language, number=number)
    return " " + element("a", f"[{number}]", class_="citation", href=f"#bron-{number}", aria_label=label)


def _blocks(words: str, marks: str) -> list[str]:
    """The paragraphs of a statement, those of several lines as lists, the citation marks after the last word."""
    paragraphs = [_lines(paragraph) for paragraph in _PARAGRAPH_END.split(words.strip())]
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


def _source_card(source: Source, *, language: str) -> str:
    whole = in_context(_alone(source.stored), source.quotes)
    shown = to_html(excerpt(whole, margin=EXCERPT_MARGIN), within=Span(whole.start, whole.end))
    return element(
        "li",
        _card_heading(source.stored.document, language=language, number=source.number),
        _provenance(source.stored, source.quotes, language=language),
        _quotation(source.stored.document, shown, language=language),
        _show_link(source.stored, source.quotes, language=language),
        id=f"bron-{source.number}",
        class_="source",
        tabindex=-1,
    )


def _alone(stored: StoredPassage) -> Context:
    """A passage without the text around it: all of one section, so a card never runs into the next."""
    return Context(stored, before="", after="")


def _card_heading(document: DocumentCard, *, language: str, number: int | None = None) -> str:
    title = element("cite", text(document.title), lang=document_language(document, language=language))
    if number is None:
        return element("h3", title)
    badge = element("span", hidden(say("ui.source", language=language) + " "), str(number), class_="number")
    return element("h3", badge, title)


def _provenance(stored: StoredPassage, spans: tuple[Span, ...], *, language: str) -> str:
    """Publisher, kind, date, page and section on one line; a second one where a newer version has come."""
    pages = page_labels(stored.document, spans, language=language)
    section = [f"“{heading}”" for heading in stored.passage.headings[-1:]]
    line = joined((*origin(stored.document, language=language), *pages, *section))
    replaced = element("p", _say("replaced", language), class_="warning") if stored.document.replaced else ""
    return element("p", line, class_="provenance") + replaced


def _quotation(document: DocumentCard, shown: str, *, language: str) -> str:
    return element(
        "blockquote", element("p", shown), lang=document_language(document, language=language), class_="verbatim"
    )


def _show_link(stored: StoredPassage, quotes: tuple[Span, ...], *, language: str) -> str:
    title = hidden(f" ({stored.document.title})")
    address = source_address(stored, quotes, language=language)
    link = element(
        "a", _say("show", language), title, href=address, class_="show", aria_haspopup="dialog", data_source=""
    )
    return element("p", link, class_="actions")


def _nearest(hits: tuple[Hit, ...], *, language: str) -> str:
    if not hits:
        return ""
    return element(
        "section",
        element("h2", _say("nearest.heading", language)),
        element("p", _say("nearest.text", language), class_="status"),
        element("ul", *(_nearest_card(hit, language=language) for hit in hits), class_="sources nearest"),
    )


def _nearest_card(hit: Hit, *, language: str) -> str:
    whole = in_context(_alone(hit.stored), ())
    shown = to_html(opening(whole, length=NEAREST_LENGTH), within=Span(whole.start, whole.end))
    passage = Span(hit.passage.start, hit.passage.end)
    return element(
        "li",
        _card_heading(hit.document, language=language),
        _provenance(hit.stored, (passage,), language=language),
        _quotation(hit.document, shown, language=language),
        _show_link(hit.stored, (), language=language),
        class_="source",
    )
