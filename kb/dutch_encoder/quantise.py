"""The step that makes the artefact: whole numbers of eight bits per piece, with a scale for each, and the tokenizer."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from kb.dutch_encoder.files import BODY_SHA256, MANIFEST, TABLE_FILE, TOKENIZER, sha256_of
from kb.dutch_encoder.training import CHECKPOINT

_MOST = 127


def to_whole_numbers(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A table (pieces, width) as int8 and one scale for each row: table = whole * scale, to half a step."""
    scales = np.maximum(np.abs(table).max(1), 1e-12).astype(np.float32) / _MOST
    return np.rint(table / scales[:, None]).astype(np.int8), scales


def quantise(work: Path, name: str, into: Path) -> Path:
    """Write the artefact of variant ``name`` into the folder ``into``: table, tokenizer and their hashes."""
    kept: dict[str, Any] = torch.load(work / name / CHECKPOINT, weights_only=True)
    rows, scales = to_whole_numbers(kept["table"].numpy())
    corrections = {key: value.numpy().astype(np.float16) for key, value in kept["corrections"].items()}
    into.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(into / TABLE_FILE, rows=rows, scales=scales, **corrections)
    shutil.copyfile(work / TOKENIZER, into / TOKENIZER)
    digest = hashlib.sha256(rows.tobytes()).hexdigest()
    manifest = {
        "name": f"bronvast-nl-en-{digest[:8]}",
        "pieces": len(rows),
        "width": rows.shape[1],
        "body": BODY_SHA256,
        "files": {file: sha256_of(into / file) for file in (TABLE_FILE, TOKENIZER)},
    }
    (into / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf8")
    return into
