"""Reading a file: its bytes once, its format by content, its reader, one repaired text, and what is known of it."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from ingest.archives import is_archive
from ingest.assembly import Assembled, assemble
from ingest.errors import Reason, UnreadableFile
from ingest.files import read_bytes
from ingest.formats import Format, detect
from ingest.garbage import rarely_collected
from ingest.limits import limits_in_force
from ingest.manifest import MANIFEST_NAME, info_for, read_manifest
from ingest.metadata import completed, describe
from ingest.notes import note_links
from ingest.raw import RawDocument
from ingest.types import Document, DocumentInfo
from ingest.unpacking import plain_archive

VERSION = 5  # of all that makes a document from bytes: a higher one reads again what an earlier one read
MIN_LETTERS = 3  # fewer in the whole document is noise on a picture


@rarely_collected()
def read_document(path: Path, *, override: DocumentInfo | None = None) -> Document:
    """The document in a file. ``override`` says what is known better than the file knows it; without it, the
    ``sources.toml`` beside the file is asked.

    Raises UnreadableFile with its reason; whatever a library throws at a malformed file becomes DAMAGED.
    """
    if path.name == MANIFEST_NAME:
        read_manifest(path.parent)  # raises: find_files hands on only one that cannot be used
    data = read_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    raw = _raw_document(path, data)
    del data  # what was unpacked and read of it is enough to hold
    assembled = assemble(raw)
    if not _has_text(assembled):
        raise UnreadableFile(path, Reason.NO_TEXT)
    known = info_for(path) if override is None else override
    return Document(
        id=path.stem,
        file_name=path.name,
        format=raw.format,
        digest=digest,
        text=assembled.text,
        pages=assembled.pages,
        blocks=assembled.blocks,
        notes=note_links(assembled.text, assembled.pages, assembled.blocks),
        findings=completed(known, describe(raw, assembled, file_name=path.name)),
        warnings=raw.warnings,
    )


def _raw_document(path: Path, data: bytes) -> RawDocument:
    file_format = detect(path, data)
    reader = import_module(f"ingest.readers.{file_format}")  # only now: text needs no PDF library
    is_packed = file_format is not Format.PDF and is_archive(data)  # a PDF may hold an archive, and is none
    try:
        raw: RawDocument = reader.read(path, plain_archive(path, data) if is_packed else data)
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile(path, Reason.TOO_MUCH_MEMORY) from error
    except RecursionError as error:
        raise UnreadableFile(path, Reason.TOO_NESTED) from error
    except Exception as error:  # libraries fail on malformed files in countless ways
        raise UnreadableFile(path, Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
    if len(raw.pages) > limits_in_force().pages:
        raise UnreadableFile(path, Reason.TOO_MANY_PAGES, str(len(raw.pages)))
    return raw


def _has_text(assembled: Assembled) -> bool:
    contents = (assembled.text[block.start : block.end] for block in assembled.blocks if block.kind.is_content)
    letters = 0
    for content in contents:
        letters += sum(character.isalpha() for character in content)
        if letters >= MIN_LETTERS:
            return True
    return False
