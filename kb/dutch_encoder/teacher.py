"""The teacher: MiniLM's own vectors of the English sentences, computed once and kept as float16."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kb.dutch_encoder.batches import padded
from kb.dutch_encoder.body import device, half_precision, load_body, pooled
from kb.dutch_encoder.files import WIDTH, model_folder
from kb.dutch_encoder.prepare import PAIRS
from kb.dutch_encoder.progress import steps
from kb.dutch_encoder.rows import read_rows

MOST_TOKENS = 64  # where sentences are cut
LONGEST = 32
VECTORS, DONE = "teacher.npy", "teacher.json"
_BATCH, _CHUNK = 128, 4096


def teacher_tokenizer() -> Tokenizer:
    """MiniLM's own tokenizer, cutting at the length that is trained on."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer


def english_sentences(work: Path) -> list[str]:
    """The English sentences of the prepared pairs, each once, in the order of the rows of the vectors."""
    return list(dict.fromkeys(row.second for row in read_rows(work / PAIRS)))


def teach(work: Path, *, longest: int = LONGEST) -> None:
    """Write the unit vectors of the English sentences to ``teacher.npy``; go on where an earlier run stopped.

    Sentences of more than ``longest`` tokens cost most of the time and taught little: their rows stay nothing.
    """
    sentences = english_sentences(work)
    token_lists = [encoding.ids for encoding in teacher_tokenizer().encode_batch(sentences)]
    order = sorted(range(len(sentences)), key=lambda position: len(token_lists[position]))
    order = [position for position in order if len(token_lists[position]) <= longest]
    done = json.loads((work / DONE).read_text()) if (work / DONE).exists() else 0
    vectors = np.lib.format.open_memmap(
        work / VECTORS, mode="r+" if done else "w+", dtype=np.float16, shape=(len(sentences), WIDTH)
    )
    body = load_body().to(device())
    for start in steps(range(done, len(order), _CHUNK), "teach"):
        rows = order[start : start + _CHUNK]
        vectors[rows] = embed(body, [token_lists[row] for row in rows])
        vectors.flush()
        (work / DONE).write_text(json.dumps(start + _CHUNK))


@torch.inference_mode()
def embed(body: torch.nn.Module, token_lists: Sequence[Sequence[int]]) -> NDArray[np.float16]:
    """Unit vectors (sentences, 384) of token lists that stand in order of length."""
    found = []
    for start in range(0, len(token_lists), _BATCH):
        ids, mask = padded(token_lists[start : start + _BATCH])
        with torch.autocast(device().type, torch.bfloat16, enabled=half_precision()):
            hidden = body(
                input_ids=ids.to(device()), attention_mask=None if mask is None else mask.to(device())
            ).last_hidden_state
        found.append(pooled(hidden, None if mask is None else mask.to(device())).half().cpu().numpy())
    return np.concatenate(found)
