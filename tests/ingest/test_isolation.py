"""Calls in child processes: whatever a call does to its process, the caller goes on."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import LimitExceeded, Reason, UnreadableFile
from ingest.isolation import Owner, Pool, run_limited
from ingest.limits import Limits, limits_in_force
from ingest.worker import is_child, more_time

MEBIBYTE = 2**20
HOURS = 10_000.0


@pytest.fixture
def pool() -> Iterator[Pool]:
    """One child process at a time."""
    made = Pool(1)
    yield made
    made.close()


def process_id() -> int:
    """The number of the process that runs this."""
    return os.getpid()


def stop_the_process(code: int) -> None:
    """Leave without a word."""
    os._exit(code)


def read_address_zero() -> None:
    """What a library does that follows a broken pointer."""
    ctypes.string_at(0)


def kill_itself() -> None:
    """What the system does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def wait_for_ever() -> None:
    """Wait for what never happens."""
    threading.Event().wait(HOURS)


def run_for_ever() -> None:
    """A loop without an end."""
    while True:
        pass


def fill_the_memory() -> int:
    """Ask for ever more."""
    held: list[bytes] = []
    while True:
        held.append(bytes(16 * MEBIBYTE))


def call_itself(depth: int) -> int:
    """A recursion without an end."""
    return call_itself(depth + 1) + 1


def zeros(size: int) -> bytes:
    """A result of so many bytes."""
    return bytes(size)


def write_on_the_way() -> str:
    """What a reader does that needs a file of its own; the folder in which it stood."""
    with tempfile.NamedTemporaryFile() as file:
        return str(Path(file.name).parent)


def set_aside(path: Path) -> None:
    """Raise what a reader raises."""
    raise UnreadableFile(path, Reason.DAMAGED, "half of it")


def print_and_read() -> str:
    """What a careless library does."""
    sys.stdout.write("noise")
    os.write(1, b"more noise")
    return sys.stdin.read()


def pages_allowed() -> int:
    """What code that counts pages asks."""
    return limits_in_force().pages


def wait_in_steps(steps: int) -> str:
    """Slow work that says that it goes on."""
    for _ in range(steps):
        more_time(30)
        threading.Event().wait(0.05)
    return "done"


def leave_a_child(file: Path) -> None:
    """Start a program, write down its number and wait for it."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(10000)"])
    arriving = file.with_suffix(".part")
    arriving.write_text(str(child.pid))
    arriving.replace(file)
    child.wait()


def test_a_call_runs_in_another_process() -> None:
    """What it does to its process is not done to this one."""
    assert run_limited(process_id) != os.getpid()
    assert run_limited(is_child)
    assert not is_child()


def test_a_process_is_kept_for_the_next_call(pool: Pool) -> None:
    """A hundred small files do not wait for a hundred interpreters."""
    assert pool.call(process_id) == pool.call(process_id)


def test_a_folder_that_was_swept_away_is_made_again(pool: Pool) -> None:
    """Some systems delete what is old in their temporary folder; a server that runs for weeks reads on."""
    folder = pool.call(write_on_the_way)
    Path(folder).rmdir()

    assert pool.call(write_on_the_way) == folder


def test_an_error_comes_through(pool: Pool) -> None:
    """The caller sees what the function raised, with all that it says."""
    with pytest.raises(UnreadableFile) as caught:
        pool.call(set_aside, Path("/nota.pdf"))

    error = caught.value
    assert (error.path, error.reason, error.detail) == (Path("/nota.pdf"), Reason.DAMAGED, "half of it")


@pytest.mark.parametrize(
    ("function", "arguments", "reason"),
    [
        (stop_the_process, (0,), Reason.CRASHED),
        (stop_the_process, (3,), Reason.CRASHED),
        (read_address_zero, (), Reason.CRASHED),
        (kill_itself, (), Reason.TOO_MUCH_MEMORY),
        (fill_the_memory, (), Reason.TOO_MUCH_MEMORY),
        (call_itself, (0,), Reason.TOO_NESTED),
        (wait_for_ever, (), Reason.TOO_SLOW),
        (run_for_ever, (), Reason.TOO_SLOW),
        (zeros, (20 * MEBIBYTE,), Reason.TOO_LARGE),
    ],
)
def test_a_call_that_fails_costs_that_call_only(
    pool: Pool, function: object, arguments: tuple[object, ...], reason: Reason
) -> None:
    """The reason is known, and the next call is answered."""
    limits = Limits(seconds=1 if reason is Reason.TOO_SLOW else 60, memory=500 * MEBIBYTE, result_size=MEBIBYTE)

    with pytest.raises(LimitExceeded) as caught:
        pool.call(function, *arguments, limits=limits)  # type: ignore[arg-type]

    assert caught.value.reason is reason
    assert pool.call(zeros, 3) == bytes(3)


def crash_when_not_alone(file: Path) -> str:
    """What a library does whose memory an earlier file has spoilt: it works in a process of its own."""
    before = file.read_text() if file.exists() else ""
    file.write_text(str(os.getpid()))
    if before == str(os.getpid()):
        os._exit(1)
    return "done"


def test_a_crash_may_be_the_fault_of_the_call_before(pool: Pool, tmp_path: Path) -> None:
    """A process that has worked before and crashes is replaced, and the call is tried again."""
    marks = tmp_path / "marks"

    assert [pool.call(crash_when_not_alone, marks) for _ in range(3)] == ["done"] * 3


def test_the_clock_can_be_moved_within_bounds(pool: Pool) -> None:
    """Slow work that goes on may go on, but not for ever."""
    assert pool.call(wait_in_steps, 30, limits=Limits(seconds=1, most_seconds=60)) == "done"
    with pytest.raises(LimitExceeded):
        pool.call(wait_in_steps, 10_000, limits=Limits(seconds=1, most_seconds=2))


def is_gone(process: str) -> bool:
    """True as soon as a process has ended; the test's own clock runs out where it does not."""
    with contextlib.suppress(OSError):  # there is no such process
        while Path(f"/proc/{process}/stat").read_text().split()[2] != "Z":
            pass
    return True


