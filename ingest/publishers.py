"""Who issued a document, told from signs of different weight; without enough of them it stays unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.front import Front
from ingest.organisations import NAMED_BY_FORM, NOT_A_PUBLISHER, ORGANISATIONS, Organisation
from ingest.types import Finding, Origin

MIN_WEIGHT = 3
ALONE, RUNNING, DOMAIN, REFERENCE, COMPANY, TITLE, NAME, MENTIONED, OFTEN = 4, 4, 3, 3, 3, 2, 2, 1, 1
OFTEN_TIMES = 2
CONFIDENCES = {3: 0.7, 4: 0.8, 5: 0.85, 6: 0.9}  # by weight; more is surer still
MOST_CONFIDENT = 0.95
JOINS = re.compile(r"[\s_-]+")
MAX_NAME_CHARS = 80
DECORATION = " /|\\-–•·"

PLACE_IN_TITLE, PLACE_IN_NAME, FLANDERS_IN_TITLE, OF_PUBLISHER = 0.85, 0.75, 0.8, 0.75
COUNTRIES = (
    ("Vlaanderen", re.compile(r"(?<![\w-])(?:Vlaanderen|Vlaamse?)(?![\w-])")),
    ("Nederland", re.compile(r"(?<![\w-])(?:Nederland|Nederlandse overheid|Den Haag|Tweede Kamer)(?![\w-])")),
)
MIN_COUNTRY, COUNTRY_LEAD, OF_COUNTRY = 5, 4, 0.6  # so many mentions, so many times those of the other


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something that points to an organisation: how much it weighs, and where it stands."""

    weight: int
    origin: Origin


def publisher_of(front: Front, title: str | None, company: str | None) -> Finding | None:
    """The organisation that most signs point to; None when they are few or point to two.

    ``company`` is what the file's properties say: the organisation of whoever typed it.
    """
    signs: dict[str, list[_Sign]] = {}
    haystack = _loose("\n".join((front.body, front.name, title or "", company or "")))
    for organisation in ORGANISATIONS:
        if any(key in haystack for key in _keys(organisation)):
            signs[organisation.name] = _signs(organisation, front, title or "", company or "")
    for name, sign in (*_named_by_form(front), *_named_by_mail(front)):
        if not any(name in organisation.aliases for organisation in ORGANISATIONS):
            signs.setdefault(name, []).append(sign)
    weights = Counter({name: sum(sign.weight for sign in found) for name, found in signs.items()})
    (best, weight), (_, second) = (*weights.most_common(2), ("", 0), ("", 0))[:2]
    if weight < MIN_WEIGHT or weight <= second:
        return None
    strongest = max(signs[best], key=lambda sign: sign.weight)
    return Finding(best, CONFIDENCES.get(weight, MOST_CONFIDENT), strongest.origin)


def region_of(front: Front, title: str | None, publisher: Finding | None) -> Finding | None:
    """The region that a document is about: a province or city in its title or name, its publisher's, else the
    country that it speaks of.
    """
    places = [organisation for organisation in ORGANISATIONS if organisation.place]
    for text, confidence, origin in (
        (title or "", PLACE_IN_TITLE, Origin.FRONT),
        (front.words, PLACE_IN_NAME, Origin.FILE_NAME),
    ):
        named = {organisation.place for organisation in places if _mentions(organisation.place or "", text)}
        if len(named) == 1:
            return Finding(named.pop() or "", confidence, origin)
    if _mentions("Vlaanderen", title or ""):
        return Finding("Vlaanderen", FLANDERS_IN_TITLE, Origin.FRONT)
    known = (organisation for organisation in ORGANISATIONS if publisher and organisation.name == publisher.value)
    region = next((organisation.region for organisation in known), None)
    if region and publisher:
        return Finding(region, round(OF_PUBLISHER * publisher.confidence, 2), publisher.origin)
    return _country_of(front.body)


def _country_of(text: str) -> Finding | None:
    """The country that a text speaks of often, and of the other hardly."""
    counts = Counter({name: sum(1 for _ in pattern.finditer(text)) for name, pattern in COUNTRIES})
    (most, count), (_, second) = counts.most_common(2)
    return Finding(most, OF_COUNTRY, Origin.BODY) if count >= max(MIN_COUNTRY, COUNTRY_LEAD * second) else None


def _loose(text: str) -> str:
    """A text in which a name can be looked for quickly, before it is matched exactly."""
    return JOINS.sub(" ", text.casefold())


@cache
def _keys(organisation: Organisation) -> tuple[str, ...]:
    return tuple(_loose(key) for key in (*organisation.aliases, *organisation.domains))


