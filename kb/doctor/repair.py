"""Mending what can be proven: what is derived is made again, what was read is read again from its original; a catalogue
that is damaged is made again of what can be had (``kb.doctor.salvage``).

An original is only taken from where it came from when its bytes have the hash. Nothing else is touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ingest.errors import UnreadableFile
from kb import originals
from kb.catalogue import Catalogue
from kb.curating import searchable
from kb.doctor.checks.found_by import lexical, vector_index, vectors, words
from kb.doctor.checks.left import leftovers_of
from kb.doctor.checks.stored import catalogue_file, texts
from kb.doctor.examination import Report, examine
from kb.doctor.salvage import salvage
from kb.doctor.second_reading import read_again
from kb.doctor.types import Remark, Repair, Severity, good, wrong
from kb.errors import KnowledgeBaseError
from kb.home import Home
from kb.library import encoded, encoded_words, glossary_of, right_encoder, writing
from kb.progress import SILENCE, Progress
from kb.storing import Reread
from kb.types import State
from kb.vector_index import VectorIndex

_AFTER_SALVAGE = (catalogue_file, texts, lexical, vectors, words, vector_index)

Subjects = Sequence[int | str]


def repair(home: Home, report: Report, *, progress: Progress = SILENCE) -> list[Remark]:
    """Mend what a report found and what can be mended: a remark on each thing that was done, or could not be.

    Raises HomeError where another writer is at work.
    """
    done: list[Remark] = []
    if _is_asked(report, Repair.CATALOGUE):  # before it is whole nothing else can be mended
        done += _tried(Repair.CATALOGUE, salvage(home, progress))
        if any(remark.severity is Severity.WRONG for remark in done):
            return done
        report = examine(home, checks=_AFTER_SALVAGE)
    wanted = {kind: _subjects(report, kind) for kind in _MENDING if _is_asked(report, kind)}
    if not wanted:
        return done
    with writing(home, progress) as catalogue:
        for kind, mend in _MENDING.items():
            if kind in wanted:
                done += _tried(kind, mend(home, catalogue, wanted[kind]))
    return done


def _is_asked(report: Report, kind: Repair) -> bool:
    return any(remark.repair is kind for _, remark in report)


def _subjects(report: Report, kind: Repair) -> Subjects:
    return [subject for _, remark in report if remark.repair is kind for subject in remark.subjects]


def _tried(kind: Repair, mending: Iterator[Remark]) -> Iterator[Remark]:
    """What was done; what stands in the way of one kind of repair stops no other."""
    try:
        yield from mending
    except (KnowledgeBaseError, OSError) as error:
        yield wrong("not_mended", what=kind, detail=error)


def _lexical(_: Home, catalogue: Catalogue, __: Subjects) -> Iterator[Remark]:
    yield good("mended_lexical", count=catalogue.index_words_anew())


def _originals(home: Home, catalogue: Catalogue, digests: Subjects) -> Iterator[Remark]:
    for digest in map(str, digests):
        source = next(filter(lambda path: _has(path, digest), catalogue.sources_of(digest)), None)
        if source is None:
            yield wrong("beyond_original", digest=digest)
        else:
            originals.put_back(home, source, digest=digest)
            yield good("mended_original", source=source)


def _has(path: Path, digest: str) -> bool:
    try:
        return originals.digest_of(path) == digest
    except UnreadableFile:
        return False


def _texts(home: Home, catalogue: Catalogue, keys: Subjects) -> Iterator[Remark]:
    for key in map(int, keys):
        card = catalogue.card(key)
        try:
            read = read_again(home, card)
        except UnreadableFile as error:
            yield wrong("beyond_text", document=card.id, detail=error)
            continue
        vectors = encoded(right_encoder(catalogue, None), card.info.title, read.passages)
        catalogue.mend_text(key, Reread(read.document, read.passages, *vectors, glossary_of(read.acronyms)))
        yield good("mended_text", document=card.id)


def _vectors(_: Home, catalogue: Catalogue, keys: Subjects) -> Iterator[Remark]:
    encoder = right_encoder(catalogue, None)
    for key in map(int, keys):
        card = catalogue.card(key)
        is_found = card.state is State.CURRENT
        catalogue.mend_findability(key, searchable(catalogue, card, card.info, encoder) if is_found else None)
        yield good("mended_vectors", document=card.id)


def _words(_: Home, catalogue: Catalogue, __: Subjects) -> Iterator[Remark]:
    words = catalogue.words()
    catalogue.mend_words(encoded_words(right_encoder(catalogue, None), words))
    yield good("mended_words", count=len(words))


def _derived(home: Home, _: Catalogue, digests: Subjects) -> Iterator[Remark]:
    for digest in map(str, digests):
        for path in home.derived.glob(f"{digest}.*"):
            path.unlink(missing_ok=True)
    yield good("mended_derived", count=len(digests))


def _leftovers(home: Home, catalogue: Catalogue, _: Subjects) -> Iterator[Remark]:
    found = list(leftovers_of(home, catalogue.digests()))
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    yield good("mended_leftovers", count=len(found))


def _index(home: Home, catalogue: Catalogue, _: Subjects) -> Iterator[Remark]:
    index = VectorIndex(home.vectors)
    try:
        index.bring_up_to_date(catalogue, anew=True)
    finally:
        index.close()
    yield good("mended_index")


_MENDING: dict[Repair, Callable[[Home, Catalogue, Subjects], Iterator[Remark]]] = {  # in this order
    Repair.LEXICAL: _lexical,
    Repair.ORIGINAL: _originals,
    Repair.REREAD: _texts,
    Repair.VECTORS: _vectors,
    Repair.WORDS: _words,
    Repair.DERIVED: _derived,
    Repair.TIDY: _leftovers,
    Repair.INDEX: _index,
}
