"""Why these passages, and why this much of an answer: an ``Answer`` with its workings, told so that it adds up.

Every score is shown as the contributions that make it: a part, from 0 to 1 (or -1 where it speaks against), times what
that part counts for. ``points`` gives them as whole points out of 100 whose sum is the score in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields

from kb.evidence import Evidence, EvidenceParts, EvidenceWeights, leads_weight, weights_for
from kb.expansion import Expansion
from kb.matching import TermWeights, scoped, stems_of
from kb.proof import Dropped
from kb.repetition import REPETITION_WEIGHT
from kb.search import Found
from kb.silence import COEFFICIENTS, INTERCEPT, Because, Signals, confidence
from kb.types import Answer, Hit, ScoreParts, Status, StoredPassage
from kb.wording import say
from kb.workings import Sought, Workings


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a score: how much of it there is, and what it counts for."""

    key: str
    value: float
    weight: float

    @property
    def amount(self) -> float:
        """What it adds to the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class WordHeld:
    """A word of the question and how much of it a passage holds, from 0 to 1; ``by`` the other words that do so, if
    it is not the word itself.
    """

    word: str
    share: float
    by: str | None = None


@dataclass(frozen=True, slots=True)
class StretchExplained:
    """The best sentence, item or row of a passage, and what its score is made of."""

    quote: str
    score: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class PassageExplained:
    """A passage that was found. ``rank`` counts from 1 within the search for ``asked``."""

    rank: int
    asked: str
    stored: StoredPassage
    score: float
    contributions: tuple[Contribution, ...]
    stretch: StretchExplained | None
    words: tuple[WordHeld, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class StatusExplained:
    """Why an answer is found, partly found or not. The contributions add up to the log-odds of ``sureness``, from 0 to
    1; both are empty where nothing could be weighed.
    """

    status: Status
    because: Because
    sureness: float | None
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is as it is. ``expansions`` are the other words that were looked for; those of a passage stand with
    its words.
    """

    status: StatusExplained
    passages: tuple[PassageExplained, ...]
    expansions: tuple[Expansion, ...]
    dropped: tuple[Dropped, ...]


def explanation_of(answer: Answer) -> Explanation | None:
    """Why an answer is as it is: its hits in order, then cited passages of other searches. None for an answer that was
    not worked out here.
    """
    if answer.workings is None:
        return None
    cited = _cited(answer)
    shown = dict.fromkeys([*(hit.stored.key for hit in answer.hits), *cited])
    passages = (passage_explained(answer, key) for key in shown)
    return Explanation(
        _status(answer.workings, answer.status),
        tuple(passage for passage in passages if passage is not None),
        tuple(_expansions(answer.workings.searches[0].found)),
        answer.workings.dropped,
    )


def passage_explained(answer: Answer, key: int) -> PassageExplained | None:
    """Why the passage with this key was found; None where no search did: it goes on a list, or says the same."""
    workings = answer.workings
    for sought in workings.searches if workings else ():
        for rank, hit in enumerate(sought.found.hits, 1):
            if workings is not None and hit.stored.key == key:
                return _passage(sought, hit, rank, workings.evidence_weights, cited=key in _cited(answer))
    return None


def points(contributions: Sequence[Contribution]) -> tuple[int, ...]:
    """The contributions in whole points out of 100, rounded so that they add up to the rounded whole."""
    rounded, whole, exact = [], 0, 0.0
    for one in contributions:
        exact += 100 * one.amount
        rounded.append(round(exact) - whole)
        whole = round(exact)
    return tuple(rounded)


def words_told(words: Sequence[WordHeld], *, language: str | None = None) -> Iterator[str]:
    """Which words of the question a passage holds, and which not, for people to read."""
    held = ", ".join(_word_told(one, language) for one in words if one.share)
    lacking = ", ".join(one.word for one in words if not one.share)
    if held:
        yield say("explain.held", language=language, words=held)
    if lacking:
        yield say("explain.lacking", language=language, words=lacking)


def _word_told(held: WordHeld, language: str | None) -> str:
    if held.by:
        return say("explain.instead", language=language, word=held.word, by=held.by)
    return held.word if held.share == 1 else say("explain.partly", language=language, word=held.word)


