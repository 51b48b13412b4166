"""Quotes on the page: whether the text under the boxes is the quote, and how long a page with its boxes takes."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ingest.errors import UnreadableFile
from ingest.geometry import boxes_of
from ingest.passages import split_passages
from ingest.reading import read_document
from ingest.repair import letters_and_digits
from ingest.types import Box, Document, Span, TextSource
from kb.catalogue import Catalogue
from kb.home import Home
from kb.library import ingest
from kb.page_proof import PageProofs
from kb.shelf import PAGE_WIDTH
from kb.testing import WordEncoder
from kb.types import DocumentCard
from tests.boxes import letters_under

SEED = 20_261_121
OPENED = 60  # sources
FILES_OF_A_KIND = 6
KINDS = ("pdf", "docx", "pptx")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a file."""

    path: Path
    document: Document
    span: Span

    @property
    def letters(self) -> str:
        """What should stand under its boxes."""
        return letters_and_digits(self.document.text[self.span.start : self.span.end])


def sentences_of(paths: Iterable[Path], *, count: int) -> list[Sentence]:
    """Random sentences that stand in the files themselves and not only on pictures: the same ones each time."""
    found = [sentence for path in sorted(paths) for sentence in _sentences(path)]
    return random.Random(SEED).sample(found, count)


def boxed(sentences: Iterable[Sentence]) -> float:
    """The share of sentences of PDFs that stand under their boxes, letter by letter, and nothing else."""
    right = [_is_boxed(sentence) for sentence in sentences]
    return sum(right) / len(right)


def print_boxes(console: Console, documents: Path) -> None:
    """The share of 200 sentences of the PDFs in a folder that stand under their boxes."""
    share = boxed(sentences_of(documents.glob("*.pdf"), count=200))
    console.print(f"text under the boxes is the sentence, 200 sentences of PDFs (scans aside): {share:.3f}")


def print_opening(console: Console, documents: Path, home: Home) -> None:
    """Milliseconds from a citation to its page image with boxes, in a process that is warm; and whether the text under
    the boxes is the quote, also on pages that LibreOffice made.
    """
    paths = [path for kind in KINDS for path in sorted(documents.glob(f"*.{kind}"))[:FILES_OF_A_KIND]]
    ingest(home, paths, encoder=WordEncoder())
    with Catalogue.open(home) as catalogue:
        proofs = PageProofs(home, catalogue)
        for kind in KINDS:
            _print_kind(console, kind, catalogue, proofs)
        proofs.close()


def _print_kind(console: Console, kind: str, catalogue: Catalogue, proofs: PageProofs) -> None:
    cards = [card for card in catalogue.documents() if card.format == kind]
    quotes = [(stored, span) for card in cards for stored in catalogue.passages_of(card.key)
              for span in stored.passage.units]  # fmt: skip
    first = [_opened(proofs, card.key, Span(0, 1))[0] for card in cards]
    times, right = [], 0
    for stored, span in random.Random(SEED).sample(quotes, OPENED):
        seconds, boxes = _opened(proofs, stored.document.key, span)
        times.append(1000 * seconds)
        quoted = letters_and_digits(stored.passage.slice(span.start, span.end))
        right += letters_under(_pages(catalogue.home, stored.document), boxes) == quoted
    console.print(
        f"source with page image, {kind}: p50 {statistics.median(times):.0f} ms, p95 "
        f"{statistics.quantiles(times, n=20)[18]:.0f} ms; text under the boxes is the quote {right / OPENED:.3f}; "
        f"a document for the first time: median {statistics.median(first):.1f} s"
    )


def _opened(proofs: PageProofs, key: int, span: Span) -> tuple[float, tuple[Box, ...]]:
    """Seconds until a source is there, and its boxes."""
    start = time.perf_counter()
    proof = proofs.proof(key, span)
    proofs.image(key, proof.opens_at, width=PAGE_WIDTH)
    return time.perf_counter() - start, proof.boxes


def _pages(home: Home, card: DocumentCard) -> bytes:
    return (home.original(card.digest) if card.format == "pdf" else home.derived / f"{card.digest}.pdf").read_bytes()


def _sentences(path: Path) -> list[Sentence]:
    try:
        document = read_document(path)
    except UnreadableFile:
        return []
    return [
        Sentence(path, document, span)
        for passage in split_passages(document)
        for span in passage.units
        if document.page_at(span.start).source is document.page_at(span.end - 1).source is TextSource.FILE
    ]


def _is_boxed(sentence: Sentence) -> bool:
    data = sentence.path.read_bytes()
    return letters_under(data, boxes_of(data, sentence.document, sentence.span)) == sentence.letters
