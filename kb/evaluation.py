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
import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one answer fared. ``rank`` is that of the first passage that holds evidence, from 1."""

    question: KnownQuestion
    status: str
    rank: int | None
    holds_some: bool
    holds_all: bool
    short_holds_all: bool
    answer_chars: int
    uncited: int


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
        )
    except (KeyError, TypeError) as exc:
        raise UsageError("questions_line", path=path, line=number) from exc


def judge_answer(question: KnownQuestion, answer: Mapping[str, Any]) -> Judgement:
    """Compare an answer, as ``kb.as_json`` gives it, with the evidence."""
    citations = [citation for statement in answer["statements"] for citation in statement["citations"]]
    spoken = " ".join(citation["quote"] for citation in citations)[:QUOTE_CHARS]
    right_source = any(citation["document"] in question.documents for citation in citations)
    said = _letters(spoken) if right_source else ""
    said_at_once = _letters(spoken[:SHORT_CHARS]) if right_source else ""
    return Judgement(
        question=question,
        status=answer["status"],
        rank=rank_of(question, [(passage["document"], passage["text"]) for passage in answer["passages"][:RANKS]]),
        holds_some=any(holds(said, evidence) for evidence in question.evidence),
        holds_all=all(holds(said, evidence) for evidence in question.evidence),
        short_holds_all=all(holds(said_at_once, evidence) for evidence in question.evidence),
        answer_chars=len(spoken),
        uncited=sum(not statement["citations"] for statement in answer["statements"]),
    )


def figures(judgements: Sequence[Judgement]) -> dict[str, float]:
    """The figures of a set of judgements, each a share from 0 to 1 unless its name says otherwise.

    A figure that no question of the set can show is left out.
    """
    scored = [judgement for judgement in judgements if judgement.question.evidence]
    short = [judgement for judgement in scored if judgement.question.kind in SHORT_KINDS]
    answerable = [judgement for judgement in judgements if judgement.question.kind != UNANSWERABLE]
    unanswerable = [judgement for judgement in judgements if judgement.question.kind == UNANSWERABLE]
    result: dict[str, float] = {"questions": len(judgements)}
    if scored:
        result |= _hit_figures(scored)
        result["answer holds some evidence"] = _share(judgement.holds_some for judgement in scored)
        result["answer holds all evidence"] = _share(judgement.holds_all for judgement in scored)
        result["median answer characters"] = statistics.median(judgement.answer_chars for judgement in scored)
    if short:
        result["short answer holds all evidence"] = _share(judgement.short_holds_all for judgement in short)
    if unanswerable:
        result["unanswerable refused"] = _share(judgement.status == "not_found" for judgement in unanswerable)
    if answerable:
        result["answerable wrongly refused"] = _share(judgement.status == "not_found" for judgement in answerable)
        result["statements without citation"] = sum(judgement.uncited for judgement in answerable)
    return result


def by_kind(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Judgements per kind of question, in the order in which the kinds first occur."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        groups[judgement.question.kind].append(judgement)
    return dict(groups)


def _hit_figures(scored: Sequence[Judgement]) -> dict[str, float]:
    ranks = [judgement.rank for judgement in scored]
    shares = {f"passage hit@{k}": _share(rank is not None and rank <= k for rank in ranks) for k in (1, 3, 5)}
    return shares | {"passage MRR@10": statistics.fmean(1 / rank if rank else 0.0 for rank in ranks)}


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


def _share(outcomes: Iterable[bool]) -> float:
    return statistics.fmean(float(outcome) for outcome in outcomes)


def _letters(text: str) -> str:
    folded = _LINE_HYPHEN.sub(r"\1\2", unicodedata.normalize("NFKC", text).lower())
    return _NO_LETTER.sub("", folded)
