"""A question that asks two things or three: each as a question by itself, with what it needs of those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.analysis import is_stop_word, words
from kb.evidence import Evidence
from kb.question import Question, QuestionKind, analyse, names_in_question

MOST_PARTS = 3
FEW_WORDS = 2  # content words below which a part is about what the first is: "en hoeveel lessen zijn er?"
FEWEST_WORDS = 3  # of a part, all words counted
MAX_TERM_CHARS = 60  # of a thing of which two are to be defined

_PREPOSITION = r"(?:door|aan|bij|in|op|met|van|voor|tot|sinds|vanaf|uit|tegen|onder|by|for|with|since|from|to)"
_ASKING = (
    rf"(?:{_PREPOSITION}\s+)?"
    r"(?:wat|wie|welke?|wanneer|waarom|waar\w*|hoe(?:veel|zo)?|what|who|whom|which|when|where|why|how)\b"
)
_NEXT_SENTENCE = re.compile(r"(?<=\?)\s+")
_NEXT_PART = re.compile(rf",?\s+(?:en|and)\s+(?={_ASKING})", re.IGNORECASE)
# What only asks, and leaves what it asks about to the part after it: "hoe en wanneer", "in hoeveel schijven en".
_BARE = re.compile(rf"^\W*{_ASKING}(?:(?<=hoeveel)\s+\w+|(?<=welke)\s+\w+|(?<=welk)\s+\w+)?$", re.IGNORECASE)
_ASKING_FIRST = re.compile(rf"^{_ASKING}(?:(?<=hoeveel)\s+\w+|(?<=welke)\s+\w+|(?<=welk)\s+\w+)?\s*", re.IGNORECASE)
_RELATIVE = re.compile(r"\S\s+(waar\w*)\b", re.IGNORECASE)  # "een plek waar men leert en waar men werkt"
_ASKED_OF = re.compile(r"\b(?:van|voor|over|of)\b", re.IGNORECASE)  # "het doel | van de proef": what it is about
_POINTS_BACK = re.compile(
    r"\b(?:hij|zij|ze|hem|hen|hun|die|deze|dit|dat|daar\w*|ervan|it|its|they|them|their"
    r"|het(?=\W*$)|(?<=is )het|(?<=wordt )het|(?<=werd )het)\b",
    re.IGNORECASE,
)
_TWO_TERMS = re.compile(
    r"^\W*(?:(?:wat|what)\s+(?:is|zijn|betekent|betekenen|are)|(?:wat|waarvoor)\s.*?\b(?:onder|staan))"
    rf"\s+(?P<one>\S.{{0,{MAX_TERM_CHARS}}}?)\s+(?:en|and)\s+(?:onder\s+)?(?P<other>\S.{{0,{MAX_TERM_CHARS}}})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One of the things that a question asks, as it puts it, and what it is about where an earlier part says so."""

    text: str
    about: str = ""

    @property
    def whole(self) -> str:
        """All that it asks, as a question by itself."""
        return f"{self.text} ({self.about})" if self.about else self.text


def asked_parts(question: Question, evidence: Sequence[Evidence] = ()) -> tuple[AskedPart, ...]:
    """What a question asks, one by one; nothing for a question that asks one thing.

    "Leren en werken" is one thing where ``evidence`` joins the two as well.
    """
    text = " ".join(question.meant.split())
    if question.is_part and text != " ".join(question.text.split()):
        return ()  # a letter in another language: where it asks is known of its translation only
    terms = _two_terms(question, text, evidence)
    pieces = () if terms else tuple(_pieces(text))[:MOST_PARTS]
    if len(pieces) < 2 or any(map(_says_too_little, pieces)):
        return terms
    if any(map(_BARE.match, _NEXT_PART.split(text)[:-1])):
        return tuple(map(AskedPart, pieces))  # they have all they are about from the last
    return tuple(_with_what_it_is_about(pieces))


def _two_terms(question: Question, text: str, evidence: Sequence[Evidence]) -> tuple[AskedPart, ...]:
    """The two things of which a question asks what they are."""
    found = _TWO_TERMS.match(text.rstrip(" ?.!"))
    if question.kind is not QuestionKind.DEFINITION or found is None or _NEXT_PART.search(text):
        return ()
    joined = f"{found['one']} en {found['other']}".lower()
    if any(joined in unit.quote.lower() for unit in evidence):
        return ()
    return tuple(AskedPart(f"Wat is {found[name]}?") for name in ("one", "other"))


def _pieces(text: str) -> Iterator[str]:
    for sentence in _NEXT_SENTENCE.split(text):
        pieces = _NEXT_PART.split(sentence)
        relative = {word.lower() for piece in pieces[:-1] for word in _RELATIVE.findall(piece)}
        if any(words(piece)[:1] and words(piece)[0] in relative for piece in pieces[1:]):
            yield sentence
            continue
        tail = _ASKING_FIRST.sub("", pieces[-1])
        for piece in pieces:
            yield f"{piece} {tail}" if _BARE.match(piece) and piece is not pieces[-1] else piece.rstrip(" ,")


def _with_what_it_is_about(pieces: Sequence[str]) -> Iterator[AskedPart]:
    """Each part, with the words of the first where it points back at it, and else with the names where it has none."""
    topic = " ".join(_content(_ASKED_OF.split(pieces[0])[-1]) or _content(pieces[0]))
    names = " ".join(names_in_question(pieces[0]))
    yield AskedPart(pieces[0])
    for piece in pieces[1:]:
        if _POINTS_BACK.search(piece):
            yield AskedPart(piece, topic)
        elif analyse(piece).kind is QuestionKind.DEFINITION or names_in_question(piece):
            yield AskedPart(piece)
        else:
            yield AskedPart(piece, names or (topic if len(_content(piece)) < FEW_WORDS else ""))


def _says_too_little(piece: str) -> bool:
    """Whether a part leaves out what it asks about, without a word that points at it: "en met welk contract?"."""
    return len(words(piece)) <= FEWEST_WORDS and not _POINTS_BACK.search(piece)


def _content(text: str) -> list[str]:
    return [word for word in dict.fromkeys(words(text)) if not is_stop_word(word)]
