"""What a reader hands over: pages of tagged blocks with their text exactly as extracted.

A reader knows one file format; it does not know passages, vectors or Dutch. ``ingest.assembly``
makes the one repaired text from these.

Tables: each row is one block of kind TABLE_ROW, its text made by ``ingest.tables.row_text`` from the texts of its cells
(" | " between them, empty cells in place), its level by ``ingest.tables.row_levels``: HEADER_ROW for the rows that name
the columns, at the top or repeated on a next page; FIRST_ROW for the first row of a table without such a row, BODY_ROW
for all others. A passage that begins in the middle of a table carries the header as its lead-in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.types import BlockKind, DocumentInfo, TextSource


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A tagged piece of a page. ``text`` may still hold any white space and line-break hyphens.

    ``continues`` says that it goes on with the last content block of the page before (a paragraph or
    list item cut by a page break).
    """

    kind: BlockKind
    text: str
    level: int = 0
    continues: bool = False


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page or slide in reading order. ``text`` is the raw extraction against which quotes are proven;
    the letters and digits of ``blocks``, in order, are those of ``text``.
    """

    number: int | None
    text: str
    blocks: tuple[RawBlock, ...]
    inferred: bool = False
    source: TextSource = TextSource.FILE


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as its reader saw it. ``info`` holds only what the file's own properties say."""

    format: str
    pages: tuple[RawPage, ...]
    info: DocumentInfo = field(default_factory=DocumentInfo)
    warnings: tuple[str, ...] = ()


def page_from_blocks(number: int | None, blocks: list[RawBlock]) -> RawPage:
    """A page of a format that stores blocks itself (Word, slides, HTML): its raw text is theirs."""
    return RawPage(number, "\n".join(block.text for block in blocks), tuple(blocks))
