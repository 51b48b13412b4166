"""How good the answers are to questions whose evidence is known, per kind of question.

A question names the documents that answer it (file stems) and the evidence: strings that a right answer rests on.
Only letters and digits are compared, so that a repaired text still counts. Evidence from a document that may not be
copied is given by its number of letters and digits and the first 16 hexadecimal digits of their SHA-256. What counts
is what a reader sees first: 1,200 characters of a passage, 1,500 of all quotes together, and 400 where a short answer
is wanted.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kb.errors import UsageError

PASSAGE_CHARS, QUOTE_CHARS, SHORT_CHARS = 1200, 1500, 400
RANKS = 10
SHORT_KINDS = frozenset({"number", "date", "who", "definition"})
UNANSWERABLE = "unanswerable"
_LINE_HYPHEN = re.compile(r"(\w)[-\u00ad]\s*\n\s*(\w)")
_NO_LETTER = re.compile(r"[\W_]+")
_HASHED = re.compile(r"(?P<length>\d+):(?P<sha>[0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question with what a right answer rests on."""

    id: str
    question: str
    kind: str
    documents: tuple[str, ...]
    evidence: tuple[str, ...]
    split: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one answer fared. ``rank`` is that of the first passage that holds evidence, from 1; ``page_rank`` that of
    the first that stands on a page with evidence, where such a page is known (``has_page``). ``exact_quotes`` of the
    ``quotes`` stand in their document letter by letter.
    """

    question: KnownQuestion
    status: str
    rank: int | None
    holds_some: bool
    holds_all: bool
    short_holds_all: bool
    answer_chars: int
    uncited: int
    page_rank: int | None = None
    has_page: bool = False
    quotes: int = 0
    exact_quotes: int = 0


@dataclass(frozen=True, slots=True)
class PageText:
    """A page of a document: its number (None where the format has none) and its letters and digits, folded."""

    number: int | None
    letters: str

    @classmethod
    def of(cls, number: int | None, raw: str) -> PageText:
        """A page as it was extracted."""
        return cls(number, _letters(raw))


Pages = Callable[[str], Sequence[PageText]]  # of a document, by its id; none for an unknown one


def no_pages(_document: str) -> tuple[PageText, ...]:
    """Where the documents themselves are not at hand."""
    return ()


def read_questions(path: Path) -> list[KnownQuestion]:
    """Questions from a file with one JSON object a line. Raises UsageError naming the line that cannot be used."""
    return [_known_question(path, number, entry) for number, entry in read_json_lines(path)]


def read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers from 1 and objects, empty lines left out. Raises UsageError for a line that is no object."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError("questions_unreadable", path=path, detail=exc) from exc
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError as exc:
                raise UsageError("questions_line", path=path, line=number) from exc
            if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
                raise UsageError("questions_line", path=path, line=number)
            yield number, entry


def _known_question(path: Path, number: int, entry: Mapping[str, Any]) -> KnownQuestion:
    try:
        return KnownQuestion(
            str(entry["id"]),
            entry["question"],
            str(entry["kind"]),
            tuple(entry["documents"]),
            tuple(entry["evidence"]),
            str(entry.get("split") or ""),
        )
    except (KeyError, TypeError) as exc:
        raise UsageError("questions_line", path=path, line=number) from exc


def judge_answer(question: KnownQuestion, answer: Mapping[str, Any], pages_of: Pages = no_pages) -> Judgement:
    """Compare an answer, as ``kb.as_json`` gives it, with the evidence, and with the documents themselves."""
    citations = [citation for statement in answer["statements"] for citation in statement["citations"]]
    spoken = " ".join(citation["quote"] for citation in citations)[:QUOTE_CHARS]
    right_source = any(citation["document"] in question.documents for citation in citations)
    said = _letters(spoken) if right_source else ""
    said_at_once = _letters(spoken[:SHORT_CHARS]) if right_source else ""
    pages = {document: _pages_with_evidence(question, pages_of(document)) for document in question.documents}
    return Judgement(
        question=question,
        status=answer["status"],
        rank=rank_of(question, [(passage["document"], passage["text"]) for passage in answer["passages"][:RANKS]]),
        holds_some=any(holds(said, evidence) for evidence in question.evidence),
        holds_all=all(holds(said, evidence) for evidence in question.evidence),
        short_holds_all=all(holds(said_at_once, evidence) for evidence in question.evidence),
        answer_chars=len(spoken),
        uncited=sum(not statement["citations"] for statement in answer["statements"]),
        page_rank=_page_rank(question, pages, answer["passages"][:RANKS]),
        has_page=any(pages.values()),
        quotes=len(citations),
        exact_quotes=sum(_is_exact(citation, pages_of(citation["document"])) for citation in citations),
    )


def _pages_with_evidence(question: KnownQuestion, pages: Sequence[PageText]) -> frozenset[int]:
    """The numbers of the pages that hold evidence, by themselves or with the next."""
    found: set[int | None] = set()
    for evidence in question.evidence:
        alone = {page.number for page in pages if holds(page.letters, evidence)}
        found |= alone or {
            number
            for page, after in pairwise(pages)
            if holds(page.letters + after.letters, evidence)
            for number in (page.number, after.number)
        }
    return frozenset(number for number in found if number is not None)


def _page_rank(
    question: KnownQuestion, pages: Mapping[str, frozenset[int]], passages: Iterable[Mapping[str, Any]]
) -> int | None:
    """The place, from 1, of the first of ranked passages that stands on a page with evidence, or that holds evidence
    in a document without pages.
    """
    for rank, passage in enumerate(passages, 1):
        first, last = passage.get("page"), passage.get("last_page")
        wanted = pages.get(passage["document"], frozenset())
        if first is None and rank_of(question, [(passage["document"], passage["text"])]):
            return rank
        if first is not None and any(first <= number <= (last or first) for number in wanted):
            return rank
    return None


def _is_exact(citation: Mapping[str, Any], pages: Sequence[PageText]) -> bool:
    """Whether the letters and digits of a quote stand in its document."""
    return _letters(citation["quote"]) in "".join(page.letters for page in pages)


def rank_of(question: KnownQuestion, passages: Iterable[tuple[str, str]]) -> int | None:
    """The place, from 1, of the first of ranked passages (document, text) that holds evidence."""
    for rank, (document, text) in enumerate(passages, 1):
        if document in question.documents:
            body = _letters(text[:PASSAGE_CHARS])
            if any(holds(body, evidence) for evidence in question.evidence):
                return rank
    return None


def holds(letters: str, evidence: str) -> bool:
    """Whether the letters and digits of a text hold evidence: a string, or the length and hash of its letters."""
    hashed = _HASHED.fullmatch(evidence)
    if hashed is None:
        return _letters(evidence) in letters
    length = int(hashed["length"])
    windows = (letters[start : start + length] for start in range(len(letters) - length + 1))
    return any(hashlib.sha256(window.encode()).hexdigest()[:16] == hashed["sha"] for window in windows)


def _letters(text: str) -> str:
    folded = _LINE_HYPHEN.sub(r"\1\2", unicodedata.normalize("NFKC", text).lower())
    return _NO_LETTER.sub("", folded)
