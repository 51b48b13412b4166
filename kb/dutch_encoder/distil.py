"""Training: the student learns to give a Dutch sentence the vector that the teacher gives its English side."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from kb.dutch_encoder.batches import by_length, padded
from kb.dutch_encoder.body import device, half_precision
from kb.dutch_encoder.files import TOKENIZER
from kb.dutch_encoder.initialise import TABLE
from kb.dutch_encoder.losses import distillation
from kb.dutch_encoder.prepare import PAIRS
from kb.dutch_encoder.rows import read_rows
from kb.dutch_encoder.student import Student, load_student
from kb.dutch_encoder.teacher import VECTORS, english_sentences
from kb.dutch_encoder.tokenizer import load_tokenizer

CHECKPOINT, LOG = "student.pt", "log.jsonl"
Counter: TypeAlias = Any  # of multiprocessing, which does not name the type of a shared number


@dataclass(frozen=True, slots=True)
class Plan:
    """How one variant is trained; ``rank`` 0 trains the table only.

    Rates stay full until the last share ``decay`` of the course, and fall to nothing along a straight line: so a
    course can be cut short or made longer on the way, by starting it again with other ``epochs``.

    ``english`` is the share of batches that bring English sentences through the new vocabulary.
    """

    epochs: float = 2.0
    decay: float = 0.3
    batch: int = 128
    table_rate: float = 2e-3
    rank: int = 16
    correction_rate: float = 5e-4
    contrast: float = 0.2
    english: float = 0.15
    warm_up: int = 100
    seed: int = 1
    save_every: int = 250


@dataclass(frozen=True, slots=True)
class Examples:
    """Token lists and, for each, the row of the teacher's vectors that it should reach."""

    token_lists: list[list[int]]
    targets: NDArray[np.int64]


def distil(work: Path, name: str, plan: Plan, *, workers: int = 1) -> Path:
    """Train the variant ``name``; its checkpoint, plan and log stand in ``work/name``. Goes on where it stopped.

    Several workers, of one thread each, change one shared student without waiting for each other (Hogwild, Recht et
    al. 2011): on a busy machine this is faster than threads, but only one worker repeats to the last digit.
    """
    folder = work / name
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(asdict(plan)))
    torch.manual_seed(plan.seed)
    path = folder / CHECKPOINT
    student = load_student(path) if path.exists() else Student(np.load(work / TABLE), rank=plan.rank)
    student = student.to(device()).share_memory()
    at = torch.multiprocessing.get_context("spawn").Value("q", _kept_step(path))
    if workers == 1:
        _work(0, work, folder, plan, student, at)
    else:
        torch.multiprocessing.spawn(_work, (work, folder, plan, student, at), nprocs=workers)
    return path


def _kept_step(path: Path) -> int:
    return int(torch.load(path, weights_only=True)["step"]) if path.exists() else 0


def _work(worker: int, work: Path, folder: Path, plan: Plan, student: Student, at: Counter) -> None:
    """One worker's part: take the next batch that no worker took, learn from it, until there are no more."""
    if worker or not torch.cuda.is_available():
        torch.set_num_threads(1)
    teacher = np.load(work / VECTORS)
    dutch, english = read_examples(work, known=teacher.any(1))
    course = batches(dutch, english, plan)
    training = Training(folder, plan, student)
    for step in _taken(at, len(course), shown=worker == 0):
        examples, positions = course[step]
        ids, mask = padded([examples.token_lists[position] for position in positions])
        target = torch.from_numpy(teacher[examples.targets[positions]].astype(np.float32))
        training.learn(ids, mask, target, share=_share(step, len(course), plan))
        if worker == 0:
            training.save_now_and_then(step)
    if worker == 0:
        training.save(len(course))


def _taken(at: Counter, end: int, *, shown: bool) -> Iterator[int]:
    """The numbers of the steps that this worker takes, from the counter that all share."""
    with tqdm(total=end, initial=at.value, mininterval=10, disable=not shown, desc="distil") as bar:
        while True:
            with at.get_lock():
                step, at.value = at.value, at.value + 1
            if step >= end:
                return
            bar.update(step + 1 - bar.n)
            yield step


def read_examples(work: Path, *, known: NDArray[np.bool_]) -> tuple[Examples, Examples]:
    """The Dutch examples, and the English ones through the same vocabulary, where the teacher's vector is known."""
    tokenizer = load_tokenizer(work / TOKENIZER)
    sentences = english_sentences(work)
    row_of = {sentence: row for row, sentence in enumerate(sentences)}
    pairs = [pair for pair in read_rows(work / PAIRS) if known[row_of[pair.second]]]
    sentences = [sentence for sentence in sentences if known[row_of[sentence]]]

    def examples(texts: list[str], targets: list[int]) -> Examples:
        return Examples([found.ids for found in tokenizer.encode_batch(texts)], np.array(targets))

    dutch = examples([pair.first for pair in pairs], [row_of[pair.second] for pair in pairs])
    return dutch, examples(sentences, [row_of[sentence] for sentence in sentences])


