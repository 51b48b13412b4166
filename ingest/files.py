"""Files as they lie on the disk: finding them in folders, and reading their bytes once."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.errors import Reason, UnreadableFile
from ingest.limits import limits_in_force
from ingest.manifest import MANIFEST_NAME, Manifest, read_manifest

DESCRIBE_THE_FOLDER = {"readme", "leesmij"}  # no source to quote; read only when named itself
BELONG_TO_THE_SYSTEM = {"thumbs.db", "desktop.ini", "__macosx"}


def read_bytes(path: Path) -> bytes:
    """All bytes of a file.

    Raises UnreadableFile: what ``require_file`` raises, or EMPTY for nothing but white space.
    """
    require_file(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if not data.strip():
        raise UnreadableFile(path, Reason.EMPTY)
    return data


def require_file(path: Path) -> None:
    """Make sure that a file can be opened, before anything waits for it.

    Raises UnreadableFile: NOT_ALLOWED, VANISHED, TOO_LARGE, or UNKNOWN_FORMAT for a pipe or device, which has no end.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(path, Reason.UNKNOWN_FORMAT)
    if status.st_size > limits_in_force().file_size:
        raise UnreadableFile(path, Reason.TOO_LARGE)


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    is_gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return UnreadableFile(path, Reason.VANISHED if is_gone else Reason.NOT_ALLOWED, str(error))


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, in order and each once: files as given, folders with all that lies in them, sorted.

    In folders, hidden files, lock files of Office, a README and what a ``sources.toml`` ignores are left out.
    Three things are handed on so that reading them says what is wrong: kinds of file that are not read, folders
    that may not be opened, and a ``sources.toml`` that cannot be used.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _walk(path, ()) if _is_folder(path) else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _walk(folder: Path, outer: tuple[Manifest, ...]) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name.casefold())
    except OSError:
        yield folder
        return
    try:
        manifests = (*outer, read_manifest(folder))
    except UnreadableFile as error:
        manifests = outer
        yield error.path
    for entry in entries:
        if _is_aside(entry) or any(manifest.ignores(entry) for manifest in manifests):
            continue
        if not _is_folder(entry):
            yield entry
        elif not entry.is_symlink():  # a link to a folder may lead round in a circle
            yield from _walk(entry, manifests)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not even its kind may be known
        return False


def _is_aside(entry: Path) -> bool:
    name = entry.name.casefold()
    return (
        name.startswith((".", "~$"))
        or name in (MANIFEST_NAME, *BELONG_TO_THE_SYSTEM)
        or entry.stem.casefold() in DESCRIBE_THE_FOLDER
    )
