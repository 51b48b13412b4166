"""What is learned from, as token lists: sentences with the vector they should reach, and texts that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kb.dutch_encoder.files import TOKENIZER
from kb.dutch_encoder.prepare import PAIRS, PASSAGES
from kb.dutch_encoder.rows import read_rows
from kb.dutch_encoder.teacher import VECTORS, english_sentences
from kb.dutch_encoder.tokenizer import load_tokenizer

TokenLists = list[list[int]]


@dataclass(frozen=True)
class Examples:
    """Token lists, and for each the number of its target: a row of the teacher's vectors, or of ``partners``."""

    token_lists: TokenLists
    targets: NDArray[np.int64]
    partners: TokenLists | None = None

    @cached_property
    def lengths(self) -> list[int]:
        """The number of tokens to compute for each example."""
        if self.partners is None:
            return [*map(len, self.token_lists)]
        return [len(tokens) + len(partner) for tokens, partner in zip(self.token_lists, self.partners, strict=True)]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that one variant learns from: ``vectors`` (English sentences, 384), float16, are the teacher's."""

    vectors: NDArray[np.float16]
    dutch: Examples
    english: Examples
    passages: Examples


def read_material(work: Path, *, passage_tokens: int) -> Material:
    """The examples that prepared text gives, where the teacher's vector is known."""
    vectors = np.load(work / VECTORS)
    known = vectors.any(1)
    sentences = english_sentences(work)
    row_of = {sentence: row for row, sentence in enumerate(sentences)}
    pairs = [pair for pair in read_rows(work / PAIRS) if known[row_of[pair.second]]]
    english = [sentence for sentence in sentences if known[row_of[sentence]]]
    tokenizer = load_tokenizer(work / TOKENIZER)
    return Material(
        vectors,
        Examples(_tokens(tokenizer, [pair.first for pair in pairs]), np.array([row_of[pair.second] for pair in pairs])),
        Examples(_tokens(tokenizer, english), np.array([row_of[sentence] for sentence in english])),
        _passages(work, passage_tokens),
    )


def _passages(work: Path, most_tokens: int) -> Examples:
    tokenizer = load_tokenizer(work / TOKENIZER, most_tokens=most_tokens)
    rows = list(read_rows(work / PASSAGES))
    firsts = _tokens(tokenizer, [row.first for row in rows])
    return Examples(firsts, np.arange(len(rows)), _tokens(tokenizer, [row.second for row in rows]))


def _tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> TokenLists:
    return [found.ids for found in tokenizer.encode_batch(texts)]
