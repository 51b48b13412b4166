"""Sentences that define a term: "Duaal leren is een leerweg waarbij ...", "Onder stage verstaan we ...".

Only forms that rarely do anything else are taken: a sentence that is missed can still be found by asking, and one that
defines nothing makes a list of terms useless. ``kb.definitions`` looks for the definition of one known thing, and may
take any form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.types import Passage, Span
from kb.analysis import is_stop_word, words
from kb.definitions import JUDGING
from kb.glossary.types import folded

MAX_TERM_WORDS = 6
MAX_TERM_CHARS = 60
MIN_DEFINITION_CHARS = 12
MAX_DEFINITION_CHARS = 600

_OPEN, _CLOSE = "[“\"'‘„]?", "[”\"'’]?"
_APART = '“”"‘„,;:.!?()|'  # what never stands in a term
_ALSO = r"(?: \([^()]{2,40}\))?"  # "Provinciaal Overlegforum (POF) is ..."
_TERM = rf"{_OPEN}(?P<term>[^\s’{_APART}][^{_APART}]{{1,{MAX_TERM_CHARS - 1}}}?){_CLOSE}{_ALSO}"
_MARK = re.compile(r"^(?:[-*•–▪◦]\s+|\(?\w{1,3}[°.)]\s+|\d{1,2}\s+(?=[A-ZÀ-Ý]))")  # of a list, or of a footnote
_LABELLED = re.compile(rf"^{_TERM}\s*(?:[:|]|\s[=–-])\s+\S")
_ARTICLE = re.compile(r"^(?:een|de|het|an?|the)\s+", re.IGNORECASE)
# What narrows the thing that it is one of: "een leerweg waarbij ...". Without it, "X is een succes" would define X.
_NARROWS = (
    r"[^.;]{3,90}?\b(?:die|dat|waar(?:bij|in|mee|door|op|van|onder|voor|aan)?|tussen|voor|(?:uit|in|op)ge\w+"
    r"|bestaande uit|bedoeld (?:voor|om)|om [^.;]{3,60} te)\b"
)
_JUDGES = rf"(?!(?:\w+ ){{0,2}}{JUDGING}\b)"
_SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:Onder|Met) (?:de term |het begrip |de begrippen )?{_TERM} "
        r"(?:verstaa[nt]|bedoel\w+|(?:wordt|worden) .{0,60}?\b(?:verstaan|bedoeld))\b",
        rf"^{_TERM} (?:wordt|worden) (?:\w+ ){{0,3}}(?:gedefinieerd|omschreven) als\b",
        rf"^{_TERM} (?:staa[nt] voor|betekent|betekenen|verwijst naar) (?!dat\b|immers\b|dus\b|ook\b|onder meer\b)",
        rf"^{_TERM} (?:is|zijn) (?:een|de|het|elke|alle) {_JUDGES}{_NARROWS}",
    )
)
_ANNOUNCES = re.compile(
    r"\b(?:begrippen(?:lijst|kader)?|definities|begripsbepalingen|begripsomschrijvingen|woordenlijst|lexicon"
    r"|afkortingen|terminologie|glossarium)\b|\bverstaan (?:we )?onder\b|\bverstaan:",
    re.IGNORECASE,
)
_NO_TERMS = frozenset(
    "dit dat deze die het hij zij ze wij we er hier daar daarbij hiermee daarmee dus ook wat wie waar zo niet geen"
    " belangrijk doel bedoeling gevolg resultaat voordeel nadeel reden voorwaarde oplossing probleem vraag antwoord"
    " voorbeeld bron opmerking conclusie taak rol opdracht ambitie uitgangspunt term begrip bijvoorbeeld"
    " mogelijke verder tevens bovendien daarnaast echter tenslotte momenteel inmiddels vandaag eerst nu vooral"
    " ander andere volgende eerste tweede derde laatste enige elk elke alle ik u wijze manier".split()
)
_NOT_IN_A_NAME = frozenset(
    "is zijn was waren wordt worden werd heeft hebben kan kunnen moet moeten mag mogen zal zullen gaat gaan doet doen"
    " krijgt krijgen geeft geven maakt maken biedt bieden om te dit dat die deze".split()
)
_LETTERS = re.compile(r"[A-Z][\w&-]{1,9}")
_LONG_FORM = re.compile(r"^.*?(?:[:|]|\s[=–-])\s+(?P<long>[^|;:.()]{4,120})")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and the stretch of its document that defines it; for an acronym of a list also what it stands for."""

    term: str
    span: Span
    long_form: str | None = None


def definitions(passages: Iterable[Passage]) -> tuple[Definition, ...]:
    """What the passages of a document define; each term at the first place that does."""
    first: dict[str, Definition] = {}
    for passage in passages:
        for found in _in_passage(passage):
            first.setdefault(folded(found.term), found)
    return tuple(first.values())


def _in_passage(passage: Passage) -> Iterator[Definition]:
    above = " ".join((*passage.headings, passage.lead_in or ""))
    announced = bool(_ANNOUNCES.search(above))
    for unit in passage.units:
        text = " ".join(passage.plain(unit.start, unit.end).split())
        if MIN_DEFINITION_CHARS <= len(text) <= MAX_DEFINITION_CHARS and not text.endswith(("?", ":")):
            term = _term_of(text, announced=announced)
            if term:
                yield Definition(term, unit, _long_form(term, text) if announced else None)


def _term_of(text: str, *, announced: bool) -> str | None:
    """What a sentence or item defines; None where it defines nothing."""
    text = _MARK.sub("", text)
    patterns = (_LABELLED, *_SENTENCES) if announced else _SENTENCES
    for pattern in patterns:
        found = pattern.match(text)
        term = _bare(found["term"]) if found else None
        if term and _is_term(term):
            return term
    return None


def _long_form(term: str, text: str) -> str | None:
    """What follows an acronym in a list, where its letters stand in it in order: "CLB: centrum voor ...begeleiding"."""
    found = _LONG_FORM.match(text)
    if not found or not _LETTERS.fullmatch(term) or sum(one.isupper() for one in term) < 2:
        return None
    left = iter(folded(found["long"]))
    letters = [one for one in folded(term) if one.isalpha()]
    in_order = folded(found["long"])[0] == letters[0] and all(letter in left for letter in letters)
    return found["long"].strip() if in_order else None


def _bare(written: str) -> str:
    """A term without its article, and without the capital that the beginning of a sentence gave it."""
    term = _ARTICLE.sub("", written.strip())
    had_article = term != written.strip()
    first, _, rest = term.partition(" ")
    is_name = had_article or any(one.isupper() for one in term[1:]) or not first[1:].islower()
    return term if is_name else f"{first[:1].lower()}{first[1:]}{' ' if rest else ''}{rest}"


def _is_term(term: str) -> bool:
    """Whether these words can be the name of a thing: few, no sentence, and not one that points at something else."""
    said = words(term)
    if not 0 < len(said) <= MAX_TERM_WORDS or not any(len(word) > 1 and not word.isdigit() for word in said):
        return False
    if said[0] in _NO_TERMS or said[-1] in _NO_TERMS or is_stop_word(said[0]) or is_stop_word(said[-1]):
        return False
    return not _NOT_IN_A_NAME.intersection(said)
