"""How one refers to a document, after APA 7: in a list of sources, and between brackets behind a quote.

The form is that of a report by an organisation (Publication Manual of the American Psychological Association, 7th
edition, 10.4): author, date, title, what identifies it, kind. Only what is known of a document is written; the page
stands with what identifies it. ``kb.reference_files`` writes the same for reference managers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from ingest.repair import tidy
from ingest.types import Span
from kb.labels import long_date, page_labels, value_label
from kb.types import DocumentCard
from kb.wording import say

_DIRECTIONS = dict.fromkeys(range(0x2066, 0x206A))  # isolates, which would turn the words after them round
_SQUARE = str.maketrans("()", "[]")  # brackets within brackets
_ENDS = (".", "?", "!")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reference; in italics where it is a title."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in pieces that follow each other without anything between them."""

    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The whole as text."""
        return "".join(part.text for part in self.parts)

    @property
    def html(self) -> str:
        """The whole as HTML, everything in it escaped, the title in ``<i>``: that outlives pasting elsewhere."""
        return "".join(f"<i>{escape(part.text)}</i>" if part.italic else escape(part.text) for part in self.parts)


def apa(document: DocumentCard, spans: Iterable[Span] = (), *, language: str | None = None) -> Reference:
    """A document as it stands in a list of sources: "SERV. (2018, 2 juli). *Duaal leren* (nr. 7, p. 3) [Advies]."

    The pages are those of ``spans``, offsets of the document. Without an issuer the title leads.
    """
    info = document.info
    dated = f"({_apa_date(info.date, language=language)})"
    details = _details(document, spans, language=language)
    title = (Part(one_line(document.title), italic=True), *(Part(f" {detail}") for detail in details))
    if not info.publisher:
        return Reference((*_ended(title), Part(f" {dated}.")))
    author = _ended((Part(one_line(info.publisher)),))
    return Reference((*author, Part(f" {dated}. "), *_ended(title)))


def in_text(document: DocumentCard, spans: Iterable[Span] = (), *, language: str | None = None) -> Reference:
    """A document as it stands behind a quote: "(SERV, 2018, p. 3)"; without an issuer the title leads."""
    return bracketed([named(document, spans, language=language)])


def named(document: DocumentCard, spans: Iterable[Span] = (), *, language: str | None = None) -> Reference:
    """The same without its brackets: "SERV, 2018, p. 3"."""
    info = document.info
    author = Part(one_line(info.publisher)) if info.publisher else Part(one_line(document.title), italic=True)
    year = info.date.partition("-")[0] if info.date else say("references.undated", language=language)
    rest = ", ".join((one_line(year), *_pages(document, spans, language=language)))
    return Reference((author, Part(f", {rest}")))


def bracketed(references: Iterable[Reference]) -> Reference:
    """Several between one pair of brackets, each once: "(SERV, 2018, p. 3; Vlor, 2020)"."""
    parts = [part for reference in dict.fromkeys(references) for part in (Part("; "), *reference.parts)]
    return Reference((Part("("), *parts[1:], Part(")")))


def one_line(text: str) -> str:
    """A text from outside as one line, without characters that nobody sees or that turn others round."""
    return tidy(text.translate(_DIRECTIONS))


def with_capital(text: str) -> str:
    """The text with a capital to begin with, the rest as it is."""
    return text[:1].upper() + text[1:]


def _apa_date(iso: str | None, *, language: str | None) -> str:
    """A date with the year in front: "2018, 2 juli", "2018, juli", "2018"; "z.d." where there is none."""
    if not iso:
        return say("references.undated", language=language)
    match long_date(iso, language=language).split():
        case [day, month, year] if year == iso[:4]:
            return f"{year}, {say('references.day', language=language, day=day, month=month)}"
        case [month, year] if year == iso[:4]:
            return f"{year}, {month}"
    return one_line(iso)


def _details(document: DocumentCard, spans: Iterable[Span], *, language: str | None) -> list[str]:
    """Number, version and pages between brackets, and the kind between square ones, as far as they are known."""
    info = document.info
    number = say("references.number", language=language, number=one_line(info.reference)) if info.reference else None
    known = [
        detail
        for detail in (number, _version(info.version, language=language), *_pages(document, spans, language=language))
        if detail
    ]
    between = [f"({', '.join(known)})"] if known else []
    kind = one_line(value_label("kind", info.kind, language=language)) if info.kind else ""
    return between + ([f"[{with_capital(kind)}]"] if kind else [])


def _version(version: str | None, *, language: str | None) -> str | None:
    """A numbered version is called one; "ontwerp" needs no other word."""
    if not version or not version[0].isdigit():
        return one_line(version) if version else None
    return say("references.version", language=language, version=one_line(version))


def _pages(document: DocumentCard, spans: Iterable[Span], *, language: str | None) -> list[str]:
    labels = page_labels(document, sorted(spans, key=lambda span: span.start), language=language)
    return [label.translate(_SQUARE) for label in labels]


def _ended(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with a full stop behind them, unless they end in one."""
    return parts if parts[-1].text.endswith(_ENDS) else (*parts, Part("."))
