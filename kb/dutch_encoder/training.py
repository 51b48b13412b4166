"""One worker's training of the student: a step on a batch, and what is kept on disk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kb.dutch_encoder.batches import padded
from kb.dutch_encoder.body import device, half_precision
from kb.dutch_encoder.course import Batch, share_of_rate
from kb.dutch_encoder.examples import Material, TokenLists
from kb.dutch_encoder.losses import distillation, together
from kb.dutch_encoder.plan import Plan
from kb.dutch_encoder.student import Student

CHECKPOINT, LOG = "student.pt", "log.jsonl"


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

    def learn(self, material: Material, batch: Batch, *, step: int, of: int) -> None:
        """One step of a course of so many."""
        share = share_of_rate(step, of, self._plan)
        for optimiser, rate in zip(self._optimisers, (self._plan.table_rate, self._plan.correction_rate), strict=False):
            optimiser.param_groups[0]["lr"] = rate * share
        loss = self._loss(material, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        for optimiser in self._optimisers:
            optimiser.step()
            optimiser.zero_grad()
        self._losses.append(loss.item())

    def _loss(self, material: Material, batch: Batch) -> Tensor:
        examples, positions = batch
        vectors = self._vectors([examples.token_lists[position] for position in positions])
        if examples.partners is not None:
            return together(vectors, self._vectors([examples.partners[position] for position in positions]))
        target = torch.from_numpy(material.vectors[examples.targets[positions]].astype(np.float32))
        return distillation(vectors, target.to(device()), contrast=self._plan.contrast)

    def _vectors(self, token_lists: TokenLists) -> Tensor:
        ids, mask = padded(token_lists)
        with torch.autocast(device().type, torch.bfloat16, enabled=half_precision()):
            vectors: Tensor = self._student(ids.to(device()), None if mask is None else mask.to(device()))
        return vectors.float()

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


def _optimisers(student: Student, plan: Plan) -> list[torch.optim.Optimizer]:
    optimisers: list[torch.optim.Optimizer] = [torch.optim.SparseAdam([student.table.weight], lr=plan.table_rate)]
    if plan.rank:
        optimisers.append(torch.optim.AdamW(student.corrections().values(), lr=plan.correction_rate, weight_decay=0.0))
    return optimisers
