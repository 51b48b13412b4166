"""Errors of the ingest room.

    IngestError
     └─ UnreadableFile        one file cannot be read; ``reason`` says why, the other files go on

The message is for developers; what a person reads is made from ``reason`` by ``kb.wording``.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why a file was set aside. Each has a Dutch and an English sentence in ``kb/wording``."""

    EMPTY = "empty"  # no bytes, or nothing but white space
    NO_TEXT = "no_text"  # a PDF or slide deck that holds pictures only
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    DAMAGED = "damaged"
    BINARY = "binary"  # called .txt, but no text
    UNKNOWN_FORMAT = "unknown_format"
    NOT_ALLOWED = "not_allowed"  # permissions
    VANISHED = "vanished"  # deleted while reading
    TOO_LARGE = "too_large"
    BAD_MANIFEST = "bad_manifest"  # sources.toml cannot be used


class IngestError(Exception):
    """The root of what this room raises."""


class UnreadableFile(IngestError):
    """One file cannot be read."""

    def __init__(self, path: Path, reason: Reason, detail: str = "") -> None:
        self.path = path
        self.reason = reason
        self.detail = detail
        super().__init__(f"{path}: {reason}{f' ({detail})' if detail else ''}")
