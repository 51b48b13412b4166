"""Files on their way in: streamed to a folder of their own inside the home, counted as they come, under safe names."""

from __future__ import annotations

import errno
import re
import secrets
import shutil
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ingest.limits import Limits
from kb.errors import HomeError, UsageError
from kb.home import Home
from search_ui.library.sources import SameName

MAX_NAME_BYTES = 150
MAX_DEPTH = 12
MAX_BATCH_FILES = 5000
MAX_OPEN_BATCHES = 8
FALLBACK_NAME = "bestand"

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)  # no file can have these names on Windows
_FORBIDDEN = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has arrived: what it is called, with the folders it was chosen with, and where it stands."""

    name: str
    path: Path


@dataclass(slots=True)
class Batch:
    """Files that were chosen together. ``source`` names the one document that they are a version of, if any."""

    token: str
    folder: Path
    same_name: SameName = SameName.REPLACE
    source: str | None = None
    files: list[Arrived] = field(default_factory=list)

    def place_for(self, name: str) -> Path:
        """A free place for a file of this name; the name itself stays as it is."""
        number = 0
        while (place := self.folder / str(number) / name).exists():
            number += 1
        return place

    def roots(self) -> list[Path]:
        """What is to be read: loose files themselves, and the folders that were chosen."""
        found: dict[Path, None] = {}
        for file in self.files:
            top = self.folder / file.path.relative_to(self.folder).parts[0]
            found[top / PurePosixPath(file.name).parts[0]] = None
        return list(found)

    def discard(self) -> None:
        """Delete all its files."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Arrivals:
    """The batches that are still being filled, in a folder that no earlier program left anything in."""

    def __init__(self, home: Home, *, limits: Limits = Limits()) -> None:
        self._home = home
        self._folder: Path | None = None
        self._limits = limits
        self._open: dict[str, Batch] = {}

    def open(self, *, same_name: SameName = SameName.REPLACE, source: str | None = None) -> Batch:
        """A new batch. Of those that nobody began the oldest goes. Raises HomeError."""
        if self._folder is None:
            self._folder = self._home.claim_arriving()
        while len(self._open) >= MAX_OPEN_BATCHES:
            self._open.pop(next(iter(self._open))).discard()
        token = secrets.token_urlsafe(12)
        batch = Batch(token, self._folder / token, same_name, source)
        self._open[token] = batch
        return batch

    def find(self, token: str) -> Batch:
        """The open batch of a token. Raises UsageError where there is none (any more)."""
        if token not in self._open:
            raise UsageError("batch_gone")
        return self._open[token]

    def take(self, token: str) -> Batch:
        """The same, to be worked on: nothing can be added any more."""
        batch = self.find(token)
        del self._open[token]
        return batch

    def check_size(self, size: int) -> None:
        """Raise UsageError for a file of more bytes than may be, HomeError where the disk has no place for it."""
        if size > self._limits.file_size:
            raise UsageError("upload_too_large", most=self._limits.file_size // 2**20)
        if self._folder is not None and shutil.disk_usage(self._folder).free < size:
            raise HomeError("disk_full", path=self._home.path)

    async def receive(self, batch: Batch, name: str, stream: AsyncIterator[bytes]) -> Arrived:
        """Keep the bytes of a file, counted as they come: one that is too large, or breaks off, leaves nothing.

        Raises UsageError, HomeError.
        """
        if len(batch.files) >= MAX_BATCH_FILES:
            raise UsageError("too_many_files", most=MAX_BATCH_FILES)
        name = safe_name(name)
        place = batch.place_for(name)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            await self._write(place, stream)
        except OSError as exc:
            place.unlink(missing_ok=True)
            key = "disk_full" if exc.errno == errno.ENOSPC else "home_not_writable"
            raise HomeError(key, path=self._home.path, detail=exc.strerror) from exc
        except BaseException:
            place.unlink(missing_ok=True)
            raise
        arrived = Arrived(name, place)
        batch.files.append(arrived)
        return arrived

    async def _write(self, place: Path, stream: AsyncIterator[bytes]) -> None:
        size = 0
        with place.open("xb") as file:
            async for chunk in stream:
                size += len(chunk)
                if size > self._limits.file_size:
                    self.check_size(size)
                file.write(chunk)


def safe_name(name: str) -> str:
    """A name, with the folders before it, that is a place below a folder on every system: "map/nota.pdf".

    What a person reads of it stays: accents, spaces, other scripts.
    """
    parts = [_safe_part(part) for part in unicodedata.normalize("NFC", name).replace("\\", "/").split("/")]
    return "/".join([part for part in parts if part][-MAX_DEPTH:]) or FALLBACK_NAME


def _safe_part(part: str) -> str:
    visible = "".join(sign for sign in part if unicodedata.category(sign)[0] != "C")
    plain = _FORBIDDEN.sub("_", visible).strip().rstrip(". ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return _shortened(plain)


def _shortened(part: str) -> str:
    """The part in at most ``MAX_NAME_BYTES`` bytes, its ending kept."""
    if len(part.encode()) <= MAX_NAME_BYTES:
        return part
    suffix = PurePosixPath(part).suffix[:12]
    stem = part.encode()[: MAX_NAME_BYTES - len(suffix.encode())].decode("utf8", "ignore")
    return stem + suffix
