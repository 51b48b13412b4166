"""What is measured of answers: shares over questions, each with how sure it is, in one run or between two."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.bootstrap import interval, interval_of_difference, share
from kb.errors import UsageError
from kb.evaluation import SHORT_KINDS, UNANSWERABLE, Judgement
from kb.wording import say

NOT_FOUND = "not_found"
ALL = "all"
RIGHT = ("answer holds all evidence", "unanswerable refused")

Count = tuple[float, float]  # how much of a question is so, out of how much
NOTHING: Count = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share from 0 to 1, and the interval in which it lies with 95 % sureness."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One question of a run, and what it adds to each measure."""

    id: str
    question: str
    kind: str
    split: str
    status: str
    counts: Mapping[str, Count]

    @property
    def quality(self) -> tuple[float, ...]:
        """What makes one answer to this question better than another, the most important first."""
        shares = (self.counts.get(name, NOTHING)[0] for name in ORDER_OF_QUALITY)
        return (*shares, -self.counts.get("answerable wrongly refused", NOTHING)[0])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same questions: the differences, and the questions whose answers got better or worse."""

    questions: int
    differences: Mapping[str, Estimate]
    better: tuple[Measured, ...]
    worse: tuple[Measured, ...]


def _hit(k: int) -> Callable[[Judgement], Count]:
    return lambda judged: _scored(judged, judged.rank is not None and judged.rank <= k)


def _page_hit(k: int) -> Callable[[Judgement], Count]:
    def count(judged: Judgement) -> Count:
        if not judged.has_page:
            return NOTHING
        return float(judged.page_rank is not None and judged.page_rank <= k), 1.0

    return count


def _scored(judged: Judgement, value: float) -> Count:
    """A count for the questions whose evidence is known."""
    return (float(value), 1.0) if judged.question.evidence else NOTHING


def _short(judged: Judgement) -> Count:
    return _scored(judged, judged.short_holds_all) if judged.question.kind in SHORT_KINDS else NOTHING


def _refused(judged: Judgement, *, rightly: bool) -> Count:
    unanswerable = judged.question.kind == UNANSWERABLE
    return (float(judged.status == NOT_FOUND), 1.0) if unanswerable == rightly else NOTHING


def _wrongly_answered(judged: Judgement) -> Count:
    refused, out_of = _refused(judged, rightly=True)
    return out_of - refused, out_of


MEASURES: dict[str, Callable[[Judgement], Count]] = {
    "passage hit@1": _hit(1),
    "passage hit@3": _hit(3),
    "passage hit@5": _hit(5),
    "passage MRR@10": lambda judged: _scored(judged, 1 / judged.rank if judged.rank else 0.0),
    "page hit@1": _page_hit(1),
    "page hit@3": _page_hit(3),
    "page hit@5": _page_hit(5),
    "answer holds some evidence": lambda judged: _scored(judged, judged.holds_some),
    "answer holds all evidence": lambda judged: _scored(judged, judged.holds_all),
    "short answer holds all evidence": _short,
    "quotes verbatim in source": lambda judged: (float(judged.exact_quotes), float(judged.quotes)),
    "unanswerable refused": lambda judged: _refused(judged, rightly=True),
    "unanswerable wrongly answered": _wrongly_answered,
    "answerable wrongly refused": lambda judged: _refused(judged, rightly=False),
}
ORDER_OF_QUALITY = (*RIGHT, "answer holds some evidence", "passage MRR@10")


def measured(judgements: Iterable[Judgement]) -> list[Measured]:
    """What each question adds to each measure that it can show."""
    return [_measured(judged) for judged in judgements]


def _measured(judged: Judgement) -> Measured:
    counts = {name: measure(judged) for name, measure in MEASURES.items()}
    known = judged.question
    shown = {name: count for name, count in counts.items() if count[1]}
    return Measured(known.id, known.question, known.kind, known.split, judged.status, shown)


def estimates(run: Sequence[Measured]) -> dict[str, Estimate]:
    """Every measure that some question of a run can show."""
    return {name: found for name in MEASURES if (found := _estimate(run, name)) is not None}


def _estimate(run: Sequence[Measured], name: str) -> Estimate | None:
    counts = _counts(run, name)
    value = share(counts)
    return None if value is None else Estimate(value, *interval(counts))


def _counts(run: Sequence[Measured], name: str) -> list[Count]:
    return [one.counts.get(name, NOTHING) for one in run]


def grouped(run: Sequence[Measured], *, by_split: bool = False) -> dict[str, list[Measured]]:
    """The questions together, and those of each kind, or of each split, in the order in which they first occur."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for one in run:
        groups[one.split if by_split else one.kind].append(one)
    return {ALL: list(run)} | dict(groups)


def figures(judgements: Sequence[Judgement]) -> dict[str, float]:
    """The figures of a set of judgements, each a share from 0 to 1 unless its name says otherwise.

    A figure that no question of the set can show is left out.
    """
    run = measured(judgements)
    shares = ((name, share(_counts(run, name))) for name in MEASURES)
    result: dict[str, float] = {"questions": len(judgements)}
    result |= {name: value for name, value in shares if value is not None}
    scored = [judged.answer_chars for judged in judgements if judged.question.evidence]
    if scored:
        result["median answer characters"] = statistics.median(scored)
    answerable = [judged.uncited for judged in judgements if judged.question.kind != UNANSWERABLE]
    if answerable:
        result["statements without citation"] = sum(answerable)
    return result


def group_label(name: str) -> str:
    """What a person calls a kind of question, a split, or all questions."""
    try:
        return say(f"evaluation.groups.{name}")
    except KeyError:
        return name


def measure_label(name: str) -> str:
    """What a person calls a measure."""
    return say(f"evaluation.measures.{name}")


# --- two runs ------------------------------------------------------------------------------------------


def compared(before: Sequence[Measured], after: Sequence[Measured]) -> Comparison:
    """What changed between two runs, over the questions that both asked."""
    earlier = {(one.id, one.question): one for one in before}
    pairs = [(earlier[one.id, one.question], one) for one in after if (one.id, one.question) in earlier]
    firsts, seconds = [first for first, _ in pairs], [second for _, second in pairs]
    return Comparison(
        len(pairs),
        dict(_differences(firsts, seconds)),
        better=tuple(second for first, second in pairs if second.quality > first.quality),
        worse=tuple(second for first, second in pairs if second.quality < first.quality),
    )


def _differences(before: Sequence[Measured], after: Sequence[Measured]) -> Iterator[tuple[str, Estimate]]:
    for name in MEASURES:
        first, second = _counts(before, name), _counts(after, name)
        one, other = share(first), share(second)
        if one is not None and other is not None:
            yield name, Estimate(other - one, *interval_of_difference(first, second))


def save_run(run: Sequence[Measured], path: Path) -> None:
    """Keep a run, to compare a later one with. Raises OSError where the file cannot be written."""
    path.write_text(json.dumps({"questions": [asdict(one) for one in run]}, ensure_ascii=False, indent=1), "utf8")


def load_run(path: Path) -> list[Measured]:
    """A run that was kept. Raises UsageError for a file that holds none."""
    try:
        entries = json.loads(path.read_text("utf8"))["questions"]
        return [
            Measured(**entry | {"counts": {name: (part, whole) for name, (part, whole) in entry["counts"].items()}})
            for entry in entries
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise UsageError("run_unreadable", path=path) from exc
