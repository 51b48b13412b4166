"""What a sentence says, in a form that can be compared: its words, figures and names in order, and what turns it.

Two sentences say the same when nothing that could make them differ in fact differs: figures, names, a negation, a
limit, a condition. The words that are left may differ a little. It is meant to miss rather than to err.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from kb.analysis import is_stop_word, specificity, stem, words
from kb.evidence import Evidence

MIN_SHARED = 0.75  # of the words of both (Dice): nearly the same sentence
MIN_SHARED_APART = 0.85  # where each has a special word of its own: "de gids", "het advies"
MIN_HELD = 0.9  # of the words of the one, in a sentence that says more
MAX_LONGER = 2.5  # times the words of the one: a sentence that says more
MIN_WORDS = 3  # fewer say nothing by themselves

_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
        "negentien twintig".split(),
        start=2,
    )
} | {"dertig": "30", "veertig": "40", "vijftig": "50", "zestig": "60", "honderd": "100", "duizend": "1000"}
FIGURE = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b[A-ZÀ-Ý][^\W_]*|^[A-ZÀ-Ý]{2,}\b")
_ENUMERATOR = re.compile(r"^\s*(?:[-•*▪◦–]|\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-z][.)])\s+")

# Words that turn what a sentence says; those of one line turn it alike.
_TURNS = {
    word: line[0]
    for line in (
        "niet geen nooit noch zonder nergens niemand niets not no never".split(),
        "minstens minimaal minimum tenminste".split(),
        "hoogstens maximaal maximum uiterlijk".split(),
        "meer ruim more".split(),
        "minder bijna less".split(),
        "ongeveer circa ca zowat about".split(),
        "moet moeten verplicht verplichte verplichting".split(),
        "mag mogen kan kunnen vrijwillig facultatief".split(),
        "als indien wanneer tenzij behalve mits if unless".split(),
        "alleen enkel slechts uitsluitend only".split(),
        "eerste".split(),
        "tweede".split(),
        "derde".split(),
        "vierde".split(),
        "alle elke iedere ieder".split(),
        "sommige enkele".split(),
    )
    for word in line
}
# Prepositions that turn a figure or a day, and only that.
_BEFORE_FIGURE = re.compile(r"\b(voor|na|vanaf|sinds|tot|onder|boven|rond)\s+(?:\w+\s+)?(?=\d)", re.IGNORECASE)
# What only says where something stands, or how it is abbreviated, is not said of it.
_REFERENCE = re.compile(
    r"\s*[(\[](?:[A-Z][\w-]{1,9}|[^()\[\]]*\b(?:hoofdstuk|deel|onderdeel|dia|blz|pagina|p\.|pp\.|art\.|artikel|bijlage|tabel"
    r"|figuur|zie|bron|cf\.|chapter|section|page|see)\b[^()\[\]]*|\d{1,3})[)\]]"
)
NEGATION = "niet"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a sentence says.

    ``words`` are the stems of its content words, and ``figures`` its figures, in their order; ``names`` the words that
    are capitalised within it; ``turns`` the words that turn it, and a denial in what introduces it.
    """

    words: tuple[str, ...]
    figures: tuple[str, ...]
    names: tuple[str, ...]
    turns: frozenset[str]


def saying_of(evidence: Evidence) -> Saying:
    """What a unit says where it stands: under a heading, or in a list, that may deny it."""
    saying = read(evidence.quote)
    return replace(saying, turns=saying.turns | _turns(introduction_of(evidence)) & {NEGATION})


def units_say_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether the other unit says what the one does, where each stands."""
    return says_same(read(one.quote), read(other.quote)) and saying_of(one).turns == saying_of(other).turns


@lru_cache(maxsize=10_000)
def read(text: str) -> Saying:
    """What a sentence says by itself."""
    body = " ".join(without_references(text).split())
    held = words(FIGURE.sub(" ", body))
    return Saying(
        words=tuple(stem(word) for word in held if not is_stop_word(word) and word not in _TURNS),
        figures=tuple(figure_of(match[0]) for match in FIGURE.finditer(body)),
        names=names_in(body),
        turns=_turns(body) | {match[1].lower() for match in _BEFORE_FIGURE.finditer(body)},
    )


def without_references(text: str) -> str:
    """A text without the number of its item, and without what in brackets only says where it stands."""
    return _REFERENCE.sub("", _ENUMERATOR.sub("", text))


def figure_of(written: str) -> str:
    """A figure as people write it, in one form: "1.200", "1200"; "twee", "2"."""
    lowered = written.lower()
    return _NUMBER_WORDS.get(lowered) or _THOUSANDS.sub("", lowered).replace(",", ".").rstrip(".")


def says_same(one: Saying, other: Saying) -> bool:
    """Whether the other sentence says what the one does, and perhaps a little more."""
    if min(len(one.words), len(other.words)) < MIN_WORDS:
        return False
    if one.figures != other.figures or one.turns != other.turns or not same_names(one, other):
        return False
    shared = LCSseq.similarity(one.words, other.words)
    if shared < len(set(one.words) & set(other.words)):
        return False  # the same words in another order: who does what to whom may be turned round
    least = MIN_SHARED_APART if all(special_words(one, other)) else MIN_SHARED
    alike = 2 * shared >= least * (len(one.words) + len(other.words))
    within = shared >= MIN_HELD * len(one.words) and len(other.words) <= MAX_LONGER * len(one.words)
    return alike or within


def names_in(text: str) -> tuple[str, ...]:
    """The stems of the words that are capitalised within a text, and of those in capitals only."""
    return tuple(stem(word) for name in _NAME.findall(text) for word in words(name))


def same_names(one: Saying, other: Saying) -> bool:
    """Whether neither names what the other does not speak of; a name that opens a sentence looks like any word."""
    return set(one.names) <= set(other.words) and set(other.names) <= set(one.words)


def special_words(one: Saying, other: Saying) -> tuple[frozenset[str], frozenset[str]]:
    """The words of each that the other lacks, without the words of everyday."""
    pair = set(one.words) - set(other.words), set(other.words) - set(one.words)
    first, second = (frozenset(word for word in extra if specificity(word) == 1) for extra in pair)
    return first, second


def introduction_of(evidence: Evidence) -> str:
    """What announces a unit: the heading above it, and the sentence with a colon that begins its list."""
    passage = evidence.stored.passage
    earlier = [passage.slice(unit.start, unit.end) for unit in passage.units if unit.end <= evidence.span.start]
    announced = next((text for text in reversed(earlier) if text.rstrip().endswith(":")), passage.lead_in or "")
    return " ".join((*passage.headings[-1:], announced))


def _turns(text: str) -> frozenset[str]:
    return frozenset(_TURNS[word] for word in words(text) if word in _TURNS)
