"""How sure a figure is: percentile intervals of the bootstrap.

B. Efron, "Bootstrap Methods: Another Look at the Jackknife", The Annals of Statistics 7 (1979): the questions are drawn
anew, as many as there are and each as often as chance has it, and the figure is worked out for every such draw.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

RESAMPLES = 2000
SURENESS = 0.95
SEED = 1979

Floats = npt.NDArray[np.float64]
Counts = Sequence[tuple[float, float]]  # of each question: how much of it is so, out of how much


def share(counts: Counts) -> float | None:
    """What is so, out of all that could be; None where nothing could."""
    whole = sum(out_of for _, out_of in counts)
    return sum(part for part, _ in counts) / whole if whole else None


def interval(counts: Counts) -> tuple[float, float]:
    """Where the share lies with ``SURENESS``, were the questions others of their sort. Something must be countable."""
    return _bounds(_shares(np.asarray(counts, dtype=np.float64)))


def interval_of_difference(before: Counts, after: Counts) -> tuple[float, float]:
    """Where the difference of two shares over the same questions lies: each draw takes the same ones of both."""
    first, second = (np.asarray(counts, dtype=np.float64) for counts in (before, after))
    return _bounds(_shares(second) - _shares(first))


def _shares(counts: Floats) -> Floats:
    """The share in each of the draws, the same for every set of as many questions: (RESAMPLES,)."""
    drawn = np.random.default_rng(SEED).integers(0, len(counts), size=(RESAMPLES, len(counts)))
    parts = counts[:, 0][drawn].sum(axis=1)
    wholes = counts[:, 1][drawn].sum(axis=1)
    shares: Floats = np.divide(parts, wholes, out=np.full(RESAMPLES, np.nan), where=wholes > 0)
    return shares


def _bounds(shares: Floats) -> tuple[float, float]:
    low, high = np.nanpercentile(shares, [50 * (1 - SURENESS), 50 * (1 + SURENESS)])
    return float(low), float(high)
