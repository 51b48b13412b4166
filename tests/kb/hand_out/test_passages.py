"""The passages as a table, read back as a spreadsheet does."""

from __future__ import annotations

import csv
import io

import pytest

from kb.hand_out.passages import passages_csv
from kb.hand_out.types import HandOut
from tests.kb.hand_out.samples import ADVICE, found, handed_out, not_found, says, whole
from tests.search_ui.samples import stored


def rows(hand_out: HandOut) -> list[dict[str, str]]:
    """The rows under their columns, in Dutch."""
    text = passages_csv(hand_out).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_every_cited_passage_is_a_row_and_so_is_what_was_only_found() -> None:
    """With the number that the answer gives it, and everything that is known of its document."""
    first, *_, last = rows(whole())

    assert first == {
        "vraag": "Wat vraagt de raad?",
        "bron": "1",
        "rol": "geciteerd",
        "titel": "Advies over leren",
        "uitgever": "SERV",
        "soort": "advies",
        "datum": "2018-07-02",
        "plaats": "p. 3",
        "onder de titel": "4.2 Kosten",
        "citaat": ADVICE,
        "hele passage": ADVICE,
        "verwijzing": "SERV. (2018, 2 juli). Advies over leren (p. 3) [Advies].",
        "document": "document-1",
    }
    assert (last["bron"], last["rol"], last["citaat"]) == ("", "gevonden, niet geciteerd", "")


def test_excel_knows_its_letters_and_its_columns() -> None:
    """By a mark in front, and the separator of the language."""
    assert passages_csv(whole()).startswith('\ufeff"vraag";"bron"'.encode())
    assert passages_csv(handed_out(not_found("?"), language="en")).startswith('\ufeff"question","source"'.encode())


def test_what_is_near_is_called_no_answer() -> None:
    """Also in a table."""
    (row,) = rows(handed_out(not_found("Wat kost een kaartje?")))

    assert (row["bron"], row["rol"]) == ("", "komt het dichtst in de buurt, geen antwoord")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    """Whatever a document or a question begins with."""
    text = f'{start}HYPERLINK("http://kwaad";"klik")'
    passage = stored(text, title=text, publisher=text, kind=text, headings=(text,))
    written = rows(handed_out(found(text, says(passage))))

    assert [cell for row in written for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n＝"))] == []
    assert written[0]["citaat"] == f"'{text}"


def test_signs_of_the_table_stay_within_their_cell() -> None:
    """Separators, quotation marks and line ends."""
    text = 'Eén; twee, "drie"\nen vier.'

    assert rows(handed_out(found("Wat?", says(stored(text)))))[0]["citaat"] == text
