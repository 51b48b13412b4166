"""The vocabulary: WordPiece pieces learned from Dutch text, and the commonest pieces of MiniLM's own for English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import WordPiece

from kb.dutch_encoder.files import TOKENIZER
from kb.dutch_encoder.prepare import PAIRS, SENTENCES
from kb.dutch_encoder.rows import read_lines, read_rows
from kb.dutch_encoder.teacher import MOST_TOKENS, teacher_tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
DUTCH_SIZE, SIZE = 28_000, 40_000
_LATIN = re.compile(r"(##)?[a-z0-9]+")


def train_tokenizer(work: Path, *, dutch_size: int = DUTCH_SIZE, size: int = SIZE) -> Tokenizer:
    """Learn ``dutch_size`` pieces from the Dutch text, add MiniLM's own until there are ``size``; keep it in ``work``.

    MiniLM's pieces stand in order of frequency, so the commonest English words come first.
    """
    learned = _untrained({})
    trainer = trainers.WordPieceTrainer(
        vocab_size=dutch_size, special_tokens=list(SPECIAL), min_frequency=2, show_progress=False
    )
    learned.train_from_iterator(_dutch_text(work), trainer)
    pieces = sorted(learned.get_vocab(), key=learned.get_vocab().__getitem__)
    tokenizer = _untrained(_first(size, [*pieces, *_english_pieces()]))
    tokenizer.save(str(work / TOKENIZER))
    return tokenizer


def load_tokenizer(path: Path, *, most_tokens: int = MOST_TOKENS) -> Tokenizer:
    """A tokenizer without padding that cuts at ``most_tokens``."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(most_tokens)
    return tokenizer


def _untrained(vocabulary: dict[str, int]) -> Tokenizer:
    """Lower case, accents stripped, punctuation apart, [CLS] and [SEP] around: as BERT does it."""
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a token, not a password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = [("[CLS]", SPECIAL.index("[CLS]")), ("[SEP]", SPECIAL.index("[SEP]"))]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=special
    )
    if vocabulary:
        tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def _dutch_text(work: Path) -> Iterator[str]:
    yield from read_lines(work / SENTENCES)
    yield from (row.first for row in read_rows(work / PAIRS))


def _english_pieces() -> Iterator[str]:
    vocabulary: dict[str, int] = json.loads(teacher_tokenizer().to_str())["model"]["vocab"]
    return (piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if _LATIN.fullmatch(piece))


def _first(size: int, pieces: list[str]) -> dict[str, int]:
    return {piece: position for position, piece in enumerate(list(dict.fromkeys(pieces))[:size])}
