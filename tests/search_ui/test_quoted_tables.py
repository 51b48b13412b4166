"""Rows of a table in a statement and on a card: as a table, with the names of its columns as headers."""

from __future__ import annotations

import re
from html import unescape

from ingest.tables import BODY_ROW, HEADER_ROW
from ingest.types import Block, BlockKind, Span
from kb.types import Answer, Citation, Statement, Status
from search_ui.question.cards import render_sources
from search_ui.question.rendering import render_answer
from search_ui.question.tables import rows_among
from tests.search_ui.samples import stored

INTRO = "De bedragen per jaar staan hieronder. " * 9
ROWS = ("Jaar | Bedrag | Wie", "2022 | 30 euro | <b>elke</b> stagiair", "2023", "2024 | 35 euro | elke mentor")
TEXT = "\n".join((INTRO.strip(), "", *ROWS))
QUOTED = ROWS[1]


def blocks_of(_document_key: int) -> list[Block]:
    """The rows as a reader of files tags them: the first names the columns."""
    starts = [TEXT.index(row) for row in ROWS]
    levels = [HEADER_ROW, *[BODY_ROW] * 3]
    spans = zip(starts, ROWS, levels, strict=True)
    return [Block(BlockKind.TABLE_ROW, start, start + len(row), level) for start, row, level in spans]


def answer(*quotes: str) -> Answer:
    """An answer of pieces of the text."""
    passage = stored(TEXT)
    citations = tuple(Citation(passage, TEXT.index(one), TEXT.index(one) + len(one)) for one in quotes)
    return Answer("Hoeveel?", Status.FOUND, (Statement("\n".join(quotes), citations),))


def rows(html: str) -> list[list[tuple[str, str]]]:
    """The rows of the tables in some HTML: the element of each cell, and its words."""
    found = re.findall(r"<tr>(.*?)</tr>", html)
    return [[(name, unescape(cell)) for name, cell in re.findall(r"<(t[hd])[^>]*>(.*?)</t[hd]>", row)] for row in found]


def card(quote: str) -> str:
    """The card of a quote."""
    return render_sources(answer(quote), language="nl", row_level=rows_among(blocks_of))


def test_on_a_card_the_rows_around_a_quote_are_a_table() -> None:
    """Each whole, with as many cells as the others, and no more marked than what is quoted."""
    html = card(QUOTED)

    assert rows(html) == [
        [("th", "Jaar"), ("th", "Bedrag"), ("th", "Wie")],
        [("td", "<mark>2022</mark>"), ("td", "<mark>30 euro</mark>"), ("td", "<mark><b>elke</b> stagiair</mark>")],
        [("td", "2023"), ("td", ""), ("td", "")],
        [("td", "2024"), ("td", "35 euro"), ("td", "elke mentor")],
    ]
    assert "<b>" not in html
    assert " | " not in html
    assert re.search(r"<p>… \w+ [^<]*hieronder\.</p><figure", html)


def test_a_row_stands_on_a_card_whole_or_not_at_all() -> None:
    """A cell under another column's name would say what no document says."""
    whole = f"{TEXT} {'en wie hem vervangt, ' * 20}ook."
    passage, last = stored(whole), Span(whole.index(ROWS[3]), len(whole))
    of = rows_among(lambda _: [*blocks_of(1)[:3], Block(BlockKind.TABLE_ROW, last.start, last.end)])

    def shown(start: int, end: int) -> str:
        statement = Statement(whole[start:end], (Citation(passage, start, end),))
        return render_sources(Answer("Hoeveel?", Status.FOUND, (statement,)), language="nl", row_level=of)

    assert "<tr>" not in shown(0, len("De bedragen per jaar staan hieronder."))
    assert [cells for _, cells in rows(shown(0, whole.index(ROWS[3])))[-1]] == ["<mark>2023</mark>", "", ""]
    assert rows(shown(last.start, last.end))[-1][-1] == ("td", f"<mark>{whole[last.start :].split(' | ')[2]}</mark>")


def test_only_the_names_of_columns_are_headers_of_a_statement() -> None:
    """The first of two rows with figures names nothing."""
    of = rows_among(blocks_of)
    named, unnamed = (
        render_answer(answer(*quotes), language="nl", row_level=of).partition('class="take-away"')[0]
        for quotes in ((ROWS[0], QUOTED), (QUOTED, ROWS[3]))
    )

    assert [row[0][0] for row in rows(named)] == ["th", "td"]
    assert '<th scope="col">Jaar</th>' in named
    assert [row[0][0] for row in rows(unnamed)] == ["td", "td"]
