"""A student part of the way from the first table to where training ended.

Training on narrow text overshoots: a point between start and end is better at what training did not see (WiSE-FT,
Wortsman et al. 2022).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kb.dutch_encoder.distil import PLAN
from kb.dutch_encoder.initialise import TABLE
from kb.dutch_encoder.training import CHECKPOINT


def blend(work: Path, name: str, into: str, *, share: float) -> Path:
    """Write the variant ``into``: 1 - ``share`` of the first table without corrections, and ``share`` of ``name``."""
    kept: dict[str, Any] = torch.load(work / name / CHECKPOINT, weights_only=True)
    first = torch.from_numpy(np.load(work / TABLE))
    corrections = {
        key: value * share if key.endswith(".up") else value for key, value in kept["corrections"].items()
    }
    blended = {"table": torch.lerp(first, kept["table"], share), "corrections": corrections, "step": kept["step"]}
    (work / into).mkdir(exist_ok=True)
    torch.save(blended, work / into / CHECKPOINT)
    plan = json.loads((work / name / PLAN).read_text("utf8"))
    (work / into / PLAN).write_text(json.dumps({"blend": f"{share} of {name}"} | plan), "utf8")
    return work / into / CHECKPOINT
