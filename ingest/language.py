"""The language of a text, by a vote of its most common words."""

from __future__ import annotations

import re
from collections import Counter

from ingest.types import Finding, Origin

VOTERS = {
    "nl": frozenset(
        """
        de het een en van ik te dat die in is niet op aan met als voor had er maar om dan zou of wat mijn men
        dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog
        zal zij nu ge geen omdat iets worden toch waren veel meer doen moet ben zonder kan hun dus alles onder
        wordt zijn werd onze
        """.split()
    ),
    "en": frozenset(
        """
        the of and to in is that it was for on are with as be at by this have from or had not but what all were
        when we there can an your which their if will each how them then she many some so these would other into
        has more her
        """.split()
    ),
    "fr": frozenset(
        """
        le la les de des du un une et est en que qui dans pour pas par sur se ce il au plus ne avec sont aux
        mais nous ou cette ces son sa ses leur être été ont elle vous d l à même comme fait sans
        """.split()
    ),
    "de": frozenset(
        """
        der die das und ist von den dem zu mit sich des auf für nicht im eine als auch es an werden aus er hat
        dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur
        bis mehr durch
        """.split()
    ),
}
LANGUAGES = tuple(VOTERS)
MIN_VOTES = 8
MOST_CONFIDENT = 0.99
LEAD = 1.3  # the winner needs so many times the votes of the second
SAMPLE_CHARS = 60_000
WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> Finding | None:
    """An ISO 639-1 code (nl, en, fr or de); None for a text that is too short or mixed to tell."""
    words = Counter(WORD.findall(text[:SAMPLE_CHARS].lower()))
    votes = sorted(((sum(words[word] for word in voters), code) for code, voters in VOTERS.items()), reverse=True)
    (most, winner), (second, _) = votes[:2]
    if most < MIN_VOTES or most < LEAD * second:
        return None
    return Finding(winner, round(min(most / (most + second), MOST_CONFIDENT), 2), Origin.BODY)
