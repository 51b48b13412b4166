"""Word documents against the PDF that was made of them: whether all words are there, in order, on the right page.

python -m tests.bench.twins
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq
from rich.console import Console

from ingest.reading import read_document
from ingest.types import Document
from tests.bench.quality import SHARED

WORD = re.compile(r"[^\W_]+")
FINGERPRINT = re.compile(r"__[0-9a-f]{6}$")  # what tells files of one name apart in the folder


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares of the words of a Word document: ``in_order`` stand in its PDF in the same order, and of those ``on_page``
    on the page with the same number.
    """

    name: str
    words: int
    in_order: float
    on_page: float


def twins(folder: Path) -> list[tuple[Path, Path]]:
    """The Word documents of a folder that lie there as PDF too."""
    pdfs = {FINGERPRINT.sub("", path.stem): path for path in folder.glob("*.pdf")}
    documents = [(path, FINGERPRINT.sub("", path.stem)) for path in sorted(folder.glob("*.docx"))]
    return [(path, pdfs[name]) for path, name in documents if name in pdfs]


def agreement(word_file: Path, pdf_file: Path) -> Agreement:
    """How a Word document and its PDF agree: the longest common subsequence of their words."""
    words, twin_words = list(_words(read_document(word_file))), list(_words(read_document(pdf_file)))
    steps = LCSseq.opcodes([word for word, _ in words], [word for word, _ in twin_words])
    pairs = [
        (words[one], twin_words[other])
        for step in steps
        if step.tag == "equal"
        for one, other in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    ]
    together = sum(page == twin_page for (_, page), (_, twin_page) in pairs)
    return Agreement(word_file.name, len(words), len(pairs) / len(words), together / len(pairs))


def _words(document: Document) -> Iterator[tuple[str, int | None]]:
    """The words of a document with the numbers of their pages; soft hyphens are no letters."""
    for page, following in zip(document.pages, (*document.pages[1:], None), strict=True):
        text = document.text[page.start : following.start if following else None]
        for match in WORD.finditer(unicodedata.normalize("NFKC", text.replace("\u00ad", ""))):
            yield match[0].casefold(), page.number


def print_twins(console: Console, folder: Path) -> None:
    """Print the agreement of each pair, and of all words."""
    found = [agreement(*pair) for pair in twins(folder)]
    for one in found:
        console.print(f"{one.in_order:.4f} in order, {one.on_page:.4f} on the page, {one.words} words: {one.name}")
    words = sum(one.words for one in found)
    console.print(f"all: {sum(one.in_order * one.words for one in found) / words:.4f} in order")


if __name__ == "__main__":
    print_twins(Console(width=150), SHARED / "documents")
