"""Choosing what to quote: the sentences, list or definition that answer a kind of question.

Everything here works on spans of stored passages. Nothing is written, only pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ingest.types import Block, BlockKind, Passage, Span
from kb.analysis import stems
from kb.matching import missing_names, stems_of
from kb.question import DOCUMENT_LANGUAGE, Question, QuestionKind
from kb.search import Found
from kb.types import Hit, StoredPassage

SHORT_ANSWER_CHARS = 400  # a definition, number, date or name
FREE_ANSWER_CHARS = 600  # one stretch of an explanation
SEARCHED_HITS = 6  # passages in which sentences are looked for
LIKENESS_WEIGHT = 0.1  # of a sentence's vector beside its words
CROSS_LANGUAGE_LIKENESS_WEIGHT = 0.6  # where the words of question and document differ by language
DEFINED_CHARS = 80  # within which a definition names what it defines
WRONG_SHAPE_MALUS = -0.25
OTHER_PLACE_MALUS = 0.2  # for a passage that lacks a name, year or acronym of the question

_SHORT_KINDS = (QuestionKind.DEFINITION, QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.WHO)
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_TIME = "uur|uren|dag|dagen|week|weken|maand|maanden|jaar|jaren|schooljaar|semester|minuten"
_NUMBER_WORDS = "een derde|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|helft|half|halve"

# What a sentence must look like to answer a kind of question.
_SHAPES: dict[QuestionKind, re.Pattern[str]] = {
    QuestionKind.NUMBER: re.compile(rf"\d|\b({_NUMBER_WORDS})\b", re.IGNORECASE),
    QuestionKind.DATE: re.compile(
        rf"\b(19|20)\d\d\b|\b\d{{1,2}} ({_MONTHS})\b|\b({_MONTHS})\b|\d{{1,2}}/\d{{1,2}}/\d", re.I
    ),
    QuestionKind.WHO: re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]+ (?:(?:de|van|den|der|De|Van|Den|Der) )*[A-ZÀ-Ý]|\b[A-Z]{2,}\b"),
    QuestionKind.DEFINITION: re.compile(
        r"\b(is|zijn) (een|de|het|elke|alle|dat|wie|wat|geen)\b|\bbetekent\b|\bverst(aan|aat)\b|\bstaa[nt]\b.*\bvoor\b"
        r"|\bomvat\b|\bhoudt in\b|\bwaarbij\b|\bwaarin\b|\b(definitie|omschrijving|begrip|afkorting)\b"
        r"|(?-i:\([A-Z]{2,}\))|:\s+\S| \| ",
        re.IGNORECASE,
    ),
}


_DENIAL = re.compile(r"\b(is|zijn|are)\b.{0,40}\b(niet|geen|not)\b(?! alleen)", re.IGNORECASE)
# What a figure must be a figure of, by the words of the question.
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (r"\bhoe ?lang\b|\bhow long\b", re.compile(rf"(\d|\b({_NUMBER_WORDS}))\W.{{0,20}}\b({_TIME})\b", re.IGNORECASE)),
    (r"\bprocent|\bpercent", re.compile(r"\d ?%|\bprocent\b|\bhelft\b|\bderde\b|\bkwart\b", re.IGNORECASE)),
    (r"\bkost|\bbedrag|\beuro\b|\bprijs|\bhow much\b", re.compile(r"€|\beuro\b|\bEUR\b|\bgratis\b|\bkosteloos", re.I)),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a passage that speaks to the question; higher scores answer better.

    ``coverage`` is the share of the question's weight that it speaks of itself, ``matched`` the terms that it or its
    headings hold.
    """

    stored: StoredPassage
    span: Span
    score: float
    coverage: float
    matched: frozenset[str]

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.stored.passage.slice(self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list or table with the text that introduces it."""

    lead_in: Span | None
    items: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The whole: from the lead-in to the last item."""
        return Span(self.lead_in.start if self.lead_in else self.items[0].start, self.items[-1].end)


def sentence_evidence(question: Question, found: Found) -> list[Evidence]:
    """Every unit of the best hits, scored, best first."""
    scored = [evidence for hit in found.hits[:SEARCHED_HITS] for evidence in _units_of(question, hit, found)]
    return sorted(scored, key=lambda evidence: -evidence.score)


def _units_of(question: Question, hit: Hit, found: Found) -> Iterator[Evidence]:
    passage, term_weights = hit.passage, found.term_weights
    similarities = found.unit_similarities[hit.stored.key]
    context = frozenset(stems(" ".join((*passage.headings, passage.lead_in or "", hit.document.info.title or ""))))
    other_place = OTHER_PLACE_MALUS if missing_names(question.demands, stems_of(hit.stored)) else 0.0
    likeness = LIKENESS_WEIGHT if question.language == DOCUMENT_LANGUAGE else CROSS_LANGUAGE_LIKENESS_WEIGHT
    texts = [passage.slice(unit.start, unit.end) for unit in passage.units]
    unit_stems = [frozenset(stems(text)) for text in texts]
    for index, unit in enumerate(passage.units):
        before = unit_stems[index - 1] if index else frozenset()
        own = term_weights.coverage(unit_stems[index])
        near = term_weights.coverage(unit_stems[index] | before | context)
        fit = 0.45 * own + 0.2 * near + 0.3 * hit.score + likeness * similarities[index] - other_place
        matched = term_weights.matched(unit_stems[index] | context)
        yield Evidence(hit.stored, unit, fit + _shape_bonus(question, passage, texts[index]), own, matched)


def has_shape(question: Question, text: str) -> bool:
    """Whether a text can answer this kind of question: a figure in its unit, a date, a name, a definition."""
    shape = _shape(question)
    return shape is None or bool(shape.search(text))


def turns_round(question: Question, text: str) -> bool:
    """Whether a text says what something is not and the question asks what it is, or the other way round."""
    return bool(_DENIAL.search(text)) != bool(_DENIAL.search(question.text))


def _shape(question: Question) -> re.Pattern[str] | None:
    if question.kind is QuestionKind.NUMBER:
        asked = question.text.lower()
        return next((shape for words, shape in _UNITS if re.search(words, asked)), _SHAPES[question.kind])
    return _SHAPES.get(question.kind)


def _shape_bonus(question: Question, passage: Passage, text: str) -> float:
    """A bonus for a sentence of the right shape, a malus for one that cannot answer this kind of question."""
    if question.kind not in _SHAPES:
        return 0.0
    if not has_shape(question, text):
        return WRONG_SHAPE_MALUS
    return _definition_bonus(question, passage, text) if question.kind is QuestionKind.DEFINITION else 0.15


def _definition_bonus(question: Question, passage: Passage, text: str) -> float:
    """A definition starts with what it defines, or is a whole sentence under a heading that names it."""
    heading = " ".join(passage.headings[-1:])
    if turns_round(question, " ".join((heading, passage.lead_in or "", text))):
        return WRONG_SHAPE_MALUS
    if share := _share_of_terms(question, text[:DEFINED_CHARS]):
        return 0.1 + 0.25 * share
    named_above = _share_of_terms(question, heading) == 1 and text.rstrip().endswith(".")
    return 0.15 if named_above else WRONG_SHAPE_MALUS


def _share_of_terms(question: Question, text: str) -> float:
    held = frozenset(stems(text))
    return sum(term in held for term in question.terms) / max(len(question.terms), 1)


def widened(evidence: Evidence, *, limit: int) -> Span:
    """The sentence with the ones after it, then those before it, that fit in ``limit`` characters."""
    units = evidence.stored.passage.units
    first = last = next(index for index, unit in enumerate(units) if unit == evidence.span)
    while last + 1 < len(units) and units[last + 1].end - units[first].start <= limit:
        last += 1
    # A sentence that ends in a colon is nothing without what it announces, however long.
    if last + 1 < len(units) and evidence.stored.passage.slice(units[last].start, units[last].end).endswith(":"):
        last += 1
    while first > 0 and units[last].end - units[first - 1].start <= limit:
        first -= 1
    return Span(units[first].start, units[last].end)


def listings(text_at: Callable[[int, int], str], blocks: Iterable[Block]) -> Iterator[Listing]:
    """The lists and tables of a document, in order.

    A heading, or a sentence that ends in a colon, right above the items introduces them. Boilerplate between two
    items (a page number) does not end a list.
    """
    lead_in: Block | None = None
    items: list[Block] = []
    for block in blocks:
        if block.kind in _ITEMS:
            items.append(block)
        elif block.kind.is_content and block.kind is not BlockKind.FOOTNOTE:
            if items:
                yield _listing(text_at, lead_in, items)
            lead_in, items = block, []
    if items:
        yield _listing(text_at, lead_in, items)


def _listing(text_at: Callable[[int, int], str], lead_in: Block | None, items: list[Block]) -> Listing:
    spans = tuple(Span(block.start, block.end) for block in items)
    if lead_in is None:
        return Listing(None, spans)
    introduces = lead_in.kind is BlockKind.HEADING or text_at(lead_in.start, lead_in.end).rstrip().endswith((":", "…"))
    return Listing(Span(lead_in.start, lead_in.end) if introduces else None, spans)


def is_short(kind: QuestionKind) -> bool:
    """Whether this kind of question is answered in a sentence or two."""
    return kind in _SHORT_KINDS
