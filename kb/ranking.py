"""One score from many signals: a pure function over the candidates of one question.

Signals are brought to a common scale by per-query min-max before they are weighted; rank fusion was measured to
lose .07 nDCG to a weak side (an English encoder on Dutch text).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from kb.types import ScoreParts

# Of the columns of the lexical index: title, headings, body, character 4-grams. Chosen as ``Weights`` are.
COLUMN_WEIGHTS = (1.0, 1.0, 1.0, 0.3)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the score counts.

    Chosen on the "fit" half of the starter questions and paraphrases with ``tests/bench/fit.py``, which finds its best
    with no lexical part at all; .1 is kept, since the exact names of a larger collection need it.
    """

    lexical: float = 0.1
    passage_vector: float = 0.15
    sentence_vector: float = 0.15
    coverage: float = 0.4
    heading: float = 0.15


_PARTS = tuple(field.name for field in fields(Weights))

# For a question in another language than the documents: words meet only in names, so vectors must find.
CROSS_LANGUAGE_WEIGHTS = Weights(lexical=0.2, passage_vector=0.3, sentence_vector=0.6, coverage=0.3, heading=0.0)


def min_max(values: Floats) -> Floats:
    """Values scaled to 0..1 within this question; all 0 when they do not differ."""
    if values.size == 0 or values.max() <= values.min():
        return np.zeros_like(values)
    scaled: Floats = (values - values.min()) / (values.max() - values.min())
    return scaled


def score(parts: ScoreParts, weights: Weights) -> float:
    """The weighted sum of the parts, between 0 and 1."""
    total = sum(getattr(weights, name) for name in _PARTS)
    return float(sum(getattr(parts, name) * getattr(weights, name) for name in _PARTS) / total)
