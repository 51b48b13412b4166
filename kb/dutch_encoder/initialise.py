"""The first token table: ridge regression from the sums of MiniLM's own token vectors.

For each Dutch sentence the sum of its pieces' unknown vectors should equal the (length-scaled) sum of MiniLM's input
vectors of the English side; for each English sentence, of its own. Solved for all 384 columns at once by conjugate
gradients. Pieces that MiniLM has too are held towards MiniLM's vector, the others towards the mean vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from kb.dutch_encoder.body import load_body
from kb.dutch_encoder.files import TOKENIZER
from kb.dutch_encoder.prepare import PAIRS
from kb.dutch_encoder.progress import steps
from kb.dutch_encoder.rows import read_rows
from kb.dutch_encoder.teacher import teacher_tokenizer
from kb.dutch_encoder.tokenizer import SPECIAL, load_tokenizer

TABLE = "table.npy"
Matrix = NDArray[np.float32]


def initialise(work: Path, *, ridge: float = 0.3, rounds: int = 25) -> Matrix:
    """Solve for the token table (pieces, 384) and keep it in ``table.npy``."""
    tokenizer, known = load_tokenizer(work / TOKENIZER), _teacher_table()
    rows = list(read_rows(work / PAIRS))
    dutch, english = [row.first for row in rows], list(dict.fromkeys(row.second for row in rows))
    mean = known.mean(0)
    counts = _counts(tokenizer, [*dutch, *english])
    targets = _sums(known - mean, [*(row.second for row in rows), *english])
    prior = _prior(tokenizer, known, mean)
    solved = solve(*_weighted(counts, targets), prior, ridge=ridge, rounds=rounds) + mean
    table = _keep_special(tokenizer, solved, known)
    np.save(work / TABLE, table)
    return table


def solve(counts: csr_matrix, targets: Matrix, prior: Matrix, *, ridge: float, rounds: int) -> Matrix:
    """Minimise |counts X - targets|^2 + ridge |X - prior|^2 by preconditioned conjugate gradients, column by column."""
    transposed = counts.T.tocsr()
    scale = (1 / (np.asarray(counts.power(2).sum(0)).ravel() + ridge)).astype(np.float32)[:, None]
    table = prior.copy()
    residual = transposed @ (targets - counts @ table)
    reduced = scale * residual
    direction, energy = reduced.copy(), (residual * reduced).sum(0)
    for _ in steps(range(rounds), "initialise"):
        image = transposed @ (counts @ direction) + ridge * direction
        step = energy / np.maximum((direction * image).sum(0), 1e-20)
        table += step * direction
        residual -= step * image
        reduced = scale * residual
        earlier, energy = energy, (residual * reduced).sum(0)
        direction = reduced + (energy / np.maximum(earlier, 1e-20)) * direction
    return table


def _teacher_table() -> Matrix:
    table: Matrix = load_body().get_input_embeddings().weight.numpy()
    return table


@cache
def _their_ids() -> dict[str, int]:
    return dict(teacher_tokenizer().get_vocab())


def _counts(tokenizer: Tokenizer, sentences: Sequence[str]) -> csr_matrix:
    """How often each piece stands in each sentence: (sentences, pieces), float32."""
    token_lists = [encoding.ids for encoding in tokenizer.encode_batch(sentences, add_special_tokens=False)]
    starts = np.cumsum([0, *map(len, token_lists)])
    columns = np.fromiter((token for tokens in token_lists for token in tokens), np.int32, starts[-1])
    values = np.ones(len(columns), np.float32)
    return csr_matrix((values, columns, starts), (len(sentences), tokenizer.get_vocab_size()))


def _sums(known: Matrix, sentences: Sequence[str]) -> Matrix:
    """The mean of MiniLM's centred input vectors of each English sentence."""
    counts = _counts(teacher_tokenizer(), sentences)
    sums: Matrix = counts @ known
    means: Matrix = (sums / np.maximum(np.asarray(counts.sum(1)), 1)).astype(np.float32)
    return means


def _weighted(counts: csr_matrix, means: Matrix) -> tuple[csr_matrix, Matrix]:
    """Each sentence weighs as its square root of pieces: a sum over n pieces is matched with weight 1/n."""
    lengths = np.maximum(np.asarray(counts.sum(1), np.float32).ravel(), 1)
    weight: Matrix = (1 / np.sqrt(lengths)).astype(np.float32)
    scaled: Matrix = means * (lengths * weight)[:, None]
    return counts.multiply(weight[:, None]).tocsr().astype(np.float32), scaled


def _prior(tokenizer: Tokenizer, known: Matrix, mean: Matrix) -> Matrix:
    prior = np.zeros((tokenizer.get_vocab_size(), known.shape[1]), np.float32)
    for piece, position in tokenizer.get_vocab().items():
        theirs = _their_ids().get(piece)
        if theirs is not None:
            prior[position] = known[theirs] - mean
    return prior


def _keep_special(tokenizer: Tokenizer, table: Matrix, known: Matrix) -> Matrix:
    for piece in SPECIAL:
        table[tokenizer.token_to_id(piece)] = known[_their_ids()[piece]]
    return table
