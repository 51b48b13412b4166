"""What the tests of the knowledge base share: a home of their own, and small documents that are easy to read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.types import Block, BlockKind, Document, DocumentInfo, Findings, Page, Passage, Span
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.storing import PreparedDocument
from kb.testing import WordEncoder

Prepare = Callable[..., PreparedDocument]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that does not exist yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def encoder() -> WordEncoder:
    """An encoder whose similarities can be worked out by hand."""
    return WordEncoder()


@pytest.fixture
def prepare(tmp_path: Path, encoder: WordEncoder) -> Prepare:
    """Make a document from its sentences: each is a line, a block and a passage with one unit."""

    def prepared(name: str, *sentences: str, folder: str = "files", **info: str | None) -> PreparedDocument:
        source = tmp_path / folder / f"{name}.txt"
        source.parent.mkdir(exist_ok=True)
        source.write_text("\n".join(sentences), encoding="utf8")
        document = document_of(source, DocumentInfo(**info))
        passages = tuple(
            Passage(name, block.start, block.end, document.text[block.start : block.end],
                    units=(Span(block.start, block.end),))
            for block in document.blocks
        )  # fmt: skip
        vectors = encoder.encode_passages([passage.text for passage in passages])
        return PreparedDocument(source, document, passages, vectors, [vector[None] for vector in vectors])

    return prepared


@contextmanager
def knowledge_base_of(notes: Mapping[str, str], folders: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """An open knowledge base over notes in Markdown, by file name, in a home of their own."""
    folder = folders.mktemp("notes")
    for name, text in notes.items():
        (folder / name).write_text(text, encoding="utf8")
    home, encoder = folders.mktemp("home"), WordEncoder()
    ingest(Home(home), [folder], encoder=encoder)
    with KnowledgeBase.open(home, encoder=encoder) as opened:
        yield opened


def document_of(source: Path, info: DocumentInfo) -> Document:
    """The document in a text file: one page, a paragraph a line."""
    text = source.read_text(encoding="utf8")
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(line)))
        start += len(line) + 1
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return Document(
        source.stem, source.name, "txt", digest, text, (Page(1, 0, text),), tuple(blocks), Findings.certain(info)
    )
