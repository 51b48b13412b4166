"""Seconds and megabytes: ingest against the encoder alone, warm answers, a cold start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from ingest.files import find_files
from ingest.passages import split_passages
from ingest.reading import read_document
from kb.encoder import load_encoder
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest

COLD_RUNS = 3
QUESTION = "Wat zijn de taken van het POF?"
# The program as it is, and then what the kernel says of its memory (getrusage would count this process too).
_ASK_AND_WEIGH = """
import sys
from pathlib import Path
from kb.cli import main
try:
    main()
finally:
    status = Path("/proc/self/status").read_text()
    print(*(line for line in status.splitlines() if line.startswith("VmHWM")), file=sys.stderr)
"""


def print_ingest(console: Console, folder: Path, home: Path) -> None:
    """Passages per second of the whole ingest, beside the encoder's own limit on the same texts."""
    encoder = load_encoder(None)
    encoder.encode_question(QUESTION)  # loads the model
    passages = [p for path in _readable(folder) for p in split_passages(read_document(path))]
    texts = [passage.search_text for passage in passages]
    texts += [passage.slice(unit.start, unit.end) for passage in passages for unit in passage.units]
    alone = _seconds(lambda: encoder.encode_passages(texts))
    whole = _seconds(lambda: ingest(Home(home), [folder], encoder=encoder))
    console.print(
        f"ingest: {len(passages)} passages in {whole:.1f} s, {len(passages) / whole:.1f} passages/s; "
        f"the encoder alone, on the same {len(texts)} passages and sentences: {alone:.1f} s ({whole / alone:.2f} times)"
    )


def print_warm(console: Console, title: str, home: Path, questions: Sequence[str]) -> None:
    """Milliseconds of one answer in a process that is warm, three rounds over the questions, by the clock and of the
    processor, all threads together; and how busy the machine was.
    """
    with KnowledgeBase.open(home) as knowledge_base:
        for question in questions:
            knowledge_base.ask(question)
        times = [_clocked(lambda q=question: knowledge_base.ask(q)) for _ in range(3) for question in questions]
        passages = sum(card.passage_count for card in knowledge_base.documents())
    clock, processor = (_middle_and_slowest(values) for values in zip(*times, strict=True))
    console.print(
        f"warm ask, {title}, {passages} passages: {clock}; of the processor {processor}; load {os.getloadavg()[0]:.1f}"
    )


def print_cold(console: Console, home: Path) -> None:
    """Seconds and peak memory of ``bronvast ask`` as a new process on an existing home."""
    command = [sys.executable, "-c", _ASK_AND_WEIGH, "ask", QUESTION, "--json", "--home", str(home)]
    times, peaks = [], []
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        times.append(time.perf_counter() - start)
        peaks.append(int(done.stderr.split()[-2]) / 1024)
    console.print(f"cold bronvast ask: median {statistics.median(times):.2f} s, peak memory {max(peaks):.0f} MB")


def _clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def _middle_and_slowest(values: Sequence[float]) -> str:
    return f"p50 {statistics.median(values):.1f} ms, p95 {statistics.quantiles(values, n=20)[18]:.1f} ms"


def _readable(folder: Path) -> list[Path]:
    return [Path(path) for path in find_files([folder])]


def _seconds(work: Callable[[], object]) -> float:
    return _clocked(work)[0] / 1000