def _signs(organisation: Organisation, front: Front, title: str, company: str) -> list[_Sign]:
    opening, name = front.opening, front.words
    ends = "\n".join((opening, *front.running, front.closing))
    lines = {line.text.strip(DECORATION) for line in front.lines if not line.is_running_text}
    running = {text.strip(DECORATION) for text in front.running}
    references = "\n".join(line.text for line in front.lines if not line.is_running_text)
    aliases = organisation.aliases
    mentions = sum(len(_pattern(alias).findall(front.body)) for alias in aliases)
    signs = (
        (_Sign(ALONE, Origin.LETTERHEAD), any(alias in lines for alias in aliases)),
        (_Sign(RUNNING, Origin.LETTERHEAD), any(alias in running - lines for alias in aliases)),
        (_Sign(DOMAIN, Origin.LETTERHEAD), any(_has_domain(domain, ends) for domain in organisation.domains)),
        (_Sign(REFERENCE, Origin.LETTERHEAD), any(_is_reference(alias, references) for alias in aliases)),
        (_Sign(COMPANY, Origin.PROPERTY), company.casefold() in {alias.casefold() for alias in aliases}),
        (_Sign(TITLE, Origin.FRONT), _is_named(organisation, title, mentions)),
        (_Sign(NAME, Origin.FILE_NAME), _is_named(organisation, name, mentions)),
        (_Sign(MENTIONED, Origin.FRONT), any(_mentions(alias, opening) for alias in aliases)),
        (_Sign(OFTEN, Origin.BODY), mentions >= OFTEN_TIMES),
    )
    return [sign for sign, is_there in signs if is_there]


def _is_reference(alias: str, text: str) -> bool:
    """Whether a text holds a reference such as "SERV_ADV_20180702"."""
    return alias.isupper() and bool(re.search(rf"\b{re.escape(alias)}[_/]\w*\d{{4}}", text))


def _is_named(organisation: Organisation, text: str, mentions: int) -> bool:
    """Whether a text names it, or the place of a province or city that the document itself names as such."""
    if any(_mentions(alias, text) for alias in organisation.aliases):
        return True
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
    address = re.escape(domain).replace("/", r"\s?/\s?")  # which may be broken over two lines
    return bool(re.search(rf"{before}{address}(?![\w-]|\.\w)", text, re.I))


def _named_by_form(front: Front) -> Iterator[tuple[str, _Sign]]:
    """Names such as "Departement X" that stand by themselves on the front, or on every page."""
    shown = [line.text for line in front.lines if not line.is_running_text and line.is_on_first_page]
    for name in dict.fromkeys(text.strip(DECORATION) for text in (*shown, *front.running)):
        if len(name) <= MAX_NAME_CHARS and NAMED_BY_FORM.fullmatch(name):
            yield name, _Sign(ALONE, Origin.LETTERHEAD)


MAIL = re.compile(r"@(?:[\w-]+\.)*(?P<label>[\w-]{4,})\.(?:be|nl|eu|org|com|net|brussels|gent)\b", re.I)
SITE = re.compile(r"\bwww\.(?P<label>[\w-]{4,})\.(?:be|nl|eu|org|com|net|brussels|gent)\b", re.I)
REGISTERED = re.compile(r"\b(?:handelsregister|ondernemingsnummer|KBO|RPR|BTW|KvK|IBAN)\b", re.I)


def _named_by_mail(front: Front) -> Iterator[tuple[str, _Sign]]:
    """Names whose letters are those of the address of a letterhead: "Firma Groen" for info@firmagroen.be.

    A mail address counts on the first page, that of a website where every page carries it or a firm says its number.
    """
    shown = [line.text for line in front.lines if line.is_on_first_page and not line.is_running_text]
    first_page = "\n".join(shown)
    edges = "\n".join((*front.running, *filter(REGISTERED.search, shown)))
    found = [*MAIL.findall(first_page), *MAIL.findall(edges), *SITE.findall(edges)]
    for label in dict.fromkeys(label.casefold() for label in found):
        name = None if label in NOT_A_PUBLISHER else _spelled(label, front.body)
        if name:
            yield name, _Sign(DOMAIN, Origin.LETTERHEAD)


def _spelled(label: str, text: str) -> str | None:
    """How a text writes the name that an address runs together; None where it never does."""
    letters = r"[\s&-]{0,3}".join(re.escape(letter) for letter in label.replace("-", ""))
    spellings = Counter(
        " ".join(match[0].split())
        for match in re.finditer(rf"(?<![\w.@/-]){letters}(?![\w@/-]|\.\w)", text, re.I)
        if match[0][0].isupper()
    )
    return spellings.most_common(1)[0][0] if spellings else None
