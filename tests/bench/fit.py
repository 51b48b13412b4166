"""Choose weights on the "fit" half of the questions: ``python -m tests.bench.fit``.

A plain coordinate search: each weight in turn is set to the value of a small grid that gives the best mean reciprocal
rank, until a round changes nothing. ``kb.ranking.Weights`` are chosen by the rank of the first passage that holds
evidence, ``kb.evidence.EvidenceWeights`` by that of the first sentence, item or row, and their ``answer`` and
``leads`` by that of the passages again. What another word counts for where the collection has the question's own
(``kb.matching.KNOWN_SHARE``) is tried whole: by the rank of passages, and what the answers hold. The "held_out" half
is printed beside it and decides nothing.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from kb import matching
from kb.as_json import answer_as_json
from kb.evaluation import UNANSWERABLE, Judgement, KnownQuestion, judge_answer, rank_of
from kb.evidence import Evidence, EvidenceWeights, evidence_score, ranked_by_answer, weights_for
from kb.knowledge_base import KnowledgeBase
from kb.question import Question
from kb.ranking import Weights, score
from kb.search import Found
from kb.types import Answer, Hit, Status
from tests.bench.quality import Collection, answered, collections, questions_of

GRID = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
KNOWN_SHARES = (0.3, 0.5, 0.7)
OF_PASSAGES = ("answer", "leads")  # the weights of stretches that rank passages
CANDIDATES = 200
console = Console(width=150)


AnyWeights = TypeVar("AnyWeights", Weights, EvidenceWeights)


@dataclass(frozen=True, slots=True)
class PassageCase:
    """All candidates for a question, scored in parts, and which of them are right: they hold evidence."""

    hits: tuple[Hit, ...]
    right: tuple[bool, ...]

    def rank(self, weights: Weights) -> int | None:
        """The rank of the first right passage."""
        return _rank([score(hit.parts, weights) for hit in self.hits], self.right)


@dataclass(frozen=True, slots=True)
class StretchCase:
    """The passages that were found for a question, by their own score, and all that stands in them, scored in parts."""

    question: Question
    found: Found
    evidence: tuple[Evidence, ...]
    right: tuple[bool, ...]
    right_passages: frozenset[int]

    def rank(self, weights: EvidenceWeights) -> int | None:
        """The rank of the first right stretch."""
        return _rank([one.score for one in self._scored(weights)], self.right)

    def passage_rank(self, weights: EvidenceWeights) -> int | None:
        """The rank of the first right passage, once what it answers counts."""
        best_first = sorted(self._scored(weights), key=lambda one: -one.score)
        hits = ranked_by_answer(self.question, self.found, best_first, weights).hits
        return _rank([hit.score for hit in hits], [hit.stored.key in self.right_passages for hit in hits])

    def _scored(self, weights: EvidenceWeights) -> list[Evidence]:
        own = weights_for(self.question, weights)
        return [replace(one, score=evidence_score(one.parts, own)) for one in self.evidence]


def main() -> None:
    """Search, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        known = collections(Path(folder))
        report_weights(known)
        report_evidence_weights(known)
        report_known_share(known)


def report_weights(known: Sequence[Collection]) -> None:
    """Print the weights of passages that are best, beside those in force."""
    fit, held_out = ([*_passage_cases(known, split)] for split in ("fit", "held_out"))
    names = [field.name for field in fields(Weights)]
    _report(
        Weights(),
        names,
        lambda weights: _mrr(case.rank(weights) for case in fit),
        lambda weights: _mrr(case.rank(weights) for case in held_out),
    )


def report_evidence_weights(known: Sequence[Collection]) -> None:
    """Print the weights of stretches that are best, beside those in force; then those by which they rank passages."""
    fit, held_out = ([*_stretch_cases(known, split)] for split in ("fit", "held_out"))
    names = [field.name for field in fields(EvidenceWeights) if field.name not in OF_PASSAGES]
    chosen = _report(
        EvidenceWeights(),
        names,
        lambda weights: _mrr(case.rank(weights) for case in fit),
        lambda weights: _mrr(case.rank(weights) for case in held_out),
    )
    _report(
        chosen,
        OF_PASSAGES,
        lambda weights: _mrr(case.passage_rank(weights) for case in fit),
        lambda weights: _mrr(case.passage_rank(weights) for case in held_out),
    )


