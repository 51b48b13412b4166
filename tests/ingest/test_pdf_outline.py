"""What the bookmarks of a PDF say of its headings."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NullObject, NumberObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.assembly import assemble
from ingest.readers.pdf import read
from ingest.readers.pdf.outline import MAX_BOOKMARKS, Bookmark, bookmarks_of

TEXT = "De stad telt elk jaar in mei hoeveel fietsen er in alle straten staan."
Entry = tuple[str, int, int]  # title, level from 0, page


def _pdf(pages: list[list[str]], *entries: Entry) -> bytes:
    """Pages of lines in one letter, those that go together right under one another, and bookmarks."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number, lines in enumerate(pages):
        for key, (_, _, page) in enumerate(entries):
            if page == number:
                canvas.bookmarkPage(str(key))
        top = A4[1] - 120
        for line in lines:
            canvas.drawString(72, top, line)
            top -= 14 if line else 20
        canvas.showPage()
    for key, (title, level, _) in enumerate(entries):
        canvas.addOutlineEntry(title, str(key), level)
    canvas.save()
    return file.getvalue()


def _headings(data: bytes) -> list[tuple[int, str]]:
    result = assemble(read(Path("nota.pdf"), data))
    return [
        (b.level, " ".join(result.text[b.start : b.end].split())) for b in result.blocks if b.kind.value == "heading"
    ]


PAGES = [
    ["Waarom er geteld wordt", "", TEXT, TEXT, "", "in elke straat van de stad", "en ook daarbuiten", "", TEXT],
    ["Vooruitblik", "", TEXT, TEXT, "", TEXT],
]


def test_bookmarks_make_headings_with_their_levels() -> None:
    """Also where type tells nothing, and over two lines."""
    data = _pdf(
        PAGES,
        ("Waarom er geteld wordt", 0, 0),
        ("In elke straat van de stad en ook daarbuiten", 1, 0),
        ("Vooruitblik", 0, 1),
    )
    expected = [(1, "Waarom er geteld wordt"), (2, "in elke straat van de stad en ook daarbuiten"), (1, "Vooruitblik")]
    assert _headings(data) == expected


def test_a_bookmark_may_lack_the_number_and_lead_to_the_end_of_the_page_before() -> None:
    """As programs that number headings themselves make them."""
    pages = [
        [TEXT, TEXT],
        ["2. doel van de telling", "", TEXT],
        ["2.1 wijze van tellen", "", TEXT, "", "3. vooruitblik"],
    ]
    data = _pdf(pages, ("Doel van de telling", 0, 0), ("Wijze van tellen", 1, 2), ("Vooruitblik", 0, 2))
    assert _headings(data) == [(1, "2. doel van de telling"), (2, "2.1 wijze van tellen"), (1, "3. vooruitblik")]


@pytest.mark.parametrize(
    "entries",
    [
        [("nota-v3-def.pdf", 0, 0), ("Pagina 1", 1, 0), ("Pagina 2", 1, 1), ("in elke straat van de stad", 2, 0)],
        [("in elke straat van de stad", 0, 1), ("en ook daarbuiten", 0, 1), ("Vooruitblik", 1, 0)],
    ],
    ids=["names of files and pages", "wrong pages"],
)
def test_an_outline_that_names_few_lines_says_nothing(entries: list[Entry]) -> None:
    """Most bookmarks must stand on the page that they lead to."""
    assert "in elke straat van de stad" not in dict(map(reversed, _headings(_pdf(PAGES, *entries))))


def test_bookmarks_of_one_level_leave_the_levels_to_numbers_and_type() -> None:
    """A flat outline says what is a heading, not how deep."""
    pages = [["1 Doel", "", TEXT, "", "1.1 Waarom", "", TEXT], ["2 Plan", "", TEXT]]
    data = _pdf(pages, ("1 Doel", 0, 0), ("1.1 Waarom", 0, 0), ("2 Plan", 0, 1))
    assert _headings(data) == [(1, "1 Doel"), (2, "1.1 Waarom"), (1, "2 Plan")]


def test_broken_bookmarks_are_left_out_and_loops_end() -> None:
    """Destinations that lead nowhere, an entry that follows itself."""
    writer = PdfWriter(clone_from=io.BytesIO(_pdf(PAGES)))
    good = writer.add_outline_item(title="Vooruitblik", page_number=1)
    under = writer.add_outline_item(title="Daarna", page_number=1, parent=good)
    nowhere = writer.add_outline_item(title="Nergens", page_number=0).get_object()
    nowhere[NameObject("/Dest")] = ArrayObject([NullObject(), NameObject("/Fit")])
    writer.add_outline_item(title="Getal", page_number=0).get_object()[NameObject("/Dest")] = NumberObject(7)
    under.get_object()[NameObject("/Next")] = good
    file = io.BytesIO()
    writer.write(file)
    assert bookmarks_of(PdfReader(file)) == (Bookmark("Vooruitblik", 1, 1), Bookmark("Daarna", 2, 1))


def test_an_outline_beyond_measure_is_read_in_part() -> None:
    """Half a million bookmarks are a bomb."""
    data = _pdf([["Doel"]], *(("Doel", 0, 0) for _ in range(MAX_BOOKMARKS + 10)))
    assert len(bookmarks_of(PdfReader(io.BytesIO(data)))) == MAX_BOOKMARKS
