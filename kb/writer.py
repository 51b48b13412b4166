"""The quoting writer: an answer made of nothing but quotes, chosen by the kind of question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.tables import headers_of_rows
from ingest.types import Block, BlockKind, Span
from kb.analysis import stem_set
from kb.evidence import (
    FREE_ANSWER_CHARS,
    LISTING_HITS,
    SHORT_ANSWER_CHARS,
    Evidence,
    Listing,
    is_short,
    listings,
    title_listings,
    told_whole,
    widened,
)
from kb.question import Question, QuestionKind
from kb.search import Found
from kb.shapes import turns_round
from kb.types import Citation, Hit, Statement, StoredPassage

MAX_ANSWER_CHARS = 1500  # unless one list needs more
CONTEXT_CHARS = 240  # a short answer shows a little of what stands around it
RIVAL_SHARE = 0.8  # a further stretch is quoted when it scores nearly as well, or tells of something else
NEW_TERMS_SHARE = 0.6
MORE_SHORT = 2
MORE_FREE = 3
MIN_LISTING_SHARE = 0.75
MIN_INTRODUCTION = 0.85


class Sources(Protocol):
    """What the writer reads from the catalogue."""

    def blocks(self, document_key: int) -> Sequence[Block]:
        """The blocks of a document, in order."""

    def passages_of(self, document_key: int, within: Span) -> Sequence[StoredPassage]:
        """The passages of a document that share text with a span, in order."""

    def text(self, document_key: int, start: int, end: int) -> str:
        """A stretch of a document's repaired text."""


class Writer(Protocol):
    """Something that answers from what was found: this module's, or a language model's."""

    def write(self, question: Question, found: Found, evidence: Sequence[Evidence]) -> tuple[Statement, ...]:
        """Statements, the most important first; each will have to pass the proof. ``evidence`` is best first."""


