"""The ingest pipeline: files become documents of the catalogue, one commit each, and the index follows.

Interrupted at any moment, what was committed stays, and the next run goes on where this one stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest import ocr, reading
from ingest.acronyms import Acronym
from ingest.errors import UnreadableFile
from ingest.files import find_files
from ingest.limits import Limits, under
from ingest.manifest import info_for
from ingest.reading_pool import ReadFile, ReadingPool
from ingest.types import DocumentInfo, Passage
from kb.catalogue import Catalogue
from kb.encoder import Encoder, load_encoder, mark_of, require_same
from kb.errors import HomeError, UsageError
from kb.home import Home
from kb.notices import notices_of
from kb.originals import digest_of
from kb.progress import SILENCE, Progress
from kb.reading_ahead import ReadingAhead, Waiting
from kb.stored_vectors import Vectors
from kb.storing import PreparedDocument
from kb.types import DocumentCard, FileReport, GlossaryEntry, IngestReport, Outcome, State, StoredPassage
from kb.vector_index import VectorIndex
from kb.word_vectors import content_words

_log = logging.getLogger(__name__)

SourceOf = Callable[[Path], str]


def path_of(file: Path) -> str:
    """The resolved path of a file, by which its document is known wherever nobody says otherwise."""
    return str(file.resolve())


def ingest(
    home: Home,
    paths: Sequence[Path],
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENCE,
    limits: Limits = Limits(),
    source_of: SourceOf = path_of,
) -> IngestReport:
    """Read files and folders into the home. A file that cannot be read is set aside with its reason.

    ``source_of`` says of which document a file is a version: two files of one source are versions of one document.

    Files are read in child processes under ``limits``, the next ones while one is embedded and stored here. Without
    ``encoder`` it is the one that made the vectors in this home, or the default one. A file that is
    no longer in a folder keeps its document. Raises UsageError where there is nothing to read, HomeError,
    EncoderError; KeyboardInterrupt, and what ``progress.begin`` raises to stop, pass after the index was published for
    what is in.
    """
    files = _files(paths)
    progress.start([_size(file) for file in files])
    with under(limits), writing(home, progress) as catalogue, ReadingPool(limits) as readers:
        known = _Known(catalogue, source_of)
        ahead = ReadingAhead(files, readers, lambda file, digest: known.card(file, digest) is not None)
        ahead.look()  # reading begins while the encoder is loaded
        work = _Work(known, readers, right_encoder(catalogue, encoder), progress)
        reports = [_reported(work, waiting) for waiting in ahead]
    return IngestReport(tuple(reports))


def remove(home: Home, document_ids: Sequence[str], *, progress: Progress = SILENCE) -> None:
    """Delete documents with all their versions, and wipe what they leave on the disk.

    Raises UsageError, and removes nothing, when one is unknown; HomeError when a reader keeps SQLite's log from being
    emptied: the next writer does so.
    """
    home.require()
    with writing(home, progress) as catalogue:
        for document_id in document_ids:
            catalogue.current(document_id)
        for document_id in dict.fromkeys(document_ids):
            catalogue.remove(document_id)
        if not catalogue.flush():
            raise HomeError("not_wiped", path=home.path)


def reencode(home: Home, encoder: Encoder, *, progress: Progress = SILENCE) -> None:
    """Make all vectors anew with another encoder, from the stored texts. Interrupted, the old ones stay."""
    home.require()
    with writing(home, progress) as catalogue:
        cards = catalogue.documents()
        progress.start([card.passage_count for card in cards])
        word_vectors = encoded_words(encoder, catalogue.words())
        catalogue.replace_vectors(mark_of(encoder), _encoded_again(catalogue, cards, encoder, progress), word_vectors)


def bring_index_up_to_date(home: Home, catalogue: Catalogue, index: VectorIndex, *, anew: bool = False) -> bool:
    """Mend an index that is missing, damaged or behind, where no other writer is at work; with ``anew`` from nothing.

    The lexical index is renewed where its stems are an earlier Bronvast's. Whatever else a writer left that was ended
    on its way is done too: originals of removed documents go. False where the index still lags: the words of a question
    find their passages all the same.
    """
    if not anew and index.is_up_to_date(catalogue) and catalogue.has_todays_stems():
        return True
    try:
        with home.writer_lock():
            _settle(catalogue, index, anew=anew)
    except (HomeError, OSError) as error:
        _log.warning("the vector index stays as it is: %s", error)
        return False
    return True


@contextmanager
def writing(home: Home, progress: Progress) -> Iterator[Catalogue]:
    """Be the writer; at the end, also an early one, the index is published for what is in."""
    with home.writer_lock(), Catalogue.open(home, create=True) as catalogue:
        try:
            yield catalogue
        except BaseException:
            with suppress(HomeError, OSError), closing(VectorIndex(home.vectors)) as index:
                progress.publish()
                _settle(catalogue, index)
            raise  # what went wrong first
        progress.publish()
        with closing(VectorIndex(home.vectors)) as index:
            _settle(catalogue, index)


def _settle(catalogue: Catalogue, index: VectorIndex, *, anew: bool = False) -> None:
    """Renew the stems, tidy, empty the log, publish the index: each of them, whatever becomes of the others."""
    with ExitStack() as steps:  # the last one is the first
        steps.callback(index.bring_up_to_date, catalogue, anew=anew)
        steps.callback(catalogue.flush)
        steps.callback(catalogue.tidy)
        steps.callback(catalogue.renew_stems)


def _files(paths: Sequence[Path]) -> list[Path]:
    for path in paths:
        if not path.exists():
            raise UsageError("no_such_path", path=path)
    files = find_files(paths)
    if not files:
        raise UsageError("no_documents", path=", ".join(map(str, paths)))
    return files


def right_encoder(catalogue: Catalogue, encoder: Encoder | None) -> Encoder:
    """The encoder that made the vectors of a catalogue, or will. Raises EncoderError where the given one is another."""
    mark = catalogue.encoder_mark()
    chosen = encoder or load_encoder(mark.name if mark else None)
    require_same(chosen, mark)
    if mark is None:
        catalogue.mark_encoder(mark_of(chosen))
    return chosen


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # its turn will tell why
        return 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue has of files already."""

    catalogue: Catalogue
    source_of: SourceOf

    def card(self, file: Path, digest: str) -> DocumentCard | None:
        """The document that already holds what this file says; a copy elsewhere adds nothing."""
        previous = self.catalogue.with_source(self.source_of(file))
        if previous is None:
            return self.catalogue.with_digest(digest)
        if previous.state is State.WITHDRAWN:
            return previous
        same = previous.digest == digest and self.catalogue.stated(previous.key) == info_for(file)
        return previous if same and not _reads_better_now(self.catalogue, previous) else None


