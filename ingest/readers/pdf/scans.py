"""The pages of a PDF that are pictures: which they are, and what is recognised on them.

A page is taken for a picture when it holds no text, or a few words (a stamp, a number) on a picture that covers most of
it. What the file itself says on such a page is kept as it is; only the rest is recognised. Where a scanner has laid the
text that it recognised under its picture, that text is taken, and marked as recognised.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest import ocr
from ingest.limits import limits_in_force
from ingest.readers.pdf import pdfium
from ingest.readers.pdf.rows import PdfPage, Row
from ingest.repair import letters_and_digits
from ingest.types import TextSource
from ingest.worker import more_time

UNREAD_TOO_MANY = "pages_unread_too_many"
UNREAD_NO_TEXT = "pages_unread_no_text"

FEW_LETTERS = 100
MOST_OF_THE_PAGE = 0.5
PART_OF_THE_PAGE = 0.25  # a picture that covers less does not say how sharp the page is
MIN_LETTERS = 3  # fewer are noise
MIN_LETTERS_BESIDE_TEXT = 20  # fewer are a logo behind the text

MAX_SCANS = 300  # of a document, at one to four seconds each
SCAN_SECONDS = 3 * ocr.PAGE_SECONDS + 10  # the most that one may take

USUAL_DPI, LEAST_DPI, MOST_DPI = 200.0, 150.0, 300.0
MAX_PIXELS = 12_000_000
INK = 64  # levels of grey between paper and ink
SAME_SIZE = 0.08  # sizes that differ by less are one
MIN_INK = 0.0001  # of the page: two or three letters


def with_scans(data: bytes, pages: Sequence[PdfPage]) -> tuple[list[PdfPage], tuple[str, ...]]:
    """The pages, those that are pictures with what is recognised on them; and why some of these stay unread."""
    read, reasons = list(pages), set[str]()
    for place, page, reason in _scans(data, pages):
        read[place] = page
        reasons.add(reason)
    return _with_common_sizes(read), tuple(sorted(reasons - {""}))


def _scans(data: bytes, pages: Sequence[PdfPage]) -> Iterator[tuple[int, PdfPage, str]]:
    """The pages that may be pictures: their place among the pages, what was read, and why nothing was."""
    hiding = [place for place, page in enumerate(pages) if page.hides_text and _letters(page)]
    suspects = [place for place, page in enumerate(pages) if _letters(page) <= FEW_LETTERS and place not in hiding]
    if not suspects and not hiding:
        return
    try:
        with pdfium.open_document(data) as document:
            for place in hiding:
                yield place, _with_source(document, place, pages[place]), ""
            pictures = [place for place in suspects if _is_picture(document, place, pages[place])]
            for place, obstacle in zip(pictures, _obstacles(len(pictures)), strict=True):
                yield place, *_read(document, place, pages[place], obstacle)
    except pdfium.FAILURES:  # what PDFium cannot open has no picture to look at
        return


def _with_source(document: pdfium.PdfDocument, place: int, page: PdfPage) -> PdfPage:
    """A page some of whose text does not show: it was recognised if none shows, and there is a picture above it."""
    try:
        is_scan = pdfium.is_text_hidden(document, place) and _is_covered(document, place)
    except pdfium.FAILURES:
        is_scan = False
    return replace(page, source=TextSource.OCR) if is_scan else page


def _is_covered(document: pdfium.PdfDocument, place: int) -> bool:
    return sum(share for share, _ in pdfium.pictures_on(document, place)) >= MOST_OF_THE_PAGE


def _is_picture(document: pdfium.PdfDocument, place: int, page: PdfPage) -> bool:
    """Whether a page with few letters may be a picture."""
    try:
        if not _letters(page):
            return pdfium.is_drawn_on(document, place)
        return _is_covered(document, place)
    except pdfium.FAILURES:  # it cannot be shown, and so it cannot be seen that it is empty
        return not _letters(page)


def _obstacles(count: int) -> Iterator[str]:
    """For each of so many pages what keeps it from being recognised, "" where nothing does."""
    obstacle = ocr.UNREAD_WITHOUT_OCR if count and not ocr.is_installed() else ""
    last = time.monotonic() + limits_in_force().most_seconds - 2 * SCAN_SECONDS
    for number in range(count):
        if number >= MAX_SCANS or time.monotonic() > last:
            obstacle = obstacle or UNREAD_TOO_MANY
        yield obstacle


def _read(document: pdfium.PdfDocument, place: int, page: PdfPage, obstacle: str) -> tuple[PdfPage, str]:
    """The page with what is recognised on it, or the reason why nothing is; a page with some text is never unread."""
    has_text = bool(_letters(page))
    if not obstacle:
        with contextlib.suppress(*pdfium.FAILURES, *ocr.FAILURES):
            seen = recognised(document, place, with_text=not has_text)
            if seen is None:
                return page, ""
            found = _page(*seen)
            if _letters(found) >= (MIN_LETTERS_BESIDE_TEXT if has_text else MIN_LETTERS):
                return _with_own_text(found, page), ""
    return (page, "") if has_text else (replace(page, source=TextSource.NONE), obstacle or UNREAD_NO_TEXT)


def recognised(document: pdfium.PdfDocument, place: int, *, with_text: bool) -> tuple[ocr.Recognised, float] | None:
    """What is recognised on a page as it is drawn, and how many points a pixel of that measures; None for a blank one.

    ``with_text``: whether the text that the file itself holds is drawn too. Raises one of ``pdfium.FAILURES`` or
    ``ocr.FAILURES``.
    """
    dpi = _dpi(document, place)
    picture = pdfium.draw(document, place, dpi=dpi, with_text=with_text)
    if _is_blank(picture.histogram()):
        return None
    more_time(SCAN_SECONDS)  # not sooner: a page that cannot be drawn in time is no scan
    return ocr.recognise(picture, dpi=dpi), pdfium.POINTS_PER_INCH / dpi


def _dpi(document: pdfium.PdfDocument, place: int) -> float:
    """How sharp to draw a page: as sharp as the pictures on it, since sharper ones are recognised worse."""
    own = max((dpi for share, dpi in pdfium.pictures_on(document, place) if share > PART_OF_THE_PAGE), default=0.0)
    width, height = pdfium.page_size(document, place)
    most = pdfium.POINTS_PER_INCH * (MAX_PIXELS / max(width * height, 1.0)) ** 0.5
    return float(min(max(own or USUAL_DPI, LEAST_DPI), MOST_DPI, most))


def _is_blank(greys: Sequence[int]) -> bool:
    """Whether nothing is drawn on a page, or only the shade of its paper; from how often each level of grey occurs."""
    paper = max(range(len(greys)), key=greys.__getitem__)
    ink = sum(count for level, count in enumerate(greys) if abs(level - paper) > INK)
    return ink < MIN_INK * sum(greys)


def _page(found: ocr.Recognised, points: float) -> PdfPage:
    """What was recognised, as a page; ``points`` is the size of a pixel."""
    rows = tuple(
        Row(line.text, line.size * points, bold=False, x=line.words[0].left * points, top=line.baseline * points)
        for line in found.lines
    )
    wide = found.width > found.height
    return PdfPage(rows, found.height * points or 1.0, is_wide=wide, source=TextSource.OCR)


def _with_own_text(found: PdfPage, page: PdfPage) -> PdfPage:
    """What was recognised, each line that the file itself holds put before the first recognised one below it."""
    rows = list(found.rows)
    for own in reversed(page.rows):
        below = (place for place, row in enumerate(rows) if row.top > own.top)
        rows.insert(next(below, len(rows)), own)
    return replace(found, rows=tuple(rows))


def _with_common_sizes(pages: list[PdfPage]) -> list[PdfPage]:
    """The pages with recognised sizes, which differ a little from line to line, replaced by the commonest near them."""
    common: Counter[float] = Counter()
    for page in pages:
        for row in page.rows if page.source is TextSource.OCR else ():
            common[row.size] += len(row.text)
    snapped: dict[float, float] = {}
    for size, _ in common.most_common():
        near = (known for known in snapped.values() if abs(known - size) <= SAME_SIZE * known)
        snapped[size] = next(near, size)
    return [_snapped(page, snapped) for page in pages]


def _snapped(page: PdfPage, sizes: dict[float, float]) -> PdfPage:
    if page.source is not TextSource.OCR:
        return page
    return replace(page, rows=tuple(replace(row, size=sizes[row.size]) for row in page.rows))


def _letters(page: PdfPage) -> int:
    return len(letters_and_digits(page.text))
