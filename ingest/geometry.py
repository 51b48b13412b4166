"""The boxes of a quote on its pages: where to draw it on a page image.

One box a line of text; a quote over a page break has boxes on both pages. They are worked out from the bytes of
the file when somebody wants to see them, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, pairwise, takewhile
from pathlib import Path

from ingest import ocr
from ingest.errors import NoPicture, PictureReason
from ingest.letters import Letters, alike
from ingest.locating import Quote, Range, locate
from ingest.placed import Glyph, PlacedText
from ingest.readers.pdf import pdfium, scans
from ingest.recognised_text import RecognisedText
from ingest.types import Box, Document, Span, TextSource

GAP = 2.0  # heights of a line: what is further away than this stands in another column
REMEMBERED_SCANS = 64  # pages: the words of one take some ten kilobytes
SAME_LINE = 0.3  # of the height of the higher one: what two glyphs of one line have in common at least


def boxes_of(data: bytes, document: Document, span: Span) -> tuple[Box, ...]:
    """The boxes of a span of a PDF that was read from ``data``, in reading order.

    Empty for another format, for a span without letters, and for what does not stand on the page as PDFium reads it.
    Raises NoPicture for a file that PDFium cannot open.
    """
    if document.format != "pdf":
        return ()
    return boxes_on_own_pages(data, document.digest, page_parts(document, span))


@dataclass(frozen=True, slots=True)
class PagePart:
    """What is quoted of the page at a position; ``is_scan`` says that its text was recognised on a picture."""

    position: int
    quote: Quote
    is_scan: bool = False


def page_parts(document: Document, span: Span) -> tuple[PagePart, ...]:
    """The pages that a span touches, and what it quotes of each."""
    ends = [page.start for page in document.pages[1:]] + [len(document.text)]
    return tuple(
        PagePart(
            position,
            Quote.of(
                document.text[page.start : end], Span(max(span.start, page.start) - page.start, span.end - page.start)
            ),
            is_scan=page.source is TextSource.OCR,
        )
        for position, (page, end) in enumerate(zip(document.pages, ends, strict=True))
        if page.start < min(span.end, end) and span.start < end
    )


def boxes_on_own_pages(source: bytes | Path, digest: str, parts: Iterable[PagePart]) -> tuple[Box, ...]:
    """The boxes of quotes in a PDF with this SHA-256, each on the page at the position that is known. A scan is
    recognised again, which takes seconds; this process remembers the last ones.
    """
    with _opened(source) as opened:
        return tuple(box for part in parts for box in _boxes_on(opened, _Scan(digest, part.position, source), part))


def boxes_on_any_page(source: bytes | Path, page_letters: Sequence[str], quote: Quote) -> tuple[Box, ...]:
    """The boxes of a quote in a PDF on whose pages another program has spread its text. ``page_letters``: the
    letters and digits of each page, see ``letters_of_pages``.
    """
    starts = [0, *accumulate(map(len, page_letters))]
    found = locate(quote, "".join(page_letters))
    with _opened(source) as opened:
        return tuple(
            box
            for position, (start, end) in enumerate(pairwise(starts))
            if (ranges := _within(found, start, end))
            for box in _boxes(pdfium.PdfPage(opened, position), position, ranges, quote)
        )


def letters_of_pages(source: bytes | Path) -> tuple[str, ...]:
    """The letters and digits of each page of a PDF, as PDFium reads them."""
    with _opened(source) as opened:
        return tuple(Letters.of(pdfium.PdfPage(opened, position).text).text for position in range(len(opened)))


@contextmanager
def _opened(source: bytes | Path) -> Iterator[pdfium.PdfDocument]:
    try:
        with pdfium.open_document(source) as opened:
            yield opened
    except pdfium.FAILURES as error:
        raise NoPicture(PictureReason.NOT_DRAWN, str(error)) from error


def _within(ranges: Iterable[Range], start: int, end: int) -> list[Range]:
    """The parts of ranges that lie between two places, counted from the first."""
    cut = ((max(first, start) - start, min(last, end) - start) for first, last in ranges)
    return [(first, last) for first, last in cut if first < last]


@dataclass(frozen=True, slots=True)
class _Scan:
    """A page of a file, known by its SHA-256."""

    digest: str
    position: int
    source: bytes | Path = field(compare=False)


def _boxes_on(opened: pdfium.PdfDocument, scan: _Scan, part: PagePart) -> list[Box]:
    if part.position >= len(opened):
        return []
    recognised = _recognised(scan) if part.is_scan else None
    return (_found(recognised, part) if recognised else []) or _found(pdfium.PdfPage(opened, part.position), part)


def _found(page: PlacedText, part: PagePart) -> list[Box]:
    return _boxes(page, part.position, locate(part.quote, Letters.of(page.text).text), part.quote)


@lru_cache(maxsize=REMEMBERED_SCANS)
def _recognised(scan: _Scan) -> RecognisedText | None:
    with pdfium.open_document(scan.source) as opened:
        has_text = bool(Letters.of(pdfium.PdfPage(opened, scan.position).text).text)
        try:
            found = scans.recognised(opened, scan.position, with_text=not has_text)
            if has_text and not (found and found[0].lines):  # text that nobody can read, drawn in unknown letters
                found = scans.recognised(opened, scan.position, with_text=True)
        except ocr.FAILURES:
            return None
    return RecognisedText(found[0]) if found else None


def _boxes(page: PlacedText, position: int, ranges: Sequence[Range], quote: Quote) -> list[Box]:
    """The boxes of some letters of a page, with the signs that open and close the quote."""
    glyphs = page.glyphs(_characters(page.text, ranges, quote))
    boxes = (_box(line, position, page) for line in _lines(glyph for glyph in glyphs if glyph.has_extent))
    return [box for box in boxes if box.right > box.left and box.bottom > box.top]


def _characters(text: str, ranges: Sequence[Range], quote: Quote) -> Iterator[int]:
    """The characters of each range from its first letter to its last, with the signs around it that are quoted too."""
    places = Letters.of(text).places
    for number, (first, last) in enumerate(ranges):
        start, end = places[first], places[last - 1] + 1
        opening = quote.opening if number == 0 else _attached(reversed(text[:start]))[::-1]
        closing = quote.closing if number == len(ranges) - 1 else _attached(text[end:])
        yield from range(start - alike(reversed(text[:start]), reversed(opening)), end + alike(text[end:], closing))


def _attached(text: Iterable[str]) -> str:
    """The signs with which a text begins: what belongs to the word before it."""
    return "".join(takewhile(lambda sign: sign.isprintable() and not (sign.isalnum() or sign.isspace()), text))


def _lines(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs of each line as one."""
    lines: list[Glyph] = []
    for glyph in glyphs:
        if lines and _is_beside(lines[-1], glyph):
            lines[-1] = _union(lines[-1], glyph)
        else:
            lines.append(glyph)
    return lines


