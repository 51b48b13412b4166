"""Deeds with a state before and one after: what is tried on a disk that fails, and how to tell what came of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.faulty_disk import notes
from tests.faulty_disk.deeds import Said, command, looked_after
from tests.faulty_disk.eye import Versions, versions_in
from tests.faulty_disk.warm import Warm

FIRST_VERSION = Path(__file__).parents[1] / "kb" / "catalogue_version_1.sql"
_UNDER_WAY = ".bronvast-backup-"
NOTHING: Versions = {}
EARLIER: Versions = {0: 0, 1: 0}  # the notes of the home that most deeds change
REPLACED: Versions = {0: 1, 1: 0}
BACKED_UP: Versions = {3: 0}  # those of the backup that is put back


class State(StrEnum):
    """What a deed left."""

    OLD = "old"
    NEW = "new"
    MIXED = "MIXED"


class Ground:
    """The homes and files that deeds begin with, made once in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home, self.backup, self.documents = folder / "home", folder / "backup.zip", folder / "documents"

    def prepare(self, warm: Warm) -> None:
        """Make them. Afterwards the first note in ``documents`` is a later version than the home has."""
        self.folder.mkdir()
        other = str(self.folder / "other")
        notes.write(self.documents, BACKED_UP)
        _done(warm, "ingest", str(self.documents), "--home", other)
        _done(warm, "backup", str(self.backup), "--home", other)
        shutil.rmtree(self.documents)
        notes.write(self.documents, EARLIER)
        _done(warm, "ingest", str(self.documents), "--home", str(self.home))
        notes.write(self.documents, REPLACED)


def _done(warm: Warm, *arguments: str) -> None:
    said: Said = warm.call(command, None, *arguments).result
    if said.code or said.trace:
        raise RuntimeError(str(said))


Seen = tuple[object, list[str]]


@dataclass(frozen=True, slots=True)
class Deed:
    """A command on the home in a folder, and the states before and after it as ``seen`` tells them, with what is wrong.

    ``lay`` puts there what it begins with; it ``is_repeatable`` where a second time leaves what the first one left.
    """

    name: str
    words: Callable[[Ground, Path], list[str]]
    lay: Callable[[Ground, Path], object]
    seen: Callable[[Path], Seen]
    before: object
    after: object
    is_repeatable: bool = True

    def arguments(self, ground: Ground, folder: Path) -> list[str]:
        """The command line."""
        return [*self.words(ground, folder), "--home", str(folder / "home")]


def judged(warm: Warm, ground: Ground, deed: Deed, folder: Path) -> tuple[State, list[str]]:
    """The state that a deed left, and what is wrong with it, now or after the next run."""
    seen, wrong = deed.seen(folder)
    state = State.OLD if seen == deed.before else State.NEW if seen == deed.after else State.MIXED
    if state is State.MIXED:
        wrong.append(f"neither the old state nor the new: {seen}")
    is_done = state is State.NEW and not deed.is_repeatable
    again = ["documents"] if is_done else deed.words(ground, folder)
    try:
        wrong += warm.call(_wrong_afterwards, deed.name, folder, again).result
    except RuntimeError as error:  # what nobody expected, with its trace
        wrong.append(str(error))
    return state, wrong


def _wrong_afterwards(name: str, folder: Path, again: list[str]) -> list[str]:
    """What is wrong with the home, or after the next run."""
    deed = next(deed for deed in DEEDS if deed.name == name)
    home = folder / "home"
    if deed.seen is _tables:
        said = command(None, *again, "--home", str(home))
        wrong = [] if said.code == 0 else [f"the next run fails: {said.error}{said.trace}"]
    else:
        wrong = looked_after(home, again)[2]
    seen, problems = deed.seen(folder)
    if seen != deed.after:
        wrong.append(f"the next run leaves {seen}")
    return [*wrong, *problems, *(f"still left: {path.name}" for path in folder.glob(f"{_UNDER_WAY}*"))]


# --- what there is ------------------------------------------------------------------------------------


def _versions(folder: Path) -> Seen:
    return versions_in(folder / "home")


