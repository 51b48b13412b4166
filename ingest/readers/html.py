"""Web pages, through lxml: every text that a reader sees, in order; navigation and page edges tagged as boilerplate."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree, html

from ingest.decoding import decode
from ingest.marks import raised
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.readers.htmlframes import Frames
from ingest.readers.htmlinfo import info_of
from ingest.readers.htmllists import LISTS, OpenList
from ingest.readers.htmlnotes import note_ids
from ingest.readers.htmltables import Cell, OpenTable, Row, span_of
from ingest.tables import row_text
from ingest.types import BlockKind

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = {"td", "th"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "nav", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    *HEADINGS, *CELLS, *LISTS,
}  # fmt: skip
MAX_ROW_CHARS = 900
MAX_BAND_CHARS = 200  # of a cell over the whole width of a table

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)


def read(path: Path, data: bytes) -> RawDocument:
    """The blocks of a web page, on one page without a number.

    Raises what lxml raises for what it cannot parse, and RecursionError where it leaves out what is nested too deeply.
    """
    root = _parsed(_decoded(path, data))
    blocks = _blocks_of(root)
    return RawDocument("html", (page_from_blocks(None, blocks),), info_of(root, blocks))


def fragment_blocks(text: str) -> list[RawBlock]:
    """The blocks of a piece of HTML within another text."""
    return _blocks_of(_parsed(f"<div>{text}</div>"))


def _parsed(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise RecursionError("nested deeper than lxml follows")
    return root


def _blocks_of(root: html.HtmlElement) -> list[RawBlock]:
    return _Reader(Frames.of(root), note_ids(root)).blocks_of(root)


def _decoded(path: Path, data: bytes) -> str:
    """The page's characters, as it declares them where that holds."""
    declared = None if data.startswith(MARKS) else DECLARED.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return data.decode("windows-1252" if name in ("iso-8859-1", "latin1") else name)
    return decode(path, data)


