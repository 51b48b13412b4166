"""Tables: cells side by side, and which rows name the columns."""

from __future__ import annotations

import pytest

from ingest.assembly import assemble
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW, headers_of_rows, row_levels, row_text
from ingest.types import BlockKind, Span

FIGURES = [["", "2020", "2021"], ["Gent", "12", "1.234"], ["Brugge", "7 %", ""]]
NAMES = [["Naam", "Organisatie"], ["An", "SERV"], ["Jan", "VDAB"]]
DETAILS = [["Datum", "3 mei 2021"], ["Plaats", "Gent"], ["Aanwezig", "12"]]


def test_cells_keep_their_place() -> None:
    """An empty cell is there, so that a figure stands under the name of its column; empty ones at the end are not."""
    assert [row_text(row) for row in FIGURES] == [" | 2020 | 2021", "Gent | 12 | 1.234", "Brugge | 7 %"]


@pytest.mark.parametrize(
    ("rows", "hints", "expected"),
    [
        (FIGURES, {}, [HEADER_ROW, BODY_ROW, BODY_ROW]),
        (NAMES, {}, [FIRST_ROW, BODY_ROW, BODY_ROW]),
        (NAMES, {"emphasised": [True, False, False]}, [HEADER_ROW, BODY_ROW, BODY_ROW]),
        (NAMES, {"emphasised": [True, True, True]}, [FIRST_ROW, BODY_ROW, BODY_ROW]),
        (NAMES, {"declared": 2}, [HEADER_ROW, HEADER_ROW, BODY_ROW]),
        (NAMES, {"declared": 3}, [FIRST_ROW, BODY_ROW, BODY_ROW]),
        (DETAILS, {}, [FIRST_ROW, BODY_ROW, BODY_ROW]),
        ([["Slechts een rij", "12"]], {"emphasised": [True]}, [FIRST_ROW]),
        ([], {}, []),
    ],
)
def test_a_header_is_declared_set_apart_or_names_figures(
    rows: list[list[str]], hints: dict[str, list[bool]], expected: list[int]
) -> None:
    """What the file says of itself comes first; a first row that only comes first names nothing."""
    assert row_levels(rows, **hints) == expected


def test_each_row_knows_its_header() -> None:
    """A header of two rows is one; a table without a header takes none from the table above it."""
    row = BlockKind.TABLE_ROW
    made = assemble(
        RawDocument(
            "docx",
            (
                page_from_blocks(
                    1,
                    [
                        RawBlock(row, "Jaar | Leerlingen", HEADER_ROW),
                        RawBlock(row, " | Jongens | Meisjes", HEADER_ROW),
                        RawBlock(row, "2021 | 12 | 13"),
                        RawBlock(row, "An | SERV", FIRST_ROW),
                        RawBlock(row, "Jan | VDAB"),
                    ],
                ),
            ),
        )
    )
    header = "Jaar | Leerlingen\n| Jongens | Meisjes"

    assert made.text == f"{header}\n2021 | 12 | 13\n\nAn | SERV\nJan | VDAB"
    assert headers_of_rows(made.blocks) == {made.blocks[2].start: Span(0, len(header))}
