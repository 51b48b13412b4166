"""A quote on the page itself: the picture of its page, and where on it the quote stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ingest.errors import LimitExceeded, NoPicture, PictureReason
from ingest.geometry import boxes_on_any_page, boxes_on_own_pages, page_parts
from ingest.isolation import Pool
from ingest.limits import Limits
from ingest.locating import Quote
from ingest.office_images import TARGETS
from ingest.page_images import PageImage, draw_page
from ingest.places import Place, place_of
from ingest.types import SLIDE_FORMATS, Box, Document, Span, page_index
from kb.catalogue_reading import CatalogueReading
from kb.derived import Printed, Printer
from kb.errors import PictureError
from kb.home import Home
from kb.types import DocumentCard

T = TypeVar("T")

DRAWING = Limits(seconds=20, most_seconds=200)  # more where a scan has to be recognised


@dataclass(frozen=True, slots=True)
class PageProof:
    """Where to look for a quote. ``page_count`` pages can be drawn, positions from 0; ``opens_at`` is the page to show
    first; ``boxes`` are empty where the quote was not found on the pages, and its page is then a guess for Word
    texts. ``place`` says it in words. Without pages, ``problem`` is the wording key of the reason.
    """

    document_key: int
    place: Place
    page_count: int = 0
    opens_at: int = 0
    boxes: tuple[Box, ...] = ()
    problem: str | None = None


class PageProofs:
    """Draws pages and finds quotes on them, in two processes that are kept warm. Safe to share between threads.

    PDF is drawn from the original, Word texts and slide decks from what LibreOffice prints.
    """

    def __init__(self, home: Home, catalogue: CatalogueReading) -> None:
        self._home = home
        self._catalogue = catalogue
        self._printer = Printer(home)
        # Processes of their own: neither a reader of large files nor the search for a quote on a scan, which takes
        # seconds, stands in the way of a page image.
        self._drawing, self._finding = Pool(1), Pool(1)

    def close(self) -> None:
        """End the processes."""
        self._drawing.close()
        self._finding.close()

    def proof(self, document_key: int, span: Span) -> PageProof:
        """Where to look for a span of a version of a document. Raises UsageError for an unknown document."""
        document = self._catalogue.document(document_key)
        place = place_of(document, span)
        try:
            count, boxes = _told(lambda: self._boxes(document, span))
        except PictureError as error:
            return PageProof(document_key, place, problem=f"errors.{error.key}")
        opens_at = boxes[0].page if boxes else _guess(document, span, count)
        return PageProof(document_key, place, count, opens_at, boxes)

    def image(self, document_key: int, position: int, *, width: int) -> PageImage:
        """The picture of a page, about ``width`` pixels wide.

        Raises UsageError for an unknown document, PictureError where the page cannot be shown.
        """
        card = self._catalogue.card(document_key)
        return _told(lambda: self._drawing.call(draw_page, self._pdf(card), position, width, limits=DRAWING))

    def _pdf(self, document: DocumentCard | Document) -> Path:
        """The PDF to draw from."""
        if document.format == "pdf":
            return self._original(document)
        return self._printed(document).pdf

    def _boxes(self, document: Document, span: Span) -> tuple[int, tuple[Box, ...]]:
        """How many pages can be drawn, and where the span stands on them."""
        if document.format == "pdf":
            pdf, count = self._original(document), len(document.pages)
        else:
            printed = self._printed(document)
            pdf, count = printed.pdf, len(printed.page_letters)
            if document.format not in SLIDE_FORMATS:
                quote = Quote.of(document.text, span)
                return count, self._find(boxes_on_any_page, pdf, printed.page_letters, quote)
        return count, self._find(boxes_on_own_pages, pdf, document.digest, page_parts(document, span))

    def _original(self, document: DocumentCard | Document) -> Path:
        path = self._home.original(document.digest)
        if not path.is_file():
            raise NoPicture(PictureReason.NO_ORIGINAL)
        return path

    def _printed(self, document: DocumentCard | Document) -> Printed:
        if document.format not in TARGETS:
            raise NoPicture(PictureReason.NO_PAGES)
        self._original(document)
        return self._printer.printed(document.digest, document.format)

    def _find(self, function: Callable[..., T], *arguments: object) -> T:
        return self._finding.call(function, *arguments, limits=DRAWING)


def _told(work: Callable[[], T]) -> T:
    """What a piece of work gives; what stands in its way as a PictureError."""
    try:
        return work()
    except NoPicture as error:
        raise PictureError(f"picture_{error.reason}", detail=error.detail) from error
    except (LimitExceeded, ChildProcessError) as error:
        raise PictureError(f"picture_{PictureReason.NOT_DRAWN}", detail=error) from error


def _guess(document: Document, span: Span, page_count: int) -> int:
    """The page to open at for a quote that was not found on it."""
    if document.format == "pdf" or document.format in SLIDE_FORMATS:
        return page_index(tuple(page.start for page in document.pages), span.start)
    return min(page_count * span.start // max(len(document.text), 1), page_count - 1)
