"""The words of the kb room: what is stored, what is found, what is answered.

Offsets are those of the document's repaired text, as in ``ingest.types``.
Scores: higher is better, everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ingest.types import DocumentInfo, Findings, Origin, Passage, TextSource, page_index
from kb.expansion import Expansion

if TYPE_CHECKING:
    from kb.workings import Workings


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page or slide starts. ``number`` is None where the format has no pages."""

    number: int | None
    start: int
    inferred: bool = False
    source: TextSource = TextSource.FILE


class State(StrEnum):
    """What becomes of a version of a document."""

    CURRENT = "current"
    REPLACED = "replaced"  # a later version of the same file is current
    WITHDRAWN = "withdrawn"  # kept, but not answering


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """One version of a document in the catalogue, without its text.

    ``key`` is the catalogue's own number of this version; ``id`` the file's stem, shared by versions.
    """

    key: int
    id: str
    file_name: str
    format: str
    digest: str
    findings: Findings
    pages: tuple[PageMark, ...]
    passage_count: int
    added_at: datetime
    state: State = State.CURRENT
    warnings: tuple[str, ...] = ()

    @property
    def info(self) -> DocumentInfo:
        """What is known about it: what a person said, else what was found."""
        return self.findings.info

    @property
    def replaced(self) -> bool:
        """Whether a later version of the same file has taken its place."""
        return self.state is State.REPLACED

    @property
    def title(self) -> str:
        """The title, or the file's name where none is known."""
        return self.info.title or self.file_name

    def page_at(self, offset: int) -> PageMark:
        """The page on which the character at ``offset`` stands."""
        return self.pages[page_index(tuple(page.start for page in self.pages), offset)]

    def source_of(self, start: int, end: int) -> TextSource:
        """Where a stretch of text comes from: OCR as soon as any of it was recognised on a picture of its page."""
        starts = tuple(page.start for page in self.pages)
        touched = self.pages[page_index(starts, start) : page_index(starts, end - 1) + 1]
        return TextSource.OCR if any(page.source is TextSource.OCR for page in touched) else TextSource.FILE


@dataclass(frozen=True, slots=True)
class Succession:
    """One document takes the place of another; both are keys of the catalogue. With origin ``COLLECTION`` it is a
    guess.
    """

    replaced: int
    by: int
    confidence: float
    origin: Origin

    @property
    def is_guess(self) -> bool:
        """Whether nobody said so, neither a person nor a document."""
        return self.origin is Origin.COLLECTION


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the catalogue's key for it and the document that it stands in.

    ``position`` counts the passages of the document from 0.
    """

    key: int
    position: int
    passage: Passage
    document: DocumentCard


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """Why a passage was chosen: each part between 0 and 1, before weighting."""

    lexical: float = 0.0
    passage_vector: float = 0.0
    sentence_vector: float = 0.0
    coverage: float = 0.0
    heading: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, its score and the parts that made it. ``repeats`` is the share of its words that a hit
    above it has too, from 0 to 1, for which its score was lowered (``kb.repetition``).
    """

    stored: StoredPassage
    score: float
    parts: ScoreParts = field(default_factory=ScoreParts)
    repeats: float = 0.0

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.stored.passage

    @property
    def document(self) -> DocumentCard:
        """The document that the passage stands in."""
        return self.stored.document


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document. The quote is a slice of a stored passage, so it cannot be invented."""

    stored: StoredPassage
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words themselves, as in the repaired text."""
        return self.stored.passage.slice(self.start, self.end)

    @property
    def document(self) -> DocumentCard:
        """The document that is quoted."""
        return self.stored.document

    @property
    def page(self) -> PageMark:
        """The page on which the quote begins."""
        return self.document.page_at(self.start)

    @property
    def last_page(self) -> PageMark:
        """The page on which the quote ends."""
        return self.document.page_at(self.end - 1)

    @property
    def source(self) -> TextSource:
        """Whether the file itself says it, or it was recognised on a picture of its page."""
        return self.document.source_of(self.start, self.end)

    @property
    def section(self) -> str | None:
        """The innermost heading above the quote."""
        headings = self.stored.passage.headings
        return headings[-1] if headings else None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or list of the answer, with the places that say it.

    ``citations`` are what the text is made of; ``also`` are places of other documents that say the same in words of
    their own, the newest first.
    """

    text: str
    citations: tuple[Citation, ...]
    also: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a statement needs at least one citation")

    @property
    def places(self) -> tuple[Citation, ...]:
        """All citations: first what the text is made of, then what says the same."""
        return self.citations + self.also


class Status(StrEnum):
    """How much of the question the documents answer."""

    FOUND = "found"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader of an answer should know; ``key`` names a text in ``kb/wording``."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What Bronvast says to a question. ``hits`` are the ranked candidates, at most ten; with status
    ``not_found`` there are no statements and the hits are only the nearest passages. ``expansions`` are the other words
    that were looked for, ``workings`` what it was worked out from (``kb.explaining`` tells them).
    """

    question: str
    status: Status
    statements: tuple[Statement, ...] = ()
    hits: tuple[Hit, ...] = ()
    warnings: tuple[Notice, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    workings: Workings | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may answer. Empty means all; years are inclusive."""

    kinds: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    documents: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    education_levels: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every document may answer."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be filtered on: each value with its number of documents, most frequent first."""

    kinds: tuple[tuple[str, int], ...] = ()
    publishers: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    regions: tuple[tuple[str, int], ...] = ()
    education_levels: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A passage as it stands in its document: the text around it, for a reader who wants to check."""

    stored: StoredPassage
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """What an acronym stands for, and where its document says so."""

    acronym: str
    long_form: str
    start: int
    end: int


class Outcome(StrEnum):
    """What became of one file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"  # a person took the document out of the answers: it stays so


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of an ingest. ``reason`` is an ``ingest.errors.Reason`` value when it was set aside;
    ``warnings`` say what was read, but not wholly.
    """

    path: str
    outcome: Outcome
    document_id: str | None = None
    reason: str | None = None
    detail: str = ""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All files of one ingest, in order."""

    files: tuple[FileReport, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many files ended so."""
        return sum(report.outcome is outcome for report in self.files)
