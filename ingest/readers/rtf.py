"""Rich Text, as old and new word processors save it: headings, lists, tables, footnotes, text boxes, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

from ingest.raw import RawBlock, RawDocument
from ingest.readers.blockstream import Row, Stream, block, blocks_in, pieces, rows_as_blocks
from ingest.readers.rtfparser import parsed
from ingest.readers.rtfreading import Parsed, Style
from ingest.readers.rtftokens import tokens
from ingest.readers.rtftree import Box, Flow, Note, Paragraph, Table, TableRow
from ingest.readers.typography import HAS_A_WORD, Line, heading_levels
from ingest.readers.wordml import Mark
from ingest.readers.wordpages import contents_headings, pages_of
from ingest.readers.wordstyles import BODY_OUTLINE, CONTENTS_NAME, level_by_name
from ingest.tables import row_levels
from ingest.types import BlockKind, DocumentInfo

SPACES = re.compile(" {2,}")
CUT_OFF = "cut_off"
IS_NUMBER = re.compile(r"\d|[^\W\d_][^\w\s]|[^\w\s][^\W\d_]|[^\W\d_]{2}")  # "1", "a.", "(a", "iv"; "o" is a bullet


def read(path: Path, data: bytes) -> RawDocument:  # noqa: ARG001 - readers share one signature
    """The blocks of a text. Raises TooNestedError."""
    document = parsed(tokens(data))
    walker = _Walker(document.styles, _levels(document))
    stream = [
        *_edges(walker, document.headers),
        *dropwhile(lambda item: isinstance(item, Mark), walker.stream(document.body)),
        *_edges(walker, document.footers),
    ]
    warnings = (CUT_OFF,) if document.is_cut_off else ()
    return RawDocument("rtf", pages_of(contents_headings(stream)), _info(document), warnings)


@dataclass(frozen=True, slots=True)
class _Walker:
    """Turns flows into streams of blocks and page breaks."""

    styles: dict[int, Style]
    levels: dict[Paragraph, int | None]

    def stream(self, flow: Flow) -> Stream:
        """The blocks and page breaks of a body, cell, text box or note, in order."""
        for item in flow.items:
            yield from self._paragraph(item) if isinstance(item, Paragraph) else self._table(item)

    def _paragraph(self, paragraph: Paragraph) -> Stream:
        yield from pieces(_labelled(paragraph), *self._kind(paragraph))
        for token in paragraph.tokens:
            if isinstance(token, Box):
                yield from self.stream(token.body)
        for token in paragraph.tokens:
            if isinstance(token, Note):
                text = "\n".join(item.text for item in blocks_in(self.stream(token.body)))
                yield from block(BlockKind.FOOTNOTE, SPACES.sub(" ", text))

    def _kind(self, paragraph: Paragraph) -> tuple[BlockKind, int]:
        if paragraph.in_contents or CONTENTS_NAME.match(_style_name(paragraph, self.styles)):
            return BlockKind.TOC, 0
        level = self.levels.get(paragraph)
        if level is not None:
            return BlockKind.HEADING, level
        return (BlockKind.PARAGRAPH, 0) if paragraph.depth is None else (BlockKind.LIST_ITEM, paragraph.depth)

    def _table(self, table: Table) -> Stream:
        rows = [self._row(row) for row in table.rows]
        declared = next((place for place, row in enumerate(table.rows) if not row.is_header), len(table.rows))
        emphasised = [_is_bold(row) for row in table.rows]
        yield from rows_as_blocks(
            rows, row_levels([row.texts for row in rows], declared=declared, emphasised=emphasised)
        )

    def _row(self, row: TableRow) -> Row:
        streams = [[] if cell.is_merged else list(self.stream(cell.body)) for cell in row.cells]
        return Row(streams, [1] * len(streams))


def _labelled(paragraph: Paragraph) -> list[object]:
    """The tokens of a paragraph, with its number before its text if it shows one."""
    found = paragraph.tokens
    first = next((place for place, token in enumerate(found) if isinstance(token, str) and token.strip()), None)
    if first is None or not IS_NUMBER.search(paragraph.label):
        return [*found]
    return [*found[:first], f"{paragraph.label} ", *found[first:]]


def _edges(walker: _Walker, flows: list[Flow]) -> list[RawBlock]:
    """What stands above or below the pages, once: it often says who wrote the document."""
    texts = {" ".join(item.text.split()) for flow in flows for item in blocks_in(walker.stream(flow))}
    return [RawBlock(BlockKind.BOILERPLATE, text) for text in sorted(texts) if HAS_A_WORD.search(text)]


def _paragraphs(flow: Flow) -> Iterator[Paragraph]:
    """The paragraphs of a flow, also those in tables and text boxes."""
    for item in flow.items:
        if isinstance(item, Table):
            for row in item.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.body)
        else:
            yield item
            for token in item.tokens:
                if isinstance(token, Box):
                    yield from _paragraphs(token.body)


def _is_bold(row: TableRow) -> bool:
    shown = [paragraph for cell in row.cells for paragraph in _paragraphs(cell.body) if paragraph.text.strip()]
    return bool(shown) and all(paragraph.bold for paragraph in shown)


def _levels(document: Parsed) -> dict[Paragraph, int | None]:
    """The heading level of each paragraph, also of those that are only made to look like headings."""
    shown = [paragraph for paragraph in _paragraphs(document.body) if paragraph.text.strip()]
    lines = (
        Line(
            text=paragraph.text.strip(),
            size=paragraph.size,
            bold=paragraph.bold,
            is_list_item=paragraph.depth is not None,
            level=_styled_level(paragraph, document.styles),
        )
        for paragraph in shown
    )
    return dict(zip(shown, heading_levels(lines), strict=True))


def _styled_level(paragraph: Paragraph, styles: dict[int, Style]) -> int | None:
    style = styles.get(paragraph.style, Style())
    outlines = (paragraph.outline, style.outline)
    outline = next((level for level in outlines if level is not None), BODY_OUTLINE)
    return outline + 1 if 0 <= outline < BODY_OUTLINE else level_by_name(_style_name(paragraph, styles))


def _style_name(paragraph: Paragraph, styles: dict[int, Style]) -> str:
    return styles.get(paragraph.style, Style()).name.strip("; ")


def _info(document: Parsed) -> DocumentInfo:
    """Title, organisation, and the year when making and saving agree on it."""
    texts = {name: " ".join(text.split()) or None for name, text in document.properties.items()}
    years = set(document.years.values())
    return DocumentInfo(
        title=texts.get("title"), publisher=texts.get("company"), date=str(years.pop()) if len(years) == 1 else None
    )
