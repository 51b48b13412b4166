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
from kb.giving_way import in_background

_BATCH_TOKENS = 2048  # few enough that a batch's hidden states stay in the processor's cache


class LightEncoder:
    """Texts to unit vectors, as ``sentence_transformer.load`` gives them (to 1e-6 in float32)."""

    def __init__(self, folder: Path = ARTEFACT, *, eight_bits: bool = False) -> None:
        """Read and check the artefact and build the graph.

        Raises EncoderError, as read_artefact does.
        """
        self._artefact = read_artefact(folder)
        self._tokenizer = Tokenizer.from_file(str(self._artefact.tokenizer_path))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        weights = body_weights(self._artefact)
        self._places = weights["embeddings.position_embeddings.weight"]
        self._places = self._places + weights["embeddings.token_type_embeddings.weight"][0]
        self._session = _session(body_graph(weights, eight_bits=eight_bits))

    @property
    def name(self) -> str:
        """The artefact's name."""
        return self._artefact.name

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors (texts, 384), float32; texts of like length are computed together.

        What is one batch, as a question is, is computed here and now; more of them, as documents are, give way.
        """
        token_lists = [found.ids for found in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        batches = _batches([*map(len, token_lists)])
        made_ready = (self._inputs([token_lists[position] for position in positions]) for positions in batches)
        found = (
            in_background(self._unit_vectors, made_ready) if len(batches) > 1 else map(self._unit_vectors, made_ready)
        )
        for positions, of_batch in zip(batches, found, strict=True):
            vectors[positions] = of_batch
        return vectors

    def _inputs(self, token_lists: Sequence[Sequence[int]]) -> dict[str, Matrix]:
        """What the body is given: token vectors with their places (n, longest, 384), and which of them count."""
        longest = max(map(len, token_lists))
        ids = np.array([[*tokens, *[0] * (longest - len(tokens))] for tokens in token_lists])
        mask = np.arange(longest) < np.array([len(tokens) for tokens in token_lists])[:, None]
        return {"vectors": self._artefact.vectors(ids) + self._places[:longest], "mask": mask.astype(np.int32)}

    def _unit_vectors(self, inputs: dict[str, Matrix]) -> Matrix:
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


def _session(graph: bytes) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = 1  # the thread that calls: batches are spread over threads that give way
    options.log_severity_level = 3  # errors only
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])
