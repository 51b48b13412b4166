"""Pages in columns are read column by column; pages without stay as they are drawn."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf import read
from ingest.readers.pdf.columns import in_reading_order
from ingest.readers.pdf.rows import Piece, Row, row_of

PATH = Path("folder.pdf")
PITCH = 13.0
LEFT = """De stad telt elk jaar in mei hoeveel
fietsen er in de straten staan. Dat
gebeurt op een dinsdag, van zeven
tot negen uur in de ochtend, door
een ploeg van twintig vrijwilligers
die elk een eigen kruispunt hebben.
Wie mee wil tellen, schrijft zich in
bij de dienst mobiliteit.""".split("\n")
RIGHT = """Het verslag verschijnt na de zomer
en gaat naar de raad, samen met een
kaart van alle straten. De cijfers
staan ook op de website van de stad,
waar iedereen ze mag gebruiken voor
een eigen onderzoek. Vragen komen
terecht bij de dienst die de telling
heeft gedaan.""".split("\n")


def _raw_lines(draw: Callable[[Canvas], None]) -> list[str]:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return [line.strip() for line in read(PATH, file.getvalue()).pages[0].text.split("\n")]


def _across(canvas: Canvas, *columns: Sequence[str], top: float = 150, xs: Sequence[float] = (72, 310)) -> None:
    """Columns drawn line by line, each line across all of them."""
    for index, lines in enumerate(zip(*columns, strict=True)):
        for x, line in zip(xs, lines, strict=True):
            canvas.drawString(x, A4[1] - top - PITCH * index, line)


def test_columns_drawn_across_are_read_one_after_the_other() -> None:
    """A title over both columns stays above them, a note under both below."""

    def draw(canvas: Canvas) -> None:
        title = "Hoe de stad haar fietsen telt, en wat er daarna met al die cijfers gebeurt in de raad"
        canvas.drawString(72, A4[1] - 100, title)
        _across(canvas, LEFT, RIGHT)
        canvas.drawString(
            72, A4[1] - 700, f"Bij dit verslag hoort een nota over alle straten en pleinen. {'Zie daar. ' * 3}"
        )

    lines = _raw_lines(draw)
    assert lines[0].startswith("Hoe de stad")
    assert lines[1:-1] == [*LEFT, *RIGHT]
    assert lines[-1].startswith("Bij dit verslag")


def test_three_columns() -> None:
    """The cut is made again within each part."""
    columns = [[line[:24] for line in lines] for lines in (LEFT, RIGHT, LEFT)]
    xs = (72, 240, 400)
    assert _raw_lines(lambda canvas: _across(canvas, *columns, xs=xs)) == [
        line.strip() for part in columns for line in part
    ]


def test_lists_side_by_side_keep_to_their_heading() -> None:
    """What something is and what it is not stand in two columns: read across, the items would change sides."""
    what_it_is = ["Het is:", "• leren", "• werken", "• samen", "• betaald", "• begeleid"]
    what_it_is_not = ["Het is niet:", "• een stage", "• vrijblijvend", "• een bijbaan", "• onbetaald", "• alleen"]
    assert _raw_lines(lambda canvas: _across(canvas, what_it_is, what_it_is_not)) == [*what_it_is, *what_it_is_not]


def test_columns_drawn_one_after_the_other_stay_as_drawn() -> None:
    """Also when the right one comes first: nobody knows better than the file."""

    def draw(canvas: Canvas) -> None:
        _across(canvas, RIGHT, xs=(310,))
        _across(canvas, LEFT, xs=(72,))

    assert _raw_lines(draw) == [*RIGHT, *LEFT]


def test_labels_before_texts_are_no_column() -> None:
    """A narrow column of names or hours goes with the lines beside it."""
    hours = [f"{hour}.00 uur" for hour in range(8, 16)]
    lines = _raw_lines(lambda canvas: _across(canvas, hours, RIGHT, xs=(72, 150)))
    assert lines == [f"{hour} {text}" for hour, text in zip(hours, RIGHT, strict=True)]


def test_rows_that_leave_the_same_heights_open_are_no_columns() -> None:
    """In a table without lines both cells of a row begin at one height, and rows stand apart."""

    def draw(canvas: Canvas) -> None:
        for number in range(4):
            _across(canvas, LEFT[:3], RIGHT[:3], top=150 + 70 * number)

    lines = _raw_lines(draw)
    assert lines == [f"{left} {right}" for left, right in zip(LEFT[:3], RIGHT[:3], strict=True)] * 4


def test_without_known_widths_nothing_is_moved() -> None:
    """Where a font does not tell how wide its letters are, no gutter can be seen."""
    rows = [
        row_of(
            [
                Piece(left, 10, bold=False, x=72, top=top, right=72),
                Piece(right, 10, bold=False, x=310, top=top, right=310),
            ]
        )
        for top, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
    ]
    assert in_reading_order(rows) == rows


def test_an_empty_page_stays_empty() -> None:
    """No lines, no columns."""
    nothing: list[Row] = []
    assert in_reading_order(nothing) == []
