"""Reading the artefact: its files are checked by hash and shape, and made whole with the body's weights.

Nothing here needs torch: the result is numpy arrays and the path of a tokenizer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from kb.dutch_encoder.files import ARTEFACT, BODY_FILE, MANIFEST, TABLE_FILE, TOKENIZER, WIDTH, model_folder, sha256_of
from kb.errors import EncoderError

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Artefact:
    """The token table as whole numbers (pieces, 384) with a scale for each piece, the tokenizer, and by the name of a
    linear map of the body the two maps whose product is added to its weight: (out, rank) and (rank, in).
    """

    name: str
    rows: NDArray[np.int8]
    scales: Matrix
    corrections: dict[str, tuple[Matrix, Matrix]]
    tokenizer_path: Path
    manifest: dict[str, Any]

    @property
    def table(self) -> Matrix:
        """The whole token table, float32."""
        return self.vectors(slice(None))

    def vectors(self, pieces: NDArray[np.int64] | slice) -> Matrix:
        """The vectors of some pieces: (..., 384), float32."""
        return self.rows[pieces].astype(np.float32) * self.scales[pieces][..., None]


def read_artefact(folder: Path = ARTEFACT) -> Artefact:
    """Read and check an artefact.

    Raises EncoderError where a file is missing or has another hash than the manifest says, where the installed body is
    another than it was trained on, or where table, tokenizer and body do not fit each other.
    """
    manifest = _read_manifest(folder)
    for name, expected in manifest["files"].items():
        _check_hash(folder / name, expected)
    _check_hash(model_folder() / BODY_FILE, manifest["body"])
    with np.load(folder / TABLE_FILE) as kept:
        arrays = {name: kept[name] for name in kept.files}
    rows, scales = arrays.pop("rows"), arrays.pop("scales")
    _check_shape(folder, rows.shape)
    return Artefact(manifest["name"], rows, scales, _corrections(arrays), folder / TOKENIZER, manifest)


def body_weights(artefact: Artefact) -> dict[str, Matrix]:
    """The body's weights by name, with the artefact's corrections, without MiniLM's own token table."""
    with safe_open(model_folder() / BODY_FILE, framework="numpy") as file:
        names = [name for name in file.keys() if "word_embeddings" not in name]  # noqa: SIM118 - not a dictionary
        weights: dict[str, Matrix] = {name: file.get_tensor(name) for name in names}
    for name, (up, down) in artefact.corrections.items():
        weights[f"{name}.weight"] += up @ down
    return weights


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise EncoderError("encoder_file_missing", path=path)
    manifest: dict[str, Any] = json.loads(path.read_text("utf8"))
    return manifest


def _check_hash(path: Path, expected: str) -> None:
    if not path.is_file():
        raise EncoderError("encoder_file_missing", path=path)
    found = sha256_of(path)
    if found != expected:
        raise EncoderError("encoder_hash", path=path, found=found, expected=expected)


def _check_shape(folder: Path, shape: tuple[int, ...]) -> None:
    vocabulary = json.loads((folder / TOKENIZER).read_text("utf8"))["model"]["vocab"]
    expected = (len(vocabulary), WIDTH)
    if shape != expected:
        found, wanted = (" x ".join(map(str, of)) for of in (shape, expected))
        raise EncoderError("encoder_shape", path=folder / TABLE_FILE, found=found, expected=wanted)


def _corrections(arrays: dict[str, NDArray[np.float16]]) -> dict[str, tuple[Matrix, Matrix]]:
    whole = {name: values.astype(np.float32) for name, values in arrays.items()}
    names = [name.removesuffix(".up") for name in whole if name.endswith(".up")]
    return {name: (whole[f"{name}.up"], whole[f"{name}.down"]) for name in names}
