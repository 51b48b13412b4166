"""Texts that no training row may hold: the sentences of the test sets, and any passage of a folder of documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.dutch_encoder.rows import read_lines

RUN_WORDS = 8  # two texts that share so many words in a row share a passage
_WORD = re.compile(r"\w+")
_TEXT_FILES = (".txt", ".md")


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: lower case, without accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return tuple(_WORD.findall("".join(char for char in decomposed if not unicodedata.combining(char))))


def runs(of: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All runs of eight words."""
    return (of[start : start + RUN_WORDS] for start in range(len(of) - RUN_WORDS + 1))


class HeldOut:
    """What was held out: whole sentences, and runs of eight words of documents."""

    def __init__(self, sentences: Iterable[str], documents: Iterable[str] = ()) -> None:
        self._sentences = {words(sentence) for sentence in sentences} - {()}
        self._runs = {run for document in documents for run in runs(words(document))}

    def __contains__(self, text: str) -> bool:
        found = words(text)
        return found in self._sentences or any(run in self._runs for run in runs(found))

    def __len__(self) -> int:
        return len(self._sentences) + len(self._runs)


def read_documents(folder: Path | None) -> Iterator[str]:
    """The text of every .txt and .md file of a folder."""
    if folder is not None:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _TEXT_FILES:
                yield " ".join(read_lines(path))
