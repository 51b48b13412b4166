"""A disk that is full while documents are added: do reads go on, is it said, is all whole once there is room again?

python -m tests.bench.disk_full [MEGABYTES ...]

The home stands on small file systems in memory, each of another size, so that room runs out at another moment;
mounting them asks for root on Linux. For each: add notes until there is no more room, take what is left of it, ask;
make room, add again, look.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from tests.faulty_disk import notes
from tests.faulty_disk.deeds import Said, command, looked_after
from tests.faulty_disk.eye import Versions, versions_in
from tests.faulty_disk.warm import Warm

SIZES = (2, 3, 4, 6, 8)  # megabytes: from no room for the index of the first notes on
ENOUGH = 256
NOTES = 40
FILLER = "filler"
BEGUN_WITH = 3


def is_possible() -> bool:
    """Whether a small file system can be mounted here."""
    return sys.platform.startswith("linux") and os.geteuid() == 0


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own in memory. Raises CalledProcessError."""
    folder.mkdir()
    options = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def tried(warm: Warm, top: Path, megabytes: int, count: int = NOTES) -> tuple[list[str], Said, int]:
    """What is wrong, what was said, and how many notes were in when the disk was full."""
    documents = top / "documents"
    notes.write(documents, dict.fromkeys(range(BEGUN_WITH), 0))
    with small_disk(top / f"disk-{megabytes}", megabytes) as disk:
        home = disk / "home"
        begun: Said = warm.call(command, None, "ingest", str(documents), "--home", str(home)).result
        wrong = list[str]()
        if begun.code == 0:  # something else may have filled the disk
            filled(disk)
            wrong += wrong_while_full(warm, home, dict.fromkeys(range(BEGUN_WITH), 0))
            (disk / FILLER).unlink()
        notes.write(documents, dict.fromkeys(range(count), 0))
        said: Said = warm.call(command, None, "ingest", str(documents), "--home", str(home)).result
        wrong += [f"before: {problem}" for problem in _wrongly_said(said)]
        filled(disk)
        copy = top / f"copy-{megabytes}"  # the eye is no reader of ours: it asks for room
        shutil.copytree(home, copy)
        found, problems = versions_in(copy)
        wrong += problems
        if begun.code == 0:
            wrong += wrong_while_full(warm, home, found)
        (disk / FILLER).unlink()
        subprocess.run(["mount", "-o", f"remount,size={ENOUGH}m", str(disk)], check=True)
        before, after, left = warm.call(looked_after, home, ["ingest", str(documents)], True).result
        wrong += left
        if not found.items() <= before.items() or after != dict.fromkeys(range(count), 0):
            wrong.append(f"{len(found)} notes were in, {len(before)} with room again, {len(after)} in the end")
    return wrong, said, len(found)


def _wrongly_said(said: Said) -> Iterator[str]:
    if said.trace or said.code != 1 or len(said.error.strip().splitlines()) != 1 or " vol" not in said.error:
        yield f"{said.code} {said.error!r} {said.trace}"


def filled(disk: Path) -> None:
    """Take all room that is left."""
    handle = os.open(disk / FILLER, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(handle, bytes(4096))
    except OSError:
        os.close(handle)


def wrong_while_full(warm: Warm, home: Path, found: Versions) -> Iterator[str]:
    """A question to each of some notes that are in must be answered, and the list must be shown."""
    for number in sorted(found)[:BEGUN_WITH]:
        asked: Said = warm.call(command, None, "ask", notes.question(number, 0), "--home", str(home)).result
        if asked.code or notes.words(number, 0)[0] not in asked.output:
            yield f"while full, {notes.name(number)} does not answer: {asked}"
    listed: Said = warm.call(command, None, "documents", "--json", "--home", str(home)).result
    if listed.code or len(listed.output.splitlines()) != len(found):
        yield f"while full, the list is not shown: {listed.error}"


def main(sizes: list[int]) -> None:
    """Try each size."""
    console = Console(width=180, highlight=False)
    if not is_possible():
        console.print("left out: mounting a small file system asks for root on Linux")
        return
    with tempfile.TemporaryDirectory(prefix="bronvast-full-") as name, Warm() as warm:
        for megabytes in sizes:
            wrong, said, count = tried(warm, Path(name), megabytes)
            console.print(f"{megabytes} MB, full with {count} notes: {said.error.strip()}", markup=False)
            for one in wrong:
                console.print(f"  {one}", style="bold red", markup=False)
            if not wrong:
                console.print("  reads went on, all is whole with room again")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or list(SIZES))
