"""The words of the ingest room: one repaired text per document, everything else offsets into it.

All offsets are counted in characters of ``Document.text``; ``start`` is inclusive, ``end`` exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, fields
from enum import StrEnum

MAX_PASSAGE_CHARS = 1200
SLIDE_FORMATS = frozenset({"pptx", "odp"})  # whose pages are slides
SHEET_FORMATS = frozenset({"xlsx"})  # whose pages are sheets, each under its name


class BlockKind(StrEnum):
    """What a stretch of text is for a reader of the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    NOTE = "note"  # a speaker's note under a slide
    TOC = "toc"
    BOILERPLATE = "boilerplate"  # page numbers, running headers and footers, letterheads

    @property
    def is_content(self) -> bool:
        """Whether text of this kind may be found and quoted."""
        return self not in (BlockKind.TOC, BlockKind.BOILERPLATE)


class TextSource(StrEnum):
    """Where the text of a page comes from."""

    FILE = "file"  # the file itself holds it
    OCR = "ocr"  # recognised on a picture of the page: it may hold misread letters
    NONE = "none"  # the page shows something, and none of it could be read


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A footnote, and the mark in the running text that points to it: the 1 of "werkenden1"."""

    mark: Span
    note: Span


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page or slide. ``page`` is the position in ``Document.pages``, from 0; the sides are shares
    of the page's width and height as a reader sees it, 0 to 1 from the left and from the top.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A tagged stretch of text. ``level`` is the depth of a heading (from 1) or list item (from 0); of a table row it
    says whether it is a header (``ingest.tables``).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page or slide: its number (None where the format has no pages), where its text starts, and
    the text exactly as the reader extracted it. ``inferred`` marks a number that was worked out.
    """

    number: int | None
    start: int
    raw: str
    inferred: bool = False
    source: TextSource = TextSource.FILE


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known about a document; None means unknown. ``date`` is ISO 8601, whole or cut short
    ("2018-07-02", "2018-07", "2018"); ``language`` an ISO 639-1 code; ``kind`` a Dutch word from
    ``ingest.metadata.KINDS``, ``education_level`` one from ``ingest.metadata.EDUCATION_LEVELS``; ``reference`` is the
    issuer's own number of it, ``version`` what it says of itself ("2.0", "ontwerp"), ``replaced_by`` the title, file
    name or reference of the document that takes its place, ``replaces`` that of the one whose place it takes.
    """

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    kind: str | None = None
    language: str | None = None
    region: str | None = None
    education_level: str | None = None
    reference: str | None = None
    version: str | None = None
    replaced_by: str | None = None
    replaces: str | None = None

    @property
    def year(self) -> int | None:
        """The year of ``date``."""
        return int(self.date[:4]) if self.date else None


class Origin(StrEnum):
    """Where something that is known about a document comes from."""

    PERSON = "person"  # somebody corrected it
    MANIFEST = "manifest"  # the sources.toml beside the file
    LETTERHEAD = "letterhead"  # a letterhead, a running header or footer, a reference
    FRONT = "front"  # what the first page shows
    PROPERTY = "property"  # the file's own properties
    FILE_NAME = "file_name"
    BODY = "body"  # the running text
    FORMAT = "format"  # slides are a presentation
    COLLECTION = "collection"  # told from the other documents
    EARLIER = "earlier"  # read by an earlier version, which did not keep where from


@dataclass(frozen=True, slots=True)
class Finding:
    """Something known about a document: ``confidence`` is about the share of such values that are right, 0 to 1.
    An empty value is known to be none: a person took a wrong one away.
    """

    value: str
    confidence: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known about a document, field by field as in ``DocumentInfo``, with how sure and where from."""

    title: Finding | None = None
    publisher: Finding | None = None
    date: Finding | None = None
    kind: Finding | None = None
    language: Finding | None = None
    region: Finding | None = None
    education_level: Finding | None = None
    reference: Finding | None = None
    version: Finding | None = None
    replaced_by: Finding | None = None
    replaces: Finding | None = None

    @classmethod
    def certain(cls, info: DocumentInfo, origin: Origin = Origin.MANIFEST) -> Findings:
        """What somebody said, which is taken for certain."""
        said = {name: getattr(info, name) for name in INFO_FIELDS}
        return cls(**{name: Finding(value, 1.0, origin) for name, value in said.items() if value})

    @property
    def info(self) -> DocumentInfo:
        """The values alone."""
        return DocumentInfo(**{name: finding.value or None for name, finding in self.known()})

    def known(self) -> list[tuple[str, Finding]]:
        """The fields of which something is known, with what."""
        found = [(name, getattr(self, name)) for name in INFO_FIELDS]
        return [(name, finding) for name, finding in found if finding is not None]

    def over(self, others: Findings) -> Findings:
        """These, completed with others."""
        return Findings(**dict(others.known()) | dict(self.known()))


INFO_FIELDS = tuple(field.name for field in fields(DocumentInfo))


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read: one repaired text, and spans over it.

    ``id`` is the file's stem, ``digest`` the SHA-256 of its bytes in hexadecimal. ``pages`` is never
    empty, its starts never fall (equal starts: an empty page before the next), the first is 0. ``blocks`` are
    in order and do not overlap.
    """

    id: str
    file_name: str
    format: str
    digest: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    findings: Findings = field(default_factory=Findings)
    notes: tuple[NoteLink, ...] = ()
    warnings: tuple[str, ...] = ()  # wording keys, see kb/wording: what a reader should know

    @property
    def info(self) -> DocumentInfo:
        """What is known about it."""
        return self.findings.info

    def page_at(self, offset: int) -> Page:
        """The page on which the character at ``offset`` stands."""
        return self.pages[page_index(tuple(page.start for page in self.pages), offset)]


def page_index(starts: tuple[int, ...], offset: int) -> int:
    """The position of the page that holds ``offset``, given where the pages start: of pages with equal
    starts the last, since the others are empty.
    """
    return max(bisect_right(starts, offset) - 1, 0)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section of a document, at most ``MAX_PASSAGE_CHARS`` characters.

    ``text == document.text[start:end]``, always. ``headings`` is the path of headings above it, the
    outermost first; ``lead_in`` what introduces its list or table when that stands outside it: the sentence above, and
    on a line of its own the header of the table.
    ``units`` are the smallest things worth quoting (sentences, list items, table rows) as spans of the
    document, ``marks`` the footnote marks in it. ``search_text`` is what is embedded and indexed; only ``text`` is
    ever shown.
    """

    document_id: str
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    lead_in: str | None = None
    units: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets of the document that lie within this passage."""
        if not self.start <= start < end <= self.end:
            raise ValueError(f"{start}-{end} lies outside the passage {self.start}-{self.end}")
        return self.text[start - self.start : end - self.start]

    def plain(self, start: int, end: int) -> str:
        """The same without footnote marks: "werkenden" where the page shows "werkenden¹"."""
        inside = [mark for mark in self.marks if start <= mark.start and mark.end <= end]
        ends = [start, *(edge for mark in inside for edge in (mark.start, mark.end)), end]
        return "".join(
            self.text[first - self.start : last - self.start] for first, last in zip(ends[::2], ends[1::2], strict=True)
        )

    @property
    def search_text(self) -> str:
        """Heading path, lead-in and text: context that is searched but never quoted."""
        parts = (" › ".join(self.headings), self.lead_in or "", self.plain(self.start, self.end))
        return "\n".join(part for part in parts if part)
