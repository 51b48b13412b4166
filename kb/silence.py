"""Knowing when to be silent: whether what was found answers the question, in part, or not at all.

What speaks for an answer is weighed by a logistic regression over a few signals, each between 0 and 1. It was fitted
on the "fit" half of the shipped questions, so that answerable and unanswerable ones are told apart;
``tests/bench/fit_silence.py`` fits it anew. Three things it does not weigh but forbid: a figure, day or name of another
place or year, one that is not there at all, and who it is "now".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from kb.analysis import specificity, stem, stems, text_words, words
from kb.evidence import Evidence
from kb.forms import asked_form
from kb.front_roles import asked_role
from kb.matching import TermWeights, known_of, lacking_names, scoped
from kb.question import Question, QuestionKind
from kb.search import Found
from kb.shapes import counts_what_is_asked, fit, has_shape
from kb.types import Notice, Statement, Status, StoredPassage
from kb.word_vectors import WordLikeness

NOT_FOUND_BELOW = 0.3
FOUND_FROM = 0.5
NO_SHAPE = 0.7  # of a kind of question that any text may answer
IMPORTANT = 0.6  # times the mean weight of the question's words: such a word may not be left unanswered
MANY_TERMS = 8  # a question of so many content words tells a story, and not all of it is answered

# Kinds whose answer is one figure, day or name: with another place or year it is not half right but wrong.
_EXACT_KINDS = (QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.WHO)
# Kinds of which the first word says what is asked for: a deed, an office, a thing.
_NAMES_FIRST = (QuestionKind.WHO, QuestionKind.LIST, QuestionKind.FREE)
_NOW = frozenset("huidige huidig nu momenteel vandaag actueel actuele tegenwoordig current currently now".split())


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, each from 0 to 1; a word of the question counts as held by a text that has it, or a
    word like it.

    ``passage`` is the share of the question's weight that the best cited passage holds, and ``weakest_in_passage`` how
    well it holds the important word that it holds least. ``focus`` is how well the answer
    holds what is asked for (the first word: "wie regisseerde", "wat is de boete"), where a question names it;
    ``figure`` is 0 where no figure is one of what was to be counted. ``names_missing`` is 1 where no cited passage has
    the names, years and acronyms of the question. ``shape`` is how well a statement has the form of an answer,
    ``length`` how long the question is, ``nearness`` the cosine of the question with the nearest cited sentence,
    ``evidence`` the score of the best stretch.
    """

    passage: float
    weakest_in_passage: float
    focus: float
    figure: float
    names_missing: float
    shape: float
    length: float
    nearness: float
    evidence: float


COEFFICIENTS = Signals(
    passage=0.94,
    weakest_in_passage=0.74,
    focus=0.81,
    figure=1.98,
    names_missing=-2.23,
    shape=1.74,
    length=2.87,
    nearness=2.14,
    evidence=2.44,
)
INTERCEPT = -9.14


