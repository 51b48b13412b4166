"""The addresses of sources: a passage or a document to read, the picture of a page, the original file."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from ingest.types import Span
from kb.types import DocumentCard, StoredPassage

VERSION_LENGTH = 16  # of the SHA-256 of a file: what is drawn from it never changes


def source_address(stored: StoredPassage, quotes: Iterable[Span], *, language: str, part: int | None = None) -> str:
    """Where the passage can be read in its text, with its quotes marked; ``part`` counts from 1."""
    return _address(f"/bron/{stored.key}", _offsets(quotes), pagina=part, taal=language)


def document_address(document_key: int, *, language: str, part: int | None = None) -> str:
    """Where a document can be read, at a page; ``part`` counts from 1."""
    return _address(f"/document/{document_key}", pagina=part, taal=language)


def picture_address(document_key: int, first: int, last: int, quotes: Iterable[Span], *, language: str) -> str:
    """Where the pictures of some parts, counted from 1, are shown with what is quoted of them."""
    return _address(f"/document/{document_key}/beeld", _offsets(quotes), van=first, tot=last, taal=language)


def image_address(document: DocumentCard, position: int, *, width: int) -> str:
    """The picture of a page at a position, from 0. The address changes with the file."""
    return _address(f"/document/{document.key}/pagina/{position + 1}.webp", breed=width, v=version_of(document))


def original_address(document: DocumentCard, *, page: int | None = None) -> str:
    """The file itself; ``page`` counts from 1, for a program that shows it."""
    return f"/origineel/{document.key}" + (f"#page={page}" if page else "")


def version_of(document: DocumentCard) -> str:
    """What tells the files of two documents apart."""
    return document.digest[:VERSION_LENGTH]


def _offsets(spans: Iterable[Span]) -> list[tuple[str, int]]:
    return [pair for span in spans for pair in (("start", span.start), ("end", span.end))]


def _address(path: str, pairs: Iterable[tuple[str, int]] = (), **named: str | int | None) -> str:
    query = [*pairs, *((name, value) for name, value in named.items() if value is not None)]
    return f"{path}?{urlencode(query)}"
