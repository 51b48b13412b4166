"""Where a document says of itself to whom it goes, who wrote or signed it, when and where.

Such facts stand near its beginning or its end: after a key ("Datum: ..."; a row of a table; a heading with a line under
it; a row of keys over their values), and without one in the address of a letter, under its greeting, or below a title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Protocol

from ingest.dates import whole_dates
from ingest.types import Block, BlockKind, Span
from kb.analysis import stem_set, stems
from kb.front_roles import ROLE_STEMS, Role, RoleForms, asked_role, asks_of_a_document, is_key, keys_in_a_row
from kb.matching import TermWeights, known_of_card
from kb.question import Question
from kb.shapes import names_someone
from kb.types import DocumentCard

FRONT_CHARS, CLOSING_CHARS = 6000, 3000  # what counts as the beginning and the end
OPENING_CHARS = 600  # of the text, in which a document shows what it is
MAX_LINE_CHARS = 220  # a longer block tells something, and is no line of a front
TOP_LINES = 12  # of the first page, among which names stand below a title
MAX_VALUES = 6  # lines under a row of keys, or an address
MIN_ABOUT = 0.75  # of what a question says of a document: it is the one that is meant
MOST_DOCUMENTS = 3

_SEPARATOR = re.compile(r"\s*(?:::?|///| \| )\s*")
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_GREETING = re.compile(r"^(?:Geachte|Beste|Mevrouw|Mijnheer|Meneer|Dear)\b.{0,60},$")
_PERSONALLY = re.compile(
    r"^(?:Aan|T\.?a\.?v\.?|Ter attentie|Mevrouw|De heer|Dhr\.?|Mevr\.?|De (?:\w+ )?[Mm]inister|De [Ss]taatssecretaris"
    r"|Het [Cc]ollege|De [Vv]oorzitter|Prof\.)\b"
)
_ADDRESS = re.compile(r"\b\d{4} ?(?:[A-Z]{2}\b|[A-ZÀ-Ý]{3,})|\bPostbus \d|\b\w+(?:straat|laan|plein|weg|kaai|lei) \d")
_CLOSING = re.compile(
    r"^(?:Hoogachtend|Met (?:de )?(?:meeste )?(?:vriendelijke|beleefde|hartelijke|hoogachting)|Namens)\b", re.IGNORECASE
)


class Texts(Protocol):
    """What is read of documents here."""

    def blocks(self, document_key: int) -> Sequence[Block]:
        """The blocks of a document, in order."""

    def text(self, document_key: int, start: int, end: int) -> str:
        """A stretch of a document's repaired text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A block of the front, its words in one line."""

    block: Block
    text: str
    is_at_an_end: bool  # at the beginning of the document, or at its end

    @property
    def is_short(self) -> bool:
        return len(self.text) <= MAX_LINE_CHARS

    @property
    def is_heading(self) -> bool:
        return self.block.kind is BlockKind.HEADING


def told_of_itself(
    question: Question, weights: TermWeights, documents: Iterable[DocumentCard], texts: Texts
) -> Mapping[int, tuple[Span, ...]]:
    """By document key, where the documents that a question is about say of themselves what it asks; nothing where it
    asks something else, or does not say of which of many.
    """
    forms = asked_role(question.text)
    if forms is None or not asks_of_a_document(question.text):
        return {}
    about = sorted(((_about(question, weights, card, texts), card) for card in documents), key=lambda pair: -pair[0])
    told: dict[int, tuple[Span, ...]] = {}
    for share, card in about:
        if share < MIN_ABOUT or share < about[0][0] - 0.1:
            break
        if spans := tuple(places(forms, texts, card)):
            told[card.key] = spans
    return told if len(told) <= MOST_DOCUMENTS else {}


def places(forms: RoleForms, texts: Texts, card: DocumentCard) -> list[Span]:
    """Where a document gives a role, in order; after a key if it does so anywhere."""
    lines = _lines(texts, card)
    keyed = list(_keyed(forms, lines))
    found = keyed or list(_UNKEYED[forms.role](lines, card) if forms.role in _UNKEYED else ())
    return [Span(line.block.start, line.block.end) for line in dict.fromkeys(found)]


_ORDINALS = stems("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende")


def _about(question: Question, weights: TermWeights, card: DocumentCard, texts: Texts) -> float:
    """How much of what a question says of a document this one is, from 0 to 1."""
    said = [term for term in question.terms if term not in ROLE_STEMS]
    if not said:
        return 1.0
    opening = (line.text for line in _lines(texts, card)[:TOP_LINES] if line.is_short)
    held = stem_set(" ".join((known_of_card(card), *opening, texts.text(card.key, 0, OPENING_CHARS))))
    held |= {ordinal for number, ordinal in enumerate(_ORDINALS, 1) if str(number) in held}
    return weights.without(set(question.terms) - set(said)).coverage(held)


