"""The course of a variant: which batch comes when. It is the same for the same plan."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from kb.dutch_encoder.batches import by_length
from kb.dutch_encoder.examples import Examples, Material
from kb.dutch_encoder.plan import Plan

Batch = tuple[Examples, list[int]]


def course(material: Material, plan: Plan) -> list[Batch]:
    """All batches in order: the examples they are of, and positions among them."""
    others = plan.english + plan.passages
    steps = plan.epochs * len(material.dutch.token_lists) / plan.batch / (1 - others)
    return list(_batches(material, plan))[: round(steps)]


def share_of_rate(step: int, of: int, plan: Plan) -> float:
    """The share of the full rate at a step: up along a line, level, down along a line to nothing."""
    return min((step + 1) / max(plan.warm_up, 1), (of - step) / max(of * plan.decay, 1), 1.0)


def _batches(material: Material, plan: Plan) -> Iterator[Batch]:
    """Dutch batches, epoch after epoch, with English ones and passages between them by chance."""
    chance = random.Random(plan.seed)  # noqa: S311 - an order, not a secret
    english, passages = (_endless(examples, plan) for examples in (material.english, material.passages))
    for epoch in range(int(np.ceil(plan.epochs))):
        for positions in by_length(material.dutch.lengths, plan.batch, seed=plan.seed * 1000 + epoch):
            yield material.dutch, positions
            while (drawn := chance.random()) < plan.english + plan.passages:
                yield next(english if drawn < plan.english else passages)


def _endless(examples: Examples, plan: Plan) -> Iterator[Batch]:
    epoch = 0
    while True:
        for positions in by_length(examples.lengths, plan.batch, seed=plan.seed * 1000 + 500 + epoch):
            yield examples, positions
        epoch += 1
