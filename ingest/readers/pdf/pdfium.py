"""The one place where pypdfium2 opens a file.

PDFium is one machine per process that two threads may not turn at once, and a hostile file can make it take all
memory: it runs in a process with limits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ctypes import byref, c_double, c_int
from math import hypot
from pathlib import Path

import pypdfium2
from PIL.Image import Image
from pypdfium2 import raw

from ingest.placed import Glyph

PdfDocument = pypdfium2.PdfDocument
FAILURES = (pypdfium2.PdfiumError, ValueError, OSError)  # what a broken file makes it raise
POINTS_PER_INCH = 72
BOLD_WEIGHT = 600

_PICTURES = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)

ASCENT, DESCENT = 0.75, -0.22  # of an em: what a line of text covers above and below its baseline
_STEPS = 64  # of a point: PDFium gives the places on a page as seen in whole numbers

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def open_document(source: bytes | Path) -> Iterator[pypdfium2.PdfDocument]:
    """A file, by its bytes or its path, opened with the empty password. All that PDFium does with it belongs inside.

    Raises pypdfium2.PdfiumError, one of ``FAILURES``, when it cannot be opened.
    """
    with _ONE_AT_A_TIME:
        document = PdfDocument(source)
        try:
            yield document
        finally:
            document.close()


def page_size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    """Width and height of a page in points as a reader sees it: cropped and turned. ``index`` counts from 0."""
    width, height = document.get_page_size(index)
    return width, height


class PdfPage:
    """A page of an open file, as an ``ingest.placed.PlacedText``; its characters come in PDFium's own order."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int) -> None:
        self._page = document[index]
        self._text_page = self._page.get_textpage()
        self.width, self.height = self._page.get_size()
        self.text = "".join(self._character(place) for place in range(self._text_page.count_chars()))

    def glyphs(self, places: Iterable[int]) -> list[Glyph]:
        """Where some characters of ``text`` stand; those that PDFium put in itself (a space, a line's end) have
        no extent.
        """
        return [self._glyph(place) for place in places]

    def letter(self, place: int) -> tuple[float, bool]:
        """The size in points in which a character is set, and whether it is bold."""
        rise = hypot(*self._rise(place))
        return rise, raw.FPDFText_GetFontWeight(self._text_page, place) >= BOLD_WEIGHT

    def picture(self, width: int) -> Image:
        """The page as a reader sees it, ``width`` pixels wide."""
        picture: Image = self._page.render(scale=width / self.width).to_pil()
        return picture

    def _character(self, place: int) -> str:
        return chr(raw.FPDFText_GetUnicode(self._text_page, place))

    def _glyph(self, place: int) -> Glyph:
        left, bottom, right, top = self._text_page.get_charbox(place)
        rise_x, rise_y = self._rise(place)
        if abs(rise_y) >= abs(rise_x):
            bottom, top = self._line(place, bottom, top, rise_y, axis=1)
        else:
            left, right = self._line(place, left, right, rise_x, axis=0)
        (x1, y1), (x2, y2) = self._seen(left, bottom), self._seen(right, top)
        quarters = (abs(rise_x) > abs(rise_y)) + self._page.get_rotation() // 90
        return Glyph(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), is_upright=quarters % 2 == 0)

    def _rise(self, place: int) -> tuple[float, float]:
        """One em along the upright of a character: its font size, in the direction in which it stands."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._text_page, place, byref(matrix))
        size = raw.FPDFText_GetFontSize(self._text_page, place)
        return matrix.c * size, matrix.d * size

    def _line(self, place: int, low: float, high: float, rise: float, *, axis: int) -> tuple[float, float]:
        """From the descent to the ascent of a character's line, so that all characters of a line are equally high;
        ``low`` and ``high``, those of the character itself, where the two have nothing in common.
        """
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(self._text_page, place, byref(x), byref(y))
        origin = (x, y)[axis].value
        under, over = sorted((origin + DESCENT * rise, origin + ASCENT * rise))
        return (under, over) if low < over and under < high else (low, high)

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        """From the file's coordinates to points from the left and from the top of the page as seen."""
        across, down = c_int(), c_int()
        size = (round(_STEPS * self.width), round(_STEPS * self.height))
        raw.FPDF_PageToDevice(self._page, 0, 0, *size, 0, x, y, byref(across), byref(down))
        return across.value / _STEPS, down.value / _STEPS


def is_drawn_on(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether there is anything on a page, be it a white square."""
    page = document[index]
    return bool(raw.FPDFPage_CountObjects(page) + raw.FPDFPage_GetAnnotCount(page))


def pictures_on(document: pypdfium2.PdfDocument, index: int) -> list[tuple[float, float]]:
    """The pictures on a page, and the forms that may hold some: the share of the page that each covers, 0 to 1, and
    its sharpness in pixels per inch, 0 where it has none of its own.
    """
    page = document[index]
    return [(_share(thing, page), _sharpness(thing)) for thing in page.get_objects(filter=_PICTURES, max_depth=1)]


def is_text_hidden(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether a page has text of which nothing shows."""
    things = list(document[index].get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)))
    hidden = raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return bool(things) and all(raw.FPDFTextObj_GetTextRenderMode(thing) == hidden for thing in things)


def draw(document: pypdfium2.PdfDocument, index: int, *, dpi: float, with_text: bool = True) -> Image:
    """A page as a reader sees it, in greys; without the text that the file itself holds where that is not wanted."""
    page = document[index]
    if not with_text:
        for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
            raw.FPDFTextObj_SetTextRenderMode(thing, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    drawn: Image = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True).to_pil()
    return drawn


def _share(thing: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> float:
    left, bottom, right, top = page.get_bbox()
    x1, y1, x2, y2 = thing.get_bounds()
    width, height = min(x2, right) - max(x1, left), min(y2, top) - max(y1, bottom)
    whole = (right - left) * (top - bottom)
    return max(width, 0.0) * max(height, 0.0) / whole if whole > 0 else 0.0


def _sharpness(thing: pypdfium2.PdfObject) -> float:
    if thing.type != raw.FPDF_PAGEOBJ_IMAGE:
        return 0.0
    found = thing.get_metadata()
    return max(float(found.horizontal_dpi), float(found.vertical_dpi))