class Because(StrEnum):
    """What settles how much was found."""

    SURE = "sure"
    REMARKS = "remarks"  # there is something that a reader should know
    HALF_SURE = "half_sure"
    UNSURE = "unsure"
    NOTHING = "nothing"  # nothing is said, or the question has no word that can be looked for
    OTHER_PLACE = "other_place"  # a figure, day or name, but not of the place or year asked about
    NO_FIGURE = "no_figure"  # no figure, day or name at all
    ABOUT_NOW = "about_now"
    PARTS = "parts"  # each thing that is compared, or asked, was judged by itself


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much was found, what a reader should know about it, and why it is so.

    ``signals`` is None where nothing could be weighed.
    """

    status: Status
    notices: tuple[Notice, ...] = ()
    because: Because = Because.SURE
    signals: Signals | None = None


def judge(
    question: Question,
    found: Found,
    evidence: Sequence[Evidence],
    statements: Sequence[Statement],
    likeness_of_words: WordLikeness,
) -> Verdict:
    """The verdict on statements that have passed the proof. ``evidence`` is best first."""
    if not statements or not question.terms or not evidence:
        return Verdict(Status.NOT_FOUND, because=Because.NOTHING)
    sources = sources_of(statements)
    missing = _missing_from_answer(question, statements)
    notices: tuple[Notice, ...] = (Notice("missing", (("names", ", ".join(missing)),)),) if missing else ()
    about_now = bool(_NOW & set(words(question.text)))
    signals = signals_of(question, found, evidence, statements, likeness_of_words)
    sureness = confidence(signals)
    outright = _is_said_outright(found, statements)
    misleading = _would_mislead(question, statements, missing, about_now=about_now, outright=outright)
    if misleading or sureness < NOT_FOUND_BELOW:
        return Verdict(Status.NOT_FOUND, notices, misleading or Because.UNSURE, signals)
    if about_now:
        notices += (_dated(sources),)
    if notices:
        return Verdict(Status.PARTIAL, notices, Because.REMARKS, signals)
    if sureness < FOUND_FROM:
        return Verdict(Status.PARTIAL, (Notice("uncertain"),), Because.HALF_SURE, signals)
    return Verdict(Status.FOUND, (), Because.SURE, signals)


def confidence(signals: Signals, coefficients: Signals = COEFFICIENTS, intercept: float = INTERCEPT) -> float:
    """How sure it is, from 0 to 1, that what was found answers the question."""
    weighed = sum(weight * value for weight, value in zip(astuple(coefficients), astuple(signals), strict=True))
    return 1 / (1 + math.exp(-(weighed + intercept)))


def signals_of(
    question: Question,
    found: Found,
    evidence: Sequence[Evidence],
    statements: Sequence[Statement],
    likeness_of_words: WordLikeness,
) -> Signals:
    """What speaks for an answer. ``evidence`` is best first and not empty, ``statements`` neither.

    Names that no source has are told to the reader and count once: the rest of the question may be answered.
    """
    sources = sources_of(statements)
    missing = _held_by_none(question, sources)
    weights = found.term_weights.without(stem for name in missing for stem in stems(name))
    chosen = {
        source.document.key: {term: 1.0 for term in scoped(question, source.document) if term in weights.weights}
        for source in sources
    }
    outright = dict.fromkeys(weights.weights, 1.0) if _is_said_outright(found, statements) else {}
    first = _held(question, weights, text_with_context(statements[0]), likeness_of_words)
    first |= chosen[statements[0].citations[0].document.key] | outright
    known = [_held(question, weights, known_of(source), likeness_of_words) | outright for source in sources]
    shapes = (fit(question, statement.text, heading=section_of(statement)) for statement in statements)
    return Signals(
        passage=max(_weighed(weights, held) for held in known),
        weakest_in_passage=max(_weakest(weights, held) for held in known),
        focus=_focus(question, first),
        figure=float(counts_what_is_asked(question, (statement.text for statement in statements))),
        names_missing=float(_lack_names(question, sources)),
        shape=1.0 if outright else max(NO_SHAPE if shape is None else shape for shape in shapes),
        length=min(len(question.terms), MANY_TERMS) / MANY_TERMS,
        nearness=_nearness(found, statements),
        evidence=evidence[0].score,
    )


def sources_of(statements: Sequence[Statement]) -> list[StoredPassage]:
    """The passages that statements cite, each once."""
    return list({c.stored.key: c.stored for statement in statements for c in statement.citations}.values())


def text_with_context(statement: Statement) -> str:
    """A statement with the headings and the title that it stands under."""
    stored = statement.citations[0].stored
    return " ".join((statement.text, *stored.passage.headings, stored.document.info.title or ""))


def section_of(statement: Statement) -> str:
    """The heading that a statement stands under."""
    return statement.citations[0].section or ""


def _is_said_outright(found: Found, statements: Sequence[Statement]) -> bool:
    """Whether the first statement quotes a place that says what is asked, in whatever words."""
    return any(
        citation.start < span.end and span.start < citation.end
        for citation in statements[0].citations
        for span in found.explanations.get(citation.stored.key, ())
    )


def _focus(question: Question, held: Mapping[str, float]) -> float:
    """How well what a question asks for is held, less strictly where the word is an everyday one ("wie komt ...")."""
    asked = question.terms[0]
    if question.kind not in _NAMES_FIRST:
        return 1.0
    return 1.0 - specificity(asked) * (1.0 - held.get(asked, 0.0))


def _held(question: Question, weights: TermWeights, text: str, likeness_of_words: WordLikeness) -> dict[str, float]:
    """How well a text holds each term of the question, by its letters or by the meaning of its words."""
    held_words = list(dict.fromkeys(text_words(text)))
    by_letters = weights.shares({stem(word) for word in held_words})
    asked = dict(zip(question.terms, question.term_words, strict=True))
    return {
        term: max(by_letters.get(term, 0.0), likeness_of_words.best(asked.get(term, term), held_words))
        for term in weights.weights
    }


def _weighed(weights: TermWeights, held: Mapping[str, float]) -> float:
    return sum(weight * held[term] for term, weight in weights.weights.items())


def _weakest(weights: TermWeights, held: Mapping[str, float]) -> float:
    """How well the important term is held that is held least."""
    least = IMPORTANT / len(weights.weights)
    return min(held[term] for term, weight in weights.weights.items() if weight >= least)


def _nearness(found: Found, statements: Sequence[Statement]) -> float:
    """The cosine of the question with the nearest sentence that is quoted."""
    return max(
        (
            similarity
            for statement in statements
            for citation in statement.citations
            for unit, similarity in zip(
                citation.stored.passage.units, found.unit_similarities.get(citation.stored.key, ()), strict=False
            )
            if citation.start < unit.end and unit.start < citation.end
        ),
        default=0.0,
    )


def _lack_names(question: Question, sources: Sequence[StoredPassage]) -> bool:
    """Whether each of the cited passages lacks a name, year or acronym of the question."""
    return all(lacking_names(question, source) for source in sources)


def _would_mislead(
    question: Question, statements: Sequence[Statement], missing: Sequence[str], *, about_now: bool, outright: bool
) -> Because | None:
    """Why a figure, day or name would mislead, if it would: it is that of another place or time, or is not there."""
    if not (question.kind in _EXACT_KINDS or asked_form(question.text) or asked_role(question.text)):
        return None
    if missing:
        return Because.OTHER_PLACE
    if not outright and not any(_may_answer(question, statement) for statement in statements):
        return Because.NO_FIGURE
    return Because.ABOUT_NOW if about_now and question.kind is QuestionKind.WHO else None


def _may_answer(question: Question, statement: Statement) -> bool:
    return has_shape(question, statement.text, heading=section_of(statement))


def _likeliest(question: Question, statements: Sequence[Statement]) -> list[Statement]:
    """The statements that have the form of an answer best, where any has it."""
    fits = [fit(question, statement.text, heading=section_of(statement)) or 0.0 for statement in statements]
    return [one for one, own in zip(statements, fits, strict=True) if own and own == max(fits)]


def _missing_from_answer(question: Question, statements: Sequence[Statement]) -> tuple[str, ...]:
    """The names, years and acronyms of the question that the answer does not speak of.

    A figure, day or name must be that of the place asked about: another source that speaks of it is no help.
    """
    if question.kind in _EXACT_KINDS:
        answers = _likeliest(question, statements)
        lacking = [_held_by_none(question, sources_of([answer])) for answer in answers]
        return min(lacking, key=len, default=())
    return _held_by_none(question, sources_of(statements))


def _held_by_none(question: Question, sources: Sequence[StoredPassage]) -> tuple[str, ...]:
    """The names, years and acronyms of the question that none of the cited passages speaks of."""
    lacking = [set(lacking_names(question, source)) for source in sources]
    return tuple(name for name in question.demands if all(name in names for names in lacking))


def _dated(sources: Sequence[StoredPassage]) -> Notice:
    years = sorted({source.document.info.year for source in sources if source.document.info.year})
    return Notice("dated", (("years", ", ".join(map(str, years)) or "?"),))