def batches(dutch: Examples, english: Examples, plan: Plan) -> list[tuple[Examples, list[int]]]:
    """The whole course: all batches in order, the same for the same plan."""
    return list(_course(dutch, english, plan))[: round(plan.epochs * _steps_an_epoch(dutch, plan))]


def _course(dutch: Examples, english: Examples, plan: Plan) -> Iterator[tuple[Examples, list[int]]]:
    chance = random.Random(plan.seed)  # noqa: S311 - an order, not a secret
    more_english = _endless(english, plan)
    for epoch in range(int(np.ceil(plan.epochs))):
        for positions in by_length([*map(len, dutch.token_lists)], plan.batch, seed=plan.seed * 1000 + epoch):
            yield dutch, positions
            while chance.random() < plan.english:
                yield english, next(more_english)


def _endless(examples: Examples, plan: Plan) -> Iterator[list[int]]:
    epoch = 0
    while True:
        yield from by_length([*map(len, examples.token_lists)], plan.batch, seed=plan.seed * 1000 + 500 + epoch)
        epoch += 1


def _steps_an_epoch(dutch: Examples, plan: Plan) -> float:
    return len(dutch.token_lists) / plan.batch / (1 - plan.english)


class Training:
    """A student and one worker's optimisers; kept on disk every so many steps."""

    def __init__(self, folder: Path, plan: Plan, student: Student) -> None:
        self._path, self._log, self._plan, self._student = folder / CHECKPOINT, folder / LOG, plan, student
        self._optimisers = _optimisers(student, plan)
        self._losses: list[float] = []
        self._saved = 0
        if self._path.exists():
            kept = torch.load(self._path, weights_only=True)
            self._saved = kept["step"]
            for optimiser, state in zip(self._optimisers, kept["optimisers"], strict=True):
                optimiser.load_state_dict(state)

    def learn(self, ids: Tensor, mask: Tensor | None, target: Tensor, *, share: float) -> None:
        """One step: token ids (batch, tokens), the vectors (batch, 384) to reach, the share of the full rate."""
        for optimiser, rate in zip(self._optimisers, (self._plan.table_rate, self._plan.correction_rate), strict=False):
            optimiser.param_groups[0]["lr"] = rate * share
        with torch.autocast(device().type, torch.bfloat16, enabled=half_precision()):
            vectors = self._student(ids.to(device()), None if mask is None else mask.to(device()))
        loss = distillation(vectors.float(), target.to(device()), contrast=self._plan.contrast)
        loss.backward()  # type: ignore[no-untyped-call]
        for optimiser in self._optimisers:
            optimiser.step()
            optimiser.zero_grad()
        self._losses.append(loss.item())

    def save_now_and_then(self, step: int) -> None:
        """Save when ``save_every`` steps have passed since the last time."""
        if step - self._saved >= self._plan.save_every:
            self.save(step)

    def save(self, step: int) -> None:
        """Keep everything that is needed to go on at ``step``, whole or not at all, and log the mean loss."""
        kept = {
            "table": self._student.table.weight.detach().cpu(),
            "corrections": {name: value.detach().cpu() for name, value in self._student.corrections().items()},
            "optimisers": [optimiser.state_dict() for optimiser in self._optimisers],
            "step": step,
        }
        unfinished = self._path.with_suffix(".new")
        torch.save(kept, unfinished)
        unfinished.replace(self._path)
        with self._log.open("a") as log:
            log.write(json.dumps({"step": step, "loss": round(float(np.mean(self._losses or [0])), 4)}) + "\n")
        self._saved = step
        self._losses.clear()


def _share(step: int, of: int, plan: Plan) -> float:
    """The share of the full rate at a step: up along a line, level, down along a line to nothing."""
    return min((step + 1) / max(plan.warm_up, 1), (of - step) / max(of * plan.decay, 1), 1.0)


def _optimisers(student: Student, plan: Plan) -> list[torch.optim.Optimizer]:
    optimisers: list[torch.optim.Optimizer] = [torch.optim.SparseAdam([student.table.weight], lr=plan.table_rate)]
    if plan.rank:
        optimisers.append(torch.optim.AdamW(student.corrections().values(), lr=plan.correction_rate, weight_decay=0.0))
    return optimisers
