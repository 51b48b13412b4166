"""The encoder as a SentenceTransformer, so that it can be used, saved, trained on and exported like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from transformers import PreTrainedTokenizerFast

from kb.dutch_encoder.artefact import Artefact, read_artefact
from kb.dutch_encoder.files import ARTEFACT, MOST_TOKENS, model_folder


def load(folder: Path = ARTEFACT, *, device: str | None = None) -> SentenceTransformer:
    """The encoder in an artefact folder: texts to unit vectors of 384 numbers. Raises what read_artefact raises."""
    artefact = read_artefact(folder)
    model = SentenceTransformer(str(model_folder()), device=device)
    first: Any = model[0]
    _exchange(first.auto_model, artefact)
    first.processor = _tokenizer(artefact)
    return model


def _exchange(body: Any, artefact: Artefact) -> None:  # noqa: ANN401 - transformers has no types to name
    """Put the artefact's table and corrections into the body."""
    table = torch.nn.Embedding.from_pretrained(torch.from_numpy(artefact.table), freeze=False, padding_idx=0)  # type: ignore[no-untyped-call]
    body.set_input_embeddings(table.to(body.device))
    body.config.vocab_size = len(artefact.table)
    with torch.no_grad():
        for name, (up, down) in artefact.corrections.items():
            body.get_submodule(name).weight += torch.from_numpy(up @ down).to(body.device)


def _tokenizer(artefact: Artefact) -> PreTrainedTokenizerFast:
    special = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_file=str(artefact.tokenizer_path),
        model_max_length=MOST_TOKENS,
        **{f"{role}_token": piece for role, piece in special.items()},
    )
