"""A draft: TOML between two lines of +++, then Markdown with footnotes and, for slides, remarks as quotes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

PUBLISHER = "Bronvast (naslagwerk)"
LANGUAGE = "nl"
LICENCE = "EUPL-1.2"
PROVENANCE = "written for this project"

_FOOTNOTE = re.compile(r"^\[\^(\d+)\]: (.+)\n?", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^(\d+)\]")


class Kind(StrEnum):
    """What a block of a draft is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BULLET = "bullet"
    NUMBERED = "numbered"
    TABLE = "table"
    REMARK = "remark"  # what the speaker says with a slide


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``note`` is the number of the footnote that it points at."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table. ``number`` counts the items of a list from 1."""

    kind: Kind
    runs: Runs = ()
    level: int = 0
    number: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)

    @property
    def introduces(self) -> bool:
        """Whether the next block belongs right under this one."""
        return self.kind in (Kind.HEADING, Kind.CAPTION) or self.text.endswith(":")


@dataclass(frozen=True, slots=True)
class Draft:
    """One document to be made. The first block is its title, the second its subtitle."""

    name: str
    format: str
    kind: str
    region: str
    date: date
    reports_on: tuple[str, ...]
    body: str
    blocks: tuple[Block, ...]
    footnotes: dict[int, Runs]

    @property
    def file_name(self) -> str:
        """The name of the file that is made."""
        return f"{self.name}.{self.format}"

    @property
    def title(self) -> str:
        """The first heading."""
        return self.blocks[0].text

    @property
    def subtitle(self) -> str:
        """The line under the title."""
        return self.blocks[1].text

    @property
    def content(self) -> tuple[Block, ...]:
        """Everything under title and subtitle."""
        return self.blocks[2:]


def column_shares(rows: tuple[tuple[Runs, ...], ...]) -> list[float]:
    """The share of the width for each column: in proportion to its longest cell, within bounds."""
    lengths = [max(sum(len(run.text) for run in cell) for cell in column) for column in zip(*rows, strict=True)]
    bounded = [min(max(length, 16), 45) for length in lengths]
    return [length / sum(bounded) for length in bounded]


def read_draft(path: Path) -> Draft:
    """The draft in a file; raises ValueError or KeyError where its opening lines are incomplete."""
    _, opening, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    facts = tomllib.loads(opening)
    text = _FOOTNOTE.sub("", body)
    return Draft(
        name=path.stem,
        format=facts["format"],
        kind=facts["kind"],
        region=facts["region"],
        date=facts["date"],
        reports_on=tuple(facts["reports_on"]),
        body=body,
        blocks=tuple(_blocks(syntax_tree(text))),
        footnotes={int(number): _runs_of_text(note) for number, note in _FOOTNOTE.findall(body)},
    )


def markdown() -> MarkdownIt:
    """The Markdown of the drafts: CommonMark with tables."""
    return MarkdownIt("commonmark").enable("table")


def syntax_tree(text: str) -> SyntaxTreeNode:
    """The text as a tree of Markdown nodes."""
    return SyntaxTreeNode(markdown().parse(text))


def _blocks(tree: SyntaxTreeNode) -> Iterator[Block]:
    for node in tree.children:
        if node.type == "heading":
            yield Block(Kind.HEADING, _runs(node), level=int(node.tag[1:]))
        elif node.type == "paragraph":
            yield _paragraph(node)
        elif node.type == "blockquote":
            yield from (Block(Kind.REMARK, _runs(child)) for child in node.children)
        elif node.type == "table":
            yield Block(Kind.TABLE, rows=tuple(_rows(node)))
        else:
            yield from _items(node)


def _paragraph(node: SyntaxTreeNode) -> Block:
    runs = _runs(node)
    is_caption = len(runs) == 1 and runs[0].italic
    return Block(Kind.CAPTION if is_caption else Kind.PARAGRAPH, runs)


def _items(node: SyntaxTreeNode) -> Iterator[Block]:
    kind = Kind.NUMBERED if node.type == "ordered_list" else Kind.BULLET
    for number, item in enumerate(node.children, start=1):
        yield Block(kind, _runs(item.children[0]), number=number)


def _rows(table: SyntaxTreeNode) -> Iterator[tuple[Runs, ...]]:
    for part in table.children:
        for row in part.children:
            yield tuple(_runs(cell) for cell in row.children)


def _runs(node: SyntaxTreeNode) -> Runs:
    return tuple(run for inline in node.children for child in inline.children for run in _run(child))


def _run(node: SyntaxTreeNode, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    if node.type == "text":
        yield from _noted(node.content, bold=bold, italic=italic)
    for child in node.children:
        yield from _run(child, bold=bold or node.type == "strong", italic=italic or node.type == "em")


def _noted(text: str, *, bold: bool, italic: bool) -> Iterator[Run]:
    """The text cut at its footnote marks: words, number, words, number, words."""
    for position, part in enumerate(_FOOTNOTE_MARK.split(text)):
        if position % 2:
            yield Run(part, note=int(part))
        elif part:
            yield Run(part, bold=bold, italic=italic)


def _runs_of_text(text: str) -> Runs:
    return _runs(syntax_tree(text).children[0])