def test_children_of_the_process_end_with_it(pool: Pool, tmp_path: Path) -> None:
    """No program that a reader started lives on."""
    file, me = tmp_path / "child", Owner()
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(pool.call, leave_a_child, file, owner=me)
        while not file.exists() and not future.done():
            pass
        pool.stop(me)

    assert is_gone(file.read_text())


def test_what_a_library_prints_disturbs_nothing(pool: Pool) -> None:
    """The way back is out of its reach, and so are the requests."""
    assert pool.call(print_and_read) == ""


def test_code_can_ask_which_limits_hold(pool: Pool) -> None:
    """Pages and sizes are counted by the readers, under the limits of their call."""
    assert pool.call(pages_allowed, limits=Limits(pages=7)) == 7
    assert pages_allowed() == Limits().pages


def test_calls_of_an_owner_are_stopped_at_once(pool: Pool) -> None:
    """Somebody who does not want to wait does not wait."""
    me, others = Owner(), [Owner(), Owner()]
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(pool.call, wait_for_ever, owner=me, limits=Limits(seconds=HOURS))
        for somebody in (others[0], me, others[1]):
            pool.stop(somebody)

    assert isinstance(future.exception(), CancelledError)
    assert pool.call(zeros, 1) == b"\0"


def meet(folder: Path) -> int:
    """The number of this process, once another one is here too."""
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < 2:
        pass
    return os.getpid()


def test_two_calls_run_side_by_side(tmp_path: Path) -> None:
    """As many as there are processes."""
    pool = Pool(2)
    with ThreadPoolExecutor(2) as threads:
        processes = set(threads.map(pool.call, [meet] * 2, [tmp_path] * 2))
    pool.close()

    assert {str(process) for process in processes} == {mark.name for mark in tmp_path.iterdir()}


marks: list[str] = []


def mark() -> None:
    """Something slow that is done once in a process."""
    threading.Event().wait(0.5)
    marks.append("mark")


def marks_made() -> int:
    """How often it was done here."""
    return len(marks)


def test_what_a_call_needs_is_loaded_once_and_off_the_clock(pool: Pool) -> None:
    """A slow disk costs no file its time."""
    quick = Limits(seconds=0.4)

    assert [pool.call(marks_made, limits=quick, prepare=mark) for _ in range(2)] == [1, 1]


PARENT = """
import os, pathlib, sys, threading
from ingest.isolation import run_limited
from ingest.limits import Limits
from tests.ingest.test_isolation import leave_a_child

threading.Thread(target=run_limited, args=(leave_a_child, pathlib.Path(sys.argv[1])), daemon=True).start()
while not os.path.exists(sys.argv[1]):
    pass
os.kill(os.getpid(), 9)
"""


def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    """Also where the parent is killed in the midst of a call, and cannot end anything itself."""
    file = tmp_path / "child"
    killed = subprocess.run([sys.executable, "-c", PARENT, str(file)], check=False)

    assert killed.returncode == -signal.SIGKILL
    assert is_gone(file.read_text())