@dataclass(slots=True)
class _Reader:
    """Walks a page and gathers its blocks."""

    frames: Frames
    notes: dict[str, str]
    blocks: list[RawBlock] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    edges: list[html.HtmlElement] = field(default_factory=list)
    skipped: list[html.HtmlElement] = field(default_factory=list)
    note: html.HtmlElement | None = None
    label: str = ""  # of the item that was opened, until its text comes
    raised: int = 0
    definitions: int = 0
    mains: int = 0
    question: html.HtmlElement | None = None  # a button that is read as a heading
    in_title: bool = False
    heading: int | None = None
    last_level: int = 0
    row: html.HtmlElement | None = None
    cells: list[tuple[html.HtmlElement, list[str]]] = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)

    def blocks_of(self, root: html.HtmlElement) -> list[RawBlock]:
        """All blocks under an element."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and self._is_unseen(element):
                self.skipped.append(element)
                walk.skip_subtree()
            elif event == "start":
                self._enter(element)
                self._read(element.text)
            else:
                self._leave(element)
                self._read(element.tail)
        self._flush()
        return self.blocks

    def _is_unseen(self, element: html.HtmlElement) -> bool:
        is_control = element.tag == "button" and self.heading is None and not self.frames.is_question(element)
        return is_control or self.frames.is_unseen(element)

    def _read(self, text: str | None) -> None:
        if text:
            self.text.append(raised(text) if self.raised and text.strip().isdigit() else text)

    def _enter(self, element: html.HtmlElement) -> None:
        if element.tag == "br":
            self.text.append("\n")
        self.raised += element.tag == "sup"
        if self.heading is None and self.frames.is_question(element):
            self.question = element
        if not self._is_block(element):
            return
        self._flush()
        self._open(element)
        if element.tag in HEADINGS or element.tag == "summary" or element is self.question:
            self.heading = HEADINGS.get(element.tag, min(self.last_level + 1, 6))
            self.in_title = element is self.frames.title
        elif element.tag == "table":
            self.tables.append(OpenTable())
        elif element.tag == "tr" and self.row is None and _is_data_row(element):
            self.row, self.cells = element, []
        elif element.tag in CELLS:
            self.cells.append((element, []))

    def _leave(self, element: html.HtmlElement) -> None:
        if self.skipped and self.skipped[-1] is element:
            self.skipped.pop()
            return
        self.raised -= element.tag == "sup"
        if not self._is_block(element):
            return
        self._flush()
        self._close(element)
        if element.tag in HEADINGS or element.tag == "summary" or element is self.question:
            self.last_level = HEADINGS.get(element.tag, self.last_level)
            self.heading, self.question, self.in_title = None, None, False
        elif element is self.row:
            self.row = None
            self._add_row(element)
        elif element.tag == "table":
            self._set_levels(self.tables.pop())

    def _is_block(self, element: html.HtmlElement) -> bool:
        """Whether an element stands on lines of its own; one of the page's own making is taken to."""
        return element.tag in BLOCKS or "-" in element.tag or element is self.question

    def _open(self, element: html.HtmlElement) -> None:
        """Note what decides the kind of the texts in an element."""
        if self.frames.is_edge(element):
            self.edges.append(element)
        self.mains += element is self.frames.main
        if element.tag in LISTS:
            self.lists.append(OpenList.of(element))
        elif element.tag == "li" and self.lists:
            self.label = self.lists[-1].label(element)
        self.definitions += element.tag == "dd"
        if self.note is None and element.get("id") in self.notes:
            self.note = element
            self.label = f"{raised(self.notes[element.get('id')])} "

    def _close(self, element: html.HtmlElement) -> None:
        if self.edges and self.edges[-1] is element:
            self.edges.pop()
        self.mains -= element is self.frames.main
        if element.tag in LISTS:
            self.lists.pop()
        if element.tag in ("li", *LISTS) or element is self.note:
            self.label = ""
        self.definitions -= element.tag == "dd"
        self.note = None if element is self.note else self.note

    def _add_row(self, row: html.HtmlElement) -> None:
        table = self.tables[-1] if self.tables else OpenTable()
        texts = table.columns([_cell(element, lines) for element, lines in self.cells])
        names_columns = row.getparent().tag == "thead" or all(element.tag == "th" for element, _ in self.cells)
        if self._add(BlockKind.TABLE_ROW, row_text(texts)):
            table.add(Row(len(self.blocks) - 1, texts, is_header=names_columns))

    def _set_levels(self, table: OpenTable) -> None:
        for row, level in zip(table.rows, table.levels(), strict=True):
            if self.blocks[row.place].kind is BlockKind.TABLE_ROW:  # and no boilerplate
                self.blocks[row.place] = replace(self.blocks[row.place], level=level)

    def _flush(self) -> None:
        lines = (" ".join(line.split(" ")).strip() for line in re.sub(r"[ \t\r\f\v]+", " ", self._joined()).split("\n"))
        text = "\n".join(filter(None, lines))
        self.text.clear()
        if not text:
            return
        if self.row is not None and self.cells:
            self.cells[-1][1].append(self._labelled(text))
        elif self.note is not None:
            self._add(BlockKind.FOOTNOTE, self._labelled(text))
        elif self.heading is not None:
            self._add(BlockKind.HEADING, self._labelled(text), self.heading)
        elif self.lists:
            self._add(BlockKind.LIST_ITEM, self._labelled(text), len(self.lists) - 1 + bool(self.definitions))
        else:
            self._add(BlockKind.PARAGRAPH, text)

    def _labelled(self, text: str) -> str:
        label, self.label = self.label, ""
        return label + text

    def _joined(self) -> str:
        return "".join(piece if piece == "\n" else piece.replace("\n", " ") for piece in self.text)

    def _is_framing(self) -> bool:
        """Whether what is read now only frames the page."""
        if self.in_title:
            return False
        return bool(self.edges) or (self.frames.main is not None and not self.mains)

    def _add(self, kind: BlockKind, text: str, level: int = 0) -> bool:
        """Add a block, unless it holds no letter or digit; whether it was added."""
        if self._is_framing():
            kind, level = BlockKind.BOILERPLATE, 0
        if not any(character.isalnum() for character in text):
            return False
        self.blocks.append(RawBlock(kind, text, level))
        return True


def _cell(element: html.HtmlElement, lines: list[str]) -> Cell:
    return Cell("\n".join(lines), span_of(element.get("colspan")), span_of(element.get("rowspan")))


def _is_data_row(row: html.HtmlElement) -> bool:
    """Whether a row holds data, and is not there to place parts of the page side by side."""
    cells = [child for child in row if child.tag in CELLS]
    if not cells or next(row.iter("table", *HEADINGS), None) is not None:
        return False
    is_band = len(cells) == 1 and span_of(cells[0].get("colspan")) > 1
    return len(row.text_content()) <= (MAX_BAND_CHARS if is_band else MAX_ROW_CHARS * (len(cells) > 1))
