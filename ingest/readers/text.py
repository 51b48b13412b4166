"""Plain text files, also those that were extracted from a PDF or hold remains of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.bullets import letter_bullets, with_bullets
from ingest.decoding import decode
from ingest.errors import Reason, UnreadableFile
from ingest.layout import Gap, Layout, Line
from ingest.lines import blocks_of
from ingest.page_breaks import TextPage, is_double_spaced, split_pages
from ingest.raw import RawDocument, RawPage

MAX_INDENTED_SHARE = 0.2
BOLD_LINE_LEVEL = 7  # below every "#"
MIN_SIGNS = 2

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_BOLD_LINE = re.compile(r"\s*\*\*(?P<text>[^*]+)\*\*\s*")
_EMPHASIS = re.compile(r"\*\*(?=\S)(?P<text>[^*\n]+?)(?<=\S)\*\*")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|_{3,}|\*{3,}|~{3,})\s*")
_LOST_GLYPH = re.compile(r" \S")


def read(path: Path, data: bytes) -> RawDocument:
    """The blocks of a text. Raises UnreadableFile: BINARY, or EMPTY for nothing but white space."""
    text = decode(path, data)
    if not text.strip():
        raise UnreadableFile(path, Reason.EMPTY)
    letters = letter_bullets(text.split("\n"))
    pages = split_pages(text)
    shown = [replace(page, lines=tuple(with_bullets(line, letters) for line in page.lines)) for page in pages]
    blocks = blocks_of(_layout(shown))
    return RawDocument(
        "text",
        tuple(
            RawPage(
                page.number, made.raw_text([line for line in page.lines if _is_text(line)]), made.blocks, page.inferred
            )
            for page, made in zip(pages, blocks, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text shows gaps, lost glyphs and headings."""

    double_spaced: bool
    loses_glyphs: bool
    marked_up: bool


def _layout(pages: Sequence[TextPage]) -> Layout:
    lines = [line for page in pages for line in page.lines]
    double_spaced = is_double_spaced(lines)
    loses_glyphs = sum(bool(_LOST_GLYPH.match(line)) for line in lines) <= MAX_INDENTED_SHARE * len(lines)
    style = _Style(double_spaced, loses_glyphs, _is_marked_up(lines))
    return Layout([tuple(_lines(page.lines, style)) for page in pages], double_spaced)


def _is_marked_up(lines: Sequence[str]) -> bool:
    """Whether signs of Markdown mean what they mean there: "# 3" alone may count something."""
    signs = [heading[1] for line in lines if (heading := _HEADING.match(line))]
    bold = sum(bool(_EMPHASIS.search(line)) for line in lines)
    return bold >= MIN_SIGNS or (len(signs) >= MIN_SIGNS and len(max(signs)) > 1)


def _lines(texts: Sequence[str], style: _Style) -> Iterator[Line]:
    """The lines of a page that hold text, with the gaps that empty lines leave."""
    blanks = None
    for text in texts:
        if not _is_text(text):
            blanks = None if blanks is None else blanks + 1
            continue
        gap = Gap.APART if blanks is None else _gap(blanks, style)
        marked = bool(style.loses_glyphs and blanks and _LOST_GLYPH.match(text))
        yield _without_signs(text, gap) if style.marked_up else Line(text, gap, marked=marked)
        blanks = 0


def _is_text(line: str) -> bool:
    """Whether a line holds text, and is no rule drawn with signs."""
    return bool(line.strip()) and not _RULE.fullmatch(line)


def _gap(blanks: int, style: _Style) -> Gap:
    if blanks == 0:
        return Gap.TIGHT
    return Gap.LOOSE if style.double_spaced and blanks == 1 else Gap.APART


def _without_signs(text: str, gap: Gap) -> Line:
    """A line without its Markdown signs."""
    if heading := _HEADING.match(text):
        return Line(_EMPHASIS.sub(r"\g<text>", text[heading.end() :]), gap, heading=len(heading[1]))
    if bold := _BOLD_LINE.fullmatch(text):
        return Line(bold["text"], gap, heading=BOLD_LINE_LEVEL)
    return Line(_EMPHASIS.sub(r"\g<text>", text), gap)