def _lines(texts: Texts, card: DocumentCard) -> list[_Line]:
    blocks = [block for block in texts.blocks(card.key) if block.kind.is_content]
    end = blocks[-1].end if blocks else 0
    text = texts.text(card.key, 0, end)
    return [
        _Line(
            block,
            " ".join(text[block.start : block.end].split()),
            block.start < FRONT_CHARS or block.start >= end - CLOSING_CHARS,
        )
        for block in blocks
    ]


def _keyed(forms: RoleForms, lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines that give a role after a key, without those that only are the key."""
    for index, line in enumerate(lines):
        if not line.is_short or not line.is_at_an_end:
            continue
        key, value = _key_and_value(line.text)
        following = lines[index + 1 :]
        if is_key(forms, key):
            if value and _fits(forms, value):
                yield line
            if not value or forms.is_list:
                yield from _under(forms, line, following)
        elif forms.is_list and is_key(forms, line.text.rstrip(": ").split(" ")[-1]) and line.text.endswith(":"):
            yield from _under(forms, line, following)
        elif names := keys_in_a_row(line.text):
            yield from _in_row(forms, names, following)


def _key_and_value(text: str) -> tuple[str, str]:
    """A line as key and value; a line without a sign between them is a key without value."""
    found = _SEPARATOR.search(text)
    return (text[: found.start()], text[found.end() :].strip()) if found else (text, "")


def _fits(forms: RoleForms, value: str) -> bool:
    return forms.value.search(value) is not None


def _under(forms: RoleForms, key: _Line, following: Sequence[_Line]) -> Iterator[_Line]:
    """What stands under a key: the line right below it, or a whole list."""
    if not forms.is_list:
        if following and following[0].is_short and not following[0].is_heading and _fits(forms, following[0].text):
            yield following[0]
        return
    yield from takewhile(
        lambda line: line.block.kind in _ITEMS or (key.is_heading and line.is_short and not line.is_heading), following
    )


def _in_row(forms: RoleForms, keys: Sequence[str], following: Sequence[_Line]) -> Iterator[_Line]:
    """The line that gives a role under a row of keys: the one with the form of its value; else the first, for the first
    key.
    """
    place = next((place for place, key in enumerate(keys) if is_key(forms, key)), None)
    values = [line for line in takewhile(lambda line: line.is_short, following[:MAX_VALUES]) if not line.is_heading]
    if place is None or not values:
        return
    if forms.value.pattern:
        yield from [line for line in values if _fits(forms, line.text)][:1]
    elif place == 0:
        yield from values[:1]


def _addressee(lines: Sequence[_Line], _: DocumentCard) -> Iterator[_Line]:
    """The address of a letter, from the name to the town."""
    top = list(takewhile(lambda line: line.is_short and not _GREETING.match(line.text), lines))
    for index, line in enumerate(top):
        below = top[index : index + MAX_VALUES]
        end = next((place for place, other in enumerate(below) if _ADDRESS.search(other.text)), None)
        if _PERSONALLY.match(line.text) and end is not None:
            yield from below[: end + 1]
            return


def _signatory(lines: Sequence[_Line], _: DocumentCard) -> Iterator[_Line]:
    """The names under the greeting that ends a letter."""
    for index, line in enumerate(lines):
        if _CLOSING.search(line.text) and line.is_short:
            names = takewhile(lambda other: other.is_short and not other.is_heading, lines[index + 1 : index + 3])
            yield from (one for one in (line, *names) if names_someone(one.text))
            return


def _date(lines: Sequence[_Line], card: DocumentCard) -> Iterator[_Line]:
    """The first line with the date that the document is known to have."""
    dated = (line for line in lines if line.is_short and line.is_at_an_end and _has_date(line.text, card.info.date))
    yield from islice(dated, 1)


def _has_date(text: str, date: str | None) -> bool:
    return date is not None and any(found.value == date for found in whole_dates(text))


def _author(lines: Sequence[_Line], card: DocumentCard) -> Iterator[_Line]:
    """The names right below the title of a document that is no letter."""
    top = list(takewhile(lambda line: line.is_short, lines[:TOP_LINES]))
    if any(_addressee(lines, card)):
        return
    for above, line in pairwise(top):
        is_value = above.is_heading and above.text.endswith(":")
        if line.block.kind is BlockKind.PARAGRAPH and not is_value and _names_only(line.text):
            yield line


def _names_only(text: str) -> bool:
    """Whether a line names people, and neither tells nor labels anything."""
    return names_someone(text) and ":" not in text and not text.endswith(".")


_UNKEYED: Mapping[Role, Callable[[Sequence[_Line], DocumentCard], Iterator[_Line]]] = {
    Role.ADDRESSEE: _addressee,
    Role.SIGNATORY: _signatory,
    Role.DATE: _date,
    Role.AUTHOR: _author,
}
