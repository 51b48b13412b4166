"""Scans made by tests: pages of a PDF as pictures, in a PDF that holds nothing else."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pypdfium2
from PIL.Image import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

POINTS = 72  # an inch


def drawn(pdf: bytes | Path, pages: Iterable[int] | None = None, *, dpi: int = 200) -> list[Image]:
    """Pages of a PDF, counted from 0, as a scanner would see them: in greys."""
    document = pypdfium2.PdfDocument(pdf)
    places = range(len(document)) if pages is None else pages
    pictures: list[Image] = [document[place].render(scale=dpi / POINTS, grayscale=True).to_pil() for place in places]
    document.close()
    return pictures


def scan(pictures: Sequence[Image], *, dpi: int = 200, over: Callable[[Canvas], None] | None = None) -> bytes:
    """A PDF with one picture a page, and what is drawn ``over`` each."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for picture in pictures:
        size = (picture.width * POINTS / dpi, picture.height * POINTS / dpi)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(_jpeg(picture)), 0, 0, *size)
        if over is not None:
            over(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def text_of(pdf: Path, page: int) -> str:
    """What PDFium reads on a page of a PDF that has text."""
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[page].get_textpage().get_text_range()
    document.close()
    return text


def word_recall(expected: str, found: str) -> float:
    """The share of the expected words that were found, each as often as it is expected; order does not count."""
    wanted, seen = _words(expected), _words(found)
    return (wanted & seen).total() / wanted.total()


def _words(text: str) -> Counter[str]:
    """Words and numbers in lower case; a word that was cut at a line's end is one word."""
    return Counter(re.findall(r"\w+", re.sub("[-\ufffe\u00ad]\\s*\n", "", text.lower())))


def _jpeg(picture: Image) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=75)
    return file
