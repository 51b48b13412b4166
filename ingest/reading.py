"""Reading a file: its bytes once, its format by content, its reader, one repaired text, and what is known of it."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from ingest.assembly import Assembled, assemble
from ingest.errors import Reason, UnreadableFile
from ingest.files import read_bytes
from ingest.formats import Format, detect
from ingest.manifest import MANIFEST_NAME, info_for, read_manifest
from ingest.metadata import describe
from ingest.raw import RawDocument
from ingest.types import Document, DocumentInfo, Findings

VERSION = 2  # of all that makes a document from bytes: a higher one reads again what an earlier one read
MIN_LETTERS = 3  # fewer in the whole document is noise on a picture


def read_document(path: Path, *, override: DocumentInfo | None = None) -> Document:
    """The document in a file. ``override`` says what is known better than the file knows it; without it, the
    ``sources.toml`` beside the file is asked.

    Raises UnreadableFile with its reason; whatever a library throws at a malformed file becomes DAMAGED.
    """
    if path.name == MANIFEST_NAME:
        read_manifest(path.parent)  # raises: find_files hands on only one that cannot be used
    data = read_bytes(path)
    raw = _raw_document(path, detect(path, data), data)
    assembled = assemble(raw)
    if not _has_text(assembled):
        raise UnreadableFile(path, Reason.NO_TEXT)
    known = info_for(path) if override is None else override
    return Document(
        id=path.stem,
        file_name=path.name,
        format=raw.format,
        digest=hashlib.sha256(data).hexdigest(),
        text=assembled.text,
        pages=assembled.pages,
        blocks=assembled.blocks,
        findings=Findings.certain(known).over(describe(raw, assembled, file_name=path.name)),
        warnings=raw.warnings,
    )


def _raw_document(path: Path, file_format: Format, data: bytes) -> RawDocument:
    reader = import_module(f"ingest.readers.{file_format}")  # only now: text needs no PDF library
    try:
        raw: RawDocument = reader.read(path, data)
    except UnreadableFile:
        raise
    except Exception as error:  # libraries fail on malformed files in countless ways
        raise UnreadableFile(path, Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
    return raw


def _has_text(assembled: Assembled) -> bool:
    contents = (assembled.text[block.start : block.end] for block in assembled.blocks if block.kind.is_content)
    letters = 0
    for content in contents:
        letters += sum(character.isalpha() for character in content)
        if letters >= MIN_LETTERS:
            return True
    return False
