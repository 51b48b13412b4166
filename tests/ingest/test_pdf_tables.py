"""Tables in PDF files: rows of cells, their header, and what is no table."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.assembly import assemble
from ingest.readers.pdf import read
from ingest.repair import letters_and_digits
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW

PATH = Path("nota.pdf")
TEXT = "De stad telt elk jaar in mei hoeveel fietsen er in alle straten staan."
PITCH = 13.0
Draw = Callable[[Canvas], None]
Cells = Sequence[Sequence[str]]

FLEET = (
    ("Deel", "Wat het doet"),
    ("Bel", "Zij rinkelt overdag en ook in de nacht, wan-\nneer het regent."),
    ("Wiel", "Het draait wanneer het moet."),
)


def _pdf(*pages: Draw) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _text(canvas: Canvas, x: float, top: float, text: str, *, font: str = "Helvetica") -> None:
    canvas.setFont(font, 10)
    for index, line in enumerate(text.split("\n")):
        canvas.drawString(x, A4[1] - top - PITCH * index, line)


def _table(cells: Cells, *, top: float = 200, widths: Sequence[float] = (80, 250), ruled: bool = True) -> Draw:
    """A table drawn row by row, cell by cell, its first row bold; with lines around the cells, or none."""

    def draw(canvas: Canvas) -> None:
        place = top
        for number, row in enumerate(cells):
            height = PITCH * max(text.count("\n") + 1 for text in row) + 6
            left = 72.0
            for text, width in zip(row, widths, strict=True):
                _text(canvas, left + 4, place + PITCH, text, font="Helvetica" if number else "Helvetica-Bold")
                if ruled:
                    canvas.rect(left, A4[1] - place - height, width, height)
                left += width
            place += height

    return draw


def _rows(data: bytes) -> list[tuple[int, str]]:
    result = assemble(read(PATH, data))
    return [
        (block.level, result.text[block.start : block.end])
        for block in result.blocks
        if block.kind.value == "table_row"
    ]


def test_a_ruled_table_is_rows_of_cells_under_its_header() -> None:
    """Lines of a cell are joined to their cell, also over a hyphen; a bold first row names the columns."""
    assert _rows(_pdf(_table(FLEET))) == [
        (HEADER_ROW, "Deel | Wat het doet"),
        (BODY_ROW, "Bel | Zij rinkelt overdag en ook in de nacht, wanneer het regent."),
        (BODY_ROW, "Wiel | Het draait wanneer het moet."),
    ]


def test_an_empty_cell_keeps_its_place() -> None:
    """Each cell stands under the name of its column."""
    cells = (("Deel", "Prijs", "Kleur"), ("Bel", "", "rood"), ("Wiel", "12", "zwart"))
    assert _rows(_pdf(_table(cells, widths=(80, 80, 80)))) == [
        (HEADER_ROW, "Deel | Prijs | Kleur"),
        (BODY_ROW, "Bel | | rood"),
        (BODY_ROW, "Wiel | 12 | zwart"),
    ]


def test_rows_drawn_line_by_line_across_the_cells_are_told_apart() -> None:
    """Some programs draw the first lines of all cells before the second."""

    def draw(canvas: Canvas) -> None:
        _table((("", ""), ("", "\n"), ("", "")))(canvas)
        for top, left, right in ((213, "A", "B"), (232, "Bel", "Zij rinkelt"), (245, "", "altijd."), (264, "Y", "Z")):
            _text(canvas, 76, top, left)
            _text(canvas, 156, top, right)

    assert [text for _, text in _rows(_pdf(draw))] == ["A | B", "Bel | Zij rinkelt altijd.", "Y | Z"]


def test_text_around_a_table_stays_around_it() -> None:
    """What stands above comes before, what stands below after."""

    def draw(canvas: Canvas) -> None:
        _text(canvas, 72, 150, TEXT)
        _table(FLEET)(canvas)
        _text(canvas, 72, 400, TEXT)

    kinds = [block.kind.value for block in assemble(read(PATH, _pdf(draw))).blocks]
    assert kinds == ["paragraph", "table_row", "table_row", "table_row", "paragraph"]


def test_a_table_goes_on_over_the_page() -> None:
    """Its rows on the next page open no other table, so that the header holds for them too."""
    more = (("Zadel", "Het zit."), ("Stuur", "Het stuurt."))
    plain = tuple((f"{name}", text) for name, text in more)
    data = _pdf(_table(FLEET, top=600), _table(plain, top=120))
    assert [level for level, _ in _rows(data)][:3] == [HEADER_ROW, BODY_ROW, BODY_ROW]
    assert FIRST_ROW not in [level for level, _ in _rows(data)][3:]


def test_a_frame_around_text_is_no_table() -> None:
    """Neither one cell nor one column makes a table."""
    box = _table(((TEXT,), (TEXT,)), widths=(420,))
    assert _rows(_pdf(box)) == []


def test_text_that_does_not_keep_to_the_lines_is_no_table() -> None:
    """Where a drawing crosses the text, no cells are invented."""

    def draw(canvas: Canvas) -> None:
        _table((("", "", ""), ("", "", ""), ("", "", "")), widths=(60, 60, 60))(canvas)
        for top in (213, 232, 251):
            _text(canvas, 76, top, TEXT)

    assert _rows(_pdf(draw)) == []


FIGURES = (
    ("", "2019", "2020", "2021"),
    ("Fietsen", "1.204", "1.377", "1.502"),
    ("Auto's", "988", "871", "790"),
    ("Bussen", "41", "44", "43"),
)


def test_figures_in_columns_are_a_table_without_lines_too() -> None:
    """Rows of short texts one under the other, with gaps between them that none of them enters."""
    table = _table(FIGURES, widths=(120, 80, 80, 80), ruled=False)
    assert _rows(_pdf(table)) == [
        (HEADER_ROW, "| 2019 | 2020 | 2021"),
        (BODY_ROW, "Fietsen | 1.204 | 1.377 | 1.502"),
        (BODY_ROW, "Auto's | 988 | 871 | 790"),
        (BODY_ROW, "Bussen | 41 | 44 | 43"),
    ]


def test_a_table_of_contents_is_none() -> None:
    """Number, title and page stand in columns as well."""
    entries = (("1.", "De fiets", "3"), ("1.1", "De bel", "4"), ("1.2", "Het wiel", "6"), ("2.", "De auto", "9"))
    assert _rows(_pdf(_table(entries, widths=(60, 300, 60), ruled=False))) == []


def test_lines_with_one_wide_gap_are_none() -> None:
    """A label and what follows it can be anything."""
    pairs = tuple((row[0] or "Jaar", row[1]) for row in FIGURES)
    assert _rows(_pdf(_table(pairs, widths=(120, 80), ruled=False))) == []


def test_letters_stay_those_of_the_page() -> None:
    """Separators hold no letters and no digits."""
    page = read(PATH, _pdf(_table(FLEET))).pages[0]
    assert letters_and_digits("".join(block.text for block in page.blocks)) == letters_and_digits(page.text)
