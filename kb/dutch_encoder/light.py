"""The encoder without torch: tokenizer, token table and the body in ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from kb.dutch_encoder.artefact import Matrix, body_weights, read_artefact
from kb.dutch_encoder.files import ARTEFACT, MOST_TOKENS, WIDTH
from kb.dutch_encoder.graph import body_graph

_BATCH_TOKENS = 2048  # few enough that a batch's hidden states stay in the processor's cache


class LightEncoder:
    """Texts to unit vectors, as ``sentence_transformer.load`` gives them (to 1e-6 in float32)."""

    def __init__(self, folder: Path = ARTEFACT, *, eight_bits: bool = False, threads: int = 0) -> None:
        """Read and check the artefact and build the graph. ``threads`` 0 takes all cores.

        Raises EncoderError, as read_artefact does.
        """
        self._artefact = read_artefact(folder)
        self._tokenizer = Tokenizer.from_file(str(self._artefact.tokenizer_path))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        weights = body_weights(self._artefact)
        self._places = weights["embeddings.position_embeddings.weight"]
        self._places = self._places + weights["embeddings.token_type_embeddings.weight"][0]
        self._session = _session(body_graph(weights, eight_bits=eight_bits), threads)

    @property
    def name(self) -> str:
        """The artefact's name."""
        return self._artefact.name

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors (texts, 384), float32; texts of like length are computed together."""
        token_lists = [found.ids for found in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        for positions in _batches([*map(len, token_lists)]):
            vectors[positions] = self._unit_vectors([token_lists[position] for position in positions])
        return vectors

    def _unit_vectors(self, token_lists: Sequence[Sequence[int]]) -> Matrix:
        longest = max(map(len, token_lists))
        ids = np.array([[*tokens, *[0] * (longest - len(tokens))] for tokens in token_lists])
        mask = np.arange(longest) < np.array([len(tokens) for tokens in token_lists])[:, None]
        inputs = {"vectors": self._artefact.vectors(ids) + self._places[:longest], "mask": mask.astype(np.int32)}
        found: Matrix = self._session.run(None, inputs)[0]
        return found


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Positions in order of length, as many together as stay under the number of tokens for a batch."""
    batches: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and lengths[position] * (len(batches[-1]) + 1) <= _BATCH_TOKENS:
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches


def _session(graph: bytes, threads: int) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only
    # A thread that waits for work by asking again and again takes a core from whoever else needs it.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])
