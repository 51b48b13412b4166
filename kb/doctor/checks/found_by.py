"""What documents are found by: the lexical index, the vectors, the vector index; each against the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ingest.errors import LimitExceeded
from kb.analysis import lexical_fields
from kb.doctor.types import Patient, Remark, Repair, good, note, wrong
from kb.index_care import examined_apart
from kb.stored_vectors import unpack
from kb.types import State
from kb.vector_index import IndexState, VectorIndex

_SHORT, _LONG = 0.98, 1.02  # the length of a vector of length 1 in float16
_AT_ONCE = 500
_TO_LOOK_AT = (IndexState.CURRENT, IndexState.BEHIND)
_CURRENT = "SELECT passages.key FROM passages JOIN documents ON documents.key = document_key WHERE state = 'current'"


def lexical(patient: Patient) -> Iterator[Remark]:
    """Whether the lexical index holds the passages that answer, and of each the words that it has."""
    if not patient.catalogue.has_todays_stems():
        yield wrong("lexical_outdated", repair=Repair.LEXICAL)
        return
    with patient.catalogue.snapshot():
        wanted = {row[0] for row in patient.database.rows(_CURRENT)}
        held = {row[0] for row in patient.database.rows("SELECT rowid FROM lexical")}
        both = sorted(wanted & held)
        parts = (both[start : start + _AT_ONCE] for start in range(0, len(both), _AT_ONCE))
        other = sum(_other_words(patient, keys) for keys in parts)
    if wanted == held and not other:
        yield good("lexical_good", count=len(held))
    else:
        missing, extra = len(wanted - held), len(held - wanted)
        yield wrong("lexical_wrong", repair=Repair.LEXICAL, missing=missing, extra=extra, other=other)


def _other_words(patient: Patient, keys: Sequence[int]) -> int:
    """How many of some passages are indexed by other words than they have."""
    held = patient.catalogue.lexical_fields(keys)
    stored = patient.catalogue.passages(keys)
    return sum(held.get(key) != lexical_fields(one.passage, one.document.info) for key, one in stored.items())


def vectors(patient: Patient) -> Iterator[Remark]:
    """Whether each passage that answers has its vectors, of the right length, and no other has."""
    with patient.catalogue.snapshot():
        rows = patient.database.rows(
            "SELECT passages.key, document_key, state, vectors.passage, vectors.units, passages.units FROM passages"
            " JOIN documents ON documents.key = document_key LEFT JOIN vectors ON passage_key = passages.key"
        )
        dimension = patient.catalogue.dimension
    wanted = [row for row in rows if row[2] == State.CURRENT]
    missing = [row for row in wanted if row[3] is None]
    spoilt = [row for row in wanted if row[3] is not None and not _is_sound(row[3:], dimension)]
    extra = [row for row in rows if row[2] != State.CURRENT and row[3] is not None]
    if not (missing or spoilt or extra):
        yield good("vectors_good", count=len(wanted))
    else:
        subjects = tuple(sorted({row[1] for row in (*missing, *spoilt, *extra)}))
        yield wrong(
            "vectors_wrong",
            repair=Repair.VECTORS,
            subjects=subjects,
            missing=len(missing),
            extra=len(extra),
            other=len(spoilt),
        )


def _is_sound(stored: tuple[bytes, bytes, bytes], dimension: int) -> bool:
    """Whether there is a vector of length 1 for the passage and for each of its units (pairs of int32)."""
    passage, units, spans = stored
    if len(passage) != 2 * dimension or len(units) != 2 * dimension * (len(spans) // 8):
        return False
    lengths = np.linalg.norm(unpack(passage + units, dimension).astype(np.float64), axis=1)
    return bool(np.all((lengths > _SHORT) & (lengths < _LONG)))


def words(patient: Patient) -> Iterator[Remark]:
    """Whether each word of the documents has its vector."""
    with patient.catalogue.snapshot():
        wanted = set(patient.catalogue.words())
        size = 2 * patient.catalogue.dimension
        rows = patient.database.rows("SELECT word, length(vector) FROM word_vectors")
    held = {word for word, length in rows if length == size}
    spoilt = len(rows) - len(held)
    if wanted <= held and not spoilt:
        yield good("words_good", count=len(held))
    else:
        yield wrong("words_wrong", repair=Repair.WORDS, missing=len(wanted - held), other=spoilt)


def vector_index(patient: Patient) -> Iterator[Remark]:
    """Whether Chroma holds the vectors of the catalogue and finds them; looked at in a process of its own."""
    index = VectorIndex(patient.home.vectors)
    try:
        with patient.catalogue.snapshot():
            state, wanted = index.state(patient.catalogue), patient.catalogue.vector_keys()
            held = examined_apart(patient.home, patient.catalogue) if state in _TO_LOOK_AT else None
    except (ValueError, LimitExceeded, ChildProcessError) as error:
        yield wrong("index_damaged", repair=Repair.INDEX, detail=error)
        return
    finally:
        index.close()
    if state is IndexState.OUTDATED:
        yield wrong("index_outdated", repair=Repair.INDEX)
    elif held is None:
        yield wrong("index_damaged", repair=Repair.INDEX, detail=patient.home.vectors)
    elif held == wanted:
        yield good("index_good", count=len(held))
    elif patient.is_being_changed:
        yield note("index_being_changed")
    else:
        yield wrong("index_behind", repair=Repair.INDEX, missing=len(wanted - held), extra=len(held - wanted))
