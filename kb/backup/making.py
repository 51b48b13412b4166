"""Making a backup, also while the page is served and while documents are added."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ingest.errors import UnreadableFile
from kb.backup.manifest import CATALOGUE, FORMAT, MANIFEST, USERS, Manifest, Member
from kb.catalogue import Catalogue
from kb.claims import working_folder
from kb.database import copy_database
from kb.errors import HomeError, UsageError
from kb.flushing import put_in_place
from kb.home import Home
from kb.originals import digest_of
from kb.progress import SILENCE, Progress
from kb.schema import VERSION

_UNDER_WAY = ".bronvast-backup-"
_ARCHIVE = "backup.zip"
_OWNER_ONLY = 0o600
_ATTEMPTS = 5
_COPIED_AT_ONCE = 2**20  # bytes


class _OriginalGoneError(Exception):
    """A document was removed while it was being copied: the backup begins again without it."""


def back_up(home: Home, file: Path, *, replace: bool = False, progress: Progress = SILENCE) -> Manifest:
    """Write a backup of a home to a file, whole or not at all; what it holds.

    The catalogue is copied as one moment sees it, and the originals never change: nobody has to wait. An original that
    is missing or altered is left out and named in the manifest. Raises UsageError where the file is there already or
    would stand in the home, HomeError for a home that cannot be read or is damaged, OSError.
    """
    target = file.expanduser().absolute()
    if target.exists() and not replace:
        raise UsageError("save_exists", path=file)
    if target.resolve().is_relative_to(home.path.resolve()):
        raise UsageError("backup_in_home", path=file)
    for _ in range(_ATTEMPTS):
        try:
            with Catalogue.open(home) as catalogue, working_folder(target.parent, _UNDER_WAY) as folder:
                manifest = _written(home, catalogue, folder, progress)
                put_in_place(folder / _ARCHIVE, target)
                return manifest
        except _OriginalGoneError:
            continue
    raise HomeError("home_busy", path=home.path)


def _written(home: Home, catalogue: Catalogue, folder: Path, progress: Progress) -> Manifest:
    """Make the archive in a folder of its own, where the catalogue is copied too."""
    copy = Home(folder)
    copy_database(home.catalogue, copy.catalogue)
    with Catalogue.open(copy) as copied:
        if problems := copied.problems():
            raise HomeError("catalogue_damaged", path=home.path, detail=problems[0])
        digests, documents = sorted(copied.digests()), len(copied.documents()) + len(copied.withdrawn())
    whole, missing = _sorted_out(home, catalogue, digests)
    members = {CATALOGUE: copy.catalogue} | {f"originals/{digest}": home.original(digest) for digest in whole}
    members |= {f"thesaurus/{path.name}": path for path in sorted(home.thesaurus.glob("*.ttl"))}
    members |= {USERS: home.users} if home.users.is_file() else {}
    progress.start([path.stat().st_size for path in members.values()])
    (folder / _ARCHIVE).touch(_OWNER_ONLY)  # it holds what became of passwords
    with ZipFile(folder / _ARCHIVE, "w", allowZip64=True) as archive:
        files = {name: _kept(archive, name, path, progress) for name, path in members.items()}
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(FORMAT, version("bronvast"), VERSION, made_at, documents, missing, files)
        archive.writestr(MANIFEST, manifest.as_json())
    return manifest


def _sorted_out(home: Home, catalogue: Catalogue, digests: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The originals that are whole, and those that are missing or altered."""
    whole, missing = list[str](), list[str]()
    for digest in digests:
        (whole if _is_whole(home, digest) else missing).append(digest)
    if set(missing) - catalogue.digests():
        raise _OriginalGoneError
    return whole, tuple(missing)


def _is_whole(home: Home, digest: str) -> bool:
    try:
        return digest_of(home.original(digest)) == digest
    except UnreadableFile:
        return False


def _kept(archive: ZipFile, name: str, path: Path, progress: Progress) -> Member:
    """Copy a file into the archive, and say what was copied."""
    progress.begin(path.name if name == CATALOGUE else name)
    kind = ZIP_STORED if name.startswith("originals/") else ZIP_DEFLATED  # PDF and Word are packed already
    try:
        with path.open("rb") as source, archive.open(_info(name, kind), "w", force_zip64=True) as target:
            member = _copied(source, target)
    except FileNotFoundError as error:
        raise _OriginalGoneError from error
    progress.finish()
    return member


def _info(name: str, kind: int) -> ZipInfo:
    info = ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
    info.compress_type = kind
    return info


def _copied(source: IO[bytes], target: IO[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    while part := source.read(_COPIED_AT_ONCE):
        digest.update(part)
        size += len(part)
        target.write(part)
    return Member(digest.hexdigest(), size)