def report_known_share(known: Sequence[Collection]) -> None:
    """Print what each share gives, on both halves."""
    now = matching.KNOWN_SHARE
    for share in KNOWN_SHARES:
        matching.KNOWN_SHARE = share  # read whenever a question is weighed
        for split in ("fit", "held_out"):
            console.print(f"known share {share}, {split}: {_figures(list(answered(known, split)))}")
    matching.KNOWN_SHARE = now


def _figures(answers: Sequence[tuple[KnownQuestion, Answer]]) -> str:
    judged = [judge_answer(known, answer_as_json(answer)) for known, answer in answers]
    answerable = [one for one in judged if one.question.kind != UNANSWERABLE]
    refused = [one.status == Status.NOT_FOUND for one in judged if one.question.kind == UNANSWERABLE]
    holding: dict[str, Callable[[Judgement], bool]] = {
        "some": lambda one: one.holds_some,
        "all": lambda one: one.holds_all,
        "wrongly refused": lambda one: one.status == Status.NOT_FOUND,
    }
    shares = {name: statistics.fmean(map(holds, answerable)) for name, holds in holding.items()}
    shares |= {"MRR": _mrr(one.rank for one in answerable), "refused": statistics.fmean(refused)}
    return ", ".join(f"{name} {share:.4f}" for name, share in shares.items())


def _passage_cases(known: Sequence[Collection], split: str) -> Iterator[PassageCase]:
    for collection in known:
        with KnowledgeBase.open(collection.home) as knowledge_base:
            for question in questions_of(split, *collection.questions):
                if question.evidence:
                    hits = knowledge_base.search(question.question, limit=CANDIDATES)
                    yield PassageCase(hits, tuple(_is_right_passage(question, hit) for hit in hits))


def _stretch_cases(known: Sequence[Collection], split: str) -> Iterator[StretchCase]:
    for question, answer in answered(known, split):
        if question.evidence and answer.workings:
            sought = answer.workings.searches[0]
            hits = tuple(replace(hit, score=score(hit.parts, sought.found.weights)) for hit in sought.found.hits)
            yield StretchCase(
                sought.question,
                replace(sought.found, hits=hits),
                sought.evidence,
                tuple(_holds(question, one.stored.document.id, one.quote) for one in sought.evidence),
                frozenset(hit.stored.key for hit in hits if _is_right_passage(question, hit)),
            )


def _is_right_passage(question: KnownQuestion, hit: Hit) -> bool:
    return _holds(question, hit.document.id, hit.passage.text)


def _holds(question: KnownQuestion, document: str, text: str) -> bool:
    return rank_of(question, [(document, text)]) is not None


def _rank(scores: Sequence[float], right: Sequence[bool]) -> int | None:
    """The rank, from 1, of the first that is right, among the ten with the highest scores."""
    ranked = sorted(range(len(scores)), key=lambda place: -scores[place])[:10]
    return next((rank for rank, place in enumerate(ranked, 1) if right[place]), None)


def _report(
    now: AnyWeights,
    names: Sequence[str],
    fit: Callable[[AnyWeights], float],
    held_out: Callable[[AnyWeights], float],
) -> AnyWeights:
    """Print the weights in force and those that are best for the "fit" half, and how each weight counts in these."""
    best = _search(now, names, fit)
    for name, weights in (("before", now), ("after", best)):
        console.print(f"{name}: {weights}, MRR fit {fit(weights):.4f}, held out {held_out(weights):.4f}")
    for name in names:
        curve = {value: round(fit(replace(best, **{name: value})), 3) for value in GRID}
        console.print(f"  fit MRR by {name}: {curve}")
    return best


def _search(weights: AnyWeights, names: Sequence[str], objective: Callable[[AnyWeights], float]) -> AnyWeights:
    best, changed = objective(weights), True
    while changed:
        changed = False
        for name in names:
            for value in GRID:
                tried = replace(weights, **{name: value})
                reached = objective(tried)
                if reached > best + 1e-9:
                    weights, best, changed = tried, reached, True
    return weights


def _mrr(ranks: Iterator[int | None]) -> float:
    return statistics.fmean(1 / rank if rank else 0.0 for rank in ranks)


if __name__ == "__main__":
    main()
