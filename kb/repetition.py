"""What a passage repeats of those above it: a reader who has seen it gains more by something else."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from kb.analysis import is_stop_word, stem, text_words
from kb.types import Hit

REPETITION_WEIGHT = 0.5  # the share of its score that a passage loses that says just what one above it says


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A hit that has no place yet: its score, its words, and the most that it shares with a hit that has."""

    hit: Hit
    stems: Set[str]
    repeats: float = 0.0

    @property
    def score(self) -> float:
        return self.hit.score * (1 - REPETITION_WEIGHT * self.repeats)

    def below(self, placed: _Waiting) -> _Waiting:
        """The same, now that another stands above it."""
        return replace(self, repeats=max(self.repeats, _shared(self.stems, placed.stems)))


def without_repetition(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, best first, each with the score that is left of its own once those above it were read.

    Maximal marginal relevance, as in J. Carbonell and J. Goldstein, "The Use of MMR, Diversity-Based Reranking for
    Reordering Documents and Producing Summaries" (SIGIR 1998); alike are texts that share most of the stems of
    their content words (Jaccard). Scores that are not negative never rise down the list.
    """
    waiting = [_Waiting(hit, _content(hit.passage.text)) for hit in hits]
    placed: list[Hit] = []
    while waiting:
        best = max(waiting, key=lambda one: one.score)
        placed.append(replace(best.hit, score=best.score, repeats=best.repeats))
        waiting = [one.below(best) for one in waiting if one is not best]
    return tuple(placed)


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text_words(text) if not is_stop_word(word))


def _shared(one: Set[str], other: Set[str]) -> float:
    """The share of the words of two texts that both have, from 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0
