"""Pages of a PDF as pictures, for people who want to see where a quote stands."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import NoPicture, PictureReason
from ingest.readers.pdf import pdfium

MEDIA_TYPE = "image/webp"  # text as sharp as in PNG, at half its size
MAX_PIXELS = 8_000_000
MIN_WIDTH, MAX_WIDTH, MAX_HEIGHT = 16, 3000, 16_000  # pixels; WebP itself holds no more than 16,383 on a side
QUALITY, EFFORT = 85, 1  # of WebP; more effort makes it smaller by a tenth and three times as slow


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a reader sees it, as a file of ``MEDIA_TYPE``; its size is in pixels."""

    data: bytes
    width: int
    height: int


def draw_page(source: bytes | Path, position: int, width: int) -> PageImage:
    """The page at a position of a PDF, counted from 0, about ``width`` pixels wide: less where the picture would
    count more than ``MAX_PIXELS``.

    Raises NoPicture: NO_SUCH_PAGE, or NOT_DRAWN for a file that PDFium cannot open or draw.
    """
    try:
        with pdfium.open_document(source) as opened:
            if not 0 <= position < len(opened):
                raise NoPicture(PictureReason.NO_SUCH_PAGE, str(position + 1))
            page_width, page_height = pdfium.page_size(opened, position)
            picture = pdfium.PdfPage(opened, position).picture(_width(page_width, page_height, width))
    except pdfium.FAILURES as error:
        raise NoPicture(PictureReason.NOT_DRAWN, str(error)) from error
    written = io.BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return PageImage(written.getvalue(), picture.width, picture.height)


def _width(page_width: float, page_height: float, wanted: int) -> int:
    """How wide to draw: as wanted, within what a picture may be."""
    if page_width <= 0 or page_height <= 0:
        raise NoPicture(PictureReason.NOT_DRAWN, "a page without extent")
    shape = page_width / page_height
    return max(int(min(max(wanted, MIN_WIDTH), MAX_WIDTH, (MAX_PIXELS * shape) ** 0.5, MAX_HEIGHT * shape)), 1)
