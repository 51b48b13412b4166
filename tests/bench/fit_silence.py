"""Choose the coefficients of ``kb.silence`` on the "fit" questions: ``python -m tests.bench.fit_silence``.

A logistic regression over the signals of each question, in which answerable and unanswerable ones weigh the same. An
answerable question counts where its answer holds evidence; a wrong answer says nothing about when to speak, and is
left out. Questions as people type them (``tests/questions/variants``) and paraphrases count too: without them it keeps
silent where the words of question and answer differ (of the "fit" half of the shipped questions it then wrongly refused
.36, and with them .17, while it refused as many unanswerable ones). Only the "fit" half decides. The "held_out" half is
printed beside it.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from kb.as_json import answer_as_json
from kb.evaluation import UNANSWERABLE, KnownQuestion, judge_answer
from kb.ranking import Floats
from kb.silence import COEFFICIENTS, FOUND_FROM, INTERCEPT, NOT_FOUND_BELOW, Signals, confidence
from kb.types import Answer
from tests.bench.quality import Collection, answered, collections

PENALTY = 0.5  # on half the squares of the coefficients, without the intercept
# An answer as sure as this but for a name that no source has ("geen bron noemt Gent") is told in part. The questions by
# themselves would have it kept back: all but one of those with such a name have no answer.
SURE_BUT_FOR_NAMES = 0.8
console = Console(width=150)


@dataclass(frozen=True, slots=True)
class Case:
    """What spoke for the answer to a question, and whether it was one."""

    signals: Signals
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Regression:
    """What each signal counts for, and where it begins."""

    coefficients: Signals
    intercept: float

    def sureness(self, case: Case) -> float:
        """How sure it is of a case."""
        return confidence(case.signals, self.coefficients, self.intercept)


NOW = Regression(COEFFICIENTS, INTERCEPT)


def main() -> None:
    """Fit, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        report(collections(Path(folder)))


def report(known: Sequence[Collection]) -> None:
    """Print the coefficients in force and the fitted ones, and how both fare on each half."""
    known = [_with_variants(collection) for collection in known]
    halves = {split: list(cases(answered(known, split))) for split in ("fit", "held_out")}
    regressions = {"now": NOW, "fitted": fitted(halves["fit"])}
    for name, regression in regressions.items():
        console.print(f"{name}: {regression}")
    table = Table("", "half", "answers", "others", "loss", "wrongly silent", "wrongly spoken", "found", box=None)
    for split, half in halves.items():
        for name, regression in regressions.items():
            table.add_row(name, split, *_figures(half, regression))
    console.print(table)


def _with_variants(collection: Collection) -> Collection:
    """The files with questions, and with the same questions in other forms."""
    variants = (other for path in collection.questions for other in (path.parent / "variants").glob("*.jsonl"))
    return replace(collection, questions=(*collection.questions, *sorted(set(variants))))


def cases(answers: Iterable[tuple[KnownQuestion, Answer]]) -> Iterator[Case]:
    """The questions that can teach when to speak."""
    for known, answer in answers:
        signals = answer.workings.verdict.signals if answer.workings else None
        if signals is None:
            continue
        if known.kind == UNANSWERABLE:
            yield Case(signals, is_answer=False)
        elif _holds_evidence(known, answer):
            yield Case(signals, is_answer=True)


def _holds_evidence(known: KnownQuestion, answer: Answer) -> bool:
    """Whether what was proven holds evidence, also where it was not said."""
    proven = answer.workings.proven if answer.workings else ()
    return judge_answer(known, answer_as_json(replace(answer, statements=proven))).holds_some


def fitted(known: Sequence[Case]) -> Regression:
    """The coefficients with the least loss."""
    values = np.array([astuple(case.signals) for case in known])
    answers = np.array([case.is_answer for case in known], dtype=np.float64)
    weights = _balanced(answers)

    def loss(parameters: Floats) -> float:
        odds = values @ parameters[:-1] + parameters[-1]
        lost = weights @ (np.logaddexp(0.0, odds) - answers * odds)
        return float(lost + PENALTY / 2 * parameters[:-1] @ parameters[:-1])

    found = minimize(loss, np.zeros(values.shape[1] + 1), method="L-BFGS-B", bounds=[*_bounds(), (None, None)]).x
    *coefficients, intercept = (round(float(value), 2) for value in found)
    return Regression(Signals(*coefficients), intercept)


def _bounds() -> Iterator[tuple[float, float | None]]:
    """What each coefficient may be: nothing that speaks for an answer may count against it."""
    most = _log_odds(SURE_BUT_FOR_NAMES) - _log_odds(NOT_FOUND_BELOW)
    for field in fields(Signals):
        yield (-most, 0.0) if field.name == "names_missing" else (0.0, None)


def _log_odds(sureness: float) -> float:
    return math.log(sureness / (1 - sureness))


def _balanced(answers: Floats) -> Floats:
    """The weight of each case: answers and others weigh the same together, 1 each on average."""
    share = answers.mean()
    return np.where(answers == 1, 0.5 / share, 0.5 / (1 - share))


def _figures(known: Sequence[Case], regression: Regression) -> Iterator[str]:
    """Numbers of both kinds; the mean loss; the shares that are silent and spoken wrongly, and found of the answers."""
    sure = np.array([regression.sureness(case) for case in known])
    answers = np.array([case.is_answer for case in known])
    lost = -np.log(np.where(answers, sure, 1 - sure))
    yield from (str(answers.sum()), str((~answers).sum()))
    yield f"{np.average(lost, weights=_balanced(answers.astype(np.float64))):.4f}"
    yield f"{np.mean(sure[answers] < NOT_FOUND_BELOW):.3f}"
    yield f"{np.mean(sure[~answers] >= NOT_FOUND_BELOW):.3f}"
    yield f"{np.mean(sure[answers] >= FOUND_FROM):.3f}"


if __name__ == "__main__":
    main()
