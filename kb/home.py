"""The home folder: where everything that Bronvast keeps stands on disk.

    <home>/catalogue.sqlite3     the catalogue, the only truth
    <home>/catalogue.version-1.sqlite3   a copy from before the tables changed; goes when a document is removed
    <home>/damaged-<when>/       a catalogue that was damaged and was made again; goes when a document is removed
    <home>/originals/<digest>    the files as they were read, under the SHA-256 of their bytes
    <home>/derived/              pages made from originals that have none, to be shown; may be deleted at any time
    <home>/arriving/<n>/         files on their way in, a folder for each program that takes them; gone afterwards
    <home>/thesaurus/*.ttl       words that people add (kb.thesaurus.own)
    <home>/vectors/              the derived vector index, one folder a generation
    <home>/logs/                 what the server did, without what people asked (search_ui.shell.logbook)
    <home>/users.json            who may come in where the page is served to others (kb.users)
    <home>/sessions/<port>.json  who logged in at the server of a port (search_ui.accounts.sessions)
    <home>/lock                  held by the one writer; users.lock by who changes users.json

The folder is made by the first write; reading a home that does not exist is an error.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from platformdirs import user_data_dir

from kb.claims import claim, sweep
from kb.errors import HomeError, refused
from kb.flushing import make_folder

VARIABLE = "BRONVAST_HOME"
_DAMAGED = "damaged-"
_MOMENT = 10  # seconds


def default_path() -> Path:
    """The folder of ``BRONVAST_HOME``, or the platform's own place for user data."""
    return Path(os.environ.get(VARIABLE) or user_data_dir("bronvast", appauthor=False))


class Home:
    """The paths of one home folder, and the lock that keeps it to one writer."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or default_path()).expanduser().absolute()

    @property
    def catalogue(self) -> Path:
        """The SQLite file of the catalogue."""
        return self.path / "catalogue.sqlite3"

    def copy_of_version(self, version: int) -> Path:
        """The copy of the catalogue that was made before its tables of this version changed."""
        return self.catalogue.with_suffix(f".version-{version}{self.catalogue.suffix}")

    def copies_of_versions(self) -> list[Path]:
        """All such copies that are there, with the logs of those that somebody opened."""
        return sorted(self.path.glob(f"{self.copy_of_version(0).name.replace('0', '*')}*"))

    def damaged(self, name: str) -> Path:
        """A folder for a catalogue that was damaged, and what only it asked for."""
        return self.path / f"{_DAMAGED}{name}"

    def damaged_ones(self) -> list[Path]:
        """All such folders that are there."""
        return sorted(self.path.glob(f"{_DAMAGED}*"))

    @property
    def originals(self) -> Path:
        """The folder of the original files."""
        return self.path / "originals"

    @property
    def vectors(self) -> Path:
        """The folder of the vector index."""
        return self.path / "vectors"

    @property
    def derived(self) -> Path:
        """The folder of pages that were made from originals."""
        return self.path / "derived"

    @property
    def arriving(self) -> Path:
        """The folder of files on their way in."""
        return self.path / "arriving"

    @property
    def thesaurus(self) -> Path:
        """The folder of the words that people add."""
        return self.path / "thesaurus"

    @property
    def logs(self) -> Path:
        """The folder of the server's logs."""
        return self.path / "logs"

    @property
    def users(self) -> Path:
        """The file of the people who may come in."""
        return self.path / "users.json"

    def sessions(self, port: int) -> Path:
        """The file of those who logged in at the server of a port."""
        return self.path / "sessions" / f"{port}.json"

    @property
    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        return self.catalogue.is_file()

    def original(self, digest: str) -> Path:
        """Where the original file with this SHA-256 stands."""
        return self.originals / digest

    def require(self) -> None:
        """Raise HomeError unless there is something to read."""
        if self.path.exists() and not self.path.is_dir():
            raise HomeError("home_not_folder", path=self.path)
        if not self.exists:
            raise HomeError("home_missing", path=self.path)

    def create(self) -> None:
        """Make the folders. Raises HomeError where that is not possible."""
        if self.path.exists() and not self.path.is_dir():
            raise HomeError("home_not_folder", path=self.path)
        try:
            for folder in (self.path, self.originals, self.vectors):
                make_folder(folder)
        except OSError as exc:
            raise refused(self.path, exc) from exc

    @contextmanager
    def writer_lock(self) -> Iterator[None]:
        """Be the only writer for a while. Raises HomeError at once where another one is at work.

        The lock is the kernel's: it ends with the process, however that ends.
        """
        with self._locked("lock", seconds=0):
            yield

    @contextmanager
    def users_lock(self) -> Iterator[None]:
        """Be the only one who changes the people, which takes a moment, so others wait. Raises HomeError."""
        with self._locked("users.lock", seconds=_MOMENT):
            yield

    @contextmanager
    def _locked(self, name: str, *, seconds: float) -> Iterator[None]:
        self.create()
        lock = FileLock(self.path / name)
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise HomeError("home_busy", path=self.path) from None
        except OSError as exc:
            raise refused(self.path, exc) from exc
        try:
            yield
        finally:
            lock.release()

    def sweep_arriving(self) -> None:
        """Delete the files on their way in that ended processes left."""
        sweep(self.arriving)

    def claim_arriving(self) -> Path:
        """A new folder for files on their way in, this process's own; what ended processes left there is deleted.

        Raises HomeError where that is not possible.
        """
        self.create()
        try:
            self.arriving.mkdir(exist_ok=True)
            own, held = claim(self.arriving)
        except OSError as exc:
            raise refused(self.path, exc) from exc
        _HELD.append(held)  # let go when the process ends
        return own


_HELD: list[BaseFileLock] = []
