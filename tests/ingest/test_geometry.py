"""The boxes of a quote on the pages of its PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import ocr
from ingest.errors import NoPicture
from ingest.geometry import boxes_of, boxes_on_any_page, letters_of_pages
from ingest.limits import Limits, under
from ingest.locating import Quote
from ingest.reading import read_document
from ingest.repair import letters_and_digits
from ingest.types import Box, Document, Span
from tests.bench.page_proof import boxed, sentences_of
from tests.boxes import letters_under
from tests.scans import drawn, scan

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Document]:
    """Read a PDF from its bytes."""

    def read(data: bytes) -> Document:
        path = tmp_path / "nota.pdf"
        path.write_bytes(data)
        return read_document(path)

    return read


def pdf(*pages: list[tuple[float, float, str]]) -> bytes:
    """A PDF of A4 pages: lines of 11 points, by their distance from the left and from the top."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for lines in pages:
        canvas.setFont("Helvetica", 11)
        for left, top, text in lines:
            canvas.drawString(left, HEIGHT - top, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF whose pages were turned or cropped."""
    writer, file = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    change(writer)
    writer.write(file)
    return file.getvalue()


def span_of(document: Document, quote: str, *, last: bool = False) -> Span:
    """Where a quote stands in the text of a document."""
    start = document.text.rindex(quote) if last else document.text.index(quote)
    return Span(start, start + len(quote))


def test_a_quote_has_one_box_a_line(read: Callable[[bytes], Document]) -> None:
    """Also where a word is cut at the end of a line; the full stop is drawn with it, the next sentence is not."""
    lines = (
        "Wie goed begeleidt, helpt lerenden op de werkplek.",
        "Ook dat is werk. De mentor bege-",
        "leidt ook. Klaar.",
    )
    data = pdf([(72, 86 + 14 * number, line) for number, line in enumerate(lines)])
    document = read(data)
    quote = "De mentor begeleidt ook."

    boxes = boxes_of(data, document, span_of(document, quote))

    assert [box.page for box in boxes] == [0, 0]
    assert letters_under(data, boxes) == letters_and_digits(quote)
    assert boxes[0].left * WIDTH > 72 + 50
    assert boxes[1].left == pytest.approx(72 / WIDTH, abs=0.002)
    assert (boxes[1].top, boxes[1].bottom) == pytest.approx(
        ((114 - 0.75 * 11) / HEIGHT, (114 + 0.22 * 11) / HEIGHT), abs=0.001
    )


def test_a_quote_over_a_page_break_has_boxes_on_both_pages(read: Callable[[bytes], Document]) -> None:
    """The second part is drawn on the second page."""
    data = pdf(
        [(72, 60, "Begeleiding op de werkplek"), (72, 760, "De mentor begeleidt elke lerende op de werkplek en")],
        [(72, 60, "overlegt elke week met de school.")],
    )
    document = read(data)
    quote = "De mentor begeleidt elke lerende op de werkplek en overlegt elke week met de school."

    boxes = boxes_of(data, document, span_of(document, quote))

    assert [box.page for box in boxes] == [0, 1]
    assert letters_under(data, boxes) == letters_and_digits(quote)


def test_of_equal_sentences_the_right_one_is_drawn(read: Callable[[bytes], Document]) -> None:
    """What stands before and after tells them apart."""
    data = pdf([(72, 100, "Voor bedrijven: dit is gratis."), (72, 300, "Voor scholen: dit is gratis.")])
    document = read(data)

    first, second = (
        boxes_of(data, document, span_of(document, "dit is gratis.", last=last))[0].top * HEIGHT
        for last in (False, True)
    )

    assert (round(first), round(second)) == (100 - 8, 300 - 8)


def test_boxes_are_shares_of_the_page_as_seen(read: Callable[[bytes], Document]) -> None:
    """A page that is turned is measured as it lies before the reader, a cropped one without what was cut off."""
    plain = pdf([(100, 200, "Een mentor helpt.")])
    turned = changed(plain, lambda writer: writer.pages[0].rotate(90))

    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox.lower_left = (50, 0)
        writer.pages[0].cropbox.upper_right = (WIDTH, HEIGHT - 100)

    cropped = changed(plain, crop)
    found = []
    for data in (plain, turned, cropped):
        document = read(data)
        (box,) = boxes_of(data, document, span_of(document, "Een mentor helpt."))
        found.append(box)
        assert letters_under(data, [box]) == "eenmentorhelpt"

    upright, on_its_side, part = found
    assert upright.left * WIDTH == pytest.approx(100, abs=1)
    assert on_its_side.top == pytest.approx(upright.left, abs=0.001)
    assert on_its_side.right == pytest.approx(1 - upright.top, abs=0.001)
    assert part.left == pytest.approx((upright.left * WIDTH - 50) / (WIDTH - 50), abs=0.001)
    assert part.top == pytest.approx((upright.top * HEIGHT - 100) / (HEIGHT - 100), abs=0.001)


def test_a_line_that_runs_up_the_page_has_one_box(read: Callable[[bytes], Document]) -> None:
    """It is higher than wide."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.drawString(72, 700, "Een mentor helpt lerenden op de werkplek.")
    canvas.rotate(90)
    canvas.drawString(100, -300, "Gids voor bedrijven")
    canvas.showPage()
    canvas.save()
    data = file.getvalue()
    document = read(data)

    (box,) = boxes_of(data, document, span_of(document, "Gids voor bedrijven"))

    assert (box.bottom - box.top) * HEIGHT > 5 * (box.right - box.left) * WIDTH
    assert letters_under(data, [box]) == "gidsvoorbedrijven"


def test_a_quote_is_found_on_whatever_page_another_program_put_it() -> None:
    """Page numbers that it put in between are not drawn."""
    text = "Een mentor helpt. Elke lerende heeft recht op begeleiding op de werkplek. Dat is zo."
    data = pdf(
        [(72, 100, "Een mentor helpt. Elke lerende heeft"), (300, 800, "Bladzijde 1")],
        [(72, 100, "recht op begeleiding op de werkplek. Dat is zo.")],
    )
    quote = "Elke lerende heeft recht op begeleiding op de werkplek."
    start = text.index(quote)

    boxes = boxes_on_any_page(data, letters_of_pages(data), Quote.of(text, Span(start, start + len(quote))))

    assert [box.page for box in boxes] == [0, 1]
    assert letters_under(data, boxes) == letters_and_digits(quote)


def test_what_has_no_boxes(read: Callable[[bytes], Document], tmp_path: Path) -> None:
    """Signs without letters, and documents without pages."""
    data = pdf([(72, 100, "Een mentor helpt lerenden.")])
    document = read(data)
    note = tmp_path / "nota.md"
    note.write_text("# Mentor\n\nEen mentor helpt.\n", "utf8")

    without_letters = boxes_of(data, document, Span(len(document.text) - 1, len(document.text)))
    without_pages = boxes_of(note.read_bytes(), read_document(note), Span(2, 8))

    assert (without_letters, without_pages) == ((), ())


@pytest.mark.skipif(not ocr.is_installed(), reason="Tesseract with Dutch is not installed")
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_quote_on_a_scan_has_the_boxes_of_its_words(read: Callable[[bytes], Document], turn: int) -> None:
    """Where they stand on the page as it is seen, also when it was scanned on its side."""
    lines = (
        "Elke lerende krijgt begeleiding op de werkplek.",
        "Een mentor helpt de lerende elke dag van de week.",
        "De school en het bedrijf maken samen een plan.",
        "Dat plan wordt elk jaar met zorg besproken.",
    )
    printed = pdf([(72, 100 + 40 * number, line) for number, line in enumerate(lines)])
    data = scan([picture.rotate(turn, expand=True) for picture in drawn(printed, dpi=200)])
    document = read(data)
    quote = "Een mentor helpt de lerende elke dag van de week."

    (box,) = boxes_of(data, document, span_of(document, quote))

    (expected,) = boxes_of(printed, read(printed), span_of(read(printed), quote))
    assert sides(box) == pytest.approx(sides(turned(expected, turn)), abs=0.01)


def sides(box: Box) -> tuple[float, ...]:
    """From the left, clockwise."""
    return box.left, box.top, box.right, box.bottom


def turned(box: Box, turn: int) -> Box:
    """A box on a page that is turned against the clock, by so many degrees."""
    for _ in range(turn // 90):
        box = Box(box.page, box.top, 1 - box.right, box.bottom, 1 - box.left)
    return box


def test_a_broken_file_is_said(read: Callable[[bytes], Document]) -> None:
    """One that was read, and is damaged since."""
    data = pdf([(72, 100, "Een mentor helpt lerenden.")])

    with pytest.raises(NoPicture):
        boxes_of(data[:40], read(data), Span(0, 10))


def test_a_box_stays_on_its_page(read: Callable[[bytes], Document]) -> None:
    """What runs over the edge is cut off there."""
    data = pdf([(WIDTH - 60, 100, "Een mentor helpt lerenden."), (72, 200, "Gids voor bedrijven.")])
    document = read(data)

    (box,) = boxes_of(data, document, span_of(document, "Een mentor helpt lerenden."))

    assert isinstance(box, Box)
    assert box.right == 1.0


@pytest.mark.shared
def test_real_sentences_stand_under_their_boxes(shared_documents: Path) -> None:
    """Letter by letter, and nothing else; all files are measured by ``make bench``, with the text on their pictures."""
    paths = sorted(shared_documents.glob("*.pdf"))[:3]

    with under(Limits(most_seconds=0)):
        assert boxed(sentences_of(paths, count=60)) >= 0.97
