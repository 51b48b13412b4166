"""English questions, word by word in Dutch: enough to find by, and never shown as an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from kb.analysis import is_stop_word, stem, words
from kb.expansion import Expansion, ExpansionKind
from kb.thesaurus import Thesaurus
from kb.vocabulary import names, translations

OTHER_SHARE = 0.7  # of a second translation
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:-[^\W_]+)*|[^\w\s]+")
_LONGEST_NAME = 3


def in_dutch(
    text: str, thesaurus: Thesaurus, is_known: Callable[[Sequence[str]], Collection[str]]
) -> tuple[str, tuple[Expansion, ...]]:
    """An English question in Dutch words, and what was looked for instead of its own.

    Of several translations the first that the collection knows is taken; the others are other words for it.
    """
    tokens = _TOKEN.findall(text)
    dutch: list[str] = []
    found: list[Expansion] = []
    position = 0
    while position < len(tokens):
        length, choices = _choices(tokens, position, thesaurus)
        written = " ".join(tokens[position : position + length])
        chosen = _chosen(choices, is_known)
        dutch.append(chosen or written)
        if chosen and not all(map(is_stop_word, words(written))):
            found += _expansions(written, chosen, choices)
        position += length
    return " ".join(dutch), tuple(found)


def _choices(tokens: Sequence[str], position: int, thesaurus: Thesaurus) -> tuple[int, tuple[str, ...]]:
    """How many words are translated together, and into what: a name, a concept of the field, or one word."""
    lowered = [token.lower() for token in tokens]
    for length in range(_LONGEST_NAME, 0, -1):
        if name := names().get(" ".join(lowered[position : position + length])):
            return length, (name,)
    stems = [stem("".join(words(token))) for token in tokens]
    concept = thesaurus.dutch_for(stems, position)
    if concept and (concept[0] > 1 or lowered[position] not in translations()):
        return concept[0], (concept[1],)
    return 1, translations().get(lowered[position], ())


def _chosen(choices: Sequence[str], is_known: Callable[[Sequence[str]], Collection[str]]) -> str | None:
    known = is_known(choices) if len(choices) > 1 else ()
    return next((choice for choice in choices if choice in known), choices[0] if choices else None)


def _expansions(written: str, chosen: str, choices: Sequence[str]) -> Iterator[Expansion]:
    for term in words(chosen):
        yield Expansion(stem(term), (stem(term),), 1.0, ExpansionKind.TRANSLATION, written, chosen)
        for other in choices:
            if other != chosen:
                stems = tuple(map(stem, words(other)))
                yield Expansion(stem(term), stems, OTHER_SHARE, ExpansionKind.TRANSLATION, written, other)
