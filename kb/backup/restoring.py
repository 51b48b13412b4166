"""Putting a backup back: proven wholly before anything is touched, and then in one step."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from kb.audit import Act
from kb.backup.exchange import exchange
from kb.backup.manifest import CATALOGUE, FORMAT, MANIFEST, Manifest, is_known, most_bytes
from kb.catalogue import Catalogue
from kb.errors import HomeError, UsageError
from kb.flushing import flush, flush_tree, make_folder
from kb.home import Home
from kb.progress import SILENCE, Progress
from kb.schema import VERSION
from kb.users.store import Users
from kb.vector_index import VectorIndex

_STAGED = ".restoring-"
_READ_AT_ONCE = 2**20  # bytes
_NOT_SUCH_A_FILE = (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the home that stood there is kept. ``users``: who may come in since, by the backup;
    none where the home that stood there says so itself.
    """

    manifest: Manifest
    earlier: Path | None = None
    users: tuple[str, ...] = ()


def restore(file: Path, home: Home, *, replace: bool = False, progress: Progress = SILENCE) -> Restored:
    """Put a backup back into an empty home, with its vector index made again.

    With ``replace`` it takes the place of the home that is there, which is kept beside it. Everything is unpacked,
    counted, compared with its hashes and opened before anything is touched. Who may come in is not for an old backup to
    decide: people of the home that is there stay; where there are none those of the backup come, and have to log in.
    Raises UsageError for a file that is no whole backup, one of a later Bronvast, and a home that is not empty;
    HomeError where another writer is at work; OSError.
    """
    if not file.is_file():
        raise UsageError("no_such_backup", path=file)
    is_empty = _is_empty(home)
    if not (is_empty or replace):
        raise UsageError("home_not_empty", path=home.path)
    with _staged(home, inside=is_empty) as staged:
        manifest = _unpacked(file, staged, progress)
        _prepare(file, staged, manifest, progress)
        users = _settled(file, staged, home)
        flush_tree(staged.path)
        earlier = None if is_empty else _swapped(staged, home)
        if is_empty:
            _moved_in(staged, home)
    return Restored(manifest, earlier, users)


def _is_empty(home: Home) -> bool:
    """Whether nothing was ever kept in a home: it may have been begun, or a restore ended while it moved in."""
    if home.path.exists() and not home.path.is_dir():
        raise HomeError("home_not_folder", path=home.path)
    if not home.exists and any(home.path.glob(f"{_STAGED}*")):
        return True
    return not any(path.is_file() and path.name != "lock" for path in home.path.rglob("*"))


