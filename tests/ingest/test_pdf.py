"""PDF files become numbered pages of blocks."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.assembly import assemble
from ingest.errors import Reason, UnreadableFile
from ingest.limits import Limits, under
from ingest.readers.pdf import read
from ingest.repair import letters_and_digits
from ingest.types import TextSource

PATH = Path("nota.pdf")
TEXT = "De stad telt elk jaar in mei hoeveel fietsen er in alle straten staan."
Draw = Callable[[Canvas], None]


def _pdf(*pages: Draw, encrypt: StandardEncryption | None = None, title: str | None = None) -> bytes:
    """A PDF of A4 pages, drawn one by one."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt)
    if title is not None:
        canvas.setTitle(title)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _lines(*lines: tuple[float, str, float, str]) -> Draw:
    """Lines at a distance from the top: points, font, size, text."""

    def draw(canvas: Canvas) -> None:
        for top, font, size, text in lines:
            canvas.setFont(font, size)
            canvas.drawString(72, A4[1] - top, text)

    return draw


def _text(*lines: str, top: float = 100) -> Draw:
    return _lines(*((top + 14 * index, "Helvetica", 11.0, line) for index, line in enumerate(lines)))


def _blocks(data: bytes) -> list[tuple[str, int, str]]:
    result = assemble(read(PATH, data))
    return [(block.kind.value, block.level, result.text[block.start : block.end]) for block in result.blocks]


def _reason(data: bytes) -> Reason:
    with pytest.raises(UnreadableFile) as raised:
        read(PATH, data)
    assert raised.value.path == PATH
    return raised.value.reason


def test_type_makes_headings_and_distance_makes_paragraphs() -> None:
    """Larger lines are chapters, bold ones their parts; wrapped lines join, also over a hyphen."""
    data = _pdf(
        _lines(
            (80, "Helvetica", 16, "De fiets"),
            (110, "Helvetica", 11, "De stad telt elk jaar in mei alle fietsen in de straten van het cen-"),
            (124, "Helvetica", 11, "trum en aan het station. Het centrum heeft de meeste."),
            (152, "Helvetica", 11, "In juni volgt een verslag voor de raad, met foto's van alle straten."),
            (180, "Helvetica-Bold", 11, "De bel"),
            (194, "Helvetica", 11, "• Zij rinkelt."),
            (208, "Helvetica", 11, "• Zij blinkt, dag en nacht, in weer en wind, op elke fiets die in de"),
            (222, "Helvetica", 11, "stad rijdt."),
            (260, "Helvetica", 16, "Het wiel"),
            (290, "Helvetica", 11, "Het draait."),
        )
    )
    assert _blocks(data) == [
        ("heading", 1, "De fiets"),
        (
            "paragraph",
            0,
            "De stad telt elk jaar in mei alle fietsen in de straten van het centrum en aan het station. "
            "Het centrum heeft de meeste.",
        ),
        ("paragraph", 0, "In juni volgt een verslag voor de raad, met foto's van alle straten."),
        ("heading", 2, "De bel"),
        ("list_item", 0, "Zij rinkelt."),
        ("list_item", 0, "Zij blinkt, dag en nacht, in weer en wind, op elke fiets die in de stad rijdt."),
        ("heading", 1, "Het wiel"),
        ("paragraph", 0, "Het draait."),
    ]


def test_pages_are_numbered_from_one_and_their_numbers_are_furniture() -> None:
    """The number printed at the foot is tagged, the number of the page is its place in the file."""

    def page(text: str, number: int) -> Draw:
        return _lines((100, "Helvetica", 11, text), (780, "Helvetica", 9, str(number)))

    data = _pdf(page("De bel rinkelt.", 5), page("Het wiel draait.", 6), page("Het zadel zit.", 7))
    raw = read(PATH, data)
    assert [(page.number, page.inferred) for page in raw.pages] == [(1, False), (2, False), (3, False)]
    assert [[block.kind.value for block in page.blocks] for page in raw.pages] == [["paragraph", "boilerplate"]] * 3


def test_small_type_at_the_foot_with_a_mark_above_is_a_footnote() -> None:
    """The number in the text and the number at the foot belong together."""
    data = _pdf(
        _lines(
            (100, "Helvetica", 11, "De studie van de stad1 telt elk jaar alle fietsen in alle straten."),
            (114, "Helvetica", 11, TEXT),
            (760, "Helvetica", 8, "1 Zie de nota van mei 2018, p. 9."),
        )
    )
    assert _blocks(data)[-1] == ("footnote", 0, "1 Zie de nota van mei 2018, p. 9.")


def test_a_line_drawn_word_by_word_is_one_line() -> None:
    """Some programs draw every word and space apart, and small capitals in two sizes."""

    def draw(canvas: Canvas) -> None:
        for x, y, size, text in [
            (72, 700, 18, "A"),
            (84, 700, 12.8, "GENDA"),
            (0, 0, 12.8, " "),
            (140, 700, 12.8, "VAN"),
            (0, 0, 12.8, " "),
            (180, 700, 12.8, "VANDAAG"),
        ]:
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(x, y, text)
        _text(TEXT, TEXT, top=170)(canvas)

    assert _blocks(_pdf(draw))[0] == ("heading", 1, "AGENDA VAN VANDAAG")