@dataclass(frozen=True, slots=True)
class QuotingWriter:
    """Answers with sentences and lists as they stand in the documents."""

    sources: Sources

    def write(self, question: Question, found: Found, evidence: Sequence[Evidence]) -> tuple[Statement, ...]:
        """At most ``MAX_ANSWER_CHARS`` of quotes, more only for a single list."""
        if not evidence:
            return ()
        if not is_short(question.kind):  # a figure, day or name may well stand in a footnote
            evidence = [evidence[0], *self._in_running_text(evidence[1:])]
        stretches = list(self._stretches(question, found, evidence))
        return tuple(self._statements(stretches))

    def _in_running_text(self, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
        """What does not stand in a footnote, which explains another sentence than the one that was asked for."""
        notes: dict[int, list[Block]] = {}
        for one in evidence:
            key = one.stored.document.key
            if key not in notes:
                notes[key] = [block for block in self.sources.blocks(key) if block.kind is BlockKind.FOOTNOTE]
            if not any(note.start <= one.span.start < note.end for note in notes[key]):
                yield one

    def _stretches(self, question: Question, found: Found, evidence: Sequence[Evidence]) -> Iterator[Stretch]:
        listing = self._best_listing(question, found)
        if listing and _prefers_listing(question, listing, evidence[0]):
            sentence = Stretch(evidence[0].stored, (evidence[0].span,))
            one_place = listing.stretch.stored.key == sentence.stored.key
            both = [listing.stretch, sentence]
            yield from sorted(both, key=lambda stretch: stretch.parts[0].start) if one_place else both
        elif is_short(question.kind):
            yield from _short_stretches(evidence, found)
        else:
            yield from map(self._with_whole_list, _free_stretches(evidence))

    def _with_whole_list(self, stretch: Stretch) -> Stretch:
        """The stretch to the end of a list that it announces or begins: three ambitions out of five are no answer."""
        (span,) = stretch.parts
        for listing in self._listings_in(stretch.stored, titles=False):
            begins = listing.span.start < span.end and span.start <= listing.items[0].start
            if begins and span.end < listing.span.end and listing.span.end - span.start <= MAX_ANSWER_CHARS:
                return Stretch(stretch.stored, (Span(span.start, listing.span.end),))
        return stretch

    def _best_listing(self, question: Question, found: Found) -> ScoredListing | None:
        candidates = [
            _scored_listing(question, found, hit, listing, self.sources)
            for hit in found.hits[:LISTING_HITS]
            for listing in self._listings_in(hit.stored, titles=question.kind is QuestionKind.LIST)
        ]
        return max(candidates, key=lambda candidate: candidate.score, default=None)

    def _listings_in(self, stored: StoredPassage, *, titles: bool) -> Iterator[Listing]:
        """The lists of at least two items that share text with a passage; with ``titles`` those of titles too."""
        key, place = stored.document.key, Span(stored.passage.start, stored.passage.end)
        blocks = self.sources.blocks(key)
        for listing in listings(lambda start, end: self.sources.text(key, start, end), blocks, place):
            if len(listing.items) > 1:
                yield listing
        for listing in title_listings(blocks) if titles else ():
            if listing.span.start < place.end and place.start <= listing.items[-1].start:
                yield listing

    def _statements(self, stretches: Sequence[Stretch]) -> Iterator[Statement]:
        """Stretches as statements, without overlap, as long as there is room."""
        room = MAX_ANSWER_CHARS
        taken: list[Stretch] = []
        for stretch in stretches:
            if any(stretch.overlaps(earlier) for earlier in taken) or (taken and stretch.length > room):
                continue
            parts = self._with_header(stretch, taken)
            citations = tuple(citation for part in parts for citation in self._citations(stretch.stored, part))
            yield Statement("\n".join(citation.quote for citation in citations), citations)
            taken.append(stretch)
            room -= stretch.length

    def _with_header(self, stretch: Stretch, taken: Sequence[Stretch]) -> tuple[Span, ...]:
        """The parts of a stretch; before a table row its header, since figures need the names of their columns."""
        headers = headers_of_rows(self.sources.blocks(stretch.stored.document.key))
        header = headers.get(stretch.parts[0].start)
        if header is None or any(Stretch(stretch.stored, (header,)).overlaps(earlier) for earlier in taken):
            return stretch.parts
        return (header, *stretch.parts)

    def _citations(self, stored: StoredPassage, span: Span) -> Iterator[Citation]:
        """One citation for each passage that holds a part of the span."""
        for other in self.sources.passages_of(stored.document.key, span):
            start, end = max(span.start, other.passage.start), min(span.end, other.passage.end)
            if start < end and other.passage.slice(start, end).strip():
                yield Citation(other, start, end)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one statement will quote: parts of the document of a passage, in order."""

    stored: StoredPassage
    parts: tuple[Span, ...]

    @property
    def length(self) -> int:
        """Its number of characters."""
        return sum(part.end - part.start for part in self.parts)

    def overlaps(self, other: Stretch) -> bool:
        """Whether both quote some of the same text."""
        same_document = self.stored.document.key == other.stored.document.key
        return same_document and any(
            one.start < two.end and two.start < one.end for one in self.parts for two in other.parts
        )


@dataclass(frozen=True, slots=True)
class ScoredListing:
    """A list with how well it answers, and how much of the question its introduction speaks of."""

    stretch: Stretch
    score: float
    introduction: float


def _scored_listing(question: Question, found: Found, hit: Hit, listing: Listing, sources: Sources) -> ScoredListing:
    """A list answers by its introduction and headings first, then by its items and its passage."""
    key = hit.document.key
    span = listing.span
    text = sources.text(key, span.start, span.end)
    lead_in = _cut(text, span, listing.lead_in) if listing.lead_in else ""
    introduction = stem_set(" ".join((lead_in, *hit.passage.headings)))
    quoted = " ".join(_cut(text, span, part) for part in listing.parts)
    everything = introduction | stem_set(quoted)
    introduced = found.term_weights.coverage(introduction)
    if any(span.start < place.end and place.start < span.end for place in found.explanations.get(hit.stored.key, ())):
        return ScoredListing(Stretch(hit.stored, listing.parts), 1.0 + hit.score, 1.0)
    if turns_round(question, lead_in):
        return ScoredListing(Stretch(hit.stored, listing.parts), 0.0, 0.0)
    counted = 0.2 if _asked_count(question) == len(listing.items) else 0.0
    score = 0.35 * introduced + 0.3 * found.term_weights.coverage(everything) + 0.3 * hit.score + counted
    return ScoredListing(Stretch(hit.stored, listing.parts), score, introduced)


def _cut(text: str, span: Span, part: Span) -> str:
    """A part of a span of a document, given the text of the whole span."""
    return text[part.start - span.start : part.end - span.start]


def _prefers_listing(question: Question, listing: ScoredListing, best: Evidence) -> bool:
    """A question for a list gets one unless a sentence answers much better; another question only where the list's
    introduction is what it asks, and no sentence says as much.
    """
    if question.kind is QuestionKind.LIST:
        return listing.score >= MIN_LISTING_SHARE * best.score
    if is_short(question.kind):
        return False
    return listing.introduction >= MIN_INTRODUCTION and listing.introduction > best.coverage + 0.15


_COUNTS = {name: number for number, name in enumerate(
    "twee drie vier vijf zes zeven acht negen tien elf twaalf".split(), start=2)}  # fmt: skip


def _asked_count(question: Question) -> int | None:
    """How many items the question says there are: "welke drie krachtlijnen"."""
    tokens = question.text.lower().split()
    return next((_COUNTS[token] for token in tokens if token in _COUNTS), None)


def _short_stretches(evidence: Sequence[Evidence], found: Found) -> Iterator[Stretch]:
    """The best sentence, with a little around it when it is only a few words; then a rival, if it still fits."""
    best = evidence[0]
    told = told_whole(best, found, limit=FREE_ANSWER_CHARS)
    is_short_of_words = best.span.end - best.span.start <= CONTEXT_CHARS / 2
    if told and told.end - told.start > CONTEXT_CHARS / 2:
        span = told
    elif best.quote.endswith(":"):
        span = widened(best, limit=SHORT_ANSWER_CHARS)
    else:
        span = widened(best, limit=CONTEXT_CHARS) if is_short_of_words else best.span
    yield Stretch(best.stored, (span,))
    for other in list(_rivals(best, evidence[1:]))[:MORE_SHORT]:
        if not other.quote.endswith(":"):
            yield Stretch(other.stored, (other.span,))


def _free_stretches(evidence: Sequence[Evidence]) -> Iterator[Stretch]:
    best = evidence[0]
    yield Stretch(best.stored, (widened(best, limit=FREE_ANSWER_CHARS),))
    elsewhere = [other for other in evidence[1:] if other.stored.key != best.stored.key]
    for other in list(_rivals(best, elsewhere))[:MORE_FREE]:
        yield Stretch(other.stored, (widened(other, limit=SHORT_ANSWER_CHARS),))


def _rivals(best: Evidence, others: Sequence[Evidence]) -> Iterator[Evidence]:
    for other in others:
        tells_more = bool(other.matched - best.matched)
        if other.score >= best.score * (NEW_TERMS_SHARE if tells_more else RIVAL_SHARE):
            yield other
