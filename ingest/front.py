"""The front of a document: what a reader sees first, from which most of what is known about it can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.assembly import Assembled
from ingest.raw import RawDocument
from ingest.types import BlockKind

MIN_FRONT_LETTERS = 150  # a cover with less is read on to the next page
MAX_FRONT_CHARS = 3000
MAX_CLOSING_CHARS = 2500
MAX_PAGES = 3
MAX_SUBTITLE_CHARS = 100
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A block near the beginning of a document."""

    kind: BlockKind
    text: str
    level: int = 0
    is_on_first_page: bool = True

    @property
    def is_running_text(self) -> bool:
        """Whether it is part of a list or table, where many organisations and dates may stand."""
        return self.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.NOTE)


@dataclass(frozen=True, slots=True)
class Front:
    """The opening of a document, its closing, and all of its text.

    ``name`` is the file's name without suffix; ``only_top_heading`` the heading of the first level where
    there is one only; ``running`` what its headers and footers say on every page, each once.
    """

    lines: tuple[FrontLine, ...]
    closing: str
    body: str
    name: str
    format: str
    only_top_heading: str | None = None
    running: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The file's name with spaces for what joins its words."""
        return self.name.replace("_", " ").replace("-", " ")

    @property
    def opening(self) -> str:
        """The text of the opening, one block a line."""
        return "\n".join(line.text for line in self.lines)


def front_of(raw: RawDocument, assembled: Assembled, *, name: str) -> Front:
    """The front of a document that has been read."""
    text = assembled.text
    end = _front_end(assembled)
    second = assembled.pages[1].start if len(assembled.pages) > 1 else len(text)
    lines = [
        FrontLine(block.kind, " ".join(text[block.start : block.end].split()), block.level, block.start < second)
        for block in assembled.blocks
        if block.start < end and block.kind is not BlockKind.TOC
    ]
    return Front(
        lines=tuple(lines),
        closing=text[-MAX_CLOSING_CHARS:],
        body=text,
        name=name,
        format=raw.format,
        only_top_heading=_only_top_heading(assembled),
        running=_running(assembled),
    )


def _running(assembled: Assembled) -> tuple[str, ...]:
    """What stands at the edge of more than one page, the same but for its numbers; those that differ are left out."""
    alike: dict[str, list[list[str]]] = {}
    for block in assembled.blocks:
        if block.kind is BlockKind.BOILERPLATE:
            words = assembled.text[block.start : block.end].split()
            alike.setdefault(DIGITS.sub("0", " ".join(words)), []).append(words)
    return tuple(_in_common(edges) for edges in alike.values() if len(edges) > 1)


def _in_common(edges: list[list[str]]) -> str:
    return " ".join(words[0] for words in zip(*edges, strict=True) if len(set(words)) == 1)


def _only_top_heading(assembled: Assembled) -> str | None:
    """The one heading of the first level, with the line in capitals that goes on with one in capitals."""
    shown = [(block, " ".join(assembled.text[block.start : block.end].split())) for block in assembled.blocks]
    tops = [place for place, (block, _) in enumerate(shown) if block.kind is BlockKind.HEADING and block.level == 1]
    if len(tops) != 1:
        return None
    (_, title), (_, below) = shown[tops[0]], (*shown, (None, ""))[tops[0] + 1]
    goes_on = title.isupper() and below.isupper() and len(below) <= MAX_SUBTITLE_CHARS
    return f"{title}: {below}" if goes_on else title


def _front_end(assembled: Assembled) -> int:
    """Where the opening ends: after the first page, or after the next if that holds hardly anything."""
    text = assembled.text
    starts = [page.start for page in assembled.pages[1 : MAX_PAGES + 1]]
    for start in starts:
        if sum(character.isalpha() for character in text[:start]) >= MIN_FRONT_LETTERS:
            return min(start, MAX_FRONT_CHARS)
    return min(starts[-1] if len(starts) == MAX_PAGES else len(text), MAX_FRONT_CHARS)
