"""The sentences whose similarity people judged: SICK, Dutch and English, and STSB in Dutch. For measuring only."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from kb.dutch_encoder.rows import read_lines

SICK_FILE = "eval-sick-nl.txt.xz"
STSB_FILES = {"dev": "eval-stsb-nl-dev.csv.xz", "test": "eval-stsb-nl-test.csv.xz"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Two sentences and how alike people found them (SICK 1 to 5, STSB 0 to 5)."""

    first: str
    second: str
    score: float


def read_sick(path: Path, *, splits: tuple[str, ...] = ("TEST",), english: bool = False) -> list[Judged]:
    """The pairs of the given splits ("TRAIN", "TRIAL", "TEST"), in Dutch or as the English originals."""
    ending = "_original" if english else ""
    rows = csv.DictReader(read_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Judged(row[f"sentence_A{ending}"], row[f"sentence_B{ending}"], float(row["relatedness_score"]))
        for row in rows
        if row["SemEval_set"].strip() in splits
    ]


def read_stsb(path: Path) -> list[Judged]:
    """The pairs of one file of STSB."""
    return [Judged(first, second, float(score)) for first, second, score in csv.reader(read_lines(path))]


def all_sentences(folder: Path) -> list[str]:
    """Every sentence of the test sets that the folder holds, in each language: what training may not see."""
    judged = [pair for name in STSB_FILES.values() for pair in read_stsb(folder / name)]
    for english in (False, True):
        judged += read_sick(folder / SICK_FILE, splits=("TRAIN", "TRIAL", "TEST"), english=english)
    return [sentence for pair in judged for sentence in (pair.first, pair.second)]
