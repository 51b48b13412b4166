"""Choose weights on the "fit" half of the shipped questions: ``python -m tests.bench.fit``.

A plain coordinate search: each weight in turn is set to the value of a small grid that gives the best mean reciprocal
rank, until a round changes nothing. The answer's thresholds are then printed as a curve, to be read by a person. The
"held_out" half is printed beside it and decides nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from kb.encoder import Encoder, load_encoder
from rich.console import Console

from kb.catalogue import Catalogue
from kb.evaluation import KnownQuestion, figures
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.ranking import Weights
from kb.vector_index import VectorIndex
from tests.bench.quality import PROJECT, ingested, judged, questions_of

GRID = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
console = Console(width=150)


def main() -> None:
    """Search, and print what was found."""
    encoder = load_encoder(None)
    with tempfile.TemporaryDirectory() as folder:
        home = ingested(Path(folder), PROJECT / "corpus")
        fit = [question for question in questions_of("fit") if question.evidence]
        weights, best = _search(home, encoder, fit)
        console.print(f"fit: MRR {best:.4f} with {weights}")
        for split in ("fit", "held_out"):
            shown = _figures(home, encoder, weights, questions_of(split))
            console.print(split, {name: round(value, 3) for name, value in shown.items()})


def _search(home: Path, encoder: Encoder, questions: Sequence[KnownQuestion]) -> tuple[Weights, float]:
    weights = Weights()
    best = _figures(home, encoder, weights, questions)["passage MRR@10"]
    changed = True
    while changed:
        changed = False
        for field in fields(Weights):
            for value in GRID:
                tried = replace(weights, **{field.name: value})
                reached = _figures(home, encoder, tried, questions)["passage MRR@10"]
                if reached > best + 1e-9:
                    weights, best, changed = tried, reached, True
    return weights, best


def _figures(home: Path, encoder: Encoder, weights: Weights, questions: Sequence[KnownQuestion]) -> dict[str, float]:
    catalogue = Catalogue.open(Home(home))
    index = VectorIndex(Home(home), catalogue)
    with KnowledgeBase(catalogue, index, encoder, weights=weights) as knowledge_base:
        return figures(judged(knowledge_base, questions))


if __name__ == "__main__":
    main()
