"""Web pages, through lxml: every text that a reader sees, in order; navigation and page edges tagged as boilerplate."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree, html

from ingest.decoding import decode
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.readers.htmltables import Cell, OpenTable, Row, span_of
from ingest.tables import row_text
from ingest.types import BlockKind, DocumentInfo

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = {"td", "th"}
LISTS = {"ul", "ol", "menu"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "nav", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    *HEADINGS, *CELLS, *LISTS,
}  # fmt: skip
UNSEEN = {
    "head", "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "audio", "video", "select",
    "textarea", "input",
}  # fmt: skip
EDGE_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
MAX_ROW_CHARS = 900
MAX_BAND_CHARS = 200  # of a cell over the whole width of a table
MIN_MAIN_CHARS = 200  # a <main> with less than this is a mistake of the page's maker

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
TITLE_NAMES = ("og:title", "dcterms.title", "dc.title")
PUBLISHER_NAMES = ("dcterms.publisher", "dc.publisher", "publisher", "og:site_name", "application-name")
DATE_NAMES = (
    "dcterms.issued", "dcterms.date", "dc.date", "article:published_time", "datepublished", "date", "dcterms.modified",
    "article:modified_time",
)  # fmt: skip
TITLE_PARTS = re.compile(r"\s+[|–—·»-]\s+")


def read(path: Path, data: bytes) -> RawDocument:
    """The blocks of a web page, on one page without a number. Raises what lxml raises for what it cannot parse."""
    text = _decoded(path, data)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    blocks = _Reader(main=_main(root)).blocks_of(root)
    return RawDocument("html", (page_from_blocks(None, blocks),), _info(root, blocks))


def _decoded(path: Path, data: bytes) -> str:
    """The page's characters, as it declares them where that holds."""
    declared = None if data.startswith(MARKS) else DECLARED.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return data.decode("windows-1252" if name in ("iso-8859-1", "latin1") else name)
    return decode(path, data)


def _main(root: html.HtmlElement) -> html.HtmlElement | None:
    """The element that holds what the page is about, where the page says so."""
    for element in root.iter("main", "div", "article"):
        is_main = element.tag == "main" or element.get("role") == "main"
        if is_main and len(element.text_content().strip()) >= MIN_MAIN_CHARS:
            return element
    return None


@dataclass(slots=True)
class _Reader:
    """Walks a page and gathers its blocks."""

    main: html.HtmlElement | None
    blocks: list[RawBlock] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    open_items: int = 0
    open_edges: int = 0
    open_articles: int = 0
    heading: int | None = None
    last_level: int = 0
    row: html.HtmlElement | None = None
    cells: list[tuple[html.HtmlElement, list[str]]] = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)

    def blocks_of(self, root: html.HtmlElement) -> list[RawBlock]:
        """All blocks under an element."""
        self.open_edges = int(self.main is not None)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave(element)
                self.text.append(element.tail or "")
            elif self._is_unseen(element):
                walk.skip_subtree()
            else:
                self._enter(element)
                self.text.append(element.text or "")
        self._flush()
        return self.blocks

    def _is_unseen(self, element: html.HtmlElement) -> bool:
        return element.tag in UNSEEN or (element.tag == "button" and self.heading is None)

    def _enter(self, element: html.HtmlElement) -> None:
        if element.tag == "br":
            self.text.append("\n")
        if element.tag not in BLOCKS:
            return
        self._flush()
        self._count(element, 1)
        if element.tag in HEADINGS or element.tag == "summary":
            self.heading = HEADINGS.get(element.tag, min(self.last_level + 1, 6))
        elif element.tag == "table":
            self.tables.append(OpenTable())
        elif element.tag == "tr" and self.row is None and _is_data_row(element):
            self.row, self.cells = element, []
        elif element.tag in CELLS:
            self.cells.append((element, []))

    def _leave(self, element: html.HtmlElement) -> None:
        if element.tag not in BLOCKS:
            return
        self._flush()
        self._count(element, -1)
        if element.tag in HEADINGS or element.tag == "summary":
            self.last_level = HEADINGS.get(element.tag, self.last_level)
            self.heading = None
        elif element is self.row:
            self.row = None
            self._add_row(element)
        elif element.tag == "table":
            self._set_levels(self.tables.pop())

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

    def _count(self, element: html.HtmlElement, step: int) -> None:
        """Keep count of the open elements that decide what a text is."""
        self.open_items += step * (element.tag in LISTS)
        self.open_articles += step * (element.tag == "article" or element is self.main)
        self.open_edges += step * self._is_edge(element)
        self.open_edges -= step * (element is self.main)

    def _is_edge(self, element: html.HtmlElement) -> bool:
        """Whether an element is an edge of the page; the header of an article belongs to it."""
        if element.tag == "nav" or element.get("role") in EDGE_ROLES:
            return True
        return element.tag in ("header", "footer", "aside") and element.xpath(
            "not(ancestor::article or ancestor::main)"
        )

    def _flush(self) -> None:
        lines = (" ".join(line.split(" ")).strip() for line in re.sub(r"[ \t\r\f\v]+", " ", self._joined()).split("\n"))
        text = "\n".join(filter(None, lines))
        self.text.clear()
        if not text:
            return
        if self.row is not None and self.cells:
            self.cells[-1][1].append(text)
        elif self.heading is not None:
            self._add(BlockKind.HEADING, text, self.heading)
        elif self.open_items:
            self._add(BlockKind.LIST_ITEM, text, self.open_items - 1)
        else:
            self._add(BlockKind.PARAGRAPH, text)

    def _joined(self) -> str:
        return "".join(piece if piece == "\n" else piece.replace("\n", " ") for piece in self.text)

    def _add(self, kind: BlockKind, text: str, level: int = 0) -> bool:
        """Add a block, unless it holds no letter or digit; whether it was added."""
        if self.open_edges > 0:
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


def _info(root: html.HtmlElement, blocks: list[RawBlock]) -> DocumentInfo:
    meta = dict(_meta(root))
    publisher = _first(meta, PUBLISHER_NAMES)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    return DocumentInfo(
        title=_first(meta, TITLE_NAMES) or _title(root, blocks, publisher),
        publisher=publisher,
        date=_date(_first(meta, DATE_NAMES)),
        language=language if language.isalpha() and len(language) == 2 else None,
    )


def _meta(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in reversed(list(root.iter("meta"))):  # of two with one name, the first counts
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            yield name.lower(), content


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _title(root: html.HtmlElement, blocks: list[RawBlock], site: str | None) -> str | None:
    """The page's title without the name of the site, which stands before or after it."""
    title = " ".join((root.findtext(".//title") or "").split())
    parts = TITLE_PARTS.split(title)
    tops = [" ".join(block.text.split()) for block in blocks if block.kind is BlockKind.HEADING and block.level == 1]
    named = next((top for top in tops if top in parts), None)
    return named or next((part for part in parts if part and part != site), None)


def _date(value: str | None) -> str | None:
    found = DATE.match(value or "")
    return "-".join(filter(None, found.groups())) if found else None
