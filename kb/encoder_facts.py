"""What can be said of an encoder: its name, sizes, hash and what it learned from."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from kb.dutch_encoder.files import ARTEFACT, BODY_SHA256, MANIFEST
from kb.encoder import DutchEncoder, Encoder

Facts = dict[str, str | int | float | list[str]]


def facts_of(encoder: Encoder, *, language: str = "en") -> Facts:
    """The facts under stable names, in words of a language; sizes of the shipped files in megabytes (10^6 bytes)."""
    facts: Facts = {"name": encoder.name, "dimension": encoder.dimension, "hash": encoder.fingerprint}
    return facts | _shipped_facts(language) if isinstance(encoder, DutchEncoder) else facts


def _shipped_facts(language: str) -> Facts:
    shipped = [path for path in ARTEFACT.iterdir() if path.suffix in (".npz", ".json")]
    sources = tomllib.loads(files("kb.dutch_encoder").joinpath("sources.toml").read_text("utf8"))
    return {
        "shipped_mb": round(sum(path.stat().st_size for path in shipped) / 1e6, 1),
        "manifest": MANIFEST,
        "body": f"all-MiniLM-L6-v2 (Apache-2.0), {BODY_SHA256}",
        "sources": [source.get(language) or f"{source['title']} ({source['licence']})" for source in sources.values()],
    }
