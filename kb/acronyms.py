"""Acronyms of a question and their long forms, each for the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.analysis import is_stop_word, stem, words
from kb.expansion import Expansion, ExpansionKind

SHARE = 0.9


def acronym_expansions(
    term_words: Mapping[str, str], asked: Sequence[str], long_forms: Mapping[str, Sequence[str]]
) -> Iterator[Expansion]:
    """Long forms of the acronyms among the asked words, and acronyms of the long forms among the terms.

    ``term_words`` maps the question's terms to the words it writes, ``long_forms`` acronyms to what they stand for,
    the likeliest first.
    """
    for acronym, meanings in long_forms.items():
        key = acronym.lower()
        for long_form in meanings:
            parts = tuple(stem(word) for word in words(long_form) if not is_stop_word(word))
            if not parts:
                continue
            if key in asked:
                yield Expansion(stem(key), parts, SHARE, ExpansionKind.ACRONYM, acronym, long_form)
            elif term_words.keys() >= set(parts):
                for part in parts:
                    yield Expansion(part, (stem(key),), SHARE, ExpansionKind.ACRONYM, long_form, acronym)
