"""What pypdf cannot read is read by PDFium; what neither can read is no text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import Reason, UnreadableFile
from ingest.limits import Limits, under
from ingest.raw import RawDocument
from ingest.readers.pdf import read
from ingest.readers.pdf.rows import PdfPage, Piece, rows_of
from ingest.readers.pdf.second import with_second_reading

PATH = Path("nota.pdf")
TITLE = "Fietsen in de stad"
TEXT = "De stad telt elk jaar in mei hoeveel fietsen er in alle straten staan."


def _pdf(lines: Sequence[str] = (TITLE, TEXT)) -> bytes:
    """Two pages, each a title and perhaps a line, with nothing packed."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=0)
    for _ in range(2):
        for top, line in enumerate(lines):
            canvas.setFont("Helvetica" if top else "Helvetica-Bold", 11 if top else 18)
            canvas.drawString(72, 740 - 40 * top, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _read(data: bytes) -> RawDocument:
    """The file, without waiting for pictures to be recognised."""
    with under(Limits(most_seconds=0)):
        return read(PATH, data)


BROKEN = {
    "the table of objects cannot be found": _pdf()[: _pdf().rindex(b"startxref")],
    "the pages are not counted": _pdf().replace(b"/Count 2", b"/Count x"),
    "the pages name no fonts": _pdf().replace(b"/Resources", b"/Resourcez"),
    "the fonts are not there": re.sub(rb"/F(\d) \d+ 0 R", rb"/F\1 99 0 R", _pdf()),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_one_library_cannot_read_the_other_does(data: bytes) -> None:
    """Whole files and single pages, with every word in its place."""
    assert [page.text for page in _read(data).pages] == [f"{TITLE}\n{TEXT}"] * 2


def test_sizes_and_weights_are_read_too() -> None:
    """A title is a title, whoever read it."""
    page = _read(BROKEN["the table of objects cannot be found"]).pages[0]
    assert [block.kind.value for block in page.blocks] == ["heading", "paragraph"]


def test_a_page_that_is_read_well_is_not_read_again() -> None:
    """Where a few words are all there is, PDFium finds no more of them."""
    good = _page("Fietsen")
    assert with_second_reading(_pdf(lines=("Fietsen",)), [good, good])[1] is good


def test_text_in_unknown_letters_is_no_text() -> None:
    """Where the font does not say which letters its glyphs are, numbers or empty signs come out: the page waits to be
    recognised.
    """
    numbers, signs = _page("/12/3/4/15 /16/17/3 " * 5), _page("\ufffd" * 60)
    assert [page.rows for page in with_second_reading(b"", [numbers, signs])] == [(), ()]


def test_what_neither_can_read_is_damaged() -> None:
    """The reason is that of the first."""
    with pytest.raises(UnreadableFile) as raised:
        _read(b"%PDF-1.7\nnothing")
    assert raised.value.reason is Reason.DAMAGED


def _page(text: str) -> PdfPage:
    return PdfPage(rows_of([Piece(text, 11, bold=False, x=72, top=100, right=400)]), A4[1], is_wide=False)
