"""What Bronvast finds out about real documents, against what a person saw: right, unknown and wrong, field by field.

    python -m tests.bench.metadata [--misses]

Wrong is worse than unknown: a filter hides what it has wrong. A date that is right but for its day or month is "right".
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ingest.errors import UnreadableFile
from ingest.reading import read_document
from ingest.types import Finding, Findings

TRUTH = Path(__file__).resolve().parent.parent / "truth" / "metadata" / "seen.toml"
FIELDS = ("title", "publisher", "date", "kind", "region", "education_level", "reference", "version")
VERDICTS = ("right", "unknown", "wrong")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one field of one document, and whether it is so."""

    half: str
    file_name: str
    field: str
    finding: Finding | None
    verdict: str


def title_mark(title: str) -> str:
    """The first 16 digits of the SHA-256 of a title's letters and digits; nothing for no title."""
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", title).casefold()))
    return hashlib.sha256(plain.encode()).hexdigest()[:16] if plain else ""


def verdicts(folder: Path) -> Iterator[Verdict]:
    """The verdict on every field of every document in a folder that the truth speaks of."""
    for name, truth in tomllib.loads(TRUTH.read_text(encoding="utf8")).items():
        path = folder / name
        if not path.is_file():
            continue
        try:
            found = read_document(path).findings
        except UnreadableFile:
            found = Findings()
        for field in FIELDS:
            finding = getattr(found, field)
            yield Verdict(truth["half"], name, field, finding, _verdict(field, finding, truth[field]))


def _verdict(field: str, finding: Finding | None, right: list[str]) -> str:
    value = finding.value if finding else ""
    if field == "title":
        value = title_mark(value)
    if value.casefold() in [one.casefold() for one in right]:
        return "right"
    if field == "date" and value and any(one.startswith(value) for one in right):
        return "right"
    return "wrong" if value else "unknown"


def print_figures(console: Console, shared: Path, *, misses: bool = False) -> None:
    """The figures of both halves; with ``misses`` what is not right in the half that may be looked at."""
    judged = [verdict for name in ("corpus", "documents") for verdict in verdicts(shared / name)]
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for verdict in judged:
        counts[verdict.half, verdict.field][verdict.verdict] += 1
    for half in ("fit", "held_out"):
        for field in FIELDS:
            of = counts[half, field]
            console.print(f"{half:9}{field:16}", "  ".join(f"{name} {of[name]:3d}" for name in VERDICTS))
    for verdict in judged if misses else ():
        if verdict.half == "fit" and verdict.verdict != "right":
            console.print(verdict.verdict, verdict.field, verdict.file_name, verdict.finding)


if __name__ == "__main__":
    shared_folder = Path(__file__).resolve().parents[3] / "shared"
    print_figures(Console(width=200), shared_folder, misses="--misses" in sys.argv)
