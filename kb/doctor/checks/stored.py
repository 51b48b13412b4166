"""What is kept for good: the file of the catalogue, the originals, the texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ingest.errors import Reason, UnreadableFile
from ingest.repair import letters_and_digits
from ingest.types import Document
from kb import audit, lexical_index
from kb.doctor.types import Patient, Remark, Repair, good, note, wrong
from kb.errors import HomeError
from kb.originals import digest_of
from kb.raw_proof import without_letter_bullets
from kb.types import StoredPassage
from kb.users.store import Users


def catalogue_file(patient: Patient) -> Iterator[Remark]:
    """Whether SQLite finds its file whole: pages, indexes, references, and the lexical index."""
    if problems := patient.catalogue.problems():
        yield wrong("catalogue_broken", repair=Repair.CATALOGUE, count=len(problems), detail=problems[0])
    elif not lexical_index.is_sound(patient.database):
        yield wrong("lexical_broken", repair=Repair.LEXICAL)
    else:
        ((versions,),) = patient.database.rows("SELECT count(*) FROM documents")
        counts = len(patient.catalogue.documents()), patient.catalogue.passage_count()
        yield good("catalogue_good", documents=counts[0], passages=counts[1], versions=versions)


def audit_lines(patient: Patient) -> Iterator[Remark]:
    """Whether every line of who changed what is still there."""
    if gone := audit.lost(patient.database):
        yield wrong("audit_lost", count=gone)
    else:
        yield good("audit_good", count=len(audit.entries(patient.database)))


def originals(patient: Patient) -> Iterator[Remark]:
    """Whether each original is there, with the bytes that were read."""
    bad = 0
    rows = patient.database.rows("SELECT digest, min(id), count(*) FROM documents GROUP BY digest ORDER BY 2")
    for digest, document, _ in rows:
        state = _state_of(patient, digest)
        if state is not None:
            bad += 1
            yield wrong(state, repair=Repair.ORIGINAL, subjects=(digest,), document=document, digest=digest)
    if not bad:
        yield good("originals_good", count=len(rows))


def _state_of(patient: Patient, digest: str) -> str | None:
    try:
        return None if digest_of(patient.home.original(digest)) == digest else "original_altered"
    except UnreadableFile as error:
        return "original_missing" if error.reason is Reason.VANISHED else "original_unreadable"


def texts(patient: Patient) -> Iterator[Remark]:
    """Whether each text agrees with what was extracted from its pages, and with its passages: kept three times."""
    keys = [(key, identity) for key, identity in patient.database.rows("SELECT key, id FROM documents ORDER BY key")]
    bad = [(key, identity) for key, identity in keys if not _agrees(patient, key)]
    for key, identity in bad:
        yield wrong("text_damaged", repair=Repair.REREAD, subjects=(key,), document=identity)
    if not bad:
        yield good("texts_good", count=len(keys))
    unreadable = [row[0] for row in patient.database.rows("SELECT id FROM documents WHERE text = ''")]
    if unreadable:
        yield note("text_empty", documents=", ".join(unreadable))


def _agrees(patient: Patient, key: int) -> bool:
    try:
        with patient.catalogue.snapshot():
            document, passages = patient.catalogue.document(key), patient.catalogue.passages_of(key)
            card = patient.catalogue.card(key)
        whole = document.text is not None and len(passages) == card.passage_count
        return whole and _letters_agree(document) and _spans_agree(document, passages)
    except (ValueError, TypeError, KeyError, IndexError):  # what cannot even be unpacked
        return False


def _letters_agree(document: Document) -> bool:
    """Whether the text has the letters of its pages, page by page; bullets that decode as letters are no letters."""
    ends = [*(page.start for page in document.pages), len(document.text)]
    if ends != sorted(ends) or ends[0] != 0:
        return False
    for page, (start, end) in zip(document.pages, pairwise(ends), strict=True):
        kept = letters_and_digits(document.text[start:end])
        if kept not in (letters_and_digits(page.raw), letters_and_digits(without_letter_bullets(page.raw))):
            return False
    return True


def _spans_agree(document: Document, passages: tuple[StoredPassage, ...]) -> bool:
    size = len(document.text)
    return all(0 <= block.start <= block.end <= size for block in document.blocks) and all(
        one.passage.text == document.text[one.passage.start : one.passage.end]
        and all(one.passage.start <= unit.start <= unit.end <= one.passage.end for unit in one.passage.units)
        for one in passages
    )


def users(patient: Patient) -> Iterator[Remark]:
    """Whether the file of the people who may come in can be read; there need be none."""
    try:
        people = Users(patient.home).all()
    except HomeError as error:
        yield wrong("users_damaged", detail=error.values["detail"])
        return
    if people:
        yield good("users_good", count=len(people))
