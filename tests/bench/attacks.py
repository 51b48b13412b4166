"""Thousands of attacks on the proof, and what is honest: ``python -m tests.bench.attacks``."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

from rich.console import Console

from tests.attacks import KINDS, attacks, honest, library_of

ATTACKS = 5000
SEED = 2026


def print_attacks(console: Console, folder: Path) -> None:
    """How many attacks are accepted, of each kind that has any, and how many honest quotes are refused."""
    library = library_of(folder)
    tried = list(islice(attacks(library, SEED), ATTACKS))
    accepted = Counter(attack.kind for attack in tried if library.accepts(attack.statement))
    refused = sum(not library.accepts(honest(quote)) for quote in library.quotes)
    console.print(
        f"proof: {sum(accepted.values())} of {len(tried)} attacks accepted {dict(accepted) or ''}, {len(KINDS)} kinds; "
        f"{refused} of {len(library.quotes)} honest quotes refused (items whose lead-in denies them)"
    )


if __name__ == "__main__":
    print_attacks(Console(width=150), Path(__file__).resolve().parent.parent.parent / "corpus")
