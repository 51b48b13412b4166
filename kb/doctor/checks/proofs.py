"""Quotes re-proven against the original files: by another library than the one that read them, or by reading anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ingest.errors import LimitExceeded, NoPicture, UnreadableFile
from ingest.geometry import letters_of_pages, page_parts
from ingest.isolation import run_limited
from ingest.locating import locate
from ingest.reading import VERSION
from ingest.types import Document, Span
from kb.doctor.second_reading import read_again
from kb.doctor.types import Patient, Remark, Repair, good, note, wrong
from kb.types import DocumentCard

_SAMPLE = 25  # units of a document
_ENOUGH = 0.8  # of the letters: two libraries agree on more than 0.98 of those of real documents


def proofs(patient: Patient) -> Iterator[Remark]:
    """Whether sentences of each document that answers stand in its original file, as something else reads it."""
    proven = 0
    for card in patient.catalogue.documents():
        remark = _remark_on(patient, card)
        if remark is None:
            proven += 1
        else:
            yield remark
    if proven:
        yield good("proofs_good", count=proven)


def _remark_on(patient: Patient, card: DocumentCard) -> Remark | None:
    try:
        if card.format == "pdf":
            return _compared_with_pdfium(patient, card)
        return _compared_with_new_reading(patient, card)
    except (NoPicture, UnreadableFile, LimitExceeded, ChildProcessError) as error:
        return note("proof_impossible", document=card.id, detail=error)


def _compared_with_pdfium(patient: Patient, card: DocumentCard) -> Remark | None:
    pages = run_limited(letters_of_pages, patient.home.original(card.digest))
    document = patient.catalogue.document(card.key)
    units = [unit for one in patient.catalogue.passages_of(card.key) for unit in one.passage.units]
    chosen = units if patient.thorough else _spread(units)
    found, wanted = map(sum, zip((0, 0), *(_letters_found(document, unit, pages) for unit in chosen), strict=False))
    if wanted and found < _ENOUGH * wanted:
        percent = round(100 * found / wanted)
        return wrong("proof_failed", repair=Repair.REREAD, subjects=(card.key,), document=card.id, percent=percent)
    return None


def _spread(units: Sequence[Span]) -> list[Span]:
    places = np.linspace(0, len(units) - 1, min(_SAMPLE, len(units))).astype(int)
    return [units[place] for place in places]


def _letters_found(document: Document, unit: Span, pages: Sequence[str]) -> tuple[int, int]:
    """Of the letters of a unit those that its pages have, and all. Pages that hold no text of their own say nothing."""
    parts = [part for part in page_parts(document, unit) if not part.is_scan and part.position < len(pages)]
    told = [part for part in parts if pages[part.position]]
    ranges = [one for part in told for one in locate(part.quote, pages[part.position])]
    return sum(last - first for first, last in ranges), sum(len(part.quote.letters) for part in told)


def _compared_with_new_reading(patient: Patient, card: DocumentCard) -> Remark | None:
    if patient.catalogue.read_by(card.key) != VERSION:
        return note("proof_earlier_reading", document=card.id)
    if read_again(patient.home, card).document.text == patient.catalogue.text(card.key, 0, None):
        return None
    return wrong("proof_other_text", repair=Repair.REREAD, subjects=(card.key,), document=card.id)
