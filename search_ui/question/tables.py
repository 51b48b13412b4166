"""Rows of a table shown as a table, in a statement and on the card of a source; those that name columns as headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from ingest.tables import CELL_SEPARATOR, HEADER_ROW
from ingest.types import Block, BlockKind, Span
from kb.paragraphs import Paragraph
from kb.types import Statement
from kb.wording import say
from search_ui.markup import element, text
from search_ui.source.excerpts import ELLIPSIS, MarkedText, to_html

# The level (``ingest.tables``) of the row that begins at an offset of the document with a key; None where none does.
RowLevel = Callable[[int, int], int | None]
Row = tuple[bool, Sequence[str]]  # whether it names the columns, and its cells as HTML


def no_rows(_document_key: int, _offset: int) -> None:
    """Of documents of which the blocks are not at hand."""
    return


def rows_among(blocks_of: Callable[[int], Iterable[Block]]) -> RowLevel:
    """The levels of the rows among the blocks of documents, each looked at once and only when asked for."""

    @cache
    def levels(document_key: int) -> dict[int, int]:
        blocks = blocks_of(document_key)
        return {block.start: block.level for block in blocks if block.kind is BlockKind.TABLE_ROW}

    return lambda document_key, offset: levels(document_key).get(offset)


def paragraph_table(paragraph: Paragraph, headers: frozenset[str], *, language: str) -> str:
    """A paragraph of rows; ``headers`` are the lines of a statement that name columns."""
    lines = zip(paragraph.lines, paragraph.rows, strict=True)
    return _table([(line in headers, [text(cell) for cell in row]) for line, row in lines], language=language)


def header_lines(statement: Statement, row_level: RowLevel) -> frozenset[str]:
    """The lines of a statement that are rows with the names of columns."""
    if CELL_SEPARATOR not in statement.text:
        return frozenset()
    return frozenset(
        line.strip()
        for citation in statement.citations
        for start, line in _lines(citation.quote, citation.start)
        if row_level(citation.document.key, start) == HEADER_ROW
    )


def excerpt_in_blocks(
    shown: MarkedText, *, whole: MarkedText, document_key: int, row_level: RowLevel, language: str
) -> str:
    """An excerpt of a text as paragraphs and tables; rows stand in it whole or not at all, and ``…`` where the text
    goes on.
    """
    if CELL_SEPARATOR not in whole.text:
        return element("p", to_html(shown, within=Span(whole.start, whole.end)))
    rows = {
        start: Span(start, start + len(line))
        for start, line in _lines(whole.text, whole.start)
        if row_level(document_key, start) is not None
    }
    shown = _with_whole_rows(shown, whole, rows.values())
    pieces: list[str] = []
    for is_table, lines in _grouped(shown, rows):
        # Whether the text goes on is said at the ends of the excerpt alone.
        start = whole.start if lines[0].start == shown.start else lines[0].start
        end = whole.end if lines[-1].end == shown.end else lines[-1].end
        piece = shown.cut(lines[0].start, lines[-1].end)
        if is_table:
            table = _table([_excerpt_row(shown, line, document_key, row_level) for line in lines], language=language)
            pieces += [_goes_on(holds=start < piece.start), table, _goes_on(holds=end > piece.end)]
        else:
            pieces.append(element("p", to_html(piece, within=Span(start, end))))
    return "".join(pieces)


def _goes_on(*, holds: bool) -> str:
    return element("p", ELLIPSIS) if holds else ""


def _with_whole_rows(shown: MarkedText, whole: MarkedText, rows: Iterable[Span]) -> MarkedText:
    """The excerpt to the ends of the rows that it cuts, where these are quoted; else without what it has of them."""
    start, end = shown.start, shown.end
    first = shown.marks[0].start if shown.marks else start
    last = shown.marks[-1].end if shown.marks else end
    for row in rows:
        if row.start < start < row.end:
            start = row.start if first < row.end else row.end
        if row.start < end < row.end:
            end = row.end if row.start < last else row.start
    return whole.cut(start, max(start, end))


def _grouped(shown: MarkedText, rows: Mapping[int, Span]) -> Iterator[tuple[bool, list[Span]]]:
    """The lines of an excerpt that follow each other and are rows, or are not."""
    spans = [Span(start, start + len(line)) for start, line in _lines(shown.text, shown.start)]
    for is_table, lines in groupby(spans, key=lambda line: line.start in rows):
        yield is_table, list(lines)


def _excerpt_row(shown: MarkedText, line: Span, document_key: int, row_level: RowLevel) -> Row:
    return row_level(document_key, line.start) == HEADER_ROW, list(_cells(shown, line))


def _cells(shown: MarkedText, line: Span) -> Iterator[str]:
    start = line.start
    for cell in shown.cut(line.start, line.end).text.split(CELL_SEPARATOR):
        yield to_html(shown.cut(start, start + len(cell)))
        start += len(cell) + len(CELL_SEPARATOR)


def _table(rows: Sequence[Row], *, language: str) -> str:
    """A table with as many cells in each row. It may be wider than its place, and then the keyboard must reach it."""
    columns = max(len(cells) for _, cells in rows)
    written = (_row([*cells, *[""] * (columns - len(cells))], is_header=is_header) for is_header, cells in rows)
    label = say("ui.viewer.table", language=language)
    return element("figure", element("table", *written), class_="table", tabindex=0, aria_label=label)


def _row(cells: Iterable[str], *, is_header: bool) -> str:
    name, scope = ("th", "col") if is_header else ("td", None)
    return element("tr", *(element(name, cell, scope=scope) for cell in cells))


def _lines(words: str, start: int) -> Iterator[tuple[int, str]]:
    """The lines of a text that begins at an offset, each with its own; without empty ones."""
    for line in words.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1
