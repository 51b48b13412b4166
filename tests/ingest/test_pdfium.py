"""The second PDF library: opened at one place."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf import pdfium


def test_a_page_is_as_large_as_a_reader_sees_it() -> None:
    """A page that is turned is wider than high."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    turned = PdfWriter(clone_from=file)
    turned.pages[1].rotate(90)
    turned.write(file)

    with pdfium.open_document(file.getvalue()) as document:
        sizes = [pdfium.page_size(document, index) for index in range(len(document))]

    assert sizes == [pytest.approx(A4, abs=0.01), pytest.approx(A4[::-1], abs=0.01)]


def test_a_broken_file_raises_one_of_the_known_failures() -> None:
    """Who opens a file catches these, and nothing else."""
    with pytest.raises(pdfium.FAILURES), pdfium.open_document(b"%PDF-1.7\n"):
        pass
