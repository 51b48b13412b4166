"""The boxes of a quote on its pages: where to draw it on a page image.

One box a line of text; a quote over a page break has boxes on both pages. They are worked out from the bytes of
the file when somebody wants to see them, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix

from ingest.letters import Letters
from ingest.locating import Quote, Range, locate
from ingest.placed import Glyph, PlacedText
from ingest.readers.pdf import pdfium
from ingest.types import Box, Document, Span

GAP = 2.0  # heights of a line: what is further away than this stands in another column


def boxes_of(data: bytes, document: Document, span: Span) -> tuple[Box, ...]:
    """The boxes of a span of a PDF that was read from ``data``, in reading order.

    Empty for another format, for a span without letters, and for what PDFium does not find on the page.
    Raises one of ``pdfium.FAILURES`` for a file that PDFium cannot open.
    """
    if document.format != "pdf":
        return ()
    with pdfium.open_document(data) as opened:
        return tuple(
            box
            for position, page_text, part in page_parts(document, span)
            for box in boxes_on(pdfium.PdfPage(opened, position), position, Quote.of(page_text, part))
        )


def page_parts(document: Document, span: Span) -> Iterator[tuple[int, str, Span]]:
    """The pages that a span touches: position, text of the page, and the span in that text."""
    ends = [page.start for page in document.pages[1:]] + [len(document.text)]
    for position, (page, end) in enumerate(zip(document.pages, ends, strict=True)):
        start = max(span.start, page.start)
        if start < min(span.end, end):
            yield position, document.text[page.start : end], Span(start - page.start, min(span.end, end) - page.start)


def boxes_on(page: PlacedText, position: int, quote: Quote) -> list[Box]:
    """The boxes of a quote on one page, which stands at ``position``."""
    seen = Letters.of(page.text)
    ranges = locate(quote, seen.text)
    glyphs = page.glyphs(_characters(page.text, seen, ranges, quote))
    boxes = (_box(line, position, page) for line in _lines(glyph for glyph in glyphs if glyph.has_extent))
    return [box for box in boxes if box.right > box.left and box.bottom > box.top]


def _characters(text: str, seen: Letters, ranges: Sequence[Range], quote: Quote) -> Iterator[int]:
    """The characters of each range from its first letter to its last, and the signs that open and close the quote."""
    for number, (first, last) in enumerate(ranges):
        start, end = seen.places[first], seen.places[last - 1] + 1
        if number == 0:
            start -= _matching(text[:start][::-1], quote.opening[::-1])
        if number == len(ranges) - 1:
            end += _matching(text[end:], quote.closing)
        yield from range(start, end)


def _matching(text: str, signs: str) -> int:
    """How many characters of a text are the same as the signs."""
    return len(commonprefix((text, signs)))


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
    return gap < GAP * height and overlap > 0.3 * height


def _on_its_side(glyph: Glyph) -> Glyph:
    return Glyph(glyph.top, glyph.left, glyph.bottom, glyph.right)


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
