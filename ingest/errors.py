"""Errors of the ingest room.

    IngestError
     ├─ UnreadableFile        one file cannot be read; ``reason`` says why, the other files go on
     ├─ LimitExceeded         a call in a child process took too much, or crashed; ``reason`` says which
     └─ NoPicture             a page cannot be shown as a picture; ``reason`` says why

The message is for developers; what a person reads is made from ``reason`` by ``kb.wording``.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why a file was set aside. Each has a Dutch and an English sentence in ``kb/wording``."""

    EMPTY = "empty"  # no bytes, or nothing but white space
    NO_TEXT = "no_text"  # pictures only, on which no text is recognised
    NO_OCR = "no_ocr"  # a PDF that holds pictures of pages only, and no program to recognise their text
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    DAMAGED = "damaged"
    BINARY = "binary"  # called .txt, but no text
    UNKNOWN_FORMAT = "unknown_format"
    OLD_OFFICE = "old_office"  # .doc, .xls, .ppt
    OUTLOOK_MESSAGE = "outlook_message"  # .msg
    NOT_ALLOWED = "not_allowed"  # permissions
    VANISHED = "vanished"  # deleted while reading
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"  # reading took longer than one file may
    TOO_MUCH_MEMORY = "too_much_memory"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_NESTED = "too_nested"  # deeper than any person nests lists or tables
    CRASHED = "crashed"  # a library took its process down
    UNSAFE = "unsafe"  # an Office file that declares XML entities, which none needs
    BAD_MANIFEST = "bad_manifest"  # sources.toml cannot be used


class IngestError(Exception):
    """The root of what this room raises."""


class LimitExceeded(IngestError):
    """A call in a child process went over one of its limits, or took the process down."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason, detail)


class UnreadableFile(IngestError):
    """One file cannot be read."""

    def __init__(self, path: Path, reason: Reason, detail: str = "") -> None:
        self.path = path
        self.reason = reason
        self.detail = detail
        super().__init__(f"{path}: {reason}{f' ({detail})' if detail else ''}")

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[Path, Reason, str]]:
        """It travels from the process that reads the file to the one that asked."""
        return UnreadableFile, (self.path, self.reason, self.detail)


class PictureReason(StrEnum):
    """Why there is no picture of a page. Each has a Dutch and an English sentence in ``kb/wording``."""

    NO_ORIGINAL = "no_original"  # the file is no longer where it was kept
    NO_PAGES = "no_pages"  # a format without pages
    NO_OFFICE = "no_office"  # LibreOffice is not installed
    NOT_CONVERTED = "not_converted"  # LibreOffice could not make pages of it
    NOT_DRAWN = "not_drawn"
    NO_SUCH_PAGE = "no_such_page"


class NoPicture(IngestError):
    """A page cannot be shown as a picture."""

    def __init__(self, reason: PictureReason, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason, detail)
