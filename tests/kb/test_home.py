"""The home folder: where it is, when it cannot be used, and its one writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import HomeError
from kb.home import Home, default_path


def test_the_variable_says_where_home_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BRONVAST_HOME moves everything; without it the platform's own folder is used."""
    monkeypatch.setenv("BRONVAST_HOME", str(tmp_path / "elsewhere"))
    moved = Home().path
    monkeypatch.delenv("BRONVAST_HOME")

    assert moved == tmp_path / "elsewhere"
    assert default_path().name == "bronvast"


def test_reading_makes_nothing(home: Home) -> None:
    """A home that does not exist is an error for a reader, and stays away."""
    with pytest.raises(HomeError) as caught:
        home.require()

    assert (caught.value.key, caught.value.values) == ("home_missing", {"path": str(home.path)})
    assert not home.path.exists()


def test_the_first_write_makes_the_folders(home: Home) -> None:
    """Writing makes the home and what stands in it, and may do so again."""
    home.create()
    home.create()

    assert sorted(entry.name for entry in home.path.iterdir()) == ["originals", "vectors"]


@pytest.mark.parametrize("action", [Home.create, Home.require])
def test_a_file_is_no_home(home: Home, action: object) -> None:
    """A file in the place of the folder is named as such, whether one reads or writes."""
    home.path.write_text("a letter")

    with pytest.raises(HomeError) as caught:
        action(home)  # type: ignore[operator]
    assert caught.value.key == "home_not_folder"


def test_a_home_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    """What the disk refuses is said in our own words."""
    (tmp_path / "file").write_text("")

    with pytest.raises(HomeError) as caught:
        Home(tmp_path / "file" / "home").create()
    assert caught.value.key == "home_not_writable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_cannot_be_written(tmp_path: Path) -> None:
    """A home that may be read only is an error for a writer."""
    (tmp_path / "locked").mkdir(mode=0o500)

    with pytest.raises(HomeError) as caught:
        Home(tmp_path / "locked" / "home").create()
    assert caught.value.key == "home_not_writable"


def test_a_second_writer_is_refused_at_once(home: Home) -> None:
    """One writer at a time, also within one process; afterwards the next may."""
    with home.writer_lock(), pytest.raises(HomeError) as caught, Home(home.path).writer_lock():
        pass

    assert caught.value.key == "home_busy"
    with Home(home.path).writer_lock():
        pass


def test_a_killed_writer_holds_nobody_up(home: Home) -> None:
    """The lock ends with its process, also when that is killed."""
    script = (
        "import pathlib, sys, time; from kb.home import Home\n"
        "with Home(pathlib.Path(sys.argv[1])).writer_lock():\n"
        "    print('locked', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, home.path], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(HomeError), home.writer_lock():
            pass
        writer.send_signal(signal.SIGKILL)
        writer.wait()

    with home.writer_lock():
        pass
