"""The student: MiniLM's body under a token table of our own, with low-rank corrections of its weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from kb.dutch_encoder.batches import by_length, padded
from kb.dutch_encoder.body import half_precision, load_body, pooled
from kb.dutch_encoder.evaluate import Encode
from kb.dutch_encoder.files import WIDTH


class Corrected(nn.Module):
    """A frozen linear map plus a trained map of low rank that starts at nothing (LoRA, Hu et al. 2021)."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, hidden: Tensor) -> Tensor:
        """The map with its correction: (..., in) to (..., out)."""
        low = nn.functional.linear(hidden, self.down)
        return self.linear(hidden) + nn.functional.linear(low, self.up)  # type: ignore[no-any-return]


class Student(nn.Module):
    """Token ids to unit vectors. ``rank`` 0 leaves the body as it is."""

    def __init__(self, table: NDArray[np.float32], *, rank: int = 0) -> None:
        super().__init__()
        self.table = nn.Embedding.from_pretrained(torch.from_numpy(table.copy()), freeze=False, sparse=True)  # type: ignore[no-untyped-call]
        self.body = load_body()
        self.body.embeddings.word_embeddings = nn.Identity()  # MiniLM's own table is not used
        if rank:
            _correct(self.body.encoder, rank)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Unit vectors (batch, 384) of token ids (batch, tokens)."""
        hidden = self.body(inputs_embeds=self.table(ids), attention_mask=mask).last_hidden_state
        return pooled(hidden, mask)

    def corrections(self) -> dict[str, Tensor]:
        """The trained part of the body by name: low-rank maps, none for rank 0."""
        return {name: value for name, value in self.body.named_parameters() if name.endswith((".down", ".up"))}

    def restore(self, table: Tensor, corrections: dict[str, Tensor]) -> None:
        """Take over the trained part."""
        with torch.no_grad():
            self.table.weight.copy_(table)
            for name, value in self.corrections().items():
                value.copy_(corrections[name])


def load_student(path: Path) -> Student:
    """A student from a checkpoint of ``distil``."""
    kept = torch.load(path, weights_only=True, map_location="cpu")
    ranks = {value.shape[0] for name, value in kept["corrections"].items() if name.endswith(".down")}
    student = Student(kept["table"].numpy(), rank=max(ranks, default=0))
    student.restore(kept["table"], kept["corrections"])
    return student.eval()


def _correct(module: nn.Module, rank: int) -> None:
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, Corrected(child, rank))
        else:
            _correct(child, rank)


def encoder(student: Student, tokenizer: Tokenizer) -> Encode:
    """What encodes a list of sentences with this student: (sentences, 384), float32."""

    @torch.inference_mode()
    def encode(sentences: Sequence[str]) -> NDArray[np.float32]:
        token_lists = [found.ids for found in tokenizer.encode_batch(list(sentences))]
        vectors = np.zeros((len(sentences), WIDTH), np.float32)
        for positions in by_length([*map(len, token_lists)], 128, seed=0):
            ids, mask = padded([token_lists[position] for position in positions])
            with torch.autocast("cpu", torch.bfloat16, enabled=half_precision()):
                vectors[positions] = student(ids, mask).numpy()
        return vectors

    return encode
