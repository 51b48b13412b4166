"""Pages of a PDF that are pictures are recognised, marked as such, and named where they stay unread."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.assembly import assemble
from ingest.errors import Reason, UnreadableFile
from ingest.raw import RawDocument
from ingest.readers import pdf
from ingest.readers.pdf import scans
from ingest.repair import letters_and_digits
from ingest.types import TextSource
from tests.scans import drawn, scan, text_of, word_recall

PATH = Path("scan.pdf")
SIZE = (420.0, 298.0)  # A6 across, in points: quickly recognised
LINES = (
    (60, 18.0, "Fietsen in de stad"),
    (100, 11.0, "De stad telt elk jaar in mei hoeveel fietsen er in alle"),
    (114, 11.0, "straten staan. Het verslag volgt in juni, en zegt ook:"),
    (136, 11.0, "• waar er te weinig rekken zijn"),
    (150, 11.0, "• welke straten veiliger moeten"),
)


def _pdf(*pages: Callable[[Canvas], None]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=SIZE)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _text(canvas: Canvas) -> None:
    for top, size, line in LINES:
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, SIZE[1] - top, line)


def _read(data: bytes) -> RawDocument:
    return pdf.read(PATH, data)


def _sources(raw: RawDocument) -> list[str]:
    return [page.source.value for page in raw.pages]


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    """A page of text as a scanner sees it."""
    return drawn(_pdf(_text))[0]


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without Tesseract."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("tesseract")
def test_a_scanned_page_becomes_blocks(picture: Image.Image) -> None:
    """Size and place of what is recognised make headings, paragraphs and lists, as with any other page."""
    raw = _read(scan([picture]))
    read = assemble(raw)

    assert (_sources(raw), raw.warnings) == (["ocr"], ())
    assert [(block.kind.value, read.text[block.start : block.end]) for block in read.blocks] == [
        ("heading", "Fietsen in de stad"),
        ("paragraph", f"{LINES[1][2]} {LINES[2][2]}"),
        ("list_item", "waar er te weinig rekken zijn"),
        ("list_item", "welke straten veiliger moeten"),
    ]
    assert letters_and_digits(read.text) == letters_and_digits(raw.pages[0].text)
    assert read.pages[0].source is TextSource.OCR


@pytest.mark.usefixtures("tesseract")
def test_a_page_of_the_starter_corpus_is_recognised(starter_corpus: Path) -> None:
    """At least 97 of 100 words of a scanned page come back; ``make bench`` measures five pages."""
    file = starter_corpus / "cijfers-en-data-duaal-leren.pdf"

    raw = _read(scan(drawn(file, [0])))

    assert word_recall(text_of(file, 0), raw.pages[0].text) >= 0.97


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_may_lie_on_its_side_or_upside_down(picture: Image.Image, turn: int) -> None:
    """It is read as a person would turn it."""
    raw = _read(scan([picture.rotate(turn, expand=True)]))

    assert letters_and_digits(raw.pages[0].text) == letters_and_digits("".join(line for _, _, line in LINES))
    assert raw.pages[0].text.startswith("Fietsen")


@pytest.mark.usefixtures("tesseract")
def test_what_the_file_says_itself_is_kept_as_it_is(picture: Image.Image) -> None:
    """A stamp or number that is drawn over a scan is not recognised once more, and stands where it stood."""

    def stamp(canvas: Canvas) -> None:
        canvas.drawString(60, SIZE[1] - 30, "VR 2024 0101 DOC.0001/1")
        canvas.drawString(60, 20, "blz. 7")

    raw = _read(scan([picture], over=stamp))

    lines = raw.pages[0].text.split("\n")
    assert (lines[0], lines[1], lines[-1]) == ("VR 2024 0101 DOC.0001/1", "Fietsen in de stad", "blz. 7")
    assert _sources(raw) == ["ocr"]


@pytest.mark.usefixtures("tesseract")
def test_words_on_a_picture_without_text_are_the_file_s_own(picture: Image.Image) -> None:
    """A slide with a photograph behind its title stays what it is."""
    photograph = picture.filter(ImageFilter.GaussianBlur(40))

    raw = _read(scan([photograph], over=lambda canvas: canvas.drawString(60, 200, "Vragen?")))

    assert (_sources(raw), raw.pages[0].text, raw.warnings) == (["file"], "Vragen?", ())


def test_what_a_scanner_recognised_is_marked_too(picture: Image.Image) -> None:
    """Text that lies hidden under the picture of its page is taken as it is, and may hold misread letters."""

    def hidden(canvas: Canvas) -> None:
        text = canvas.beginText(60, 200)
        text.setTextRenderMode(3)
        text.textLines(3 * [line for _, _, line in LINES])
        canvas.drawText(text)

    raw = _read(scan([picture], over=hidden))

    assert (_sources(raw), raw.pages[0].text.count(LINES[1][2])) == (["ocr"], 3)


def _with_unknown_letters(data: bytes) -> bytes:
    """The same PDF, in which the font says nothing of its letters but the numbers of their glyphs."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(data))
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in (entry.get_object() for entry in fonts.values()):
        names = ArrayObject([NumberObject(0), *(NameObject(f"/{code}") for code in range(256))])
        font.pop("/ToUnicode", None)
        font[NameObject("/Encoding")] = DictionaryObject({NameObject("/Differences"): names})
    writer.write(made)
    return made.getvalue()


