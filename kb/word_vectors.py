"""Vectors of single words: how near the words of a question are to those of a text, whatever their letters.

A text that says "vergoeding" speaks of "loon" too. The vectors are those of the encoder of the passages, made once for
each word of the collection; comparing words one by one so follows S. Kuzi, A. Shtok and O. Kurland, "Query expansion
using word embeddings" (CIKM 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from kb.analysis import is_stop_word, text_words
from kb.stored_vectors import Vectors

MIN_WORD_CHARS = 3
STRANGE, SAME = 0.45, 0.9  # cosines of words that have nothing to do with each other, and of two forms of one word


def content_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of texts that have a vector of their own, each once, in order: no numbers, no stop words."""
    found = dict.fromkeys(word for text in texts for word in text_words(text))
    return tuple(word for word in found if len(word) >= MIN_WORD_CHARS and word.isalpha() and not is_stop_word(word))


@dataclass(frozen=True, slots=True)
class WordLikeness:
    """How much each of some asked words is like each of some held words: ``shares`` is (asked, held), 0 to 1."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    shares: Vectors

    @classmethod
    def of(
        cls,
        asked: Mapping[str, Vectors],
        held: Mapping[str, Vectors],
        tells_apart: Callable[[str, str], bool] = lambda _, __: False,
    ) -> WordLikeness:
        """Compare words by their unit vectors (d,). Those that ``tells_apart`` tells apart are not alike: what is said
        of a pupil is not said of a teacher, however alike the sentences are.
        """
        rows = {word: row for row, word in enumerate(asked)}
        columns = {word: column for column, word in enumerate(held)}
        if not asked or not held:
            return cls(rows, columns, np.zeros((len(asked), len(held)), dtype=np.float32))
        words, others = list(rows), list(columns)
        cosines = np.stack(list(asked.values())) @ np.stack(list(held.values())).T
        shares = np.clip((cosines - STRANGE) / (SAME - STRANGE), 0, 1)
        for row, column in np.argwhere(shares > 0):
            if tells_apart(words[row], others[column]):
                shares[row, column] = 0
        return cls(rows, columns, shares)

    def best(self, asked: str, held: Iterable[str]) -> float:
        """How like an asked word the nearest of some words is; 0 where nothing is known of them."""
        columns = [self.columns[word] for word in held if word in self.columns]
        if asked not in self.rows or not columns:
            return 0.0
        return float(self.shares[self.rows[asked], columns].max())
