"""What the student is trained on: nearness to the teacher's vector, and telling the texts of a batch apart."""

from __future__ import annotations

import torch
from torch import Tensor

SCALE = 20.0  # of cosines before the softmax
ALIKE = 0.95  # texts nearer than this to each other are not held against the student


def distillation(student: Tensor, teacher: Tensor, *, contrast: float) -> Tensor:
    """1 - cosine, plus ``contrast`` times the in-batch contrastive loss; both (batch, 384) at unit length."""
    cosine = (student * teacher).sum(1).mean()
    return 1 - cosine + contrast * _find(student, teacher, alike(teacher))


def together(first: Tensor, second: Tensor) -> Tensor:
    """Each text must find its partner among those of the batch, both ways; both (batch, 384) at unit length."""
    same = alike(first) | alike(second)  # one heading may stand over several paragraphs of a batch
    return (_find(first, second, same) + _find(second, first, same)) / 2


def alike(vectors: Tensor) -> Tensor:
    """Which texts of a batch are nearly the same as another: (batch, batch), false for a text with itself."""
    fixed = vectors.detach()
    own = torch.eye(len(fixed), dtype=torch.bool, device=fixed.device)
    return (fixed @ fixed.T > ALIKE) & ~own


def _find(vectors: Tensor, among: Tensor, not_counted: Tensor) -> Tensor:
    scores = (SCALE * vectors @ among.T).masked_fill(not_counted, float("-inf"))
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(vectors), device=vectors.device))
