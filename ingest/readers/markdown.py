"""Markdown, through markdown-it: the text as it is rendered, without its marks. The only module that imports it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.decoding import decode
from ingest.formats import MARKDOWN_SUFFIXES
from ingest.marks import raised
from ingest.page_breaks import TextPage, split_pages
from ingest.raw import RawBlock, RawDocument, RawPage, page_from_blocks
from ingest.readers.html import fragment_blocks
from ingest.tables import BODY_ROW, HEADER_ROW, row_text
from ingest.types import BlockKind, DocumentInfo

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
FRONT_LINE = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*$")
FRONT_MORE = (" ", "\t", "-", "#")  # lines that go on with a list or text, or that are a remark
FRONT_KEYS = {
    "title": "title", "titel": "title", "publisher": "publisher", "uitgever": "publisher", "date": "date",
    "datum": "date", "kind": "kind", "soort": "kind", "lang": "language", "language": "language", "taal": "language",
    "region": "region", "regio": "region", "version": "version", "versie": "version", "reference": "reference",
    "kenmerk": "reference",
}  # fmt: skip
ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")
FOOTNOTE_DEFINITION = re.compile(r"^(?=\[\^[^\]\s]+\]:)", re.M)
FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:", re.M)
REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
TASK = re.compile(r"\[([ xX])\](?=\s)")
MAX_SHOUTED_CHARS = 100

MAX_NESTING = 100  # the library leaves out what is nested deeper, and what follows it

# Indented text is text here, no code: extracted documents indent for many reasons.
PARSER = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"]).disable("code")


def read(path: Path, data: bytes) -> RawDocument:
    """The blocks of a Markdown text. Raises UnreadableFile BINARY when its characters cannot be decoded.

    A ``.md`` has no pages; in Markdown that was extracted to plain text, the traces of pages are followed.
    """
    info, text = front_matter(decode(path, data))
    parts = [TextPage((text,))] if path.suffix.casefold() in MARKDOWN_SUFFIXES else split_pages(text)
    return RawDocument("markdown", tuple(_page(part) for part in parts), info)


def _page(part: TextPage) -> RawPage:
    return replace(page_from_blocks(part.number, blocks_of("\n".join(part.lines))), inferred=part.inferred)


def blocks_of(text: str) -> list[RawBlock]:
    """The blocks of a Markdown text, in order. Raises RecursionError for quotes and lists nested too deeply."""
    # Escaped, else a note that is one link would vanish as a definition; apart, else it would go on with the one above.
    escaped = FOOTNOTE_DEFINITION.sub(r"\n\\", text)
    tokens = PARSER.parse(escaped)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise RecursionError(f"nested {MAX_NESTING} deep")
    numbers = _note_numbers(text)
    return [_with_raised_marks(block, numbers) for block in _Renderer().blocks(tokens)]


def _note_numbers(text: str) -> dict[str, str]:
    """The numbers that are shown for the labels of footnotes: in the order in which the text refers to them."""
    defined = set(FOOTNOTE.findall(text))
    referred = [label for label in REFERENCE.findall(text) if label in defined]
    return {label: raised(str(number)) for number, label in enumerate(dict.fromkeys(referred), start=1)}


def _with_raised_marks(block: RawBlock, numbers: dict[str, str]) -> RawBlock:
    text = FOOTNOTE.sub(lambda label: numbers.get(label[1], label[0]), block.text)
    text = REFERENCE.sub(lambda label: numbers.get(label[1], label[0]), text)
    return replace(block, text=text)


@dataclass(slots=True)
class _Renderer:
    """Follows the tokens of a text and keeps what decides the kind of the next block."""

    lists: int = 0
    heading: int | None = None
    last_level: int = 0
    number: str = ""
    row: list[str] | None = None
    row_level: int = HEADER_ROW

    def blocks(self, tokens: Iterable[Token]) -> Iterator[RawBlock]:
        """The blocks that the tokens make."""
        for token in tokens:
            self._follow(token)
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type == "tr_close":
                yield from _block(BlockKind.TABLE_ROW, row_text(self.row or []), self.row_level)
                self.row = None
            elif token.type == "fence":
                yield from _block(BlockKind.PARAGRAPH, token.content)
            elif token.type == "html_block":
                yield from fragment_blocks(token.content)

    def _follow(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"):
            self.lists += token.nesting
        elif token.type == "list_item_open":
            self.number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "heading_open":
            self.heading = self.last_level = int(token.tag[1])
        elif token.type == "heading_close":
            self.heading = None
        elif token.type == "thead_open":
            self.row_level = HEADER_ROW
        elif token.type == "tbody_open":
            self.row_level = BODY_ROW
        elif token.type == "tr_open":
            self.row = []

    def _inline(self, token: Token) -> Iterator[RawBlock]:
        text = "".join(_rendered(token.children or []))
        if self.row is not None:
            self.row.append(text.strip())
        elif self.heading is not None:
            yield from _block(BlockKind.HEADING, text, self.heading)
        elif self.lists:
            text = TASK.sub(lambda box: "☐" if box[1] == " " else "☑", text, count=1) if TASK.match(text) else text
            yield from _block(BlockKind.LIST_ITEM, self.number + text, self.lists - 1)
            self.number = ""
        elif _is_shouted(token.children or [], text):
            yield from _block(BlockKind.HEADING, text, min(self.last_level + 1, 6))
        else:
            yield from _block(BlockKind.FOOTNOTE if FOOTNOTE.match(text) else BlockKind.PARAGRAPH, text)


def _rendered(children: Iterable[Token]) -> Iterator[str]:
    """What a reader sees; raised digits as such. The words that stand for a picture are not shown beside it."""
    is_raised = False
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            yield raised(child.content) if is_raised and child.content.strip().isdigit() else child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "html_inline":
            tag = child.content.lower()
            is_raised = tag.startswith("<sup") or (is_raised and not tag.startswith("</sup"))
            yield "\n" * tag.startswith("<br")


def _is_shouted(children: list[Token], text: str) -> bool:
    """Whether a paragraph is a heading in all but name: bold from end to end, in capitals, short."""
    shown = [child.type for child in children if child.type != "text" or child.content.strip()]
    is_bold = shown[:1] == ["strong_open"] and shown[-1:] == ["strong_close"] and shown.count("strong_open") == 1
    return is_bold and text.isupper() and len(text) <= MAX_SHOUTED_CHARS


def _block(kind: BlockKind, text: str, level: int = 0) -> Iterator[RawBlock]:
    if any(character.isalnum() for character in text):
        yield RawBlock(kind, text, level)


def front_matter(text: str) -> tuple[DocumentInfo, str]:
    """What the lines between ``---`` at the top say of the document, and the text after them."""
    matter = FRONT_MATTER.match(text)
    keys = matter[1].splitlines() if matter else []
    lines = [FRONT_LINE.match(line) for line in keys if line.strip() and not line.startswith(FRONT_MORE)]
    if matter is None or not all(lines):
        return DocumentInfo(), text
    values = {FRONT_KEYS.get(line[1].lower()): line[2].strip("\"'") for line in lines if line}
    date = ISO_DATE.match(values.get("date", ""))
    known = {key: value for key, value in values.items() if key and key != "date" and value}
    return DocumentInfo(**known, date=date[0] if date else None), text[matter.end() :]
