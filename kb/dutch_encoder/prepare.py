"""The first step: choose what is trained on, weighted by source, and keep the test sentences out."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kb.dutch_encoder.held_out import HeldOut, read_documents
from kb.dutch_encoder.rows import Row, read_lines, read_rows, write_lines, write_rows
from kb.dutch_encoder.test_sets import all_sentences

# The share of its rows that a source gives. Much text about tax and shipping, and names of products, add little;
# Moodle's language packs (GPL) showed no gain that would justify them.
WEIGHTS: Mapping[str, float] = {
    "moodle": 0.0,
    "moodle_help": 0.0,
    "treaty_oth": 0.35,
    "treaty_oth_dp": 0.35,
    "eforms_code": 0.2,
}
PAIRS, SENTENCES, SUMMARY = "pairs.tsv", "sentences-nl.txt", "prepared.json"
PASSAGES, PASSAGES_DEV = "passages.tsv", "passages-dev.tsv"
DEV_SHARE = 0.04  # of headings and questions, kept to choose variants on


def prepare(
    data: Path,
    work: Path,
    *,
    weights: Mapping[str, float] = WEIGHTS,
    held_out_folder: Path | None = None,
    seed: int = 1,
) -> dict[str, dict[str, int]]:
    """Write ``pairs.tsv``, ``passages.tsv``, ``passages-dev.tsv``, ``sentences-nl.txt`` and the counts per source.

    ``data`` holds any of the documented files; the test sets in it and the documents in ``held_out_folder`` are
    kept out. Raises FileNotFoundError where ``data`` has no pairs.
    """
    if not (data / "pairs.tsv.xz").is_file():
        raise FileNotFoundError(f"{data / 'pairs.tsv.xz'} is not there: --data wants a folder in the documented format")
    work.mkdir(parents=True, exist_ok=True)
    held_out = HeldOut(all_sentences(data), read_documents(held_out_folder))
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    pairs = list(_chosen(_unique(read_rows(data / "pairs.tsv.xz")), held_out, weights, chance))
    names = ("heading-paragraph-nl.tsv.xz", "question-answer-nl.tsv.xz")
    passages = list(
        _chosen(_unique(row for name in names for row in read_rows(data / name)), held_out, weights, chance)
    )
    write_rows(work / PAIRS, pairs)
    dev = set(random.Random(seed).sample(range(len(passages)), round(DEV_SHARE * len(passages))))  # noqa: S311
    write_rows(work / PASSAGES, (row for position, row in enumerate(passages) if position not in dev))
    write_rows(work / PASSAGES_DEV, (passages[position] for position in sorted(dev)))
    write_lines(work / SENTENCES, (line for line in read_lines(data / "sentences-nl.txt.xz") if line not in held_out))
    summary = {"pairs": _counts(pairs), "passages": _counts(passages), "held_out": {"entries": len(held_out)}}
    (work / SUMMARY).write_text(json.dumps(summary, indent=1), "utf8")
    return summary


def leaks(work: Path, held_out: HeldOut) -> list[str]:
    """The texts of prepared data that were held out: none, or something is wrong."""
    texts = [text for name in (PAIRS, PASSAGES) for row in read_rows(work / name) for text in (row.first, row.second)]
    return [text for text in [*texts, *read_lines(work / SENTENCES)] if text in held_out]


def _unique(rows: Iterable[Row]) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.first, row.second) not in seen:
            seen.add((row.first, row.second))
            yield row


def _chosen(
    rows: Iterable[Row], held_out: HeldOut, weights: Mapping[str, float], chance: random.Random
) -> Iterator[Row]:
    for row in rows:
        if chance.random() < weights.get(row.source, 1.0) and row.first not in held_out and row.second not in held_out:
            yield row


def _counts(rows: Iterable[Row]) -> dict[str, int]:
    return dict(Counter(row.source for row in rows).most_common())
