"""What an answer looks like: a figure of what was asked, a day, a name, a definition, a reason.

Each shape says how well a text fits, from 0 (it cannot be the answer) to 1. Any text may answer a kind of question
that has no shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ingest.organisations import is_organisation
from kb.analysis import stem, stems, words
from kb.deeds import names_doer
from kb.definitions import definition_fit
from kb.forms import DAY, MONTHS, NUMBER_WORDS, TIME, YEAR, asked_form
from kb.front_roles import asked_role
from kb.likeness import PART_SHARE, likeness
from kb.offices import asked_office, names_office
from kb.question import Question, QuestionKind

OTHER_UNIT = 0.45  # a figure, but not beside what it should be a figure of
OTHER_OFFICE = 0.2  # a name, but not beside the office or the deed that is asked about
UNIT_REACH = 4  # words between a figure and what it counts

# What only says where something stands is no figure, and neither is the number of an item or heading.
_PLACE = re.compile(
    r"\b(?:artikel|art\.|lid|pagina|bladzijde|blz\.|p\.|pp\.|versie|fase|nr\.|figuur|tabel|hoofdstuk|bijlage"
    r"|voetnoot|paragraaf) ?\d[\d.,/-]*(?: (?:en|of|tot) \d[\d.,/-]*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w./-])(?:€ ?)?\d[\d.,]*(?:-\d+)?(?![\w-]*\d)(?!\.\.)"
    rf"|\b(?:{'|'.join(NUMBER_WORDS)}|een (?=(?:{TIME})\b))\b",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|\(?[a-z][.)]|\(?[ivx]+[.)])\s+")
_VERSION = re.compile(r"\b\d+(?:\.\d{1,2}){2,}\b")
_MONTH = re.compile(rf"\b(?:{MONTHS})\b", re.IGNORECASE)
_HONORIFIC = re.compile(
    r"\b(?:de heer|mevrouw|mevr\.|dhr\.|mr\.|dr\.|prof\.|ir\.|minister) (?:[A-Z]\.)*",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b([A-ZÀ-Ý][a-zà-ÿ]+) (?:(?:de|van|den|der|ten|ter|De|Van|Den|Der) )*[A-ZÀ-Ý][a-zà-ÿ]+")
_ORGANISATION = re.compile(r"\b[A-Z]{2,}\b|(?<=\w )[A-ZÀ-Ý][a-zà-ÿ]{2,}")
_NO_FIRST_NAMES = frozenset(
    "de het een dit dat deze die in op aan van voor met door bij uit als zij wij er ook".split()
)
_REASON = re.compile(
    r"\b(?:omdat|doordat|zodat|daarom|daardoor|aangezien|vanwege|wegens|omwille|namelijk|immers|opdat|reden(?:en)?"
    r"|waardoor|hierdoor|dankzij|leidt tot|zorgt voor|om .{3,80} te|because|since|so that)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(is|zijn|are)\b.{0,40}\b(niet|geen|not)\b(?! alleen)", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:hoeveel|aantal|how many) (?:\w+ ){0,2}?(?P<noun>[a-zà-ÿ-]{3,})", re.IGNORECASE)
# "Hoeveel bedraagt de vergoeding": a verb before its subject, so nothing is named that is counted.
_VERB_FIRST = re.compile(
    r"\b(?:hoeveel|how much) (?:\w{3,}t|is|zijn|was|waren|mag|kan|zal|kosten|bedragen) "
    r"(?:de|het|een|dit|dat|deze|die|je|u|ik|men|we|wij|ze|zij|er|mijn|uw|onze|ons|hun|iemand|the|an?)\b",
    re.IGNORECASE,
)


def fit(question: Question, text: str, *, heading: str = "", announcement: str = "") -> float | None:
    """How well a text can answer this kind of question, from 0 to 1; None for a kind without a shape.

    ``heading`` is what stands above the text, ``announcement`` the words right before it.
    """
    if question.kind is QuestionKind.DEFINITION:
        return definition_fit(question, text, heading, announcement)
    if not _speaks_of_role(question, " ".join((heading, announcement, text))):
        return OTHER_OFFICE
    office = asked_office(question) if question.kind is QuestionKind.WHO else None
    if office and not names_office(question, office, " ".join((heading, announcement, text))):
        return OTHER_OFFICE
    shape = _SHAPES.get(question.kind)
    if shape:
        return shape(question, text)
    form = asked_form(question.text)
    return None if form is None else float(bool(form.search(text)))


def has_shape(question: Question, text: str, *, heading: str = "") -> bool:
    """Whether a text can answer this kind of question at all."""
    if form := asked_form(question.text):
        return bool(form.search(text))
    return fit(question, text, heading=heading) != 0


def _speaks_of_role(question: Question, text: str) -> bool:
    """Whether a text speaks of the role that a question asks for: one without signing does not tell who signed."""
    role = asked_role(question.text)
    return role is None or role.said.search(text) is not None


def turns_round(question: Question, text: str) -> bool:
    """Whether a text says what something is not and the question asks what it is, or the other way round."""
    return bool(_DENIAL.search(text)) != bool(_DENIAL.search(question.text))


def _number(question: Question, text: str) -> float:
    body = _VERSION.sub(" ", DAY.sub(" ", _ENUMERATOR.sub("", text)))
    if form := asked_form(question.text):
        return 1.0 if form.search(body) else OTHER_UNIT / 2 if _figures(body) else 0.0
    figures = list(_figures(body))
    if not figures:
        return 0.0
    counted = counted_noun(question)
    if counted is None:
        return 0.8
    return 1.0 if any(counts(body[end:], counted) for end in figures) else OTHER_UNIT


def _figures(text: str) -> list[int]:
    """Where the figures of a text end; a year by itself is a date."""
    text = _PLACE.sub(lambda place: " " * len(place[0]), text)
    return [match.end() for match in _NUMBER.finditer(text) if not YEAR.fullmatch(match[0].strip(".,"))]


def counted_noun(question: Question) -> tuple[str, ...] | None:
    """The stems of what is counted: "leerling" in "hoeveel leerlingen zijn er", and other words for it; None where
    nothing is named.
    """
    found = None if _VERB_FIRST.search(question.text) else _COUNTED.search(question.text)
    return question.forms(stem(words(found["noun"])[0])) if found and words(found["noun"]) else None


def counts_what_is_asked(question: Question, texts: Iterable[str]) -> bool:
    """Whether a text has a figure of what a question counts; True of a question that counts nothing by name."""
    counted = counted_noun(question) if question.kind is QuestionKind.NUMBER else None
    if counted is None or asked_form(question.text) is not None:
        return True
    return any(counts(text[end:], counted) for text in texts for end in _figures(text))


def counts(following: str, counted: tuple[str, ...]) -> bool:
    """Whether what is counted stands within a few words after a figure."""
    near = stems(following[:80])[:UNIT_REACH]
    return any(likeness(form, other) > PART_SHARE for form in counted for other in near)


def _date(question: Question, text: str) -> float:
    if DAY.search(text):
        return 1.0
    wants_year = bool(re.search(r"\b(?:jaar|schooljaar|year)\b", question.text, re.IGNORECASE))
    if YEAR.search(text):
        return 1.0 if wants_year else 0.8
    return 0.5 if _MONTH.search(text) else 0.0


def _who(question: Question, text: str) -> float:
    if names_someone(text):
        return 1.0
    if names_doer(question, text):
        return 0.9
    return 0.6 if _ORGANISATION.search(text) else 0.0


def names_someone(text: str) -> bool:
    """Whether a text names a person, or an office as one does in speech: "minister Crevits"."""
    return _HONORIFIC.search(text) is not None or any(persons(text))


def persons(text: str) -> Iterator[str]:
    """Names of people in a text: a first name and a last one."""
    for match in _PERSON.finditer(text):
        if match[1].lower() not in _NO_FIRST_NAMES and not is_organisation(match[0]):
            yield match[0]


def _reason(_: Question, text: str) -> float:
    return 1.0 if _REASON.search(text) else 0.3


_SHAPES: dict[QuestionKind, Callable[[Question, str], float]] = {
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.WHO: _who,
    QuestionKind.WHY: _reason,
}