def _is_beside(line: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph goes on with a line: it runs the same way, at the same height, not far away."""
    if line.is_upright != glyph.is_upright:
        return False
    if not line.is_upright:
        line, glyph = _on_its_side(line), _on_its_side(glyph)
    overlap = min(line.bottom, glyph.bottom) - max(line.top, glyph.top)
    gap = max(glyph.left - line.right, line.left - glyph.right)
    height = max(line.bottom - line.top, glyph.bottom - glyph.top)
    return overlap > SAME_LINE * height and gap < GAP * height


def _on_its_side(glyph: Glyph) -> Glyph:
    return replace(glyph, left=glyph.top, top=glyph.left, right=glyph.bottom, bottom=glyph.right)


def _union(line: Glyph, glyph: Glyph) -> Glyph:
    return Glyph(
        min(line.left, glyph.left),
        min(line.top, glyph.top),
        max(line.right, glyph.right),
        max(line.bottom, glyph.bottom),
        line.is_upright,
    )


def _box(line: Glyph, position: int, page: PlacedText) -> Box:
    """A line as shares of its page; what lies outside the page is cut off."""
    across, down = max(page.width, 1.0), max(page.height, 1.0)
    left, right = (min(max(side / across, 0.0), 1.0) for side in (line.left, line.right))
    top, bottom = (min(max(side / down, 0.0), 1.0) for side in (line.top, line.bottom))
    return Box(position, left, top, right, bottom)
