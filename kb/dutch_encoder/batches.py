"""Batches of token lists of nearly one length: no work is spent on padding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor


def by_length(lengths: Sequence[int], size: int, *, seed: int) -> list[list[int]]:
    """All positions in batches of equal length where possible; order and neighbours change with the seed."""
    chance = np.random.default_rng(seed)
    order = np.lexsort((chance.random(len(lengths)), np.asarray(lengths)))
    batches = [order[start : start + size].tolist() for start in range(0, len(order), size)]
    return [batches[position] for position in chance.permutation(len(batches))]


def padded(token_lists: Sequence[Sequence[int]], padding: int = 0) -> tuple[Tensor, Tensor | None]:
    """Token ids (batch, longest) and the mask of real tokens, which is None where nothing was padded."""
    longest = max(map(len, token_lists))
    ids = torch.tensor([[*tokens, *[padding] * (longest - len(tokens))] for tokens in token_lists])
    if all(len(tokens) == longest for tokens in token_lists):
        return ids, None
    lengths = torch.tensor([len(tokens) for tokens in token_lists])
    return ids, (torch.arange(longest) < lengths.unsqueeze(1)).long()