def test_small_capitals_are_one_word_where_they_touch() -> None:
    """The large initial and the small capitals after it are drawn apart, also behind a number."""

    def draw(canvas: Canvas) -> None:
        x = 72.0
        for size, text in ((18, "1 "), (18, "O"), (12.8, "PZET")):
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(x, 700, text)
            x += canvas.stringWidth(text)
        _text(TEXT, TEXT, top=170)(canvas)

    assert _blocks(_pdf(draw))[0] == ("heading", 1, "1 OPZET")


def test_a_justified_line_keeps_its_words_whole() -> None:
    """The space between words is part of the width of what is drawn: the pen has not jumped."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        text = canvas.beginText(72, 700)
        text.setWordSpace(6)
        text.textOut("De fiets staat al jaren in de stal")
        text.moveCursor(canvas.stringWidth("De fiets staat al jaren in de stal") + 7 * 6, 0)
        text.textOut("ling van de stad.")
        canvas.drawText(text)

    assert _blocks(_pdf(draw)) == [("paragraph", 0, "De fiets staat al jaren in de stalling van de stad.")]


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    """Its lines run from top to bottom of what a reader sees."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 11)
        for index, line in enumerate(("De fiets staat al jaren in de grote stalling van de", "stad.")):
            canvas.drawString(72, -100 - 14 * index, line)

    assert _blocks(_pdf(draw)) == [("paragraph", 0, "De fiets staat al jaren in de grote stalling van de stad.")]


def test_a_password_sets_a_file_aside_and_an_owners_password_does_not() -> None:
    """Who may open a file may read it."""
    locked = StandardEncryption("geheim", ownerPassword="baas")
    open_to_all = StandardEncryption("", ownerPassword="baas", canModify=0)
    assert _reason(_pdf(_text(TEXT), encrypt=locked)) is Reason.PASSWORD
    assert _blocks(_pdf(_text(TEXT), encrypt=open_to_all)) == [("paragraph", 0, TEXT)]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF", b"%PDF-"])
def test_a_broken_file_is_set_aside(data: bytes) -> None:
    """Whatever the library raises, the reason is that the file is damaged."""
    assert _reason(data) is Reason.DAMAGED


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Fietsbeleid  in de stad", "Fietsbeleid in de stad"),
        ("Microsoft Word - nota.docx", None),
        ("nota_def_v3.pdf", None),
        ("untitled", None),
        ("", None),
    ],
)
def test_a_title_that_a_program_made_up_is_none(title: str, expected: str | None) -> None:
    """A file name is no title."""
    assert read(PATH, _pdf(_text(TEXT), title=title)).info.title == expected


def test_the_library_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """A file that needs mending is read in silence."""
    data = _pdf(_text(TEXT))
    mended = data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"
    assert _blocks(mended) == [("paragraph", 0, TEXT)]
    assert capfd.readouterr() == ("", "")


@pytest.mark.shared
def test_real_pages_keep_every_letter(shared_documents: Path) -> None:
    """Those of the plain extraction, of the raw page and of the repaired page, except bullets that were decoded as
    letters and pages that were recognised. Furniture may stand elsewhere on its page.
    """
    for path in sorted(shared_documents.glob("*.pdf"))[:3]:
        with under(Limits(most_seconds=0)):  # recognising pictures has tests of its own
            result = assemble(read(path, path.read_bytes()))
        starts = [page.start for page in result.pages]
        plain = [page.extract_text() for page in PdfReader(path).pages]
        for page, start, end, text in zip(result.pages, starts, [*starts[1:], None], plain, strict=True):
            repaired = letters_and_digits(result.text[start:end])
            assert repaired == letters_and_digits(page.raw)
            from_file = page.source is TextSource.FILE
            assert sorted(repaired) == sorted(letters_and_digits(text)) or "•" in page.raw or not from_file


def test_a_numbered_title_in_small_capitals_goes_on_under_its_words() -> None:
    """Its second line has no capital of the large size, and may stand further below than lines of text do."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        canvas.drawString(72, 740, "2.1 W")
        canvas.setFont("Helvetica", 11.2)
        canvas.drawString(72 + canvas.stringWidth("2.1 W", "Helvetica", 16), 740, "AAR DE FIETSEN STAAN IN DE")
        canvas.drawString(100, 710, "STRATEN VAN DE STAD?")
        canvas.setFont("Helvetica", 11)
        for line in range(4):
            canvas.drawString(72, 680 - 14 * line, TEXT)

    headings = [text for kind, _, text in _blocks(_pdf(draw)) if kind == "heading"]
    assert [" ".join(text.split()) for text in headings] == ["2.1 WAAR DE FIETSEN STAAN IN DE STRATEN VAN DE STAD?"]


def test_what_stands_at_one_place_on_two_pages_is_furniture() -> None:
    """In a short document, if only the number of the page differs."""
    pages = [
        _lines(
            (40, "Helvetica", 9, f"Nota fietsen - blad {number}"),
            (300, "Helvetica", 11, TEXT),
            (60, "Helvetica", 11, top),
        )
        for number, top in ((1, "Vraag 3: de bel"), (2, "Vraag 5: het wiel"))
    ]
    found = [text for kind, _, text in _blocks(_pdf(*pages)) if kind == "boilerplate"]
    assert found == ["Nota fietsen - blad 1", "Nota fietsen - blad 2"]
