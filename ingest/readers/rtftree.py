"""A Rich Text document as a tree: paragraphs and tables, with what stands in paragraphs in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.wordml import Mark


@dataclass(slots=True)
class Flow:
    """A stretch of paragraphs and tables: the body, a cell, a note, a text box, the top of the pages."""

    items: list[Paragraph | Table] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote."""

    body: Flow


@dataclass(frozen=True, slots=True)
class Box:
    """A text box."""

    body: Flow


Token = str | Mark | Note | Box


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph with its tokens, its style's number, its place in a list (``depth`` from 0, None outside lists),
    the number that is shown before it, and how its letters look: the smallest size in half points, and whether all
    are bold. ``in_contents`` marks a line of a table of contents.
    """

    tokens: list[Token]
    style: int = 0
    outline: int | None = None
    depth: int | None = None
    label: str = ""
    size: int = 24
    bold: bool = False
    in_contents: bool = False

    @property
    def text(self) -> str:
        """The text without marks."""
        return "".join(token for token in self.tokens if isinstance(token, str))


@dataclass(slots=True)
class Cell:
    """A cell; one that only continues a merged cell shows nothing."""

    body: Flow
    is_merged: bool = False


@dataclass(slots=True)
class TableRow:
    """A row; ``is_header`` when it is repeated on each page."""

    cells: list[Cell]
    is_header: bool = False


@dataclass(slots=True)
class Table:
    """Rows right above one another."""

    rows: list[TableRow] = field(default_factory=list)
