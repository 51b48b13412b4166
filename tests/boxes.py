"""What stands under boxes, and on which page: read back with PDFium's own function."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import byref, c_double

import pypdfium2
from pypdfium2 import raw

from ingest.repair import letters_and_digits
from ingest.types import Box

STEPS = 100_000  # on either side of a page
EDGE = 0.02  # of a box's height: what may lie on its edge without standing under it


def letters_under(data: bytes, boxes: Iterable[Box]) -> str:
    """The letters and digits of a PDF under the boxes, one box after the other."""
    document = pypdfium2.PdfDocument(data)
    try:
        return letters_and_digits("".join(_text_under(document[box.page], box) for box in boxes))
    finally:
        document.close()


def _text_under(page: pypdfium2.PdfPage, box: Box) -> str:
    edge = EDGE * (box.bottom - box.top)
    (x1, y1), (x2, y2) = (
        _place(page, box.left + edge, box.top + edge),
        _place(page, box.right - edge, box.bottom - edge),
    )
    return page.get_textpage().get_text_bounded(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _place(page: pypdfium2.PdfPage, across: float, down: float) -> tuple[float, float]:
    """From shares of the page as seen to the file's coordinates."""
    x, y = c_double(), c_double()
    seen = (round(across * STEPS), round(down * STEPS))
    raw.FPDF_DeviceToPage(page, 0, 0, STEPS, STEPS, 0, *seen, byref(x), byref(y))
    return x.value, y.value
