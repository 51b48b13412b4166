"""Answers as plain dictionaries: the contract that scripts and figures rest on. Keep it stable; add to it freely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ingest.types import TextSource
from kb.expansion import Expansion
from kb.explaining import Contribution, Explanation, PassageExplained
from kb.notices import notices_of
from kb.types import Answer, Citation, DocumentCard, Hit, Notice, Statement, Succession

MAX_PASSAGES = 10
Successor = tuple[DocumentCard, Succession]  # the document that takes the place of another


def answer_as_json(answer: Answer) -> dict[str, object]:
    """The whole answer."""
    return {
        "question": answer.question,
        "status": answer.status.value,
        "statements": [statement_as_json(statement) for statement in answer.statements],
        "passages": [hit_as_json(hit) for hit in answer.hits[:MAX_PASSAGES]],
        "warnings": [notice_as_json(notice) for notice in answer.warnings],
        "expansions": [expansion_as_json(expansion) for expansion in answer.expansions],
    }


def statement_as_json(statement: Statement) -> dict[str, object]:
    """A statement with its citations: first what its text is made of, then (``same``) what says the same elsewhere."""
    made_of = [citation_as_json(citation) for citation in statement.citations]
    saying_the_same = [citation_as_json(citation) | {"same": True} for citation in statement.also]
    return {"text": statement.text, "citations": made_of + saying_the_same}


def citation_as_json(citation: Citation) -> dict[str, object]:
    """A citation; ``start`` and ``end`` count characters of the document's repaired text."""
    info = citation.document.info
    return {
        "document": citation.document.id,
        "title": citation.document.title,
        "publisher": info.publisher,
        "date": info.date,
        "kind": info.kind,
        "page": citation.page.number,
        "last_page": citation.last_page.number,
        "page_inferred": citation.page.inferred,
        "source": citation.source.value,
        "section": citation.section,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def expansion_as_json(expansion: Expansion) -> dict[str, object]:
    """Other words that were looked for, and the word of the question that they stand for."""
    return {"term": expansion.word, "label": expansion.label, "kind": expansion.kind.value}


def hit_as_json(hit: Hit) -> dict[str, object]:
    """A ranked candidate, with the parts of its score."""
    return {
        "document": hit.document.id,
        "title": hit.document.title,
        "page": hit.document.page_at(hit.passage.start).number,
        "last_page": hit.document.page_at(hit.passage.end - 1).number,
        "source": hit.document.source_of(hit.passage.start, hit.passage.end).value,
        "headings": list(hit.passage.headings),
        "text": hit.passage.text,
        "score": round(hit.score, 4),
        "parts": {name: round(value, 4) for name, value in asdict(hit.parts).items()},
    }


def explanation_as_json(explanation: Explanation) -> dict[str, object]:
    """Why an answer is as it is. Under ``status``: ``because`` (``kb.silence.Because``), ``sureness`` from 0 to 1 or
    None, and ``contributions`` to its log-odds. Under ``passages``, in order: ``rank``, what was ``asked``, ``score``,
    its ``contributions``, the ``words`` of the question with the ``share`` that is held and ``by`` which other words,
    and the best ``stretch``. Every contribution has a ``key``, a ``value``, a ``weight`` and an ``amount``, their
    product; amounts add up to the score. ``expansions`` are the other words, ``dropped`` what the proof left out.
    """
    status = explanation.status
    return {
        "status": {
            "because": status.because.value,
            "sureness": None if status.sureness is None else _rounded(status.sureness),
            "contributions": _contributions_as_json(status.contributions),
        },
        "passages": [_passage_as_json(passage) for passage in explanation.passages],
        "expansions": [expansion_as_json(one) | {"share": _rounded(one.share)} for one in explanation.expansions],
        "dropped": [{"text": one.statement.text, "objection": one.objection.value} for one in explanation.dropped],
    }


def _passage_as_json(passage: PassageExplained) -> dict[str, object]:
    stored, stretch = passage.stored, passage.stretch
    return {
        "rank": passage.rank,
        "asked": passage.asked,
        "document": stored.document.id,
        "start": stored.passage.start,
        "end": stored.passage.end,
        "cited": passage.cited,
        "score": _rounded(passage.score),
        "contributions": _contributions_as_json(passage.contributions),
        "words": [{"word": one.word, "share": _rounded(one.share), "by": one.by} for one in passage.words],
        "stretch": None
        if stretch is None
        else {
            "quote": stretch.quote,
            "score": _rounded(stretch.score),
            "contributions": _contributions_as_json(stretch.contributions),
        },
    }


def _contributions_as_json(contributions: Iterable[Contribution]) -> list[dict[str, object]]:
    return [
        {"key": one.key, "value": _rounded(one.value), "weight": _rounded(one.weight), "amount": _rounded(one.amount)}
        for one in contributions
    ]


def _rounded(value: float) -> float:
    return round(value, 6)


def notice_as_json(notice: Notice) -> dict[str, object]:
    """A warning: what it is about, and the values that belong to it."""
    return {"key": notice.key, **dict(notice.values)}


def card_as_json(card: DocumentCard, successor: Successor | None = None) -> dict[str, object]:
    """A document of the catalogue, without its text: under ``known`` how sure each value is and where it comes from,
    under ``successor`` the document that takes its place, if one does or seems to.
    """
    return {
        "document": card.id,
        "file_name": card.file_name,
        "format": card.format,
        **asdict(card.info),
        "known": {name: asdict(finding) for name, finding in card.findings.known()},
        "state": card.state.value,
        "successor": _successor_as_json(*successor) if successor else None,
        "pages": len(card.pages),
        "recognised_pages": [page.number for page in card.pages if page.source is TextSource.OCR],
        "unread_pages": [page.number for page in card.pages if page.source is TextSource.NONE],
        "passages": card.passage_count,
        "added_at": card.added_at.isoformat(),
        "digest": card.digest,
        "warnings": [notice_as_json(notice) for notice in notices_of(card)],
    }


def _successor_as_json(card: DocumentCard, succession: Succession) -> dict[str, object]:
    return {"document": card.id, "confidence": succession.confidence, "origin": succession.origin.value}
