"""Whether the journeys of tests/search_ui are green time after time: ``python -m tests.bench.journeys [RUNS]``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from rich.console import Console

from tests.bench.quality import PROJECT

RUNS = 20
JOURNEYS = "tests/search_ui/test_journeys.py"


def print_journeys(console: Console, runs: int) -> None:
    """Run all journeys so many times, each time in a new process with a new server and browser."""
    seconds, green = [], 0
    for run in range(1, runs + 1):
        start = time.perf_counter()
        command = [sys.executable, "-m", "pytest", "-q", JOURNEYS]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        seconds.append(time.perf_counter() - start)
        green += done.returncode == 0
        if done.returncode:
            console.print(done.stdout, markup=False)
        console.print(f"run {run}: {'green' if done.returncode == 0 else 'RED'} in {seconds[-1]:.0f} s")
    middle, load = statistics.median(seconds), os.getloadavg()[0]
    console.print(f"journeys: {green} of {runs} runs green, median {middle:.0f} s; load {load:.1f}")


if __name__ == "__main__":
    print_journeys(Console(width=150), int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
