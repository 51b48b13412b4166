"""``sources.toml``: what people know about their documents, in a file beside them.

ignore = ["concept/*", "*.bak"]       # globs, relative to this file's folder

["advies-2018.pdf"]                   # one table per document, keyed by its file name
title = "Advies duaal leren"          # any field of ingest.types.DocumentInfo: publisher, kind, region, version, ...
date = 2018-07-02                     # "2018-07", "2018" and 2018 are dates too
licence = "CC-BY 4.0"                 # any other key is welcome and not read here
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from ingest.errors import Reason, UnreadableFile
from ingest.types import INFO_FIELDS, DocumentInfo

MANIFEST_NAME = "sources.toml"
MAX_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Manifest:
    """One ``sources.toml``; without such a file, one that says nothing."""

    folder: Path
    ignored: tuple[str, ...] = ()
    documents: Mapping[str, DocumentInfo] = field(default_factory=dict)

    def info_for(self, path: Path) -> DocumentInfo:
        """What the manifest says of a file in its folder."""
        return self.documents.get(path.name, DocumentInfo())

    def ignores(self, path: Path) -> bool:
        """Whether a file or folder below the manifest's folder is to be left out."""
        relative = path.relative_to(self.folder).as_posix()
        return any(fnmatchcase(relative, pattern.rstrip("/")) for pattern in self.ignored)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder.

    Raises UnreadableFile (BAD_MANIFEST) when there is one that is no TOML or holds a value of the wrong type.
    """
    path = folder / MANIFEST_NAME
    try:
        stat = path.stat()
    except FileNotFoundError:
        return Manifest(folder)
    except OSError as error:
        raise UnreadableFile(path, Reason.BAD_MANIFEST, str(error)) from error
    return _parse(path, stat.st_mtime_ns, stat.st_size)


def info_for(path: Path) -> DocumentInfo:
    """What the ``sources.toml`` beside a file says of it; one that cannot be used says nothing."""
    try:
        return read_manifest(path.parent).info_for(path)
    except UnreadableFile:
        return DocumentInfo()


@lru_cache(maxsize=64)
def _parse(path: Path, _modified: int, size: int) -> Manifest:
    if size > MAX_BYTES:  # unlike documents, it is read in the process that asks
        raise UnreadableFile(path, Reason.BAD_MANIFEST, f"{size} bytes")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFile(path, Reason.BAD_MANIFEST, str(error)) from error
    documents = {name: table for name, table in content.items() if name != "ignore"}
    return Manifest(
        path.parent,
        _patterns(path, content.get("ignore", [])),
        {name: _info(path, name, table) for name, table in documents.items()},
    )


def _patterns(path: Path, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(pattern, str) for pattern in value):
        raise UnreadableFile(path, Reason.BAD_MANIFEST, 'ignore = ["...", "..."]')
    return tuple(value)


def _info(path: Path, name: str, table: object) -> DocumentInfo:
    if not isinstance(table, dict):
        raise UnreadableFile(path, Reason.BAD_MANIFEST, f'["{name}"]')
    return DocumentInfo(**{key: _value(path, name, key, table[key]) for key in INFO_FIELDS if key in table})


def _value(path: Path, name: str, key: str, value: object) -> str | None:
    text = str(value).strip() if isinstance(value, (str, date)) or _is_number(key, value) else None
    if text is None or (key == "date" and not is_date(text)):
        raise UnreadableFile(path, Reason.BAD_MANIFEST, f"{name}: {key} = {value!r}")
    return text or None


def _is_number(key: str, value: object) -> bool:
    """Whether it is a number where people write one: a year, or a version."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return (key == "date" and is_whole) or (key == "version" and (is_whole or isinstance(value, float)))


def is_date(text: str) -> bool:
    """Whether it is a date in ISO 8601, whole or cut short to its month or year."""
    shape = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if not shape:
        return False
    try:
        date(int(shape[1]), int(shape[2] or 1), int(shape[3] or 1))
    except ValueError:
        return False
    return True
