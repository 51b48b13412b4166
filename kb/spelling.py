"""Typing errors of a question: words that nobody knows, put right by the nearest word of the collection.

Nearness is the number of letters added, left out, changed or swapped with the next (optimal string alignment, as in
R. A. Wagner and R. Lowrance, "An Extension of the String-to-String Correction Problem", JACM 1975). Four of five typing
errors are one of these (F. Damerau, "A Technique for Computer Detection and Correction of Spelling Errors", CACM 1964).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from kb.analysis import is_stop_word, stem, words
from kb.expansion import Expansion, ExpansionKind
from kb.vocabulary import is_dutch, spoken

MIN_CHARS = 5  # of a word of the subject: shorter ones have too many neighbours
MIN_ASKING_CHARS = 4
LONG_WORD = 8
MANY_ERRORS = 2  # in a long word; one in another
ASKING_WORDS = tuple(
    "hoeveel hoelang wanneer waarom waarvoor waarmee waarover waardoor welke welk waar betekent betekenis definitie"
    " verschil tussen volgens moeten mogen kunnen heeft hebben wordt worden".split()
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Spelling:
    """Puts words right by those that ask, then by those of a collection.

    ``is_known`` tells which words the collection has, ``words_beginning`` gives those of its words that begin with some
    letters; it is asked only when a word is unknown.
    """

    is_known: Callable[[Sequence[str]], Collection[str]]
    words_beginning: Callable[[Sequence[str]], Iterable[str]]

    def corrected(self, text: str) -> tuple[str, tuple[Expansion, ...]]:
        """The text with its typing errors put right, and what was put right."""
        tokens = {token: word for token in _TOKEN.findall(text) if (word := _word(token))}
        known = set(self.is_known([*tokens.values()]))
        found: dict[str, Expansion] = {}
        for token, word in tokens.items():
            right = spoken().get(word) or (None if word in known else self._nearest(token, text))
            if right and right != word:
                found[token] = Expansion(stem(word), tuple(map(stem, words(right))), 1.0, ExpansionKind.SPELLING, token,
                                         right)  # fmt: skip
        if not found:
            return text, ()
        replaced = _TOKEN.sub(lambda match: _as_written(match[0], found), text)
        return replaced, tuple(found.values())

    def _nearest(self, token: str, text: str) -> str | None:
        word = _word(token)
        if len(word) < MIN_ASKING_CHARS or is_stop_word(word) or is_dutch(word) or _is_acronym(token, text):
            return None
        if _is_name(token, text):
            return nearest(word, self.words_beginning(_beginnings(word)), most=1) if len(word) >= LONG_WORD else None
        most = MANY_ERRORS if len(word) >= LONG_WORD else 1
        found = nearest(word, ASKING_WORDS, most=most)
        if found is None and len(word) >= MIN_CHARS:
            found = nearest(word, self.words_beginning(_beginnings(word)), most=most)
        return found


def nearest(word: str, candidates: Iterable[str], *, most: int) -> str | None:
    """The word with the fewest errors between, of equal ones the likeliest."""
    from rapidfuzz import process  # only now: most questions have no typing error
    from rapidfuzz.distance import OSA

    candidates = [one for one in candidates if one.startswith(_beginnings(word))]
    near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=most, limit=None)
    return min(near, key=lambda one: (one[1], *_difference(word, one[0])))[0] if near else None


def _beginnings(word: str) -> tuple[str, str]:
    """How the right word begins: people get the first letter right, or swap it with the second."""
    return word[0], word[1::-1]


def _difference(word: str, other: str) -> tuple[bool, int, str]:
    """What decides between words with as many errors: the same letters in another order are the likeliest."""
    return sorted(word) != sorted(other), -_common_ends(word, other), other


def _common_ends(one: str, other: str) -> int:
    return _common_start(one, other) + _common_start(one[::-1], other[::-1])


def _common_start(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _word(token: str) -> str:
    return "".join(words(token))


def _is_acronym(token: str, text: str) -> bool:
    """Whether a word is written in capitals among others that are not."""
    return sum(letter.isupper() for letter in token) > 1 and not text.isupper()


def _is_name(token: str, text: str) -> bool:
    """Whether a word has a capital that does not come from the place where it stands."""
    return token[0].isupper() and not text.isupper() and not text.lstrip(" ¿\"'").startswith(token)


def _as_written(token: str, found: dict[str, Expansion]) -> str:
    """The right word, with the capital of the one that was written."""
    if token not in found:
        return token
    right = found[token].label
    return right[0].upper() + right[1:] if token[0].isupper() else right
