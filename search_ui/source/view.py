"""What a reader has opened: a document at one of its pages, with a passage and what is quoted of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.office_images import TARGETS
from ingest.types import SLIDE_FORMATS, Document, Span
from kb.errors import PictureError
from kb.labels import succession_label
from kb.sources import merged
from kb.types import DocumentCard, StoredPassage
from search_ui.source.parts import Part, parts_of, touched

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

MOST_PARTS = 3  # shown at once: a passage stands on one page, sometimes two
MOST_QUOTES = 50


@dataclass(frozen=True, slots=True)
class Newer:
    """A document that takes the place of the one that is shown, and words that say so; None for a later version of
    the same file.
    """

    card: DocumentCard
    label: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """``first`` and ``last`` of the ``parts`` are shown. ``stored`` is None where a whole document was opened."""

    card: DocumentCard
    document: Document
    parts: tuple[Part, ...]
    first: int
    last: int
    stored: StoredPassage | None = None
    quotes: tuple[Span, ...] = ()
    newer: Newer | None = None

    @property
    def shown(self) -> tuple[Part, ...]:
        """The parts that are shown."""
        return self.parts[self.first : self.last + 1]

    @property
    def span(self) -> Span:
        """The stretch of text that is shown."""
        return Span(self.parts[self.first].span.start, self.parts[self.last].span.end)

    @property
    def passage(self) -> Span | None:
        """The stretch of the passage."""
        return Span(self.stored.passage.start, self.stored.passage.end) if self.stored else None

    @property
    def pointed_at(self) -> tuple[Span, ...]:
        """What to point at: the quotes, else the passage."""
        return self.quotes or ((self.passage,) if self.passage else ())

    @property
    def in_view(self) -> tuple[Span, ...]:
        """What of it stands in the text that is shown."""
        return within(self.span, self.pointed_at)


def has_own_pages(document: DocumentCard | Document) -> bool:
    """Whether the pages of the text are those of the pictures."""
    return document.format == "pdf" or document.format in SLIDE_FORMATS


def can_be_drawn(document: DocumentCard | Document) -> bool:
    """Whether there are programs that make pictures of such a document."""
    return document.format == "pdf" or document.format in TARGETS


def within(span: Span, others: Iterable[Span]) -> tuple[Span, ...]:
    """What of some stretches lies in another one, in order."""
    cut = (Span(max(other.start, span.start), min(other.end, span.end)) for other in others)
    return merged(other for other in cut if other.start < other.end)


def view_of_passage(
    knowledge_base: KnowledgeBase, passage_key: int, quotes: Iterable[Span], *, part: int | None, language: str
) -> View:
    """A passage where it stands, or with ``part``, from 1, another page of its document.

    Raises UsageError for a passage, PictureError for a page that is not there.
    """
    stored = knowledge_base.context(passage_key, characters=0).stored
    passage = Span(stored.passage.start, stored.passage.end)
    marked = within(passage, list(quotes)[:MOST_QUOTES])
    document = knowledge_base.document(stored.document.key)
    parts = parts_of(document)
    pointed_at = Span(marked[0].start, marked[-1].end) if marked else passage
    first, last = touched(parts, pointed_at) if part is None else _asked(parts, part, part)
    newer = _newer(knowledge_base, stored.document, language=language)
    return View(stored.document, document, parts, first, last, stored, marked, newer)


def view_of_document(
    knowledge_base: KnowledgeBase,
    document_key: int,
    *,
    first: int | None,
    last: int | None = None,
    quotes: Iterable[Span] = (),
    language: str,
) -> View:
    """A document at a page, or from a page to another, counted from 1.

    Raises UsageError for a document, PictureError for a page that is not there.
    """
    card, document = knowledge_base.card(document_key), knowledge_base.document(document_key)
    parts = parts_of(document)
    places = _asked(parts, first or 1, last or first or 1)
    newer = _newer(knowledge_base, card, language=language)
    return View(card, document, parts, *places, quotes=tuple(quotes)[:MOST_QUOTES], newer=newer)


def _asked(parts: tuple[Part, ...], first: int, last: int) -> tuple[int, int]:
    if not 1 <= first <= last <= len(parts) or last - first >= MOST_PARTS:
        raise PictureError("picture_no_such_page", detail=first)
    return first - 1, last - 1


def _newer(knowledge_base: KnowledgeBase, card: DocumentCard, *, language: str) -> Newer | None:
    version = knowledge_base.newer_version(card)
    if version is not None:
        return Newer(version)
    succession = knowledge_base.successor(card.key)
    if succession is None:
        return None
    successor = knowledge_base.card(succession.by)
    return Newer(successor, succession_label(successor, succession, language=language))
