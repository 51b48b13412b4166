"""Errors of the kb room. Each carries a wording key and values, so that a person reads one Dutch line.

KnowledgeBaseError
 ├─ UsageError          what was asked cannot be done: empty question, unknown document
 ├─ HomeError           the home folder cannot be used: not writable, in use by a writer, newer
 ├─ EncoderError        cannot be loaded, or is not the one that made the vectors
 ├─ ThesaurusError      a file of the thesaurus is not the Turtle that it should be
 └─ PictureError        a page of a document cannot be shown
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_LEAST_FREE = 2**20  # bytes: with less, whatever is refused is refused for want of room


class KnowledgeBaseError(Exception):
    """The root of what this room raises; ``key`` names a text under [errors] in ``kb/wording``."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(f"{key} {self.values}" if values else key)


class UsageError(KnowledgeBaseError):
    """What was asked cannot be done."""


class HomeError(KnowledgeBaseError):
    """The home folder cannot be used."""


def refused(path: Path, error: OSError) -> HomeError:
    """Why the disk under a home does not take or give what it should."""
    if error.errno in _FULL or is_full(path):
        return HomeError("disk_full", path=path)
    key = "disk_fails" if error.errno == errno.EIO else "home_not_writable"
    return HomeError(key, path=path, detail=error.strerror or error)


def is_full(path: Path) -> bool:
    """Whether there is next to no room left on the disk of a folder."""
    try:
        return shutil.disk_usage(path).free < _LEAST_FREE
    except OSError:
        return False


class EncoderError(KnowledgeBaseError):
    """The encoder cannot be loaded, or is not the one that made the vectors."""


class ThesaurusError(KnowledgeBaseError):
    """A file of the thesaurus cannot be read."""


class PictureError(KnowledgeBaseError):
    """A page of a document cannot be shown."""
