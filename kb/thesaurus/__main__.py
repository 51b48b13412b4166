"""Compile the shipped thesaurus after a change: ``python -m kb.thesaurus``."""

from __future__ import annotations

import json
from pathlib import Path

from kb.thesaurus import COMPILED, Concept, as_json
from kb.thesaurus.skos import concepts_in

FOLDER = Path(__file__).parent


def compiled() -> list[Concept]:
    """The concepts of the shipped files."""
    return [concept for path in sorted(FOLDER.glob("*.ttl")) for concept in concepts_in(path)]


if __name__ == "__main__":
    text = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in as_json(compiled()))
    (FOLDER / COMPILED).write_text(f"[\n{text}\n]\n", "utf8")
