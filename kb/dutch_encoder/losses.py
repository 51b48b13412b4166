"""What the student is trained on: nearness to the teacher's vector, and telling the sentences of a batch apart."""

from __future__ import annotations

import torch
from torch import Tensor

SCALE = 20.0  # of cosines before the softmax
ALIKE = 0.95  # targets nearer than this to each other are not held against the student


def distillation(student: Tensor, teacher: Tensor, *, contrast: float) -> Tensor:
    """1 - cosine, plus ``contrast`` times the in-batch contrastive loss; both (batch, 384) at unit length."""
    cosine = (student * teacher).sum(1).mean()
    return 1 - cosine + contrast * contrastive(student, teacher)


def contrastive(student: Tensor, teacher: Tensor) -> Tensor:
    """Each sentence must find its own target among those of the batch; near-identical targets do not count."""
    own = torch.eye(len(teacher), dtype=torch.bool, device=teacher.device)
    alike = (teacher.detach() @ teacher.detach().T > ALIKE) & ~own
    scores = (SCALE * student @ teacher.T).masked_fill(alike, float("-inf"))
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(teacher), device=teacher.device))
