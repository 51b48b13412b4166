"""How far the lines of a PDF stand apart, and what that says: a paragraph goes on or ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.layout import Gap, Layout, Line
from ingest.readers.pdf.rows import PdfPage, Row

ORDINARY_PITCH = 1.2  # from baseline to baseline, in font sizes, where a document does not tell
WIDER = 1.25  # times the ordinary pitch: a gap between paragraphs


def layout_of(pages: Sequence[PdfPage]) -> Layout:
    """The lines of all pages with the gaps between them."""
    pitch = _pitch(pages)
    wide = sum(page.is_wide for page in pages) > len(pages) / 2
    return Layout([tuple(_lines(page, pitch)) for page in pages], is_wide=wide)


def _lines(page: PdfPage, pitch: float) -> Iterator[Line]:
    above: Row | None = None
    for row in page.rows:
        if row.text.strip():
            gap = Gap.APART if above is None else _gap(above, row, pitch)
            yield Line(
                row.text.strip(),
                gap,
                row.size or None,
                row.bold,
                row.x,
                row.top / page.height,
                kind=row.kind,
                level=row.level,
                title=row.title,
            )
            above = row


def _gap(above: Row, row: Row, pitch: float) -> Gap:
    size = max(above.size, row.size)
    return Gap.TIGHT if -0.5 * size < row.top - above.top <= WIDER * pitch * size else Gap.APART


def _pitch(pages: Sequence[PdfPage]) -> float:
    """The distance between lines of a paragraph in this document, in font sizes."""
    found: Counter[float] = Counter()
    for page in pages:
        filled = [row for row in page.rows if row.text.strip() and row.size and row.kind is None]
        for above, row in pairwise(filled):
            distance = (row.top - above.top) / row.size
            if abs(above.size - row.size) < 0.5 and 0.9 < distance < 3:
                found[round(20 * distance) / 20] += min(len(above.text), len(row.text))
    return found.most_common(1)[0][0] if found else ORDINARY_PITCH
