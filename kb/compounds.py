"""Dutch compounds: a long word as the words that it is made of, and words that could be written as one.

That splitting by the words of the collection itself is enough: C. Monz and M. de Rijke, "Shallow Morphological Analysis
in Monolingual Information Retrieval for Dutch, German, and Italian" (CLEF 2001).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from kb.analysis import stem
from kb.expansion import Expansion, ExpansionKind

MIN_PART_CHARS = 4
LONGEST_WORD = 80  # letters: what is longer is no word, and trying all its parts takes minutes
PARTS_SHARE, WHOLE_SHARE = 0.8, 0.9
LINKS = ("", "s", "e", "en", "n")  # between the parts: "beroeps|opleiding"


def split(word: str, is_part: Callable[[str], bool]) -> tuple[str, str] | None:
    """A word in two parts, the second as long as can be; None where it has none that are known.

    In Dutch the last part says what it is, and the longer it is the more it says.
    """
    return next((pair for pair in _pairs(word) if is_part(pair[1]) and is_part(pair[0])), None)


def _pairs(word: str) -> Iterator[tuple[str, str]]:
    places = range(MIN_PART_CHARS, len(word) - MIN_PART_CHARS + 1) if len(word) <= LONGEST_WORD else ()
    for at in places:
        for link in LINKS:
            first = word[:at].removesuffix(link) if link else word[:at]
            if word[:at].endswith(link) and len(first) >= MIN_PART_CHARS:
                yield first, word[at:]


def compound_expansions(
    term_words: Mapping[str, str], asked: Sequence[str], known_of: Callable[[Sequence[str]], Collection[str]]
) -> Iterator[Expansion]:
    """The parts of compounds that a collection has not, and compounds that it has of neighbouring words.

    ``term_words`` maps the question's terms to the words it writes, ``asked`` are all of its words; ``known_of`` gives
    those of some words that the collection has.
    """
    parts = {part for word in term_words.values() for pair in _pairs(word) for part in pair}
    known = known_of([*term_words.values(), *parts, *(whole for _, whole in _joined(asked))])
    for term, word in term_words.items():
        found = None if word in known else split(word, known.__contains__)
        if found:
            stems = tuple(map(stem, found))
            yield Expansion(term, stems, PARTS_SHARE, ExpansionKind.COMPOUND, word, " ".join(found))
    for pieces, whole in _joined(asked):
        for piece in pieces if whole in known else ():
            yield Expansion(stem(piece), (stem(whole),), WHOLE_SHARE, ExpansionKind.COMPOUND, piece, whole)


def _joined(asked: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Two or three neighbouring words with what they would be as one."""
    for length in (2, 3):
        for at in range(len(asked) - length + 1):
            pieces = asked[at : at + length]
            if all(piece.isalpha() for piece in pieces):
                yield pieces, "".join(pieces)
                yield pieces, f"{''.join(pieces[:-1])}s{pieces[-1]}"
