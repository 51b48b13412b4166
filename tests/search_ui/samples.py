"""Passages made by hand, for tests that need no knowledge base."""

from __future__ import annotations

from datetime import UTC, datetime

from ingest.types import DocumentInfo, Findings, Passage
from kb.types import DocumentCard, PageMark, State, StoredPassage


def stored(
    text: str,
    *,
    key: int = 1,
    page: int | None = 3,
    inferred: bool = False,
    file_format: str = "pdf",
    headings: tuple[str, ...] = (),
    replaced: bool = False,
    **info: str | None,
) -> StoredPassage:
    """A passage that is the whole of a one-page document."""
    card = DocumentCard(
        key=key,
        id="document",
        file_name=f"document.{file_format}",
        format=file_format,
        digest="0" * 64,
        findings=Findings.certain(DocumentInfo(**info)),
        pages=(PageMark(page, 0, inferred),),
        passage_count=1,
        added_at=datetime(2025, 1, 1, tzinfo=UTC),
        state=State.REPLACED if replaced else State.CURRENT,
    )
    return StoredPassage(key, 0, Passage("document", 0, len(text), text, headings), card)
