"""A hand-out: one answer or several, with one numbered list of sources. Its writers only lay it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.types import Span
from kb.paragraphs import Paragraph
from kb.references import Reference
from kb.types import Answer, DocumentCard, Filters, Status


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, the filters that it was sought with, and whether only the question's own words counted."""

    answer: Answer
    filters: Filters = Filters()
    literal: bool = False


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A cited passage as the list of sources names it, ``named`` as it is named behind a quote; ``section`` is the
    heading above it.
    """

    number: int
    reference: Reference
    named: Reference
    section: str | None


@dataclass(frozen=True, slots=True)
class HandOutStatement:
    """What the documents say, and the numbers of the sources that say it. ``said_by`` names the document where others
    say something else; ``language`` is that of the document, if known.
    """

    paragraphs: tuple[Paragraph, ...]
    numbers: tuple[int, ...]
    said_by: Reference | None = None
    language: str | None = None

    @property
    def is_sentence(self) -> bool:
        """Whether it is a paragraph alone: that stands between quotation marks, a list or a table does not."""
        first = self.paragraphs[0]
        return len(self.paragraphs) == 1 and not first.is_list and not first.rows


@dataclass(frozen=True, slots=True)
class HandOutAnswer:
    """A question with what was found. ``heading`` is the question, a very long one cut short; ``verdict`` says how
    much was found, ``warnings`` what to mind, ``notes`` how it was sought.
    """

    asked: Asked
    question: str
    heading: str
    status: Status
    verdict: str
    statements: tuple[HandOutStatement, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document with every stretch of it that is cited."""

    card: DocumentCard
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class HandOut:
    """The whole. ``title`` is the question, or what several are called together; ``documents`` are in the order of a
    list of references.
    """

    title: str
    asked_on: date
    language: str
    answers: tuple[HandOutAnswer, ...]
    sources: tuple[ListedSource, ...]
    documents: tuple[CitedDocument, ...]

    def sources_of(self, statement: HandOutStatement) -> tuple[ListedSource, ...]:
        """The sources of a statement, in its own order."""
        return tuple(self.sources[number - 1] for number in statement.numbers)

    @property
    def is_dossier(self) -> bool:
        """Whether it holds several answers, under a title of their own."""
        return len(self.answers) > 1
