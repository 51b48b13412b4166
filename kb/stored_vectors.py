"""Vectors as the catalogue keeps them: float16 on disk, float32 in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """The vectors of some passages.

    ``passages`` is (n, d), row i belongs to ``keys[i]``; ``units`` is (m, d), all quotable units below each
    other, and ``owners`` (m,) says for each the row of its passage.
    """

    keys: tuple[int, ...]
    passages: Vectors
    units: Vectors
    owners: npt.NDArray[np.intp]

    def units_of(self, row: int) -> Vectors:
        """The vectors of the units of the passage in this row: (its units, d)."""
        own: Vectors = self.units[self.owners == row]
        return own

    def passage_scores(self, question: Vectors) -> Vectors:
        """The cosine of each passage with a question vector (d,): shape (n,)."""
        return self.passages @ question if self.keys else np.zeros(0, dtype=np.float32)

    def best_unit_scores(self, question: Vectors) -> Vectors:
        """The cosine of each passage's best unit with a question vector (d,): shape (n,).

        A passage without units scores as its own vector does.
        """
        if not self.keys:
            return np.zeros(0, dtype=np.float32)  # and d may be anything: nothing was embedded yet
        best = np.full(len(self.keys), -np.inf, dtype=np.float32)
        np.maximum.at(best, self.owners, self.units @ question)
        return np.where(np.isneginf(best), self.passages @ question, best)


def pack(vectors: Vectors) -> bytes:
    """The bytes under which one or more vectors are stored."""
    return vectors.astype(np.float16).tobytes()


def unpack(stored: bytes, dimension: int) -> Vectors:
    """The vectors behind stored bytes: (n, dimension)."""
    return np.frombuffer(stored, dtype=np.float16).astype(np.float32).reshape(-1, dimension)


def gather(rows: Sequence[tuple[int, bytes, bytes]], dimension: int) -> StoredVectors:
    """The vectors of rows of key, passage vector and unit vectors."""
    unit_bytes = 2 * dimension
    counts = [len(units) // unit_bytes for _, _, units in rows]
    return StoredVectors(
        keys=tuple(key for key, _, _ in rows),
        passages=unpack(b"".join(passage for _, passage, _ in rows), dimension),
        units=unpack(b"".join(units for _, _, units in rows), dimension),
        owners=np.repeat(np.arange(len(rows)), counts),
    )
