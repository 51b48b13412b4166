"""Whole mails as a question: the sentences that ask, apart from what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.analysis import is_stop_word, words

LONG_QUESTION = 400  # characters from which a text is a letter
MOST_ASKED = 3  # sentences
FEW_WORDS = 2  # content words below which a sentence points back at the one before: "Kan dat?"

_FLAGS = re.IGNORECASE | re.MULTILINE
_GREETINGS = r"beste|dag|geachte|hallo|hoi|hey|goede\w*|goeie\w*|dear|hi|hello|good (?:morning|afternoon)"
_GREETING = re.compile(rf"\A\s*(?:{_GREETINGS})\b[^\n.?!]{{0,60}}(?:[,.!]\s|\n|$)", re.IGNORECASE)
_CLOSINGS = (
    r"(?:met )?(?:vriendelijke|hartelijke|beste|warme|collegiale) groet\w*|groet\w*|mvg\b|hoogachtend|met dank\b"
    r"|(?:alvast )?(?:hartelijk )?(?:bedankt|dank u|dank je)\b|dank bij voorbaat"
    r"|(?:kind|best|warm) regards|thanks|thank you|yours (?:sincerely|faithfully)"
)
_CLOSING = re.compile(rf"^\W*(?:{_CLOSINGS})[\s\S]*\Z", _FLAGS)
_QUOTED = re.compile(
    r"^>.*$|^(?:van|from): .*\n(?:verzonden|sent|datum|date|aan|to|cc|onderwerp|subject):[\s\S]*\Z"
    r"|^-{3,} ?(?:oorspronkelijk|original|doorgestuurd|forwarded)[\s\S]*\Z"
    r"|^(?:op .{5,80} schreef|on .{5,80} wrote).{0,80}:\s*\n[\s\S]*\Z",
    _FLAGS,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n\s*\n|\n(?=\W*[-*•])")
_ASKS = re.compile(
    r"^\W*(?:en |maar |dus )?(?:wat|wie|welke?|waar\w*|wanneer|hoe\w*|hoeveel|what|who|which|where|when|how|why)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"\b(?:ik (?:zoek|vraag|wil weten|wou|zou)|wij? (?:zoeken|vragen)|graag|kunt u|kan (?:u|je|jij)|kun je|zou u"
    r"|laat (?:me|mij|ons)|mijn vraag|onze vraag|could you|can you|i would like|please)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks: the sentences that do, and what else it says, if it is a letter."""

    text: str
    rest: str = ""
    is_letter: bool = False


def asked_in(text: str) -> Asked:
    """The sentences of a letter that ask; of anything else the whole text."""
    body = _CLOSING.sub("", _QUOTED.sub("", text)).strip()
    greeted = _GREETING.match(body)
    if not (greeted or len(text) > LONG_QUESTION or (body != text.strip() and "\n" in text)):
        return Asked(text)
    body = body[greeted.end() :] if greeted else body
    sentences = [" ".join(one.split()) for one in _SENTENCE_END.split(body) if words(one)]
    if not sentences:
        return Asked(text)
    chosen = _chosen(sentences)
    asked = " ".join(sentences[place] for place in chosen)
    rest = " ".join(sentence for place, sentence in enumerate(sentences) if place not in chosen)
    return Asked(asked, rest, is_letter=True)


def _chosen(sentences: Sequence[str]) -> list[int]:
    """The places of the sentences that ask, with the one before where such a sentence says too little."""
    for asks in (_has_question_mark, _ASKS.search, _REQUESTS.search):
        places = [place for place, sentence in enumerate(sentences) if asks(sentence)][:MOST_ASKED]
        if places:
            break
    else:
        places = [len(sentences) - 1]
    short = [
        place for place in places if place and _content(sentences[place]) < FEW_WORDS and _content(sentences[place - 1])
    ]
    return sorted({*places, *(place - 1 for place in short)})


def _has_question_mark(sentence: str) -> bool:
    return sentence.rstrip(" \"'”’)").endswith("?")


def _content(sentence: str) -> int:
    """How many words of a sentence say something."""
    return sum(not is_stop_word(word) for word in words(sentence))
