"""The same encoder in numpy alone: for a single question it is ready before torch would be imported."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors import safe_open
from tokenizers import Tokenizer

from kb.dutch_encoder.artefact import Artefact, Matrix, read_artefact
from kb.dutch_encoder.files import ARTEFACT, HEADS, LAYERS, MOST_TOKENS, SMALL, WIDTH, model_folder


class LightEncoder:
    """Texts to unit vectors: tokenizer, token table and the six layers of the body."""

    def __init__(self, folder: Path = ARTEFACT) -> None:
        """Read and check the artefact. Raises EncoderError, as read_artefact does."""
        self._artefact = read_artefact(folder)
        self._tokenizer = Tokenizer.from_file(str(self._artefact.tokenizer_path))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)

    @property
    def name(self) -> str:
        """The artefact's name."""
        return self._artefact.name

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors (texts, 384), float32, one text after another."""
        token_lists = [found.ids for found in self._tokenizer.encode_batch(list(texts))]
        return np.stack([self._vector(np.array(tokens)) for tokens in token_lists])

    @cached_property
    def _weights(self) -> dict[str, Matrix]:
        return body_weights(self._artefact)

    def _vector(self, tokens: np.ndarray) -> Matrix:
        weights = self._weights
        hidden = self._artefact.vectors(tokens) + weights["embeddings.position_embeddings.weight"][: len(tokens)]
        hidden += weights["embeddings.token_type_embeddings.weight"][0]
        hidden = _normalised(hidden, weights, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            hidden = _layer(hidden, weights, f"encoder.layer.{layer}.")
        mean = hidden.mean(0)
        unit: Matrix = mean / np.linalg.norm(mean)
        return unit


def body_weights(artefact: Artefact) -> dict[str, Matrix]:
    """The body's weights by name, with the artefact's corrections, without MiniLM's own token table."""
    with safe_open(model_folder() / "model.safetensors", framework="numpy") as file:
        names = [name for name in file.keys() if "word_embeddings" not in name]  # noqa: SIM118 - not a dictionary
        weights: dict[str, Matrix] = {name: file.get_tensor(name) for name in names}
    for name, more in artefact.corrections.items():
        weights[f"{name}.weight"] = weights[f"{name}.weight"] + more
    return weights


def _layer(hidden: Matrix, weights: dict[str, Matrix], layer: str) -> Matrix:
    """One layer of BERT: attention and a wide step, each added to its input and normalised."""
    attended = _linear(_attention(hidden, weights, layer), weights, f"{layer}attention.output.dense")
    hidden = _normalised(hidden + attended, weights, f"{layer}attention.output.LayerNorm")
    wide = _gelu(_linear(hidden, weights, f"{layer}intermediate.dense"))
    return _normalised(hidden + _linear(wide, weights, f"{layer}output.dense"), weights, f"{layer}output.LayerNorm")


def _attention(hidden: Matrix, weights: dict[str, Matrix], layer: str) -> Matrix:
    parts = (_linear(hidden, weights, f"{layer}attention.self.{part}") for part in ("query", "key", "value"))
    query, key, value = (part.reshape(len(hidden), HEADS, -1).swapaxes(0, 1) for part in parts)
    scores = query @ key.swapaxes(1, 2) / np.float32(np.sqrt(WIDTH / HEADS))
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    mixed: Matrix = (shares / shares.sum(-1, keepdims=True)) @ value
    return mixed.swapaxes(0, 1).reshape(hidden.shape)


def _linear(hidden: Matrix, weights: dict[str, Matrix], name: str) -> Matrix:
    mapped: Matrix = hidden @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return mapped


def _normalised(hidden: Matrix, weights: dict[str, Matrix], name: str) -> Matrix:
    centred = hidden - hidden.mean(-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + SMALL)
    scaled: Matrix = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return scaled


def _gelu(hidden: Matrix) -> Matrix:
    return hidden * (1 + _erf(hidden / np.float32(np.sqrt(2)))) / 2


def _erf(values: Matrix) -> Matrix:
    """The error function to 2e-7 (Abramowitz and Stegun, 7.1.26); scipy's would have to be imported first."""
    size = np.abs(values)
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = np.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * t
    found: Matrix = np.sign(values) * (1 - series * np.exp(-size * size))
    return found
