"""Workbooks: each sheet under its name, rows with their header, figures and dates as people see them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import Reason, UnreadableFile
from ingest.passages import split_passages
from ingest.raw import RawBlock, RawDocument
from ingest.readers.numberformats import shown_date, shown_number
from ingest.readers.xlsx import read
from ingest.reading import read_document
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind

HEADING, PARAGRAPH, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW


def _saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _workbook(**sheets: list[list[object]]) -> Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return workbook


def _read(workbook: Workbook) -> RawDocument:
    return read(Path("cijfers.xlsx"), _saved(workbook))


def _rows(change: Callable[[Worksheet], object], *rows: list[object]) -> list[RawBlock]:
    """The blocks under the name of a sheet that was changed."""
    workbook = _workbook(Cijfers=list(rows))
    change(workbook["Cijfers"])
    return [block for page in _read(workbook).pages for block in page.blocks][1:]


def _unchanged(sheet: Worksheet) -> None:
    """Nothing to change."""


def test_each_sheet_stands_under_its_name() -> None:
    """A sheet is a page without a number; an empty one is none."""
    workbook = _workbook(
        Scholen=[["Naam", "Gemeente", "Jaar"], ["Atheneum", "Gent", 2021]], Leeg=[], Uitleg=[["Lees mij."]]
    )

    pages = _read(workbook).pages

    assert [page.number for page in pages] == [None, None]
    assert [block for page in pages for block in page.blocks] == [
        RawBlock(HEADING, "Scholen", 1),
        RawBlock(ROW, "Naam | Gemeente | Jaar", HEADER_ROW),
        RawBlock(ROW, "Atheneum | Gent | 2021", BODY_ROW),
        RawBlock(HEADING, "Uitleg", 1),
        RawBlock(PARAGRAPH, "Lees mij."),
    ]


def test_the_name_that_a_program_made_up_is_no_heading() -> None:
    """A name such as "Blad1" says nothing where it is that of the only sheet."""
    pages = _read(_workbook(Blad1=[["Lees mij."]])).pages

    assert [block.text for page in pages for block in page.blocks] == ["Lees mij."]


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.1 + 0.2, "General", "0,3"),
        (2021, "General", "2021"),
        (1234.5, "#,##0.00", "1.234,50"),
        (0.125, "0.0%", "12,5%"),
        (0.5, "0%", "50%"),
        (9000, "00000", "09000"),
        (12.5, '[$€-413] #,##0.00;[Red]-[$€-413] #,##0.00', "€ 12,50"),
        (-12.5, '#,##0.00 "euro"', "-12,50 euro"),
        (1234567, "#,##0,", "1.235"),
        (0.5, "0.##", "0,5"),
        (-0.001, "0.0", "0,0"),
        (2.5, "0", "3"),
        (1.5, "# ?/?", "1,5"),
        (12.0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "12,00"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_shown(value: float, code: str, expected: str) -> None:
    """A person sees a percentage with a comma, not what the computer counts with."""
    assert shown_number(value, code) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (datetime(2026, 11, 21), "d mmmm yyyy", "21/11/2026"),
        (date(2026, 11, 1), "mmm-yy", "11/2026"),
        (date(2026, 1, 1), "yyyy", "2026"),
        (datetime(2026, 11, 21, 14, 30), "dd/mm/yyyy hh:mm", "21/11/2026 14:30"),
        (time(9, 5), "h:mm", "09:05"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_dates_are_read_as_people_here_write_them(value: date | time | timedelta, code: str, expected: str) -> None:
    """Day before month, and no more than the format shows."""
    assert shown_date(value, code) == expected


def test_values_come_with_their_formats() -> None:
    """From the file, where a date is a number and a truth is a one."""

    def formatted(sheet: Worksheet) -> None:
        sheet["C2"].number_format = "0.0%"

    rows = _rows(formatted, ["Naam", "Start", "Aandeel", "Klaar"], ["Gent", datetime(2026, 9, 1), 0.125, True])

    assert [block.text for block in rows] == ["Naam | Start | Aandeel | Klaar", "Gent | 01/09/2026 | 12,5% | WAAR"]


def test_tables_and_the_texts_above_them_are_told_apart() -> None:
    """Rows with nothing between them are a table; a second table does not take the header of the first."""
    rows = _rows(
        _unchanged,
        ["Leerlingen per jaar"], ["Jaar", "Aantal"], [2020, 12], [2021, 13], [], [],
        ["Scholen"], ["Naam", "Gemeente", "Net"], ["Atheneum", "Gent", "GO!"],
    )  # fmt: skip

    assert rows == [
        RawBlock(PARAGRAPH, "Leerlingen per jaar"),
        RawBlock(ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(ROW, "2020 | 12", BODY_ROW),
        RawBlock(ROW, "2021 | 13", BODY_ROW),
        RawBlock(PARAGRAPH, "Scholen"),
        RawBlock(ROW, "Naam | Gemeente | Net", HEADER_ROW),
        RawBlock(ROW, "Atheneum | Gent | GO!", BODY_ROW),
    ]


def test_an_empty_row_within_a_table_does_not_part_it_from_its_header() -> None:
    """People leave one to let the table breathe."""
    rows = _rows(_unchanged, ["Naam", "Gemeente", "Net"], [], ["Atheneum", "Gent"], ["College", "Brugge", "KOV"])

    assert [block.level for block in rows] == [HEADER_ROW, BODY_ROW, BODY_ROW]


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: setattr(sheet, "freeze_panes", "A2"),
        lambda sheet: setattr(sheet.auto_filter, "ref", "A1:B3"),
        lambda sheet: [setattr(cell, "font", Font(bold=True)) for cell in sheet[1]],
    ],
)
def test_a_header_is_kept_in_view_filtered_or_bold(change: Callable[[Worksheet], object]) -> None:
    """Where two columns of words say nothing by themselves."""
    rows = ["Naam", "Gemeente"], ["Atheneum", "Gent"], ["College", "Brugge"]

    assert _rows(_unchanged, *rows)[0].level == FIRST_ROW
    assert _rows(change, *rows)[0].level == HEADER_ROW


def test_a_cell_merged_over_rows_belongs_to_each_of_them() -> None:
    """A row read by itself says what it is about; over columns, the text stands in the first."""

    def merged(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B1:C1")

    rows = _rows(merged, ["Net", "Leerlingen", None], ["GO!", "Gent", 12], [None, "Brugge", 13])

    assert [block.text for block in rows] == ["Net | Leerlingen", "GO! | Gent | 12", "GO! | Brugge | 13"]


def test_what_is_hidden_is_not_read_and_that_is_said() -> None:
    """Sheets, rows and columns; rows that are folded away under a plus sign are there to be opened."""
    workbook = _workbook(
        Cijfers=[["Naam", "Geheim", "Net"], ["weg", 1, "x"], ["Gent", 2, "GO!"]], Oud=[["oude cijfers"]]
    )
    workbook["Oud"].sheet_state = "hidden"
    workbook["Cijfers"].row_dimensions[2].hidden = True
    workbook["Cijfers"].column_dimensions["B"].hidden = True
    workbook["Cijfers"].row_dimensions.group(3, 3, hidden=True)

    raw = _read(workbook)

    assert [block.text for page in raw.pages for block in page.blocks] == ["Cijfers", "Naam | Net", "Gent | GO!"]
    assert raw.warnings == ("hidden_cells",)


def test_a_formula_that_was_never_counted_is_named() -> None:
    """Its outcome stands nowhere in the file; a person can have it counted."""
    raw = _read(_workbook(Cijfers=[["Jaar", "Som"], [2021, "=1+1"]]))

    assert raw.warnings == ("uncounted_formulas",)


def test_rows_in_the_middle_of_a_long_table_carry_its_header(tmp_path: Path) -> None:
    """A passage says what its figures are."""
    rows = [
        ["Naam", "Gemeente", "Aantal"],
        *[[f"School {number}", "een lange naam " * 5, number] for number in range(40)],
    ]

    path = tmp_path / "scholen.xlsx"
    path.write_bytes(_saved(_workbook(Scholen=rows)))

    passages = split_passages(read_document(path))

    assert len(passages) > 2
    assert {passage.lead_in for passage in passages[1:]} == {"Naam | Gemeente | Aantal"}
    assert {passage.headings for passage in passages} == {("Scholen",)}


def test_properties_come_with_the_workbook(tmp_path: Path) -> None:
    """The names of sheets are no titles; a title among the properties is one, if the text speaks of it too."""
    workbook = _workbook(Blad1=[["Leerlingen per school"], ["Naam", "Aantal"], ["Gent", 12]], Blad2=[["Bron", "Jaar"]])
    workbook.properties.title = "Leerlingen per school"
    path = tmp_path / "export.xlsx"
    path.write_bytes(_saved(workbook))

    assert read_document(path).info.title == "Leerlingen per school"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (_saved(_workbook(Blad1=[["a"]]))[:-60], Reason.DAMAGED),
        (_saved(_workbook(Blad1=[])), Reason.NO_TEXT),
    ],
)
def test_what_cannot_be_read_has_its_reason(tmp_path: Path, data: bytes, expected: Reason) -> None:
    """Cut off, or empty."""
    path = tmp_path / "cijfers.xlsx"
    path.write_bytes(data)

    with pytest.raises(UnreadableFile) as caught:
        read_document(path)

    assert caught.value.reason is expected
