"""An original that is kept under its hash, read again under its own name."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ingest.errors import LimitExceeded, Reason, UnreadableFile
from ingest.isolation import shared_pool
from ingest.limits import Limits
from ingest.reading_pool import ReadFile, read_file
from ingest.sentences import load_language
from kb.home import Home
from kb.originals import digest_of
from kb.types import DocumentCard


def read_again(home: Home, card: DocumentCard) -> ReadFile:
    """All that the original of a version gives now, read in a child process.

    Raises UnreadableFile, also where it is no longer the file that was read.
    """
    return read_original(home, card.digest, card.file_name)


def read_original(home: Home, digest: str, file_name: str) -> ReadFile:
    """The same of any original, under a name."""
    original = home.original(digest)
    if digest_of(original) != digest:
        raise UnreadableFile(original, Reason.DAMAGED)
    try:
        return shared_pool().call(_read_named, original, file_name, limits=Limits(), prepare=load_language)
    except LimitExceeded as error:
        raise UnreadableFile(original, error.reason, error.detail) from error


def _read_named(original: Path, file_name: str) -> ReadFile:
    with tempfile.TemporaryDirectory(prefix="bronvast-read-") as folder:
        named = Path(folder, Path(file_name).name)
        named.symlink_to(original)
        return read_file(named)
