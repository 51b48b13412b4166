"""The passages of a hand-out as a table (CSV) for a spreadsheet: those that are cited, then those that were only found.

In UTF-8 with the mark by which Excel knows it; the separator is the one that Excel expects in the reader's language.
No cell can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from ingest.types import Span
from kb.hand_out.types import HandOut, HandOutAnswer
from kb.labels import page_labels, section_path, value_label
from kb.references import apa
from kb.sources import Source, sources_of_statements
from kb.types import Status, StoredPassage
from kb.wording import say

COLUMNS = (
    "question number role title publisher kind date place section quote passage reference document"  # hand_out.column
).split()
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones are formulas in East Asian versions of Excel

Row = Mapping[str, str]


def passages_csv(hand_out: HandOut) -> bytes:
    """The whole table; its first row holds the names of the columns."""
    language = hand_out.language
    written = io.StringIO(newline="")
    separator = say("hand_out.separator", language=language)
    table = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(say(f"hand_out.column.{name}", language=language) for name in COLUMNS)
    numbered = sources_of_statements(one for each in hand_out.answers for one in each.asked.answer.statements)
    for answer in hand_out.answers:
        for row in _rows(answer, {source.stored.key: source for source in numbered}, language=language):
            table.writerow(defused(row[name]) for name in COLUMNS)
    return written.getvalue().encode("utf-8-sig", "replace")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before one that begins like it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _rows(answer: HandOutAnswer, numbered: Mapping[int, Source], *, language: str) -> Iterator[Row]:
    own = sources_of_statements(answer.asked.answer.statements)
    for source in own:
        number = str(numbered[source.stored.key].number)
        yield _row(answer, source.stored, source.quotes, number=number, role="cited", language=language)
    role = "nearest" if answer.status is Status.NOT_FOUND else "found"
    cited = {source.stored.key for source in own}
    for hit in answer.asked.answer.hits:
        if hit.stored.key not in cited:
            yield _row(answer, hit.stored, (), number="", role=role, language=language)


def _row(
    answer: HandOutAnswer, stored: StoredPassage, quotes: tuple[Span, ...], *, number: str, role: str, language: str
) -> Row:
    document, passage = stored.document, stored.passage
    info = document.info
    spans = quotes or (Span(passage.start, passage.end),)
    return {
        "question": answer.question,
        "number": number,
        "role": say(f"hand_out.role.{role}", language=language),
        "title": document.title,
        "publisher": info.publisher or "",
        "kind": value_label("kind", info.kind, language=language) if info.kind else "",
        "date": info.date or "",
        "place": ", ".join(page_labels(document, spans, language=language)),
        "section": " › ".join(section_path(stored)),
        "quote": "\n".join(passage.slice(quote.start, quote.end) for quote in quotes),
        "passage": passage.text,
        "reference": apa(document, spans, language=language).plain,
        "document": document.id,
    }
