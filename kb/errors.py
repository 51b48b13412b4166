"""Errors of the kb room. Each carries a wording key and values, so that a person reads one Dutch line.

KnowledgeBaseError
 ├─ UsageError          what was asked cannot be done: empty question, unknown document
 ├─ HomeError           the home folder cannot be used: not writable, in use by a writer, newer
 ├─ EncoderError        cannot be loaded, or is not the one that made the vectors
 ├─ ThesaurusError      a file of the thesaurus is not the Turtle that it should be
 └─ PictureError        a page of a document cannot be shown
"""

from __future__ import annotations


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


class EncoderError(KnowledgeBaseError):
    """The encoder cannot be loaded, or is not the one that made the vectors."""


class ThesaurusError(KnowledgeBaseError):
    """A file of the thesaurus cannot be read."""


class PictureError(KnowledgeBaseError):
    """A page of a document cannot be shown."""
