"""The step that trains a variant: workers take one batch after another of its course."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from torch.multiprocessing.spawn import spawn
from tqdm import tqdm

from kb.dutch_encoder.body import device
from kb.dutch_encoder.course import course
from kb.dutch_encoder.examples import read_material
from kb.dutch_encoder.initialise import TABLE
from kb.dutch_encoder.plan import Plan
from kb.dutch_encoder.student import Student, load_student
from kb.dutch_encoder.training import CHECKPOINT, Training

PLAN = "plan.json"
Counter: TypeAlias = Any  # of multiprocessing, which does not name the type of a shared number


def distil(work: Path, name: str, plan: Plan, *, workers: int = 1) -> Path:
    """Train the variant ``name``; its checkpoint, plan and log stand in ``work/name``. Goes on where it stopped.

    Several workers, of one thread each, change one shared student without waiting for each other (Hogwild, Recht et
    al. 2011): on a busy machine this is faster than threads, but only one worker repeats to the last digit.
    """
    folder = work / name
    folder.mkdir(exist_ok=True)
    (folder / PLAN).write_text(json.dumps(asdict(plan)), "utf8")
    torch.manual_seed(plan.seed)
    path = folder / CHECKPOINT
    student = _first_student(work, path, plan).to(device()).share_memory()
    at = torch.multiprocessing.get_context("spawn").Value("q", _kept_step(path))
    if workers == 1:
        _work(0, work, name, plan, student, at)
    else:
        spawn(_work_on_one_thread, (work, name, plan, student, at), nprocs=workers)  # type: ignore[no-untyped-call]
    return path


def _first_student(work: Path, path: Path, plan: Plan) -> Student:
    if path.exists():
        return load_student(path)
    if plan.start:
        return load_student(work / plan.start / CHECKPOINT)
    return Student(np.load(work / TABLE), rank=plan.rank)


def _kept_step(path: Path) -> int:
    return int(torch.load(path, weights_only=True)["step"]) if path.exists() else 0


def _work_on_one_thread(worker: int, work: Path, name: str, plan: Plan, student: Student, at: Counter) -> None:
    torch.set_num_threads(1)
    _work(worker, work, name, plan, student, at)


def _work(worker: int, work: Path, name: str, plan: Plan, student: Student, at: Counter) -> None:
    """One worker's part: take the next batch that no worker took, learn from it, until there are no more."""
    material = read_material(work, passage_tokens=plan.passage_tokens)
    batches = course(material, plan)
    training = Training(work / name, plan, student)
    for step in _taken(at, len(batches), name if worker == 0 else None):
        training.learn(material, batches[step], step=step, of=len(batches))
        if worker == 0:
            training.save_now_and_then(step)
    if worker == 0:
        training.save(len(batches))


def _taken(at: Counter, end: int, shown_as: str | None) -> Iterator[int]:
    """The numbers of the steps that this worker takes, from the counter that all share."""
    with tqdm(total=end, initial=at.value, mininterval=10, disable=shown_as is None, desc=shown_as) as bar:
        while True:
            with at.get_lock():
                step, at.value = at.value, at.value + 1
            if step >= end:
                return
            bar.update(step + 1 - bar.n)
            yield step
