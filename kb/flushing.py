"""Waiting until what was written is on the disk, so that it outlives a power cut."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OWNER_ONLY = 0o600
_NOT_FOR_FOLDERS = (errno.EINVAL, errno.ENOTSUP)  # what some network disks say to a folder


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises OSError."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder
    is_folder = path.is_dir()
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if not (is_folder and error.errno in _NOT_FOR_FOLDERS):
            raise
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """The same for everything in a folder, and the folder itself."""
    for path in [*folder.rglob("*"), folder]:
        flush(path)


@contextmanager
def arriving_at(target: Path) -> Iterator[Path]:
    """A file to write beside the target: at the end it takes the target's place in one step, and is on the disk with
    its name. None stays where something fails. Raises OSError.
    """
    arriving = target.with_name(f".{target.name}.part")
    try:
        yield arriving
        put_in_place(arriving, target)
    finally:
        with suppress(OSError):  # what stays is swept by the next writer
            arriving.unlink(missing_ok=True)


def put_in_place(arriving: Path, target: Path) -> None:
    """Let a whole file take the target's place in one step, and be on the disk with its name. Raises OSError."""
    flush(arriving)
    arriving.replace(target)
    flush(target.parent)


def write_for_owner(target: Path, data: bytes) -> None:
    """Write a file that nobody but its owner may read, whole or not at all. Raises OSError."""
    arriving = target.with_suffix(".part")
    arriving.unlink(missing_ok=True)
    with os.fdopen(os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
        file.write(data)
    put_in_place(arriving, target)


def make_folder(folder: Path) -> None:
    """Make a folder, with those that it stands in, and wait until their names are on the disk. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    with suppress(PermissionError):  # a folder that may be written in, and not read
        flush(folder.parent)
