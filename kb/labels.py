"""Small pieces of text about a document: its date, its pages, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ingest.types import SLIDE_FORMATS, Document, Finding, Span, TextSource
from kb.notices import notices_of, ranges
from kb.types import DocumentCard, Notice, PageMark, StoredPassage, Succession
from kb.wording import default_language, say, texts

# The fields of ``Filters`` that hold several values, and what one of them is in ``DocumentInfo``.
_ONE_OF = {"kinds": "kind", "publishers": "publisher", "regions": "region", "education_levels": "education_level"}


def long_date(iso: str, *, language: str | None = None) -> str:
    """A date as people write it: "2 juli 2018", "juli 2018" or "2018"; the value itself if it is no date."""
    numbers = iso.split("-")
    try:
        year, month, day = (int(number) for number in (*numbers, *["1"] * (3 - len(numbers))))
        date(year, month, day)
    except ValueError:
        return iso
    name = say("labels.months", language=language).split()[month - 1]
    return " ".join((str(day), name, str(year))[3 - len(numbers) :])


def page_label(document: DocumentCard, span: Span, *, language: str | None = None) -> str | None:
    """Where a stretch of a document stands: "p. 3", "p. 3-4", "dia 4"; None where the format has no pages. A number
    that was worked out, and text that was recognised on a scan, are marked as such.
    """
    first, last = document.page_at(span.start), document.page_at(span.end - 1)
    if first.number is None:
        return None
    unit = "slide" if document.format in SLIDE_FORMATS else "page"
    label = say(f"labels.{unit}", language=language, number=_numbers(first, last))
    remarks = {
        "inferred": first.inferred or last.inferred,
        "recognised": document.source_of(span.start, span.end) is TextSource.OCR,
    }
    said = ", ".join(say(f"labels.{name}", language=language) for name, holds in remarks.items() if holds)
    return f"{label} ({said})" if said else label


def _numbers(first: PageMark, last: PageMark) -> str:
    if last.number is None or last.number == first.number:
        return str(first.number)
    return f"{first.number}-{last.number}"


def page_labels(document: DocumentCard, spans: Iterable[Span], *, language: str | None = None) -> tuple[str, ...]:
    """The page labels of several stretches, each once, in the given order."""
    labels = (page_label(document, span, language=language) for span in spans)
    return tuple(dict.fromkeys(label for label in labels if label))


def origin(document: DocumentCard, *, language: str | None = None) -> tuple[str, ...]:
    """Publisher, kind and date of a document, as far as they are known."""
    info = document.info
    kind = value_label("kind", info.kind, language=language) if info.kind else None
    dated = long_date(info.date, language=language) if info.date else None
    return tuple(part for part in (info.publisher, kind, dated) if part)


def value_label(field: str, value: str, *, language: str | None = None) -> str:
    """What is known of a document in the words of a language: its date written out, and the name of a kind, region,
    level or language that Bronvast knows itself. Any other value stays as it is.
    """
    if field == "date":
        return long_date(value, language=language)
    return texts(language or default_language()).get(f"values.{field}.{value}", value)


def filter_label(field: str, value: str, titles: Mapping[str, str], *, language: str | None = None) -> str:
    """What a value of a field of ``Filters`` is called; a document by its title, which ``titles`` has by its id."""
    return titles.get(value, value) if field == "documents" else value_label(_ONE_OF[field], value, language=language)


def succession_label(successor: DocumentCard, succession: Succession, *, language: str | None = None) -> str:
    """What takes the place of a document: "vervangen door Visienota 2025", "mogelijk vervangen door ..."."""
    key = "maybe_replaced_by" if succession.is_guess else "replaced_by"
    return say(f"labels.{key}", language=language, by=successor.title)


def field_name(field: str, *, language: str | None = None) -> str:
    """A field of ``DocumentInfo`` as people call it: "titel", "onderwijsniveau"."""
    return say(f"fields.{field}", language=language)


def finding_label(finding: Finding, *, language: str | None = None) -> str:
    """How sure something is and where it comes from: "90 %, eerste bladzijde"."""
    where_from = say(f"origins.{finding.origin}", language=language)
    return say("labels.finding", language=language, percent=round(100 * finding.confidence), origin=where_from)


def number_label(number: int, *, language: str | None = None) -> str:
    """A whole number as people write it: "12.345" in Dutch, "12,345" in English."""
    return f"{number:,}".replace(",", say("labels.thousands", language=language))


def notice_label(notice: Notice, *, language: str | None = None) -> str:
    """What a warning says."""
    return say(f"warnings.{notice.key}", language=language, **dict(notice.values))


def reading_remarks(document: Document | DocumentCard, *, language: str | None = None) -> tuple[str, ...]:
    """What a reader of a document should know of how it was read: recognised, inferred and unread pages, warnings."""
    scanned = [page.number for page in document.pages if page.source is TextSource.OCR and page.number is not None]
    inferred = [page.number for page in document.pages if page.inferred and page.number is not None]
    said = [
        say(f"read.{name}", language=language, pages=ranges(numbers))
        for name, numbers in (("recognised", scanned), ("inferred", inferred))
        if numbers
    ]
    return (*said, *(notice_label(notice, language=language) for notice in notices_of(document)))


def section_path(stored: StoredPassage) -> tuple[str, ...]:
    """The headings above a passage, without the one that is the document's title."""
    return tuple(heading for heading in stored.passage.headings if heading != stored.document.title)


def document_language(document: DocumentCard, *, language: str) -> str | None:
    """The language of a document where it is known and not that of the page."""
    spoken = document.info.language
    return spoken if spoken != language else None
