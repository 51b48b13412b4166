"""From answers to a hand-out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import shorten

from ingest.types import Span
from kb.expansion import also_sought
from kb.hand_out.types import (
    Asked,
    CitedDocument,
    HandOut,
    HandOutAnswer,
    HandOutStatement,
    ListedSource,
)
from kb.labels import filter_label, long_date
from kb.paragraphs import paragraphs_of
from kb.references import apa, named, one_line
from kb.sources import Source, differing_of, numbers_of, sources_of_statements
from kb.types import DocumentCard, Notice, Statement
from kb.wording import default_language, say

HEADING_CHARS = 160  # a whole mail is no heading
UNDERSTOOD = "understood"  # the notice that says what was read in a question: no warning


def hand_out_of(asked: Sequence[Asked], *, asked_on: date, language: str | None = None) -> HandOut:
    """The hand-out of one answer or several; a passage that several cite has one number."""
    language = language or default_language()
    sources = sources_of_statements([one for each in asked for one in each.answer.statements])
    answers = tuple(_answer(each, sources, language=language) for each in asked)
    title = answers[0].heading if len(answers) == 1 else say("hand_out.dossier", language=language)
    return HandOut(
        title=title,
        asked_on=asked_on,
        language=language,
        answers=answers,
        sources=tuple(_listed(source, language=language) for source in sources),
        documents=_documents(sources, language=language),
    )


def asked_line(hand_out: HandOut) -> str:
    """When was asked, and where the words of the answer come from, if there are any."""
    day = long_date(hand_out.asked_on.isoformat(), language=hand_out.language)
    key = "asked" if hand_out.sources else "asked_nothing"
    return say(f"hand_out.{key}", language=hand_out.language, date=day)


def section_line(source: ListedSource, *, language: str) -> str:
    """Under which heading a source stands, with a space before it; empty where that is not known."""
    return f" {say('hand_out.section', language=language, section=source.section)}" if source.section else ""


def _answer(asked: Asked, sources: tuple[Source, ...], *, language: str) -> HandOutAnswer:
    answer = asked.answer
    question = one_line(answer.question)
    differing = differing_of(answer)
    statements = (_statement(one, sources, differs=one in differing, language=language) for one in answer.statements)
    read_in_it = [_notice_line(one, language=language) for one in answer.warnings if one.key == UNDERSTOOD]
    return HandOutAnswer(
        asked=asked,
        question=question,
        heading=shorten(question, HEADING_CHARS, placeholder=" …"),
        status=answer.status,
        verdict=say(f"hand_out.{answer.status}", language=language),
        statements=tuple(statements),
        warnings=tuple(_notice_line(one, language=language) for one in answer.warnings if one.key != UNDERSTOOD),
        notes=(*read_in_it, *_how_sought(asked, language=language)),
    )


def _statement(statement: Statement, sources: tuple[Source, ...], *, differs: bool, language: str) -> HandOutStatement:
    document = statement.citations[0].document
    return HandOutStatement(
        paragraphs=paragraphs_of(statement.text),
        numbers=numbers_of(statement, sources),
        said_by=apa(document, language=language) if differs else None,
        language=document.info.language,
    )


def _listed(source: Source, *, language: str) -> ListedSource:
    document = source.stored.document
    headings = [heading for heading in source.stored.passage.headings if heading != document.title]
    section = one_line(headings[-1]) if headings else None
    return ListedSource(
        number=source.number,
        reference=apa(document, source.quotes, language=language),
        named=named(document, source.quotes, language=language),
        section=section,
    )


def _documents(sources: tuple[Source, ...], *, language: str) -> tuple[CitedDocument, ...]:
    """The cited documents, each once, in the order of the alphabet as a list of references has it."""
    cards: dict[int, DocumentCard] = {}
    spans: dict[int, list[Span]] = {}
    for source in sources:
        document = source.stored.document
        cards[document.key] = document
        spans.setdefault(document.key, []).extend(source.quotes)
    ordered = sorted(cards.values(), key=lambda card: apa(card, language=language).plain.casefold())
    return tuple(CitedDocument(card, tuple(spans[card.key])) for card in ordered)


def _notice_line(notice: Notice, *, language: str) -> str:
    return one_line(say(f"warnings.{notice.key}", language=language, **dict(notice.values)))


def _how_sought(asked: Asked, *, language: str) -> tuple[str, ...]:
    words = one_line(", ".join(also_sought(asked.answer.expansions)))
    also = (f"{say('answer.also_sought', language=language, words=words)}.",) if words else ()
    literal = (say("hand_out.literal", language=language),) if asked.literal else ()
    return (*_filters_line(asked, language=language), *also, *literal)


def _filters_line(asked: Asked, *, language: str) -> tuple[str, ...]:
    """Within which documents was sought, if not in all: what is outside them was not looked at."""
    filters = asked.filters
    titles = {hit.document.id: hit.document.title for hit in asked.answer.hits}
    years = (("from_year", filters.first_year), ("to_year", filters.last_year))
    chosen = (
        *(
            filter_label(field, value, titles, language=language)
            for field in ("kinds", "publishers", "regions", "education_levels", "documents")
            for value in getattr(filters, field)
        ),
        *(say(f"hand_out.{key}", language=language, year=year) for key, year in years if year),
    )
    joined = one_line("; ".join(chosen))
    return (say("hand_out.filters", language=language, filters=joined),) if chosen else ()
