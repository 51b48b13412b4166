"""Terms as a table (CSV) for a spreadsheet: one row for each meaning, with where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ingest.types import Span
from kb.glossary.types import Meaning, Term
from kb.hand_out.passages import defused
from kb.labels import page_label
from kb.references import apa
from kb.wording import say

COLUMNS = "term kind meaning teller title publisher date place reference source".split()  # terms.column


def terms_csv(terms: Iterable[Term], *, language: str) -> bytes:
    """The whole table; its first row holds the names of the columns. As in ``kb.hand_out.passages``, no cell can be
    taken for a formula, and Excel knows the encoding.
    """
    written = io.StringIO(newline="")
    separator = say("hand_out.separator", language=language)
    table = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(say(f"terms.column.{name}", language=language) for name in COLUMNS)
    for term in terms:
        for meaning in term.meanings:
            table.writerow(map(defused, _row(term, meaning, language=language)))
    return written.getvalue().encode("utf-8-sig", "replace")


def _row(term: Term, meaning: Meaning, *, language: str) -> tuple[str, ...]:
    kind = say(f"terms.kind.{meaning.kind}", language=language)
    teller = say(f"terms.teller.{meaning.teller}", language=language)
    if not meaning.citations:
        return (term.name, kind, meaning.text, teller, "", "", "", "", "", meaning.source)
    place = meaning.citations[0]
    info, span = place.document.info, Span(place.start, place.end)
    where = page_label(place.document, span, language=language) or ""
    reference = apa(place.document, (span,), language=language).plain
    known = (place.document.title, info.publisher or "", info.date or "", where, reference)
    return (term.name, kind, meaning.text, teller, *known, meaning.source)
