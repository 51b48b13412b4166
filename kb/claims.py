"""Folders of work that is under way, each held by a lock beside it: the kernel lets go of that when the process ends,
however it ends, and whoever works in the same place next deletes what was left.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from filelock import BaseFileLock, FileLock, Timeout

_LOCK = ".lock"


def claim(parent: Path, prefix: str = "") -> tuple[Path, BaseFileLock]:
    """A new folder of this process's own, and the lock that holds it. What ended processes left there under the same
    prefix is deleted. Raises OSError.
    """
    sweep(parent, prefix)
    folder = Path(mkdtemp(prefix=prefix, dir=parent))
    lock = FileLock(folder.with_suffix(_LOCK))
    try:
        lock.acquire(blocking=False)
    except OSError:
        folder.rmdir()  # or nobody would know whose it is
        raise
    return folder, lock


@contextmanager
def working_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Such a folder, deleted at the end. Raises OSError."""
    folder, lock = claim(parent, prefix)
    try:
        yield folder
    finally:
        _delete(folder, lock)


def sweep(parent: Path, prefix: str = "") -> None:
    """Delete the folders that ended processes left."""
    for path in parent.glob(f"{prefix}*{_LOCK}"):
        lock = FileLock(path)
        try:
            lock.acquire(blocking=False)
        except Timeout:  # its process is still there
            continue
        _delete(path.with_suffix(""), lock)


def _delete(folder: Path, lock: BaseFileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    if not folder.exists():  # else the next one tries again
        with suppress(OSError):
            folder.with_suffix(_LOCK).unlink(missing_ok=True)