def _versions_and_kept(folder: Path) -> Seen:
    """With the home that was replaced: it must be kept."""
    found, wrong = versions_in(folder / "home")
    aside = list(folder.glob("home.before-restore-*"))
    if found == BACKED_UP and [versions_in(one) for one in aside] != [(EARLIER, [])]:
        wrong.append(f"the earlier home is not kept: {sorted(path.name for path in folder.iterdir())}")
    return found, wrong


def _documents_of_backup(folder: Path) -> Seen:
    """How many documents a backup holds, each member proven by its hash."""
    wrong = versions_in(folder / "home")[1]
    try:
        with zipfile.ZipFile(folder / "backup.zip") as archive:
            manifest = json.loads(archive.read("manifest.json"))
            for name, member in manifest["files"].items():
                if hashlib.sha256(archive.read(name)).hexdigest() != member["sha256"]:
                    wrong.append(f"{name} is not what it was")
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        return None, [*wrong, f"no whole backup: {error!r}"]
    kept = [path.name for path in folder.iterdir() if not path.name.startswith(_UNDER_WAY)]  # the next one sweeps
    wrong += [f"left: {name}" for name in kept if name not in ("home", "backup.zip")]
    return manifest["documents"], wrong


def _tables(folder: Path) -> Seen:
    """The version of the tables, and what they hold."""
    copy = folder / "home" / "catalogue.version-1.sqlite3"
    found, wrong = _dump(folder / "home" / "catalogue.sqlite3"), []
    if found[0] != 1 and _dump(copy) != _FIRST:
        wrong.append("there is no whole copy of the earlier tables")
    return found, wrong


def _dump(file: Path) -> tuple[int, str]:
    if not file.exists():
        return 0, ""
    with closing(sqlite3.connect(file)) as opened:
        ((version,),) = opened.execute("PRAGMA user_version").fetchall()
        return version, hashlib.sha256("\n".join(opened.iterdump()).encode()).hexdigest()


# --- what there was -----------------------------------------------------------------------------------


def _nothing(_: Ground, folder: Path) -> None:
    folder.mkdir()


def _home(ground: Ground, folder: Path) -> None:
    shutil.copytree(ground.home, folder / "home")


def _home_and_backup(ground: Ground, folder: Path) -> None:
    _home(ground, folder)
    shutil.copyfile(ground.backup, folder / "backup.zip")


def _first_version(_: Ground, folder: Path) -> None:
    (folder / "home").mkdir(parents=True)
    with closing(sqlite3.connect(folder / "home" / "catalogue.sqlite3")) as made:
        made.executescript(FIRST_VERSION.read_text("utf8"))


def _of_first_version() -> tuple[tuple[int, str], tuple[int, str]]:
    """The tables of the first version, and what becomes of them where nothing fails."""
    import tempfile

    from kb.catalogue import Catalogue
    from kb.home import Home

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.rmtree(folder / "home", ignore_errors=True)
        _first_version(Ground(folder), folder)
        before = _dump(folder / "home" / "catalogue.sqlite3")
        Catalogue.open(Home(folder / "home")).close()
        return before, _dump(folder / "home" / "catalogue.sqlite3")


_FIRST, _LAST = _of_first_version()

DEEDS = (
    Deed("ingest", lambda g, _: ["ingest", str(g.documents / "nota-1.md")], _nothing, _versions, NOTHING, {1: 0}),
    Deed("replace", lambda g, _: ["ingest", str(g.documents / "nota-0.md")], _home, _versions, EARLIER, REPLACED),
    Deed("remove", lambda *_: ["remove", "nota-0"], _home, _versions, EARLIER, {1: 0}, is_repeatable=False),
    Deed("migrate", lambda *_: ["documents"], _first_version, _tables, _FIRST, _LAST),
    Deed("backup", lambda _, f: ["backup", "--force", str(f / "backup.zip")], _home_and_backup, _documents_of_backup,
         len(BACKED_UP), len(EARLIER)),
    Deed("restore", lambda g, _: ["restore", str(g.backup)], _nothing, _versions, NOTHING, BACKED_UP,
         is_repeatable=False),
    Deed("restore over", lambda g, _: ["restore", "--force", str(g.backup)], _home, _versions_and_kept, EARLIER,
         BACKED_UP, is_repeatable=False),
)  # fmt: skip
