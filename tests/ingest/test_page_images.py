"""Pages as pictures: of a PDF, and of what LibreOffice prints."""

from __future__ import annotations

import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest
from PIL import Image
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import LimitExceeded, NoPicture, PictureReason, Reason
from ingest.geometry import letters_of_pages
from ingest.isolation import run_limited
from ingest.limits import Limits
from ingest.office_images import OFFICE_LIMITS, office_program, to_pdf
from ingest.page_images import MAX_PIXELS, draw_page

needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A PDF with a black square in the upper left corner of each of its pages."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(0, height - 50, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_page_is_drawn_as_wide_as_asked() -> None:
    """And shows what is on it."""
    image = draw_page(pdf((300, 600), (500, 500)), 1, 1000)

    picture = Image.open(io.BytesIO(image.data))
    assert (image.width, image.height) == picture.size == (1000, 1000)
    assert sum(picture.getpixel((50, 50))) < 30
    assert sum(picture.getpixel((150, 150))) > 735


def test_no_picture_is_too_large() -> None:
    """A page of a mile high makes a small picture, not a full memory."""
    image = draw_page(pdf((100, 14_000)), 0, 3000)

    assert image.width * image.height <= MAX_PIXELS + image.width


@pytest.mark.parametrize(
    ("data", "position", "reason"),
    [(pdf((100, 100)), 1, PictureReason.NO_SUCH_PAGE), (b"%PDF-1.7\n", 0, PictureReason.NOT_DRAWN)],
)
def test_why_there_is_no_picture(data: bytes, position: int, reason: PictureReason) -> None:
    """A page that is not there, and a file that is broken."""
    with pytest.raises(NoPicture) as raised:
        draw_page(data, position, 100)

    assert raised.value.reason is reason


@needs_office
def test_the_page_of_a_slide_has_its_number(tmp_path: Path) -> None:
    """Hidden slides are printed too; bytes before the archive do not matter."""
    deck, file = Presentation(), tmp_path / "dia.pptx"
    for title in ("Eerste", "Verborgen", "Derde"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    deck.slides[1]._element.set("show", "0")
    deck.save(file)
    file.write_bytes(b"\r\n" + file.read_bytes())

    pages = letters_of_pages(run_limited(to_pdf, file, "pptx", limits=OFFICE_LIMITS))

    assert pages == ("eerste", "verborgen", "derde")


@needs_office
def test_what_libreoffice_cannot_read_or_takes_too_long_to_read(tmp_path: Path) -> None:
    """It says so, and stops."""
    broken, whole = tmp_path / "stuk.docx", tmp_path / "heel.docx"
    broken.write_bytes(b"PK\x03\x04 niets")
    docx.Document().save(whole)

    with pytest.raises(NoPicture) as cannot:
        run_limited(to_pdf, broken, "docx", limits=OFFICE_LIMITS)
    with pytest.raises(LimitExceeded) as too_long:
        run_limited(to_pdf, whole, "docx", limits=Limits(seconds=0.05, most_seconds=0.05))

    assert (cannot.value.reason, too_long.value.reason) == (PictureReason.NOT_CONVERTED, Reason.TOO_SLOW)


@needs_office
@pytest.mark.parametrize("where", ["network", "disk"])
def test_what_a_document_links_to_is_not_fetched(tmp_path: Path, where: str) -> None:
    """Neither a picture on a server nor one of the person who opens the document."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    picture, file = tmp_path / "rood.png", tmp_path / "nota.docx"
    Image.new("RGB", (40, 40), "red").save(picture)
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f"http://127.0.0.1:{server.server_port}/rood.png" if where == "network" else picture.as_uri()
        word_text_with_link(file, picture, link)
        printed = run_limited(to_pdf, file, "docx", limits=OFFICE_LIMITS)
        server.shutdown()

    colours = Image.open(io.BytesIO(draw_page(printed, 0, 200).data)).getcolors(200 * 300) or []
    assert asked == []
    assert not [colour for _, colour in colours if colour[0] > 200 and colour[1] < 60]


def word_text_with_link(file: Path, picture: Path, link: str) -> None:
    """A Word text with a picture that is not in it."""
    text, packed = docx.Document(), io.BytesIO()
    text.add_picture(str(picture))
    text.save(packed)
    with zipfile.ZipFile(packed) as archive, zipfile.ZipFile(file, "w") as changed:
        for name in archive.namelist():
            data = archive.read(name).replace(b"r:embed=", b"r:link=")
            changed.writestr(name, data.replace(b'"media/image1.png"', f'"{link}" TargetMode="External"'.encode()))
