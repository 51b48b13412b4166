"""Encoders: texts become vectors. The door to sentence-transformers and torch for models that a user names.

The default encoder is Bronvast's own, Dutch and English (``kb.dutch_encoder``): it ships with the project, runs on ONNX
Runtime and needs no torch, so that neither a first answer nor an ingest waits for it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from threadpoolctl import threadpool_limits

from kb.catalogue_reading import EncoderMark
from kb.dutch_encoder.files import BODY_FILE, BODY_SHA256, model_folder, sha256_of
from kb.dutch_encoder.light import LightEncoder
from kb.errors import EncoderError
from kb.stored_vectors import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_ENCODER = "bronvast-nl-en"
MINI_LM = "all-MiniLM-L6-v2"  # the English model whose body the default one has; installed with it
_BATCH_SIZE = 16
_QUIET_AND_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
}


class Encoder(Protocol):
    """Whatever makes vectors of length 1. Equal ``fingerprint`` means equal vectors."""

    @property
    def name(self) -> str:
        """What ``load_encoder`` takes to load it again."""

    @property
    def fingerprint(self) -> str:
        """Tells encoders apart that make other vectors, also under one name."""

    @property
    def dimension(self) -> int:
        """The length of the vectors."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts that are to be found: (n, dimension)."""

    def encode_question(self, text: str) -> Vectors:
        """The vector of a question: (dimension,)."""


def load_encoder(name_or_path: str | None = None) -> Encoder:
    """The default encoder, all-MiniLM-L6-v2, or the sentence-transformers model in a folder.

    Raises EncoderError where there is no such folder, no model in it that can be used, or the files of a shipped
    encoder are not what they were.
    """
    # torch and a threaded BLAS in one process wait for each other: 110 ms a question, against 10 with one thread.
    threadpool_limits(limits=1, user_api="blas")
    if name_or_path is None or name_or_path.startswith(DEFAULT_ENCODER):
        return DutchEncoder()
    if name_or_path == MINI_LM:
        return _mini_lm()
    return SentenceTransformerEncoder(Path(name_or_path).expanduser().absolute())


def require_same(encoder: Encoder, mark: EncoderMark | None) -> None:
    """Raise EncoderError where the vectors that are stored are not of this encoder."""
    if mark is not None and mark.fingerprint != encoder.fingerprint:
        raise EncoderError("other_encoder", made_by=mark.name, asked=encoder.name)


def mark_of(encoder: Encoder) -> EncoderMark:
    """What the catalogue remembers of an encoder."""
    return EncoderMark(encoder.name, encoder.fingerprint, encoder.dimension)


class DutchEncoder:
    """Bronvast's own encoder, Dutch and English. Its name holds a part of its hash: another training, another name."""

    dimension = 384

    def __init__(self) -> None:
        self._light = _shipped()

    @property
    def name(self) -> str:
        """The name of the shipped artefact."""
        return self._light.name

    @property
    def fingerprint(self) -> str:
        """The same as the name, which is made from the files."""
        return self._light.name

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages: (n, 384)."""
        return self._light.encode(texts)

    def encode_question(self, text: str) -> Vectors:
        """The vector of a question: (384,)."""
        vector: Vectors = self._light.encode([text])[0]
        return vector


@cache
def _shipped() -> LightEncoder:
    """What ships, read, checked and built once in a process: it takes half a second, and nothing changes it."""
    return LightEncoder()


class SentenceTransformerEncoder:
    """A sentence-transformers model in a folder. What is in the folder is its fingerprint."""

    def __init__(self, folder: Path, *, name: str | None = None) -> None:
        if not folder.is_dir():
            raise EncoderError("encoder_missing", name=folder)
        if not (folder / "modules.json").is_file():
            raise EncoderError("encoder_unreadable", name=folder, detail="modules.json")
        self.name = name or str(folder)
        self._folder = folder

    @cached_property
    def fingerprint(self) -> str:
        """The checksum of all files of the model."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(self._folder)}:{sha256_of(path)}\n".encode())
        return f"{self._folder.name}-{digest.hexdigest()[:16]}"

    @cached_property
    def dimension(self) -> int:
        """The length of the vectors."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages: (n, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        batches = [by_length[start : start + _BATCH_SIZE] for start in range(0, len(texts), _BATCH_SIZE)]
        encode = partial(
            self._model.encode_document, batch_size=_BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
        )
        with _workers() as workers:
            made = workers.map(encode, ([texts[place] for place in batch] for batch in batches))
            for batch, rows in zip(batches, made, strict=True):
                vectors[batch] = rows
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """The vector of a question: (dimension,)."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        try:
            return _load_model(self._folder)
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as exc:
            detail = str(exc).strip().partition("\n")[0]
            raise EncoderError("encoder_unreadable", name=self._folder, detail=detail) from exc


def _mini_lm() -> SentenceTransformerEncoder:
    """all-MiniLM-L6-v2 as the installed package carries it, checked by its hash."""
    weights = model_folder() / BODY_FILE
    if (found := sha256_of(weights)) != BODY_SHA256:
        raise EncoderError("encoder_hash", path=weights, found=found, expected=BODY_SHA256)
    return SentenceTransformerEncoder(model_folder(), name=MINI_LM)


def _load_model(folder: Path) -> SentenceTransformer:
    """Load a model without network and without a word on the terminal."""
    os.environ |= _QUIET_AND_OFFLINE  # read while importing
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # The variables above come too late where transformers is in use already.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(1)  # see _workers
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.encode_document("")  # settles the tokenizer, which threads may share but not change
    return model


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    """A thread per core, each with batches of its own.

    Torch's own threads wait for each other within every batch: they took twice the processor time, and on a
    busy machine up to four times as long. Interrupted, what is not begun is left undone.
    """
    workers = ThreadPoolExecutor(_cores())
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
