"""A student between the first table and where one or more variants ended.

Training on narrow text overshoots: a point between start and end is better at what training did not see (WiSE-FT,
Wortsman et al. 2022), and so is the mean of variants with one start (model soups, by the same).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kb.dutch_encoder.distil import PLAN
from kb.dutch_encoder.initialise import TABLE
from kb.dutch_encoder.training import CHECKPOINT

Correction = tuple[Tensor, Tensor]


def blend(work: Path, into: str, shares: Mapping[str, float]) -> Path:
    """Write the variant ``into``: so much of each variant, and the first table, uncorrected, for what is left of 1."""
    kept: dict[str, dict[str, Any]] = {name: torch.load(work / name / CHECKPOINT, weights_only=True) for name in shares}
    table = torch.from_numpy(np.load(work / TABLE)) * (1 - sum(shares.values()))
    for name, share in shares.items():
        table += share * kept[name]["table"]
    corrections: dict[str, Tensor] = {}
    for name in _corrected_names(kept.values()):
        parts = [
            (share * kept[variant]["corrections"][f"{name}.up"], kept[variant]["corrections"][f"{name}.down"])
            for variant, share in shares.items()
            if kept[variant]["corrections"]
        ]
        corrections[f"{name}.up"], corrections[f"{name}.down"] = _sum(parts)
    (work / into).mkdir(exist_ok=True)
    torch.save({"table": table, "corrections": corrections, "step": 0}, work / into / CHECKPOINT)
    (work / into / PLAN).write_text(json.dumps({"blend": dict(shares)}), "utf8")
    return work / into / CHECKPOINT


def _corrected_names(variants: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted({name.rpartition(".")[0] for variant in variants for name in variant["corrections"]})


def _sum(parts: Sequence[Correction]) -> Correction:
    """The sum of low-rank maps, (out, rank) times (rank, in), cut to the largest rank among them."""
    if len(parts) == 1:
        return parts[0]
    rank = max(down.shape[0] for _, down in parts)
    whole = torch.stack([up @ down for up, down in parts]).sum(0)
    left, sizes, right = torch.linalg.svd(whole, full_matrices=False)
    root = sizes[:rank].sqrt()
    return (left[:, :rank] * root).contiguous(), (root[:, None] * right[:rank]).contiguous()
