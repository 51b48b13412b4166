"""Choosing what to quote: the sentences, list or definition that answer a kind of question.

Everything here works on spans of stored passages. Nothing is written, only pointed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter, mul

from ingest.tables import CELL_SEPARATOR
from ingest.types import Block, BlockKind, Passage, Span
from kb.analysis import stem_set
from kb.matching import lacking_names, scoped
from kb.question import DOCUMENT_LANGUAGE, Question, QuestionKind
from kb.search import Found
from kb.shapes import fit, turns_round
from kb.types import Hit, StoredPassage

SHORT_ANSWER_CHARS = 400  # a definition, number, date or name
FREE_ANSWER_CHARS = 600  # one stretch of an explanation
SEARCHED_HITS = 15  # passages in which sentences are looked for
LISTING_HITS = 6  # passages in which lists are looked for
CROSS_LANGUAGE_LIKENESS_WEIGHT = 0.6  # where the words of question and document differ by language

MIN_TITLES = 3

_SHORT_KINDS = (QuestionKind.DEFINITION, QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.WHO)
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)

_SENTENCE_ENDS = (".", "!", "?", ":", ";", "”", ")")


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """How much counts in a stretch: its own words, those around it too, its passage, its vector, its shape.

    ``misfit`` is taken off where it cannot be an answer of this kind, ``other_place`` where its passage lacks a name,
    year or acronym of the question, ``announces`` off a sentence whose announcement stands elsewhere. ``answer`` is
    what the best stretch adds to the score of its passage, and ``leads`` what the best of all adds to its passage where
    a sentence or two are asked for, whatever else speaks of the subject. Chosen as ``kb.ranking.Weights`` are.
    """

    own: float = 0.45
    near: float = 0.2
    passage: float = 0.3
    likeness: float = 0.1
    shape: float = 0.3
    misfit: float = 0.25
    other_place: float = 0.2
    phrase: float = 0.2
    announces: float = 0.15
    answer: float = 0.3
    leads: float = 0.4


@dataclass(frozen=True, slots=True)
class EvidenceParts:
    """Why a stretch answers: each part from 0 to 1 before weighting, or -1 where it speaks against the stretch."""

    own: float = 0.0
    near: float = 0.0
    passage: float = 0.0
    likeness: float = 0.0
    shape: float = 0.0
    misfit: float = 0.0
    other_place: float = 0.0
    phrase: float = 0.0
    announces: float = 0.0


_values = attrgetter(*(field.name for field in fields(EvidenceParts)))  # of parts, and of the weights of the same names


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a passage that speaks to the question, its score and the parts that made it; higher scores answer
    better.

    ``coverage`` is the share of the question's weight that it speaks of itself, ``matched`` the terms that it or its
    headings hold. ``is_outright`` where a document says there what is asked, in whatever words
    (``Found.explanations``).
    """

    stored: StoredPassage
    span: Span
    score: float
    coverage: float
    matched: frozenset[str]
    parts: EvidenceParts = EvidenceParts()
    is_outright: bool = False

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.stored.passage.slice(self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list or table with the text that introduces it, or a title with those under it (``titles``)."""

    lead_in: Span | None
    items: tuple[Span, ...]
    titles: bool = False

    @property
    def span(self) -> Span:
        """The whole: from the lead-in to the last item."""
        return Span(self.lead_in.start if self.lead_in else self.items[0].start, self.items[-1].end)

    @property
    def parts(self) -> tuple[Span, ...]:
        """What is quoted of it: a list as a whole, titles without what stands between them."""
        if not self.titles:
            return (self.span,)
        return (self.lead_in, *self.items) if self.lead_in else self.items


def sentence_evidence(question: Question, found: Found, weights: EvidenceWeights = EvidenceWeights()) -> list[Evidence]:
    """Every unit of the hits, scored, best first."""
    weights = weights_for(question, weights)
    scored = [evidence for hit in found.hits for evidence in _units_of(question, hit, found, weights)]
    return best_first(scored)


def best_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """What says outright what is asked, then the rest by score."""
    return sorted(evidence, key=lambda one: (not one.is_outright, -one.score))


def evidence_score(parts: EvidenceParts, weights: EvidenceWeights) -> float:
    """The weighted sum of the parts."""
    return float(sum(map(mul, _values(parts), _values(weights))))


def weights_for(question: Question, weights: EvidenceWeights) -> EvidenceWeights:
    """The weights for the language of a question."""
    if question.language == DOCUMENT_LANGUAGE:
        return weights
    return replace(weights, likeness=CROSS_LANGUAGE_LIKENESS_WEIGHT)


def ranked_by_answer(
    question: Question, found: Found, evidence: Sequence[Evidence], weights: EvidenceWeights = EvidenceWeights()
) -> Found:
    """The hits in the order of what they answer: a passage is as good as its words and its best stretch together.

    ``evidence`` is best first.
    """
    best: dict[int, float] = {}
    for one in evidence:
        best.setdefault(one.stored.key, min(max(one.score, 0.0), 1.0))
    leading, leads = next(iter(best), None), leads_weight(question, weights)

    def scored(hit: Hit) -> Hit:
        key = hit.stored.key
        score = hit.score + weights.answer * best.get(key, 0.0) + leads * (key == leading)
        return replace(hit, score=score / (1 + weights.answer + leads))

    return replace(found, hits=tuple(sorted(map(scored, found.hits), key=lambda hit: (-hit.score, hit.stored.key))))


def leads_weight(question: Question, weights: EvidenceWeights) -> float:
    """What the best stretch of all adds to its passage: nothing where more than a sentence or two is asked for."""
    return weights.leads if is_short(question.kind) else 0.0


def _units_of(question: Question, hit: Hit, found: Found, weights: EvidenceWeights) -> Iterator[Evidence]:
    passage, term_weights = hit.passage, found.term_weights
    similarities = found.unit_similarities[hit.stored.key]
    context = stem_set(" ".join((*passage.headings, passage.lead_in or "", hit.document.info.title or "")))
    lacking = lacking_names(question, hit.stored)
    texts = [passage.slice(unit.start, unit.end) for unit in passage.units]
    everywhere = scoped(question, hit.document)
    unit_stems = [stem_set(text) | everywhere for text in texts]
    for index, unit in enumerate(passage.units):
        before = unit_stems[index - 1] if index else frozenset()
        explains = _overlaps(unit, found.explanations.get(hit.stored.key, ()))
        fitting = 1.0 if explains else _fitting(question, passage, texts, index)
        announces = texts[index].endswith(":") and index + 1 == len(texts)  # what it announces stands elsewhere
        parts = EvidenceParts(
            own=1.0 if explains else term_weights.coverage(unit_stems[index]),
            near=1.0 if explains else term_weights.coverage(unit_stems[index] | before | context),
            passage=hit.score,
            likeness=similarities[index],
            shape=max(fitting, 0.0),
            misfit=min(fitting, 0.0),
            other_place=-float(bool(lacking)),
            phrase=float(_holds_phrase(question, texts[index])),
            announces=-float(announces),
        )
        matched = term_weights.matched(unit_stems[index] | context)
        yield Evidence(hit.stored, unit, evidence_score(parts, weights), parts.own, matched, parts, explains)
    for title in _titles_that_say_it(passage, found.explanations.get(hit.stored.key, ())):
        parts = EvidenceParts(own=1.0, near=1.0, passage=hit.score, shape=1.0)
        yield Evidence(hit.stored, title, evidence_score(parts, weights), 1.0, frozenset(), parts, is_outright=True)


def _titles_that_say_it(passage: Passage, places: Iterable[Span]) -> Iterator[Span]:
    """Whole lines of a passage that say what is asked and are none of its units: the date below a title, itself one."""
    for place in places:
        inside = passage.start <= place.start and place.end <= passage.end
        if inside and not _overlaps(place, passage.units) and _is_line(passage.text, place, passage.start):
            yield place


def _is_line(text: str, place: Span, start: int) -> bool:
    """Whether a place is one or more whole lines of a text that begins at ``start``."""
    before, after = text[: place.start - start], text[place.end - start :]
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


def _overlaps(unit: Span, spans: Iterable[Span]) -> bool:
    return any(unit.start < span.end and span.start < unit.end for span in spans)


def _holds_phrase(question: Question, text: str) -> bool:
    """Whether a text holds what the question puts in quotation marks, word for word."""
    lowered = " ".join(text.lower().split())
    return any(phrase in lowered for phrase in question.phrases)


def _fitting(question: Question, passage: Passage, texts: Sequence[str], index: int) -> float:
    """How well the shape of a unit fits an answer, from 0 to 1, or -1 where it cannot be one; 0 for a kind of question
    that any text may answer.
    """
    text, heading = texts[index], " ".join(passage.headings[-1:])
    if question.kind is QuestionKind.DEFINITION and turns_round(
        question, " ".join((heading, passage.lead_in or "", text))
    ):
        return -1.0
    if text.rstrip().endswith("?"):  # a question answers none
        return -1.0
    announcement = texts[index - 1] if index else passage.lead_in or ""
    fitting = fit(question, text, heading=heading, announcement=announcement)
    if fitting is None:
        return 0.0
    return fitting or -1.0


def told_whole(evidence: Evidence, found: Found, *, limit: int) -> Span | None:
    """All that its passage says outright, from the first such place to the last, as far as it fits in ``limit``
    characters; None where the evidence is no part of that.
    """
    places = found.explanations.get(evidence.stored.key, ())
    told = [unit for unit in evidence.stored.passage.units if _overlaps(unit, places)]
    if evidence.span not in told:
        return None
    end = max(unit.end for unit in told if unit == told[0] or unit.end - told[0].start <= limit)
    return Span(told[0].start, end)


def widened(evidence: Evidence, *, limit: int) -> Span:
    """The sentence with the ones after it, then those before it, that fit in ``limit`` characters; a title alone.

    What is no whole sentence, such as a line of a slide, takes the line above it first, to which it may well belong.
    """
    units = evidence.stored.passage.units
    if evidence.span not in units:
        return evidence.span
    first = last = next(index for index, unit in enumerate(units) if unit == evidence.span)
    if first and _is_loose_line(evidence.quote) and evidence.span.end - units[first - 1].start <= limit:
        first -= 1
    while last + 1 < len(units) and units[last + 1].end - units[first].start <= limit:
        last += 1
    # A sentence that ends in a colon is nothing without what it announces, however long.
    if last + 1 < len(units) and evidence.stored.passage.slice(units[last].start, units[last].end).endswith(":"):
        last += 1
    while first > 0 and units[last].end - units[first - 1].start <= limit:
        first -= 1
    return Span(units[first].start, units[last].end)


def _is_loose_line(text: str) -> bool:
    """Whether a text is no sentence, and no row, which has its header."""
    return not text.endswith(_SENTENCE_ENDS) and CELL_SEPARATOR not in text


def listings(text_at: Callable[[int, int], str], blocks: Iterable[Block], place: Span) -> Iterator[Listing]:
    """The lists and tables of a document that share text with a place in it, in order.

    A heading, or a sentence that ends in a colon, right above the items introduces them. Boilerplate between two
    items (a page number) does not end a list.
    """
    for above, items in _rows_of_items(blocks):
        start = above.start if above else items[0].start
        if start >= place.end:
            return
        if place.start < items[-1].end:
            listing = _listing(text_at, above, items)
            if listing.span.start < place.end:
                yield listing


def _rows_of_items(blocks: Iterable[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """Items that follow one another, each row with the block right above it."""
    above: Block | None = None
    items: list[Block] = []
    for block in blocks:
        if block.kind in _ITEMS:
            items.append(block)
        elif block.kind.is_content and block.kind is not BlockKind.FOOTNOTE:
            if items:
                yield above, items
            above, items = block, []
    if items:
        yield above, items


def _listing(text_at: Callable[[int, int], str], above: Block | None, items: list[Block]) -> Listing:
    spans = tuple(Span(block.start, block.end) for block in items)
    if above is None:
        return Listing(None, spans)
    introduces = above.kind is BlockKind.HEADING or text_at(above.start, above.end).rstrip().endswith((":", "…"))
    return Listing(Span(above.start, above.end) if introduces else None, spans)


def title_listings(blocks: Iterable[Block]) -> Iterator[Listing]:
    """Titles with the titles right under them, where there are ``MIN_TITLES`` or more: parts that make up a whole.

    The span reaches to the end of the last title; what stands under that is not a part of the list.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    for index, heading in enumerate(headings):
        following = range(index + 1, len(headings))
        end = next((place for place in following if headings[place].level <= heading.level), len(headings))
        below = headings[index + 1 : end]
        highest = min((other.level for other in below), default=0)
        children = tuple(Span(other.start, other.end) for other in below if other.level == highest)
        if len(children) >= MIN_TITLES:
            yield Listing(Span(heading.start, heading.end), children, titles=True)


def is_short(kind: QuestionKind) -> bool:
    """Whether this kind of question is answered in a sentence or two."""
    return kind in _SHORT_KINDS
