"""A second reading, by PDFium, of what pypdf could not read: whole files, and pages with (almost) no text.

PDFium mends other faults than pypdf, and knows letters of fonts that pypdf does not. Its text is taken only where it
finds much more. Text in a font that tells neither of them its letters is no text: such a page waits to be recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.limits import limits_in_force
from ingest.readers.pdf import pdfium
from ingest.readers.pdf.aligned import with_aligned_tables
from ingest.readers.pdf.columns import in_reading_order
from ingest.readers.pdf.rows import PdfPage, Piece, rows_of
from ingest.repair import letters_and_digits, without_unseen

FEW_LETTERS = 20
MORE = 2  # times the letters that pypdf found
UNKNOWN_SHARE = 0.5  # of what is written

_WORD = re.compile(r"(?P<word>[^\s\x02\ufffe]+)(?P<end>[\x02\ufffe]|\s*)")  # these two: a hyphen at a line's end
_HYPHENS = ("\x02", "\ufffe")
_NAMED_BY_NUMBER = re.compile(r"(?:/\d{1,4}\W?){5,}")  # the names of glyphs
_EMPTY = PdfPage((), 1.0, is_wide=False)
_UNKNOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def with_second_reading(data: bytes, pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages, those on which pypdf found next to nothing as PDFium reads them, if it finds more.

    Without a single line among them all pages of the file are read again, also those that pypdf did not see.
    """
    suspects = [place for place, page in enumerate(pages) if _known_letters(page) <= FEW_LETTERS or _is_unknown(page)]
    anew = not any(page.rows for page in pages)
    found = _read_again(data, suspects, anew=anew) if suspects or anew else {}
    both = {place: _better(pages[place], found.get(place, _EMPTY)) for place in suspects}
    added = [found[place] for place in sorted(found) if place >= len(pages)]
    return [*(both.get(place, page) for place, page in enumerate(pages)), *added]


def _read_again(data: bytes, suspects: Sequence[int], *, anew: bool) -> dict[int, PdfPage]:
    """The pages at some places, or all, as PDFium reads them."""
    try:
        with pdfium.open_document(data) as document:
            count = len(document)
            if anew and count <= limits_in_force().pages:
                suspects = range(count)
            return {place: _page(document, place) for place in suspects if place < count}
    except pdfium.FAILURES:
        return {}


def _better(first: PdfPage, second: PdfPage) -> PdfPage:
    known = _known_letters(first)
    if not _is_unknown(second) and _known_letters(second) > max(MORE * known, FEW_LETTERS):
        return second
    return replace(first, rows=()) if _is_unknown(first) else first


def _known_letters(page: PdfPage) -> int:
    return len(letters_and_digits(_NAMED_BY_NUMBER.sub("", page.text)))


def _is_unknown(page: PdfPage) -> bool:
    """Whether most of the text does not say which letters it holds."""
    written = "".join(page.text.split())
    unknown = sum(len(match[0]) for match in _NAMED_BY_NUMBER.finditer(page.text)) + len(_UNKNOWN.findall(written))
    return len(written) > FEW_LETTERS and unknown > UNKNOWN_SHARE * len(written)


def _page(document: pdfium.PdfDocument, place: int) -> PdfPage:
    """A page as PDFium reads it; empty where it cannot."""
    try:
        page = pdfium.PdfPage(document, place)
        rows = with_aligned_tables(in_reading_order(rows_of(list(_pieces(page)))))
    except pdfium.FAILURES:
        return _EMPTY
    return PdfPage(tuple(rows), page.height or 1.0, is_wide=page.width > page.height)


def _pieces(page: pdfium.PdfPage) -> Iterator[Piece]:
    """The words of a page, each with what stands behind it."""
    for match in _WORD.finditer(page.text):
        size, is_bold = page.letter(match.start())
        first, last = page.glyphs([match.start(), match.end("word") - 1])
        text = without_unseen(match["word"]) + _behind(match["end"])
        yield Piece(text, size, is_bold, first.left, first.bottom, last.right)


def _behind(end: str) -> str:
    if end in _HYPHENS:
        return "-\n"
    return "\n" if "\n" in end or "\r" in end else end[:1]
