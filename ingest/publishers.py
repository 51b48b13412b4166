"""Who issued a document, told from signs of different weight; without enough of them it stays unknown."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ingest.front import Front
from ingest.organisations import NAMED_BY_FORM, ORGANISATIONS, Organisation

MIN_WEIGHT = 3
ALONE, DOMAIN, REFERENCE, COMPANY, TITLE, NAME, MENTIONED, OFTEN = 4, 3, 3, 3, 2, 2, 1, 1
OFTEN_TIMES = 2
JOINS = re.compile(r"[\s_-]+")


def publisher_of(front: Front, title: str | None, company: str | None) -> str | None:
    """The organisation that most signs point to; None when they are few or point to two.

    ``company`` is what the file's properties say: the organisation of whoever typed it.
    """
    weights: Counter[str] = Counter()
    haystack = _loose("\n".join((front.body, front.name, title or "", company or "")))
    for organisation in ORGANISATIONS:
        if not any(key in haystack for key in _keys(organisation)):
            continue
        weights[organisation.name] += _weight(organisation, front, title or "", company or "")
    for name in _named_by_form(front):
        weights[name] += ALONE * (weights[name] == 0)
    (best, weight), (_, second) = (*weights.most_common(2), ("", 0), ("", 0))[:2]
    return best if weight >= MIN_WEIGHT and weight > second else None


def region_of(front: Front, title: str | None, publisher: str | None) -> str | None:
    """The region that a document is about: a province or city in its title or name, else its publisher's."""
    places = [organisation for organisation in ORGANISATIONS if organisation.place]
    for text in (title or "", front.words):
        named = {organisation.place for organisation in places if _mentions(organisation.place or "", text)}
        if len(named) == 1:
            return named.pop()
    if _mentions("Vlaanderen", title or ""):
        return "Vlaanderen"
    return next((organisation.region for organisation in ORGANISATIONS if organisation.name == publisher), None)


def _loose(text: str) -> str:
    """A text in which a name can be looked for quickly, before it is matched exactly."""
    return JOINS.sub(" ", text.casefold())


@cache
def _keys(organisation: Organisation) -> tuple[str, ...]:
    return tuple(_loose(key) for key in (*organisation.aliases, *organisation.domains))


def _weight(organisation: Organisation, front: Front, title: str, company: str) -> int:
    opening, name = front.opening, front.words
    ends = opening + "\n" + front.closing
    lines = {line.text.strip(" /|-") for line in front.lines if not line.is_running_text}
    references = "\n".join(line.text for line in front.lines if not line.is_running_text)
    aliases = organisation.aliases
    mentions = sum(len(_pattern(alias).findall(front.body)) for alias in aliases)
    signs = (
        (ALONE, any(alias in lines for alias in aliases)),
        (DOMAIN, any(_has_domain(domain, ends) for domain in organisation.domains)),
        (REFERENCE, any(_is_reference(alias, references) for alias in aliases)),
        (COMPANY, company.casefold() in {alias.casefold() for alias in aliases}),
        (TITLE, any(_mentions(alias, title) for alias in aliases) or _is_of_place(organisation, title, mentions)),
        (NAME, any(_mentions(alias, name) for alias in aliases) or _is_of_place(organisation, name, mentions)),
        (MENTIONED, any(_mentions(alias, opening) for alias in aliases)),
        (OFTEN, mentions >= OFTEN_TIMES),
    )
    return sum(weight for weight, is_there in signs if is_there)


def _is_reference(alias: str, text: str) -> bool:
    """Whether a text holds a reference such as "SERV_ADV_20180702"."""
    return alias.isupper() and bool(re.search(rf"\b{re.escape(alias)}[_/]\w*\d{{4}}", text))


def _is_of_place(organisation: Organisation, text: str, mentions: int) -> bool:
    """Whether a text names the place of a province or city that the document itself names as such."""
    return bool(organisation.place) and mentions > 0 and _mentions(organisation.place or "", text)


def _mentions(name: str, text: str) -> bool:
    return bool(_pattern(name).search(text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A name in a text. One of capitals only is an acronym, and matched as such; a space may stand for a hyphen."""
    exact = re.sub(r"(?:\\[ -])+", r"[\\s-]+", re.escape(name))
    return re.compile(rf"(?<![\w-]){exact}(?![\w-])" if name.isupper() else rf"(?<![\w-])(?i:{exact})(?![\w-])")


def _has_domain(domain: str, text: str) -> bool:
    before = r"(?<![\w.-])" if "@" in domain else r"(?:@|//|www\.)(?:[\w-]+\.)*"
    return bool(re.search(rf"{before}{re.escape(domain)}(?![\w-]|\.\w)", text, re.I))


def _named_by_form(front: Front) -> list[str]:
    """Names such as "Departement X" that stand by themselves on the front."""
    lines = [line.text for line in front.lines if not line.is_running_text and line.is_on_first_page]
    return [line for line in lines if len(line) <= 80 and NAMED_BY_FORM.fullmatch(line)]
