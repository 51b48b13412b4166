"""References for a reference manager (Zotero, EndNote, JabRef, Mendeley): BibTeX and RIS.

What a document is called cannot break out of its field: BibTeX's own characters are written as commands, and RIS,
which goes by lines, gets single lines. Titles keep their capitals.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.types import SLIDE_FORMATS, DocumentInfo, Span
from kb.labels import page_labels, value_label
from kb.notices import ranges
from kb.references import one_line, with_capital
from kb.types import DocumentCard

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # BibTeX's own names of them
_LANGUAGES = {"nl": "dutch", "en": "english", "fr": "french", "de": "german"}  # as babel calls them
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
# Braces have to match, escaped or not, so they are written as commands too.
_BIBTEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
_RIS_END = "\r\n"
_KEY_DIGITS = 6


@dataclass(frozen=True, slots=True)
class CitedPages:
    """The pages of a document that are cited: "3-4, 7", and their labels where one of them needs a remark."""

    numbers: str = ""
    remarks: tuple[str, ...] = ()


def bibtex(document: DocumentCard, spans: Iterable[Span] = (), *, language: str | None = None) -> str:
    """An entry of a ``.bib`` file in UTF-8, ending in a line end: a report where the issuer is known."""
    info, pages = document.info, _cited_pages(document, spans, language=language)
    year, month, day = _date_parts(info.date)
    organisation = f"{{{_for_bibtex(info.publisher)}}}" if info.publisher else ""
    fields = {
        "author": organisation,
        "title": f"{{{_for_bibtex(document.title)}}}",
        "institution": organisation,
        "type": _for_bibtex(_kind(info, language=language)),
        "number": _for_bibtex(info.reference or ""),
        "version": _for_bibtex(info.version or ""),
        "year": year,
        "day": str(int(day)) if day else "",
        "pages": pages.numbers.replace("-", "--"),
        "note": _for_bibtex("; ".join(pages.remarks)),
        "langid": _LANGUAGES.get(info.language or "", ""),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    lines += [f"  month = {_MONTHS[int(month) - 1]},\n"] if month else []
    return f"@{'techreport' if info.publisher else 'misc'}{{{citation_key(document)},\n{''.join(lines)}}}\n"


def ris(document: DocumentCard, spans: Iterable[Span] = (), *, language: str | None = None) -> str:
    """A record of a ``.ris`` file in UTF-8, its lines ending in CR LF as the format asks."""
    info, pages = document.info, _cited_pages(document, spans, language=language)
    year, month, day = _date_parts(info.date)
    fields = {
        "AU": info.publisher,
        "TI": document.title,
        "PB": info.publisher,
        "PY": year,
        "DA": f"{year}/{month}/{day}/" if year else None,
        "M3": _kind(info, language=language),
        "SN": info.reference,
        "ET": info.version,
        "SP": pages.numbers,
        "N1": "; ".join(pages.remarks),
        "LA": info.language,
        "ID": citation_key(document),
    }
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields.items() if value]
    kind = "SLIDE" if document.format in SLIDE_FORMATS else "RPRT"
    return _RIS_END.join((f"TY  - {kind}", *lines, "ER  - ", ""))


def citation_key(document: DocumentCard) -> str:
    """A key that stays the same as long as the document is called the same, and that no other document has."""
    plain = unicodedata.normalize("NFKD", document.id).encode("ascii", "ignore").decode()
    readable = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if readable == document.id:
        return readable
    told_apart = hashlib.sha256(document.id.encode("utf8", "replace")).hexdigest()[:_KEY_DIGITS]
    return f"{readable or 'document'}-{told_apart}"


def _cited_pages(document: DocumentCard, spans: Iterable[Span], *, language: str | None) -> CitedPages:
    stretches = sorted(spans, key=lambda span: span.start)
    ends = [(document.page_at(span.start).number, document.page_at(span.end - 1).number) for span in stretches]
    numbers = {number for first, last in ends if first and last for number in range(first, last + 1)}
    labels = page_labels(document, stretches, language=language)
    remarked = any("(" in label for label in labels)
    return CitedPages(ranges(sorted(numbers)), labels if remarked else ())


def _kind(info: DocumentInfo, *, language: str | None) -> str:
    return with_capital(value_label("kind", info.kind, language=language)) if info.kind else ""


def _date_parts(iso: str | None) -> tuple[str, str, str]:
    """Year, month and day, each empty where it is not known."""
    found = _DATE.fullmatch(iso or "")
    return (found[1], found[2] or "", found[3] or "") if found else ("", "", "")


def _for_bibtex(text: str) -> str:
    return one_line(text).translate(_BIBTEX)
