"""Word tables from sentence pairs: which Dutch stems there are, and what English words are in Dutch.

Translations are those on which two word-alignment models agree, Dutch given English and English given Dutch. The
models are IBM Model 1, of P. Brown, S. Della Pietra, V. Della Pietra and R. Mercer, "The Mathematics of Statistical
Machine Translation: Parameter Estimation" (Computational Linguistics, 1993), over content words only; the score of a
pair is the geometric mean of the two probabilities. That both directions should agree: P. Liang, B. Taskar and
D. Klein, "Alignment by Agreement" (NAACL 2006).
"""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.analysis import is_stop_word, stem, words

LEFT_OUT = frozenset({"moodle", "moodle_help"})  # GPL-3+
WEIGHTS = {
    "treaty_oth": 0.35,
    "treaty_oth_dp": 0.35,
    "bc": 0.5,
    "d365head": 0.3,
    "eforms_code": 0.2,
    "eforms_text": 0.5,
}
MOST_WORDS = 30  # of a sentence: longer ones are mostly misaligned
LEAST_SEEN = 4
ROUNDS = 8
LEAST_SCORE, LEAST_COUNT = 0.16, 3.0
RIVAL_SHARE = 0.4  # a second translation scores at least so much of the first
MOST_TRANSLATIONS = 3

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """The content words of a Dutch sentence and of the English one, and how much it counts."""

    dutch: tuple[str, ...]
    english: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Links:
    """Every Dutch word of a pair beside every English one: (n,) numbers of the words, and of their places."""

    dutch: Integers
    english: Integers
    dutch_places: Integers
    english_places: Integers
    weights: Floats


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a file of Dutch, English and source."""
    for dutch, english, source in _rows(path):
        pair = Pair(_content(dutch), _content(english), WEIGHTS.get(source, 1.0))
        if pair.dutch and pair.english and max(len(pair.dutch), len(pair.english)) <= MOST_WORDS:
            yield pair


def dutch_stems_in(pairs: Path, paragraphs: Path) -> list[str]:
    """The stems of Dutch words that were seen twice, in order of the alphabet: a typing error is seldom made twice."""
    texts = chain(
        (dutch for dutch, _, _ in _rows(pairs)), (f"{heading} {text}" for heading, text, _ in _rows(paragraphs))
    )
    seen = Counter(word for text in texts for word in words(text) if word.isalpha() and len(word) > 2)
    return sorted({stem(word) for word, count in seen.items() if count > 1})


def translations_in(pairs: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
    """For each English word the Dutch ones on which both models agree, the likeliest first."""
    dutch, english = (_numbered(getattr(pair, side) for pair in pairs) for side in ("dutch", "english"))
    links = _links(pairs, dutch, english)
    couples, couple_of = np.unique(links.english * len(dutch) + links.dutch, return_inverse=True)
    of_english, of_dutch = couples // len(dutch), couples % len(dutch)
    given_english, counted = _model(couple_of, of_english, links.dutch_places, links.weights)
    given_dutch, counted_back = _model(couple_of, of_dutch, links.english_places, links.weights)
    scores = np.sqrt(given_english * given_dutch)
    chosen = (scores >= LEAST_SCORE) & (np.minimum(counted, counted_back) >= LEAST_COUNT)
    english_words, dutch_words = list(english), list(dutch)
    found: dict[str, list[tuple[float, str]]] = {}
    for row in np.flatnonzero(chosen):
        found.setdefault(english_words[of_english[row]], []).append((float(scores[row]), dutch_words[of_dutch[row]]))
    best = {word: _best(word, candidates) for word, candidates in sorted(found.items())}
    return {word: dutch for word, dutch in best.items() if dutch}


def _best(english: str, candidates: list[tuple[float, str]]) -> tuple[str, ...]:
    """The likeliest translations; that a word stays as it is need not be said."""
    ranked = sorted(candidates, reverse=True)
    likely = [word for score, word in ranked if score >= RIVAL_SHARE * ranked[0][0]]
    return tuple(word for word in likely if word != english)[:MOST_TRANSLATIONS]


def _model(couple_of: Integers, given: Integers, places: Integers, weights: Floats) -> tuple[Floats, Floats]:
    """IBM Model 1, by expectation-maximisation: of each couple its probability given one word, and how often linked."""
    probabilities: Floats = np.ones(int(couple_of.max()) + 1)
    counts: Floats = probabilities
    for _ in range(ROUNDS):
        linked = probabilities[couple_of]
        linked *= weights / np.bincount(places, weights=linked)[places]
        counts = np.bincount(couple_of, weights=linked, minlength=len(probabilities)).astype(np.float64)
        probabilities = counts / np.bincount(given, weights=counts)[given]
    return probabilities, counts


def _links(pairs: Sequence[Pair], dutch: Mapping[str, int], english: Mapping[str, int]) -> Links:
    numbers: list[Integers] = []
    weights: list[Floats] = []
    dutch_place = english_place = 0
    for pair in pairs:
        rows = np.array([dutch[word] for word in pair.dutch if word in dutch], dtype=np.int64)
        others = np.array([english[word] for word in pair.english if word in english], dtype=np.int64)
        row, other = (part.ravel() for part in np.indices((len(rows), len(others))))
        numbers.append(np.stack((rows[row], others[other], dutch_place + row, english_place + other)))
        weights.append(np.full(len(row), pair.weight))
        dutch_place, english_place = dutch_place + len(rows), english_place + len(others)
    rows, others, dutch_places, english_places = np.concatenate(numbers, axis=1)
    return Links(rows, others, dutch_places, english_places, np.concatenate(weights))


def _numbered(sentences: Iterator[tuple[str, ...]]) -> dict[str, int]:
    seen = Counter(word for sentence in sentences for word in sentence)
    return {word: number for number, word in enumerate(word for word, count in seen.items() if count >= LEAST_SEEN)}


def _content(text: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word for word in words(text) if word.isalpha() and len(word) > 1 and not is_stop_word(word))
    )


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    with lzma.open(path, "rt", encoding="utf8") as file:
        for line in file:
            dutch, english, source = line.rstrip("\n").split("\t")
            if source not in LEFT_OUT:
                yield dutch, english, source