@dataclass(frozen=True, slots=True)
class _Work:
    """What the files of one ingest share."""

    known: _Known
    readers: ReadingPool
    encoder: Encoder
    progress: Progress


def _reported(work: _Work, waiting: Waiting) -> FileReport:
    """Take a file in, tell who watches, and remember it where it had to be set aside."""
    file, catalogue = waiting.file, work.known.catalogue
    work.progress.begin(file.name)
    source = work.known.source_of(file)
    try:
        report = _ingest_file(work, waiting)
        catalogue.forget_set_aside(source)
    except UnreadableFile as error:
        catalogue.set_aside(source, file.name, error.reason, error.detail)
        report = FileReport(str(file), Outcome.SET_ASIDE, None, error.reason, error.detail)
    work.progress.report(report)
    work.progress.finish()
    return report


def _ingest_file(work: _Work, waiting: Waiting) -> FileReport:
    file, catalogue = waiting.file, work.known.catalogue
    previous = catalogue.with_source(work.known.source_of(file))
    if previous is not None and previous.state is State.WITHDRAWN:
        return FileReport(str(file), Outcome.WITHDRAWN, previous.id)
    known = work.known.card(file, waiting.digest or digest_of(file))
    if known is not None:
        copy_of = "" if known == previous else known.file_name
        return FileReport(str(file), Outcome.UNCHANGED, known.id, detail=copy_of)
    read = (waiting.reading or work.readers.begin(file)).result()
    work.progress.count_pages(sum(page.number is not None for page in read.document.pages))
    card = catalogue.add(prepared(catalogue, work.encoder, file, work.known.source_of(file), read))
    outcome = Outcome.REPLACED if previous else Outcome.ADDED
    return FileReport(str(file), outcome, card.id, warnings=notices_of(card))


