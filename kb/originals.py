"""The original files, kept under the SHA-256 of their bytes so that a citation can be checked for ever."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Container
from pathlib import Path

from ingest.errors import Reason, UnreadableFile
from ingest.files import require_file
from kb.errors import refused
from kb.flushing import arriving_at
from kb.home import Home


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal. Raises UnreadableFile."""
    require_file(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as exc:
        raise UnreadableFile(path, Reason.VANISHED) from exc
    except OSError as exc:
        raise UnreadableFile(path, Reason.NOT_ALLOWED, exc.strerror or "") from exc


def keep(home: Home, path: Path, *, digest: str) -> None:
    """Copy a file into the home, whole or not at all.

    Raises UnreadableFile where the file is gone or no longer the one that was read, HomeError where the
    home cannot take it.
    """
    if not home.original(digest).is_file():
        put_back(home, path, digest=digest)


def put_back(home: Home, path: Path, *, digest: str) -> None:
    """The same, in the place of whatever stands there."""
    try:
        with arriving_at(home.original(digest)) as arriving:
            shutil.copyfile(path, arriving)
            if digest_of(arriving) != digest:
                raise UnreadableFile(path, Reason.VANISHED, "changed while it was read")
    except FileNotFoundError as exc:
        raise UnreadableFile(path, Reason.VANISHED) from exc
    except OSError as exc:
        raise refused(home.path, exc) from exc


def sweep(home: Home, *, needed: Container[str]) -> None:
    """Delete the originals that no document needs (any more), and what was made from them."""
    for kept in (*home.originals.iterdir(), *home.derived.glob("*")):
        if kept.name.split(".")[0] not in needed:
            kept.unlink(missing_ok=True)
