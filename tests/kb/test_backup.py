"""A backup: consistent whatever happens meanwhile, proven before it is put back, and put back in one step."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.backup import back_up, manifest, restore
from kb.backup.exchange import exchange
from kb.catalogue import Catalogue
from kb.claims import claim
from kb.cli.app import build
from kb.errors import HomeError, UsageError
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest, remove
from kb.progress import Silence
from kb.schema import VERSION
from kb.testing import WordEncoder

NOTE = "# Nota {number}\n\nDe minister keurt begroting {number} goed.\n"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with notes, a home in which they were read, with a file of words, and the backup of that home."""
    made = tmp_path_factory.mktemp("klaar")
    (made / "documents").mkdir()
    for number in range(3):
        (made / "documents" / f"nota-{number}.md").write_text(NOTE.format(number=number))
    home = Home(made / "home")
    ingest(home, [made / "documents"], encoder=WordEncoder())
    home.thesaurus.mkdir()
    (home.thesaurus / "eigen.ttl").write_text("# leeg\n")
    back_up(home, made / "kopie.zip")
    return made


@pytest.fixture
def kept(home: Home, ready: Path, tmp_path: Path) -> Path:
    """The backup of this test's own home, which holds three notes."""
    shutil.copytree(ready / "home", home.path)
    return Path(shutil.copy(ready / "kopie.zip", tmp_path))


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A folder with a fourth note."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "later.md").write_text(NOTE.format(number=9))
    return made


def answer(home: Home, question: str) -> list[str]:
    """What a home answers."""
    with KnowledgeBase.open(home.path, encoder=WordEncoder()) as opened:
        return [statement.text for statement in opened.ask(question).statements]


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_backed_up_comes_back(home: Home, kept: Path, tmp_path: Path) -> None:
    """Catalogue, originals and words; the index is made again, and answers are the same."""
    other = Home(tmp_path / "ander")

    restored = restore(kept, other)

    assert (restored.manifest.documents, restored.earlier) == (3, None)
    assert files(other.originals) == files(home.originals)
    assert files(other.thesaurus) == files(home.thesaurus)
    assert answer(other, "Wie keurt begroting 2 goed?") == answer(home, "Wie keurt begroting 2 goed?") != []
    assert sorted(path.name for path in other.path.iterdir()) == sorted(path.name for path in home.path.iterdir())


def test_only_one_file_is_left_on_the_way(kept: Path, tmp_path: Path) -> None:
    """Nothing stays beside the backup, and it holds neither the index nor what was derived."""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "kopie.zip"]
    with zipfile.ZipFile(kept) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {
            "catalogue.sqlite3", "manifest.json", "originals", "thesaurus",
        }  # fmt: skip


def test_what_a_killed_backup_left_goes_with_the_next(home: Home, kept: Path, tmp_path: Path) -> None:
    """And what one that is still at work has there stays."""
    folders = {claim(tmp_path, ".bronvast-backup-") for _ in range(2)}
    for folder, _ in folders:
        (folder / "backup.zip").write_text("half")
    (killed, lock), (at_work, _) = folders
    lock.release()

    back_up(home, tmp_path / "nieuw.zip")

    left = {path.name for path in tmp_path.iterdir()} - {"home", "kopie.zip", "nieuw.zip"}
    assert left == {at_work.name, f"{at_work.name}.lock"} != {killed.name}


def test_what_could_not_be_deleted_goes_with_the_next(home: Home, kept: Path, tmp_path: Path, monkeypatch) -> None:
    """The lock that tells whose it is stays until the folder is gone; a folder that cannot have one goes at once."""
    with monkeypatch.context() as failing:
        failing.setattr(shutil, "rmtree", lambda *_, **__: None)
        back_up(home, tmp_path / "nieuw.zip")
    left = [path.name for path in tmp_path.glob(".bronvast-backup-*")]
    with monkeypatch.context() as failing:
        failing.setattr("kb.claims.FileLock.acquire", lambda *_, **__: (_ for _ in ()).throw(OSError("vol")))
        with pytest.raises(OSError, match="vol"):
            claim(tmp_path, "ander-")

    back_up(home, tmp_path / "later.zip")

    assert len(left) == 2
    assert [*tmp_path.glob(".bronvast-backup-*"), *tmp_path.glob("ander-*")] == []


