"""The documents themselves: their texts as read, passages in them, their pages as pictures, their original files."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.types import Document, Span
from kb.catalogue import Catalogue
from kb.errors import PictureError, UsageError
from kb.types import Context, DocumentCard

if TYPE_CHECKING:
    from ingest.page_images import PageImage
    from kb.page_proof import PageProof, PageProofs

PAGE_WIDTH = 1000  # pixels of a page image, where nobody asks for another width


class Shelf:
    """What a reader can take down and look into, also of versions that were replaced or withdrawn. Safe to share
    between threads.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._drawing = threading.Lock()
        self._proofs: PageProofs | None = None

    def close(self) -> None:
        """End what draws."""
        if self._proofs is not None:
            self._proofs.close()

    def card(self, document_key: int) -> DocumentCard:
        """A version of a document. Raises UsageError for an unknown one."""
        return self._catalogue.card(document_key)

    def document(self, document_key: int) -> Document:
        """A version of a document as it was read, with its whole text. Raises UsageError for an unknown one."""
        return self._catalogue.document(document_key)

    def newer_version(self, card: DocumentCard) -> DocumentCard | None:
        """The version that counts of a document of which this is a replaced one."""
        try:
            return self._catalogue.current(card.id) if card.replaced else None
        except UsageError:
            return None

    def original(self, document_key: int) -> Path:
        """The file that a version of a document was read from, as it was kept.

        Raises UsageError for an unknown document, PictureError where the file is gone.
        """
        path = self._catalogue.home.original(self.card(document_key).digest)
        if not path.is_file():
            raise PictureError("picture_no_original")
        return path

    def pages(self, document_id: str) -> tuple[tuple[int | None, str], ...]:
        """The pages of the version of a document that counts: number, and text as it was extracted.

        Raises UsageError for an unknown document.
        """
        card = self._catalogue.current(document_id)
        raw = self._catalogue.raw_pages(card.key, 0, len(card.pages) - 1)
        return tuple((mark.number, text) for mark, text in zip(card.pages, raw, strict=True))

    def context(self, passage_key: int, *, characters: int = 600) -> Context:
        """A passage with the text around it, also of a version that was replaced.

        Raises UsageError for a passage that is gone.
        """
        stored = self._catalogue.passages([passage_key], replaced=True).get(passage_key)
        if stored is None:
            raise UsageError("unknown_passage")
        passage, key = stored.passage, stored.document.key
        before = self._catalogue.text(key, max(passage.start - characters, 0), passage.start)
        after = self._catalogue.text(key, passage.end, passage.end + characters)
        return Context(stored, before, after)

    def page_proof(self, document_key: int, span: Span) -> PageProof:
        """Where a span of a version of a document stands on its pages: the page to open, and the boxes to draw.

        A first look at a Word text or a slide deck takes some seconds. Raises UsageError for an unknown document.
        """
        return self._page_proofs().proof(document_key, span)

    def page_image(self, document_key: int, position: int, *, width: int = PAGE_WIDTH) -> PageImage:
        """The picture of the page at a position, from 0, about ``width`` pixels wide.

        Raises UsageError for an unknown document, PictureError where the page cannot be shown.
        """
        return self._page_proofs().image(document_key, position, width=width)

    def _page_proofs(self) -> PageProofs:
        with self._drawing:
            if self._proofs is None:
                from kb.page_proof import PageProofs  # only now: a question needs no library that draws

                self._proofs = PageProofs(self._catalogue.home, self._catalogue)
            return self._proofs
