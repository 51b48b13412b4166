"""Real files with bytes changed at random, read in one ingest with whole ones: nothing may stop it, and nothing else
may be lost.

    python -m tests.bench.mutations [SEED ...]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console

from ingest.files import find_files
from kb.home import Home
from kb.library import ingest
from kb.progress import Silence
from kb.testing import WordEncoder
from kb.types import IngestReport, Outcome
from tests.bench.quality import PROJECT, SHARED
from tests.hostile.mutations import mutate

AWKWARD = SHARED / "documents" / "awkward"
NUMBER = 200

console = Console(width=150, highlight=False)


class Clock(Silence):
    """How long each file was waited for."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._start = "", 0.0

    def begin(self, name: str) -> None:
        """Start the clock for a file."""
        self._name, self._start = name, time.perf_counter()

    def finish(self) -> None:
        """Stop it."""
        self.seconds[self._name] = time.perf_counter() - self._start


def print_mutations(folder: Path, *, seed: int) -> None:
    """Ingest changed and whole files together, in turn, and say what became of them."""
    whole = [path for path in find_files([PROJECT / "corpus"]) if path.suffix != ".py"]
    originals = sorted(AWKWARD.iterdir()) if AWKWARD.is_dir() else whole
    changed = mutate(originals, folder, number=NUMBER, seed=seed)
    step = len(changed) // len(whole) + 1
    files = [file for place, good in enumerate(whole) for file in (*changed[place * step : (place + 1) * step], good)]
    report, clock = _ingested(folder / "home", files)
    lost = {str(file) for file in whole} - {file.path for file in report.files if file.outcome is Outcome.ADDED}
    console.print(f"seed {seed}: {len(changed)} changed files, {len(whole)} whole ones of which {len(lost)} lost")
    _print_outcomes(report, clock)


def print_awkward(folder: Path) -> None:
    """Ingest the awkward files as they are."""
    if AWKWARD.is_dir():
        report, clock = _ingested(folder / "home", [AWKWARD])
        console.print(f"{len(report.files)} awkward files")
        _print_outcomes(report, clock)


def _ingested(home: Path, paths: list[Path]) -> tuple[IngestReport, Clock]:
    clock = Clock()
    return ingest(Home(home), paths, encoder=WordEncoder(), progress=clock), clock


def _print_outcomes(report: IngestReport, clock: Clock) -> None:
    outcomes = Counter(str(file.reason or file.outcome) for file in report.files)
    slowest, seconds = max(clock.seconds.items(), key=lambda item: item[1])
    console.print("  " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()), markup=False)
    console.print(f"  {sum(clock.seconds.values()):.0f} s in all, {seconds:.1f} s for {slowest}", markup=False)


def main(seeds: list[int]) -> None:
    """Both, with each of the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            (place := Path(folder) / str(seed)).mkdir()
            print_mutations(place, seed=seed)
        (place := Path(folder) / "awkward").mkdir()
        print_awkward(place)


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or [1])