def _reads_better_now(catalogue: Catalogue, card: DocumentCard) -> bool:
    """Whether the same file would be read better: by a newer reader, or now that text on pictures is recognised."""
    if catalogue.read_by(card.key) < reading.VERSION:
        return True
    return ocr.UNREAD_WITHOUT_OCR in card.warnings and ocr.is_installed()


def prepared(catalogue: Catalogue, encoder: Encoder, file: Path, source: str, read: ReadFile) -> PreparedDocument:
    """What was read of a file, ready to be stored as a version of a source."""
    corrections = catalogue.corrections(source)
    info = corrections.over(read.document.findings).info
    passage_vectors, unit_vectors = encoded(encoder, info.title, read.passages)
    texts = [passage.search_text for passage in read.passages]
    return PreparedDocument(
        source=file,
        known_as=source,
        document=read.document,
        passages=read.passages,
        passage_vectors=passage_vectors,
        unit_vectors=unit_vectors,
        glossary=glossary_of(read.acronyms),
        stated=info_for(file),
        corrections=corrections,
        read_by=reading.VERSION,
        word_vectors=encoded_words(encoder, unknown_words(catalogue, texts, info)),
    )


def glossary_of(acronyms: Sequence[Acronym]) -> tuple[GlossaryEntry, ...]:
    """What the acronyms of a document stand for, as the catalogue keeps it."""
    return tuple(
        GlossaryEntry(acronym.short, acronym.long, acronym.span.start, acronym.span.end) for acronym in acronyms
    )


def encoded(encoder: Encoder, title: str | None, passages: Sequence[Passage]) -> tuple[Vectors, list[Vectors]]:
    """The vectors of passages (n, d), and for each those of its units (m, d). Equal texts are encoded once."""
    searched = [_searched(title, passage) for passage in passages]
    units = [" ".join(passage.plain(unit.start, unit.end).split()) for passage in passages for unit in passage.units]
    texts = list(dict.fromkeys([*searched, *units]))
    vectors = encoder.encode_passages(texts)
    row = {text: place for place, text in enumerate(texts)}
    ends = np.cumsum([len(passage.units) for passage in passages])
    unit_vectors = vectors[[row[text] for text in units]]
    return vectors[[row[text] for text in searched]], np.split(unit_vectors, ends[:-1]) if passages else []


def unknown_words(catalogue: Catalogue, texts: Iterable[str], info: DocumentInfo) -> list[str]:
    """The words of texts, and of what is known of their document, that no document has yet."""
    known = (info.title, info.publisher, info.region, info.kind)
    words = content_words([*texts, *filter(None, known)])
    known_words = catalogue.word_vectors(words)
    return [word for word in words if word not in known_words]


def encoded_words(encoder: Encoder, words: Sequence[str]) -> dict[str, Vectors]:
    """The vectors (d,) of words."""
    return dict(zip(words, encoder.encode_passages(words), strict=True)) if words else {}


def _searched(title: str | None, passage: Passage) -> str:
    """What is embedded of a passage: its context too, which is never quoted."""
    if title is None or passage.headings[:1] == (title,):
        return passage.search_text
    return f"{title}\n{passage.search_text}"


def _encoded_again(
    catalogue: Catalogue, cards: Sequence[DocumentCard], encoder: Encoder, progress: Progress
) -> Iterator[tuple[int, Vectors, Vectors]]:
    for card in cards:
        progress.begin(card.file_name)
        stored: tuple[StoredPassage, ...] = catalogue.passages_of(card.key)
        passage_vectors, unit_vectors = encoded(encoder, card.info.title, [passage.passage for passage in stored])
        for passage, vector, units in zip(stored, passage_vectors, unit_vectors, strict=True):
            yield passage.key, vector, units
        progress.finish()
