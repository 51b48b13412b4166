"""Choose the weights of ``kb.ranking`` on the "fit" half of the shipped questions: ``python -m tests.bench.fit``.

A plain coordinate search: each weight in turn is set to the value of a small grid that gives the best mean reciprocal
rank, until a round changes nothing. The "held_out" half is printed beside it and decides nothing.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from rich.console import Console

from kb.evaluation import KnownQuestion, rank_of
from kb.knowledge_base import KnowledgeBase
from kb.ranking import Weights, score
from kb.types import Hit
from tests.bench.quality import PROJECT, ingested, questions_of

GRID = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
CANDIDATES = 200
console = Console(width=150)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with all its candidates, scored in parts."""

    question: KnownQuestion
    hits: tuple[Hit, ...]


def main() -> None:
    """Search, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        home = ingested(Path(folder), PROJECT / "corpus")
        with KnowledgeBase.open(home) as knowledge_base:
            fit = list(_cases(knowledge_base, "fit"))
            held_out = list(_cases(knowledge_base, "held_out"))
    weights = _search(fit)
    console.print(f"before: {Weights()}, MRR fit {_mrr(fit, Weights()):.4f}, held out {_mrr(held_out, Weights()):.4f}")
    console.print(f"after:  {weights}, MRR fit {_mrr(fit, weights):.4f}, held out {_mrr(held_out, weights):.4f}")
    for field in fields(Weights):
        curve = {value: round(_mrr(fit, replace(weights, **{field.name: value})), 3) for value in GRID}
        console.print(f"  fit MRR by {field.name}: {curve}")


def _cases(knowledge_base: KnowledgeBase, split: str) -> Iterator[Case]:
    for question in questions_of(split):
        if question.evidence:
            yield Case(question, knowledge_base.search(question.question, limit=CANDIDATES))


def _search(cases: Sequence[Case]) -> Weights:
    weights, best, changed = Weights(), _mrr(cases, Weights()), True
    while changed:
        changed = False
        for field in fields(Weights):
            for value in GRID:
                tried = replace(weights, **{field.name: value})
                reached = _mrr(cases, tried)
                if reached > best + 1e-9:
                    weights, best, changed = tried, reached, True
    return weights


def _mrr(cases: Sequence[Case], weights: Weights) -> float:
    return statistics.fmean(_reciprocal_rank(case, weights) for case in cases)


def _reciprocal_rank(case: Case, weights: Weights) -> float:
    ranked = sorted(case.hits, key=lambda hit: -score(hit.parts, weights))[:10]
    rank = rank_of(case.question, [(hit.document.id, hit.passage.text) for hit in ranked])
    return 1 / rank if rank else 0.0


if __name__ == "__main__":
    main()