def _cited(answer: Answer) -> dict[int, None]:
    return dict.fromkeys(place.stored.key for statement in answer.statements for place in statement.places)


def _passage(sought: Sought, hit: Hit, rank: int, weights: EvidenceWeights, *, cited: bool) -> PassageExplained:
    inside = [one for one in sought.evidence if one.stored.key == hit.stored.key]
    best = max(inside, key=lambda one: one.score, default=None)
    return PassageExplained(
        rank=rank,
        asked=sought.question.text,
        stored=hit.stored,
        score=hit.score,
        contributions=tuple(_contributions(sought, hit, best, weights)),
        stretch=_stretch(best, weights_for(sought.question, weights)) if best else None,
        words=tuple(_words(sought, hit.stored)),
        cited=cited,
    )


def _contributions(sought: Sought, hit: Hit, best: Evidence | None, weights: EvidenceWeights) -> Iterator[Contribution]:
    """The parts of a passage's own score, and what it loses of that by repeating one above it (``kb.repetition``)."""
    own = tuple(_own_contributions(sought, hit, best, weights))
    yield from own
    yield Contribution("repeats", -hit.repeats, REPETITION_WEIGHT * sum(one.amount for one in own))


def _own_contributions(
    sought: Sought, hit: Hit, best: Evidence | None, weights: EvidenceWeights
) -> Iterator[Contribution]:
    """The parts by which a passage was found, which share what its best stretch leaves (``kb.evidence``); of that,
    less than nothing counts as 0, more than all as 1.
    """
    leads = leads_weight(sought.question, weights)
    whole = 1 + weights.answer + leads
    total = sum(astuple(sought.found.weights)) * whole
    for field in fields(ScoreParts):
        yield Contribution(
            field.name, getattr(hit.parts, field.name), getattr(sought.found.weights, field.name) / total
        )
    yield Contribution("answer", min(max(best.score, 0.0), 1.0) if best else 0.0, weights.answer / whole)
    if leads:
        is_first = bool(sought.evidence) and sought.evidence[0].stored.key == hit.stored.key
        yield Contribution("leads", float(is_first), leads / whole)


def _stretch(best: Evidence, weights: EvidenceWeights) -> StretchExplained:
    made_of = (
        Contribution(field.name, getattr(best.parts, field.name), getattr(weights, field.name))
        for field in fields(EvidenceParts)
    )
    return StretchExplained(best.quote, best.score, tuple(made_of))


def _words(sought: Sought, stored: StoredPassage) -> Iterator[WordHeld]:
    """Each word of the question with what the passage, its headings and its document hold of it."""
    question, weights = sought.question, sought.found.term_weights
    outright = question.terms if stored.key in sought.found.explanations else ()
    held = scoped(question, stored.document) | stems_of(stored) | set(outright)
    shares = weights.shares(held)
    itself = TermWeights(weights.weights).shares(held)
    for term, word in zip(question.terms, question.term_words, strict=True):
        share = shares.get(term, 0.0)
        by = _held_by(weights, term, share, held) if share > itself.get(term, 0.0) else None
        yield WordHeld(word, share, by)


def _held_by(weights: TermWeights, term: str, share: float, held: frozenset[str]) -> str | None:
    """The other words that make a text hold that share of a term."""
    others = (one for one in weights.expansions if one.term == term)
    return next((one.label for one in others if _alone(weights, one).shares(held).get(term) == share), None)


def _alone(weights: TermWeights, expansion: Expansion) -> TermWeights:
    return TermWeights(weights.weights, (expansion,))


def _expansions(found: Found) -> Iterator[Expansion]:
    """The other words that the collection has, each with the share that it counts for here."""
    fired = {(one.term, one.stems) for one in found.expansions}
    return (one for one in found.term_weights.expansions if (one.term, one.stems) in fired)


def _status(workings: Workings, status: Status) -> StatusExplained:
    signals = workings.verdict.signals
    if signals is None:
        return StatusExplained(status, workings.verdict.because, None, ())
    made_of = [
        Contribution(field.name, getattr(signals, field.name), getattr(COEFFICIENTS, field.name))
        for field in fields(Signals)
    ]
    beginning = Contribution("beginning", 1.0, INTERCEPT)
    return StatusExplained(status, workings.verdict.because, confidence(signals), (beginning, *made_of))