def test_a_backup_is_for_its_owner_alone(kept: Path, home: Home, tmp_path: Path) -> None:
    """It holds what became of passwords."""
    back_up(home, tmp_path / "nieuw.zip")

    assert stat.S_IMODE((tmp_path / "nieuw.zip").stat().st_mode) == 0o600


class Meanwhile(Silence):
    """Somebody who does something as a file is about to be copied."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act: Callable[[], object] | None = act

    def begin(self, name: str) -> None:
        """Act once, in a thread of its own."""
        if name and self._act is not None:
            thread = threading.Thread(target=self._act)
            self._act = None
            thread.start()
            thread.join()


def test_a_removal_meanwhile_is_honoured(home: Home, kept: Path, tmp_path: Path) -> None:
    """An original that goes while it is copied is no longer needed: the backup is one of the moment after."""
    back_up(home, kept, replace=True, progress=Meanwhile(lambda: remove(home, ["nota-1"])))

    restored = restore(tmp_path / "kopie.zip", Home(tmp_path / "ander"))
    assert (restored.manifest.documents, restored.manifest.missing) == (2, ())
    with zipfile.ZipFile(tmp_path / "kopie.zip") as archive:
        assert len([name for name in archive.namelist() if name.startswith("originals/")]) == 2


def test_an_ingest_meanwhile_changes_nothing(home: Home, folder: Path, encoder: WordEncoder, tmp_path: Path) -> None:
    """What is added after the moment of the copy is not in it, and what is in it is whole."""
    add = Meanwhile(lambda: ingest(home, [folder], encoder=encoder))

    back_up(home, tmp_path / "nieuw.zip", progress=add)

    assert restore(tmp_path / "nieuw.zip", Home(tmp_path / "ander")).manifest.documents == 3


def test_a_missing_original_is_named(home: Home, kept: Path, tmp_path: Path) -> None:
    """A damaged home can still be backed up; what is not in the copy is said, also when it is put back."""
    first, second, _ = sorted(home.originals.iterdir())
    first.unlink()
    second.write_bytes(b"something else")

    made = back_up(home, kept, replace=True)

    assert set(made.missing) == {first.name, second.name}
    assert restore(kept, Home(tmp_path / "ander")).manifest.missing == made.missing


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the members of a backup."""
    with zipfile.ZipFile(archive) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    with zipfile.ZipFile(archive, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)


def resigned(name: str, data: bytes, *, size: int | None = None) -> Callable[[dict[str, bytes]], None]:
    """Put a member in, with a manifest that agrees."""

    def change(members: dict[str, bytes]) -> None:
        members[name] = data
        said = manifest.Manifest.from_json(members["manifest.json"])
        hashed = manifest.Member(manifest_hash(data), len(data) if size is None else size)
        members["manifest.json"] = replace(said, files={**said.files, name: hashed}).as_json().encode()

    return change