@pytest.mark.usefixtures("tesseract")
def test_text_in_unknown_letters_is_recognised() -> None:
    """Where the file holds numbers of glyphs for text, the page is read as it looks."""
    registerFont(TTFont("Vera", "Vera.ttf"))

    def text(canvas: Canvas) -> None:
        canvas.setFont("Vera", 11)
        for top, _, line in LINES:
            canvas.drawString(60, SIZE[1] - top, line)

    raw = _read(_with_unknown_letters(_pdf(text)))

    assert _sources(raw) == ["ocr"]
    assert word_recall("\n".join(line for _, _, line in LINES), raw.pages[0].text) >= 0.97


def test_an_empty_page_is_not_unread() -> None:
    """Nothing is drawn on it."""
    raw = _read(_pdf(_text, lambda _: None))

    assert (_sources(raw), raw.warnings) == (["file", "file"], ())


@pytest.mark.usefixtures("tesseract")
def test_the_empty_back_of_a_sheet_is_not_unread(picture: Image.Image) -> None:
    """Nothing is seen on it but the shade of the paper."""
    paper = Image.new("L", picture.size, 235)

    raw = _read(_joined(_pdf(_text), scan([paper])))

    assert (_sources(raw), raw.warnings) == (["file", "file"], ())


@pytest.mark.usefixtures("tesseract")
def test_a_picture_without_text_is_named(picture: Image.Image) -> None:
    """The page has the source "none" and the document a warning; a file of such pages is set aside."""

    def square(canvas: Canvas) -> None:
        canvas.rect(72, 72, 100, 100, fill=1)

    raw = _read(_pdf(_text, square))

    assert (_sources(raw), raw.warnings) == (["file", "none"], (scans.UNREAD_NO_TEXT,))
    assert _reason(_pdf(square)) is Reason.NO_TEXT


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_scans_wait(picture: Image.Image) -> None:
    """The document says that there is something to install; so does a file that is nothing but scans."""
    raw = _read(_joined(_pdf(_text), scan([picture])))

    assert (_sources(raw), raw.warnings) == (["file", "none"], ("pages_unread_without_ocr",))
    assert _reason(scan([picture])) is Reason.NO_OCR


@pytest.mark.usefixtures("tesseract")
def test_a_document_of_very_many_scans_is_read_in_part(picture: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over the limit is unread, and the warning says so."""
    monkeypatch.setattr(scans, "MAX_SCANS", 1)

    raw = _read(scan([picture, picture]))

    assert (_sources(raw), raw.warnings) == (["ocr", "none"], (scans.UNREAD_TOO_MANY,))


def _reason(data: bytes) -> Reason:
    with pytest.raises(UnreadableFile) as raised:
        _read(data)
    return raised.value.reason


def _joined(*files: bytes) -> bytes:
    """The pages of several PDFs as one."""
    writer, made = PdfWriter(), io.BytesIO()
    for file in files:
        writer.append(io.BytesIO(file))
    writer.write(made)
    return made.getvalue()
