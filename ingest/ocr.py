"""Text on pictures, through Tesseract: the only module that imports pytesseract.

Tesseract is a program of its own (Debian: tesseract-ocr, with tesseract-ocr-nld for Dutch). Its hOCR output gives the
place of every word, the size of the letters of every line, and how sure it is of each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.bullets import BULLET

if TYPE_CHECKING:
    from PIL.Image import Image

UNREAD_WITHOUT_OCR = "pages_unread_without_ocr"  # the wording key of pages that wait for Tesseract

LANGUAGE = "nld"  # with "eng" beside it, Dutch pages are read hardly better in twice the time
ORIENTATION = "osd"  # the data with which Tesseract sees how a page is turned
PAGE_SECONDS = 60.0
# Of the words to which Tesseract gives a confidence of 50 to 60, half are right; of 60 to 70, two in three.
LINE_CONFIDENCE = 60.0
PAGE_CONFIDENCE = 65.0  # on average; a page that gets less may be turned, or be no text at all
LONG_WORD = 4  # characters: wider than high on a page that is upright

# Tesseract's own errors and the clock's, and those of a broken picture or of output that is cut short.
FAILURES = (RuntimeError, OSError, ValueError, ElementTree.ParseError)

_LINES = {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}
_BOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_SIZE = re.compile(r"\bx_size ([\d.]+)")
_BASELINE = re.compile(r"\bbaseline (-?[\d.]+) (-?[\d.]+)")
_CONFIDENCE = re.compile(r"\bx_wconf (\d+)")
_NO_BULLET = "-–—‘’“”\"'.,"  # small at the start of a line, and what they seem


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its place in pixels of the upright picture, and how sure Tesseract is of it: 0 to 100."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line. ``size`` is that of its letters and ``baseline`` its height at the first word, both in pixels."""

    words: tuple[Word, ...]
    size: float
    baseline: float

    @property
    def text(self) -> str:
        """The words of the line; a small sign before them is a bullet, whatever letter it was taken for."""
        first, *others = (word.text for word in self.words)
        return " ".join([BULLET if others and self._opens_with_bullet else first, *others])

    @property
    def confidence(self) -> float:
        """The average over its characters."""
        return _confidence(self.words)

    @property
    def _opens_with_bullet(self) -> bool:
        first = self.words[0]
        sides = (first.bottom - first.top, first.right - first.left)
        is_small = all(0.2 * self.size < side < 0.45 * self.size for side in sides)
        return is_small and len(first.text) <= 2 and first.text[0] not in _NO_BULLET


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a picture in reading order, column by column. ``turn``: the degrees, against the clock, by which the
    picture was turned to be upright; ``width`` and ``height`` are those of the upright picture in pixels.
    """

    lines: tuple[RecognisedLine, ...]
    width: int
    height: int
    turn: int = 0


def is_installed() -> bool:
    """Whether Tesseract is there, and can read Dutch."""
    return LANGUAGE in _languages()


def recognise(picture: Image, *, dpi: float) -> Recognised:
    """The text on a picture, which may lie on its side or upside down. Lines of which little is sure are left out:
    they are what Tesseract makes of photographs and handwriting.

    Raises one of ``FAILURES``: Tesseract fails, or takes longer than ``PAGE_SECONDS``.
    """
    found = _recognised(picture, dpi)
    turn = 0 if _is_upright(found.lines) else _turn(picture, dpi)
    if turn:
        turned = replace(_recognised(picture.rotate(turn, expand=True), dpi), turn=turn)
        found = max(turned, found, key=lambda one: len(_sure(one.lines)))
    return replace(found, lines=_sure(found.lines))


def _sure(lines: Iterable[RecognisedLine]) -> tuple[RecognisedLine, ...]:
    return tuple(line for line in lines if line.confidence >= LINE_CONFIDENCE)


def _pytesseract() -> Any:  # noqa: ANN401 - it has no types
    import pytesseract  # takes half a second, and most documents need no OCR

    return pytesseract


def _languages() -> Sequence[str]:
    try:
        found: list[str] = _pytesseract().get_languages()
    except OSError:  # there is no such program
        return []
    return found


def _recognised(picture: Image, dpi: float) -> Recognised:
    hocr = _pytesseract().image_to_pdf_or_hocr(
        picture, lang=LANGUAGE, config=f"--psm 3 --dpi {dpi:.0f}", timeout=PAGE_SECONDS, extension="hocr"
    )
    tree = ElementTree.fromstring(hocr)  # noqa: S314 - Tesseract wrote it, not whoever made the file
    lines = (_line(element) for element in tree.iter() if element.get("class") in _LINES)
    return Recognised(tuple(line for line in lines if line.words), picture.width, picture.height)


def _is_upright(lines: Sequence[RecognisedLine]) -> bool:
    words = [word for line in lines for word in line.words]
    long = [word for word in words if len(word.text) >= LONG_WORD]
    standing = sum(word.bottom - word.top > word.right - word.left for word in long)
    return not words or (_confidence(words) >= PAGE_CONFIDENCE and 2 * standing <= len(long))


def _turn(picture: Image, dpi: float) -> int:
    """How far to turn the picture against the clock; 0 where Tesseract cannot tell."""
    if ORIENTATION not in _languages():
        return 0
    tesseract = _pytesseract()
    try:
        found = tesseract.image_to_osd(
            picture, config=f"--dpi {dpi:.0f}", timeout=PAGE_SECONDS, output_type=tesseract.Output.DICT
        )
    except tesseract.TesseractError:  # too few letters to tell
        return 0
    return int(found["orientation"])


def _line(element: Element) -> RecognisedLine:
    title = element.get("title", "")
    words = tuple(_words(element))
    _, _, _, bottom = _box(title)
    size, baseline = _SIZE.search(title), _BASELINE.search(title)
    return RecognisedLine(
        words=words,
        size=float(size[1]) if size else 0.0,
        baseline=bottom + (float(baseline[2]) if baseline else 0.0),
    )


def _words(line: Element) -> Iterator[Word]:
    for element in line:
        title, text = element.get("title", ""), "".join(element.itertext()).strip()
        confidence = _CONFIDENCE.search(title)
        if text and confidence:
            left, top, right, bottom = _box(title)
            yield Word(text, left, top, right, bottom, float(confidence[1]))


def _box(title: str) -> tuple[int, int, int, int]:
    found = _BOX.search(title)
    if found is None:
        raise ValueError(f"no box in {title!r}")
    left, top, right, bottom = (int(side) for side in found.groups())
    return left, top, right, bottom


def _confidence(words: Sequence[Word]) -> float:
    """The average over all characters."""
    characters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / characters if characters else 0.0
