"""Spearman's rank correlation with human judgement, times 100, on SICK and STSB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from lzma import LZMAError
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from kb.dutch_encoder.rows import Row
from kb.dutch_encoder.test_sets import SICK_FILE, STSB_FILES, Judged, read_sick, read_stsb
from kb.errors import UsageError

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def spearman(encode: Encode, judged: Sequence[Judged]) -> float:
    """Correlation of the cosines with the judgements, times 100."""
    sentences = list(dict.fromkeys(sentence for pair in judged for sentence in (pair.first, pair.second)))
    place = {sentence: position for position, sentence in enumerate(sentences)}
    vectors = encode(sentences)
    firsts, seconds = (vectors[[place[getattr(pair, side)] for pair in judged]] for side in ("first", "second"))
    return 100 * float(spearmanr((firsts * seconds).sum(1), [pair.score for pair in judged]).statistic)


def encoder_figures(encode: Encode, *, sick: Path | None, stsb: Path | None) -> dict[str, float]:
    """Spearman's correlation, times 100, on the test split of SICK (Dutch and English) and on a file of STSB.

    Raises UsageError where neither file is given, or a given one cannot be read as that set.
    """
    sets: dict[str, tuple[Path | None, Callable[[Path], list[Judged]]]] = {
        "sick_nl": (sick, read_sick),
        "sick_en": (sick, partial(read_sick, english=True)),
        "stsb_nl": (stsb, read_stsb),
    }
    figures = {name: _figure(encode, path, read) for name, (path, read) in sets.items() if path is not None}
    if not figures:
        raise UsageError("no_test_set")
    return figures


def _figure(encode: Encode, path: Path, read: Callable[[Path], list[Judged]]) -> float:
    try:
        judged = read(path)
    except (OSError, KeyError, ValueError, TypeError, LZMAError) as exc:
        raise UsageError("test_set_unreadable", path=path) from exc
    if len(judged) < 2:
        raise UsageError("test_set_unreadable", path=path)
    return round(spearman(encode, judged), 2)


def choosing_figures(encode: Encode, folder: Path) -> dict[str, float]:
    """The figures that variants are chosen on: SICK's train and trial splits, STSB's dev file."""
    splits = ("TRAIN", "TRIAL")
    return {
        "sick_nl": spearman(encode, read_sick(folder / SICK_FILE, splits=splits)),
        "stsb_nl": spearman(encode, read_stsb(folder / STSB_FILES["dev"])),
        "sick_en": spearman(encode, read_sick(folder / SICK_FILE, splits=splits, english=True)),
    }


def test_figures(encode: Encode, folder: Path) -> dict[str, float]:
    """The figures that are reported, on splits that chose nothing."""
    return {
        "sick_nl": spearman(encode, read_sick(folder / SICK_FILE)),
        "stsb_nl": spearman(encode, read_stsb(folder / STSB_FILES["test"])),
        "sick_en": spearman(encode, read_sick(folder / SICK_FILE, english=True)),
    }


def reciprocal_rank(encode: Encode, rows: Sequence[Row]) -> float:
    """The mean reciprocal rank, times 100, of the paragraph under each heading or question among all paragraphs."""
    paragraphs = list(dict.fromkeys(row.second for row in rows))
    place = {paragraph: position for position, paragraph in enumerate(paragraphs)}
    scores = encode([row.first for row in rows]) @ encode(paragraphs).T
    own = scores[np.arange(len(rows)), [place[row.second] for row in rows]]
    return 100 * float((1 / (scores >= own[:, None]).sum(1)).mean())