@contextmanager
def _staged(home: Home, *, inside: bool) -> Iterator[Home]:
    """A home on the same disk that nobody knows; it goes with whatever is still in it."""
    name = f"{_STAGED}{os.getpid()}"
    folder = home.path / name if inside else home.path.with_name(f".{home.path.name}{name}")
    make_folder(folder)
    try:
        yield Home(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- proving ---------------------------------------------------------------------------------------


def _unpacked(file: Path, staged: Home, progress: Progress) -> Manifest:
    """Unpack a backup, each member counted and compared with its hash. Raises UsageError."""
    try:
        with ZipFile(file) as archive:
            manifest = _manifest(file, archive)
            progress.start([member.size for member in manifest.files.values()])
            for name in manifest.files:
                progress.begin(name)
                _unpack(archive, name, staged.path / name, manifest)
                progress.finish()
            return manifest
    except _NOT_SUCH_A_FILE as error:
        raise UsageError("backup_damaged", path=file, detail=error) from error


def _manifest(file: Path, archive: ZipFile) -> Manifest:
    """What the backup says of itself, in agreement with what is in it. Raises UsageError, ValueError."""
    names = archive.namelist()
    if MANIFEST not in names:
        raise ValueError(f"{MANIFEST}?")
    nothing = Manifest(FORMAT, "", VERSION, "", 0)
    manifest = Manifest.from_json(b"".join(_parts(archive, MANIFEST, nothing)))
    if manifest.format > FORMAT or manifest.catalogue_version > VERSION:
        raise UsageError("backup_newer", path=file, version=manifest.bronvast)
    if sorted(names) != sorted([*manifest.files, MANIFEST]) or CATALOGUE not in names:
        raise ValueError(f"{MANIFEST} names other files than there are")
    for name in manifest.files:
        if not is_known(name):
            raise ValueError(f"unknown member {name!r}")
    return manifest


def _unpack(archive: ZipFile, name: str, target: Path, manifest: Manifest) -> None:
    digest = hashlib.sha256()
    target.parent.mkdir(exist_ok=True)
    with target.open("xb") as file:
        for part in _parts(archive, name, manifest):
            digest.update(part)
            file.write(part)
    member = manifest.files[name]
    if (digest.hexdigest(), target.stat().st_size) != (member.sha256, member.size):
        raise ValueError(f"{name} is not what it was")


def _parts(archive: ZipFile, name: str, manifest: Manifest) -> Iterator[bytes]:
    """The bytes of a member as they come out, whatever it says of its size: no more than the manifest allows."""
    left = most_bytes(name, manifest)
    with archive.open(name) as source:
        while part := source.read(min(_READ_AT_ONCE, left + 1)):
            left -= len(part)
            if left < 0:
                raise ValueError(f"{name} is larger than it should be")
            yield part


def _prepare(file: Path, staged: Home, manifest: Manifest, progress: Progress) -> None:
    """Open what was unpacked, check it as a whole, and make its index. Raises UsageError, HomeError."""
    try:
        staged.create()
        with Catalogue.open(staged) as catalogue:
            problems = catalogue.problems()
            kept = {name.partition("/")[2] for name in manifest.files if name.startswith("originals/")}
            lacking = catalogue.digests() - kept - set(manifest.missing)
            if problems or lacking:
                raise UsageError("backup_damaged", path=file, detail=(*problems, *sorted(lacking))[0])
            catalogue.note(Act.HOME_RESTORED)
            catalogue.renew_stems()
            progress.publish()
            index = VectorIndex(staged.vectors)
            try:
                index.bring_up_to_date(catalogue)
            finally:
                index.close()
    except HomeError as error:
        if error.key not in ("catalogue_damaged", "home_missing"):
            raise
        raise UsageError("backup_damaged", path=file, detail=error.values.get("detail", CATALOGUE)) from error


def _settled(file: Path, staged: Home, home: Home) -> tuple[str, ...]:
    """Let the people of the home that is there stay, else those of the backup come, each with another stamp; the
    names of these. Raises UsageError for a file of people that cannot be read.
    """
    if home.users.is_file():
        shutil.copy2(home.users, staged.users)
        return ()
    if not staged.users.is_file():
        return ()
    try:
        return tuple(user.name for user in Users(staged).end_sessions())
    except HomeError as error:
        raise UsageError("backup_damaged", path=file, detail=error.values["detail"]) from error


# --- changing places -------------------------------------------------------------------------------


def _moved_in(staged: Home, home: Home) -> None:
    """Fill an empty home. It is one as soon as its catalogue is there, and that comes last."""
    with home.writer_lock():
        if home.exists:  # by now
            raise UsageError("home_not_empty", path=home.path)
        for folder in (home.originals, home.vectors, home.thesaurus):
            if folder.is_dir():
                shutil.rmtree(folder)
        others = [path for path in staged.path.iterdir() if path != staged.catalogue]
        try:
            for path in others:
                path.rename(home.path / path.name)
            flush(home.path)
            staged.catalogue.rename(home.catalogue)
        except OSError:
            for path in others:
                _removed(home.path / path.name)
            raise
        flush(home.path)


def _removed(path: Path) -> None:
    """Take away what moved in, as far as that can be done."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _swapped(staged: Home, home: Home) -> Path:
    """Put the staged home in the place of the one that is there; where that is kept."""
    earlier = home.path.with_name(f"{home.path.name}.before-restore-{datetime.now():%Y%m%d-%H%M%S}")
    with home.writer_lock():
        staged.path.rename(earlier)  # its name before the exchange: so the home that is there never lacks one
        try:
            exchange(earlier, home.path)
        except OSError:
            shutil.rmtree(earlier, ignore_errors=True)
            raise
        flush(home.path.parent)
    return earlier