def manifest_hash(data: bytes) -> str:
    """The SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def alter(members: dict[str, bytes]) -> None:
    """Another byte in an original."""
    name = next(name for name in members if name.startswith("originals/"))
    members[name] += b"!"


def drop(members: dict[str, bytes]) -> None:
    """An original less, also in the manifest."""
    name = next(name for name in members if name.startswith("originals/"))
    del members[name]
    said = json.loads(members["manifest.json"])
    del said["files"][name]
    members["manifest.json"] = json.dumps(said).encode()


@pytest.mark.parametrize(
    "change",
    [
        alter,
        drop,
        lambda members: members.pop("manifest.json"),
        lambda members: members.update({"manifest.json": b"[]"}),
        resigned("../buiten.txt", b"weg"),
        resigned("originals/../../buiten.txt", b"weg"),
        resigned("thesaurus/../../buiten.ttl", b"weg"),
        resigned("/buiten.txt", b"weg"),
        resigned("originals/" + "0" * 64, b"x" * 5_000_000, size=10),
        resigned("catalogue.sqlite3", b"SQLite format 3\0 and no more"),
        resigned("catalogue.sqlite3", b""),
    ],
)
def test_what_is_no_whole_backup_touches_nothing(change, home: Home, kept: Path, tmp_path: Path) -> None:
    """Altered, lacking, lying about its size, leading elsewhere: refused before anything is touched."""
    rewritten(kept, change)
    before, around = files(home.path), sorted(tmp_path.iterdir())

    with pytest.raises((UsageError, HomeError)) as caught:
        restore(kept, home, replace=True)

    assert caught.value.key in ("backup_damaged", "home_missing")
    assert (files(home.path), sorted(tmp_path.iterdir())) == (before, around)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_file_that_was_cut_is_refused(share: float, kept: Path, tmp_path: Path) -> None:
    """Half a download is no backup."""
    kept.write_bytes(kept.read_bytes()[: int(kept.stat().st_size * share)])

    with pytest.raises(UsageError) as caught:
        restore(kept, Home(tmp_path / "ander"))

    assert caught.value.key == "backup_damaged"
    assert not Home(tmp_path / "ander").exists


@pytest.mark.parametrize("field", ["format", "catalogue_version"])
def test_a_backup_of_a_later_bronvast_is_refused(field: str, kept: Path, tmp_path: Path) -> None:
    """Politely: what made it, and what to do."""

    def later(members: dict[str, bytes]) -> None:
        said = json.loads(members["manifest.json"]) | {field: VERSION + 1, "bronvast": "9.0"}
        members["manifest.json"] = json.dumps(said).encode()

    rewritten(kept, later)

    with pytest.raises(UsageError) as caught:
        restore(kept, Home(tmp_path / "ander"))

    assert (caught.value.key, caught.value.values["version"]) == ("backup_newer", "9.0")


def test_a_home_that_is_not_empty_is_refused(home: Home, kept: Path) -> None:
    """Nothing is replaced unasked."""
    with pytest.raises(UsageError) as caught:
        restore(kept, home)

    assert caught.value.key == "home_not_empty"


def test_with_force_the_earlier_home_is_kept_aside(home: Home, kept: Path) -> None:
    """The two change places; the earlier one can still be read."""
    remove(home, ["nota-2"])

    restored = restore(kept, home, replace=True)

    assert restored.earlier is not None
    with Catalogue.open(home) as now, Catalogue.open(Home(restored.earlier)) as before:
        assert (len(now.documents()), len(before.documents())) == (3, 2)
    assert restored.earlier.parent == home.path.parent


def test_a_home_at_work_is_not_replaced(home: Home, kept: Path, tmp_path: Path) -> None:
    """While somebody writes in it, it stays where it is."""
    before = sorted(tmp_path.iterdir())
    with home.writer_lock(), pytest.raises(HomeError) as caught:
        restore(kept, Home(home.path), replace=True)

    assert (caught.value.key, sorted(tmp_path.iterdir())) == ("home_busy", before)


@pytest.mark.parametrize("at_once", [True, False])
def test_folders_change_places(at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system can, in one step; elsewhere all the same."""
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not at_once:
        monkeypatch.setattr("kb.backup.exchange._exchanged_at_once", lambda *_: False)

    exchange(tmp_path / "een", tmp_path / "twee")

    assert [path.name for path in (*(tmp_path / "een").iterdir(), *(tmp_path / "twee").iterdir())] == ["twee", "een"]
    assert len(list(tmp_path.iterdir())) == 2


def test_the_commands_say_what_they_did(home: Home, kept: Path, tmp_path: Path) -> None:
    """One line each; a backup is never written over unasked, nor into the home itself."""

    def bronvast(*arguments: object) -> tuple[int, str]:
        result = CliRunner().invoke(build(), ["--home", str(home.path), *map(str, arguments)])
        return result.exit_code, result.output.replace(str(tmp_path), "")

    again = bronvast("backup", kept)
    inside = bronvast("backup", home.path / "kopie.zip")
    made = bronvast("backup", tmp_path / "nieuw.zip")
    back = bronvast("restore", tmp_path / "nieuw.zip", "--home", tmp_path / "ander")
    no_file = bronvast("restore", "nota-1")

    assert (again[0], "bestaat al" in again[1]) == (1, True)
    assert (inside[0], "elders" in inside[1]) == (1, True)
    assert (made[0], made[1].startswith("reservekopie in /nieuw.zip: 3 documenten, 0.1 MB.")) == (0, True)
    assert back == (0, "teruggezet in /ander: 3 documenten; start bronvast serve opnieuw als die openstaat\n")
    assert (no_file[0], "bronvast withdraw ID --undo" in no_file[1]) == (1, True)
