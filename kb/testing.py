"""Parts for tests that can be reasoned about with pencil and paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.stored_vectors import Vectors


@dataclass(slots=True)
class WordEncoder:
    """A bag of words: each word raises one number, chosen by its checksum, and the whole is normalised.

    Texts without a word in common are at right angles (but for a rare clash), equal texts are equal, and the
    cosine of two texts with n and m different words, k of them shared, is k / sqrt(n * m). ``encoded`` holds
    every passage text that was asked for, in order.
    """

    name: str = "words"
    dimension: int = 512
    encoded: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Tells encoders apart that make other vectors."""
        return f"{self.name}-{self.dimension}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text: (n, dimension)."""
        self.encoded += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def encode_question(self, text: str) -> Vectors:
        """The vector of a question: (dimension,)."""
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()) or [""]:
            vector[zlib.crc32(word.encode()) % self.dimension] += 1
        normalised: Vectors = vector / np.linalg.norm(vector)
        return normalised
