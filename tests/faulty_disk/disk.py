"""A disk that fails on demand: ``shim.c``, built where there is a C compiler, and preloaded into a process."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
NO_COMPILER = "no C compiler for Linux on this computer; install one with: apt-get install gcc libc6-dev"


class How(IntEnum):
    """What becomes of the operation that was chosen; the numbers are those of ``shim.c``."""

    COUNTED = 0
    FAILS = 1
    FAILS_FROM_THERE = 2  # and so does every later one that takes room
    KILLED = 3  # before it, by SIGKILL


@dataclass(frozen=True, slots=True)
class Fault:
    """Which operation below a folder fails, counted from 1, how, and with which number of ``errno``."""

    root: Path
    at: int = 0
    how: How = How.COUNTED
    error: int = 0
    notes: Path | None = None  # a file for a line on each operation: number, kind, path, other path


@dataclass(frozen=True, slots=True)
class Operation:
    """A line of those notes."""

    number: int
    kind: str
    path: Path
    other: Path | None


def build(folder: Path) -> Path | None:
    """The library, built in a folder; None where it cannot be built."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "faulty_disk.so"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"]
    done = subprocess.run(command, check=False, capture_output=True)
    return library if done.returncode == 0 else None


def arm(fault: Fault) -> None:
    """Let the disk of this process behave so from now on."""
    note = os.open(fault.notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if fault.notes else -1
    ctypes.CDLL(None).faulty_arm(
        os.fsencode(fault.root.resolve()), ctypes.c_long(fault.at), fault.how, fault.error, note
    )


def disarm() -> None:
    """Let it work again."""
    ctypes.CDLL(None).faulty_disarm()


def count() -> int:
    """How many operations there were since it was armed last, in this process or its child."""
    library = ctypes.CDLL(None)
    library.faulty_count.restype = ctypes.c_long
    return int(library.faulty_count())


def is_preloaded() -> bool:
    """Whether this process has such a disk."""
    return hasattr(ctypes.CDLL(None), "faulty_arm")


def operations(notes: Path) -> list[Operation]:
    """What was noted, in order."""
    rows = (line.split("\t") for line in notes.read_text("utf8", "surrogateescape").splitlines())
    return [Operation(int(row[0]), row[1], Path(row[2]), Path(row[3]) if row[3] else None) for row in rows]
