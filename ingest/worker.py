"""What runs in a child process: calls one after the other, each under its limits, results back through a pipe.

The parent is ``ingest.isolation``. Requests and replies are pickles, each behind its length. Nothing is held back from
the code that runs here; the limits are for files that make good code hang, crash or fill the memory.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import select
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, BinaryIO

from ingest.errors import IngestError, Reason
from ingest.limits import Limits, limits_in_force, under

try:
    import resource
except ModuleNotFoundError:  # Windows has no such limits; the parent's clock holds there too
    resource = None  # type: ignore[assignment]

LENGTH_BYTES = 8
MAY_GROW = 256 * 2**20  # bytes of address space over those of the first call; a larger worker makes place for another
NEAR = 0.8
STACK_BYTES = 256 * 2**10
NICENESS = 5  # reading gives way to answering
SPARE_SECONDS = 5  # of processor time over the time on the clock: the parent ends a call first, if there is a parent
# spaCy and pytesseract import these where they are installed, for models and tables that nobody here uses: two seconds
# and 500 MB, half a second for pandas.
UNUSED = ("cupy", "mxnet", "pandas", "tensorflow", "torch")


class Kind(Enum):
    """What a reply says."""

    READY = auto()  # the process has started
    RESULT = auto()
    ERROR = auto()  # what the function raised
    LIMIT = auto()  # a ``Reason``: a limit that the process met itself
    MORE_TIME = auto()  # seconds from now; the result follows later


@dataclass(frozen=True, slots=True)
class Request:
    """A call: the function must be one that can be imported by its name."""

    function: Callable[..., Any]
    arguments: tuple[object, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call. ``is_spent``: this process has grown too large for another one."""

    kind: Kind
    value: Any = None
    is_spent: bool = False


def send(stream: BinaryIO, pickled: bytes) -> None:
    """Write one pickle."""
    stream.write(len(pickled).to_bytes(LENGTH_BYTES, "big"))
    stream.write(pickled)
    stream.flush()


def receive(stream: BinaryIO, *, most: int | None = None) -> bytes | None:
    """The next pickle; None at the end of the stream. Raises OverflowError for one of more than ``most`` bytes."""
    length = int.from_bytes(stream.read(LENGTH_BYTES), "big")
    if most is not None and length > most:
        raise OverflowError(f"{length} bytes")
    pickled = stream.read(length)
    return pickled if length and len(pickled) == length else None


def more_time(seconds: float) -> None:
    """Let this call go on for at least so many seconds from now, up to its ``most_seconds``.

    For work that is slow and known to go on, such as recognising one page after the other. Outside a child process
    nobody counts, and this does nothing.
    """
    if _replies is not None:
        _limit_processor_time(seconds)
        send(_replies, pickle.dumps(Reply(Kind.MORE_TIME, seconds)))


def is_child() -> bool:
    """Whether this process is one that was started to answer requests."""
    return _replies is not None


_replies: BinaryIO | None = None


def main(folder: str) -> None:
    """Answer requests until the parent closes the pipe or is gone. ``folder`` is for what is written on the way."""
    global _replies
    requests, _replies = _pipes()
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type] # the import system's own way of saying "not here"
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(NICENESS)
    _follow_parent(requests, folder)
    with contextlib.suppress(BrokenPipeError):
        send(_replies, pickle.dumps(Reply(Kind.READY)))
        while (request := receive(requests)) is not None:
            send(_replies, _answer(request))


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the parent, out of reach of whatever reads or prints in this process."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, replies


def _follow_parent(requests: BinaryIO, folder: str) -> None:
    """End, with all children and what they wrote, as soon as the parent is gone: also in the midst of a call."""
    if not hasattr(select, "poll"):  # Windows: the call at hand is ended first
        return
    watch = select.poll()
    watch.register(requests, 0)  # tells of nothing but the end

    def follow() -> None:
        watch.poll()
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(os.getpid(), signal.SIGKILL)

    threading.stack_size(STACK_BYTES)
    threading.Thread(target=follow, daemon=True).start()
    threading.stack_size(0)


def _answer(pickled: bytes) -> bytes:
    reply = _reply(pickled)
    try:
        return pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(_limit(Reason.TOO_MUCH_MEMORY))


def _reply(pickled: bytes) -> Reply:
    limits = Limits()
    try:
        request: Request = pickle.loads(pickled)  # noqa: S301 - from the parent
        limits = request.limits
        _restrict(limits)
        with under(limits):
            result = request.function(*request.arguments)
    except MemoryError:
        return _limit(Reason.TOO_MUCH_MEMORY)
    except RecursionError:
        return _limit(Reason.TOO_NESTED)
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        if _is_damage(error) and _came_near(limits.memory):
            return _limit(Reason.TOO_MUCH_MEMORY)
        return Reply(Kind.ERROR, _portable(error), _has_grown())
    return Reply(Kind.RESULT, result, _has_grown())


def _is_damage(error: Exception) -> bool:
    """Whether an error says no more than that something is wrong with a file."""
    return getattr(error, "reason", Reason.DAMAGED) is Reason.DAMAGED


def _limit(reason: Reason) -> Reply:
    return Reply(Kind.LIMIT, reason, is_spent=True)


def _portable(error: Exception) -> Exception:
    """The error, or one that says the same where it cannot travel; with the trace, which cannot travel either."""
    if not isinstance(error, IngestError):
        error.add_note(traceback.format_exc())
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - errors of libraries fail to be pickled in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _restrict(limits: Limits) -> None:
    """Set the kernel's limits for a call. Children of this process inherit them."""
    if resource is None:
        return
    _limit_softly(resource.RLIMIT_AS, limits.memory)
    _limit_softly(resource.RLIMIT_FSIZE, limits.written_size)
    _limit_softly(resource.RLIMIT_NOFILE, limits.open_files)
    _limit_softly(resource.RLIMIT_CPU, _processor_seconds() + int(limits.seconds) + SPARE_SECONDS)


def _limit_processor_time(seconds: float) -> None:
    """At least so many seconds of processor time from now, beside what is left; ``most_seconds`` in all."""
    if resource is None:
        return
    allowed, _ = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = _processor_seconds() + min(int(seconds), int(limits_in_force().most_seconds)) + SPARE_SECONDS
    _limit_softly(resource.RLIMIT_CPU, max(allowed, wanted))


def _processor_seconds() -> int:
    return int(time.process_time()) + 1


def _limit_softly(kind: int, most: int) -> None:
    """Lower or raise a limit as far as the system lets this user; some systems know a limit only by name."""
    _, hard = resource.getrlimit(kind)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (allowed, hard))


def _came_near(memory: int) -> bool:
    """Whether this process ever was nearly as large as it may be: many a library that gets no more memory says that
    the file is damaged. False where the system does not tell.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return False
    peak = re.search(r"^VmPeak:\s*(\d+) kB", status, re.M)
    return peak is not None and 1024 * int(peak[1]) > NEAR * memory


_size_at_first: int | None = None


def _has_grown() -> bool:
    global _size_at_first  # noqa: PLW0603 - of this process
    size = _address_space()
    if _size_at_first is None:
        _size_at_first = size
    return size > _size_at_first + MAY_GROW


def _address_space() -> int:
    """The bytes of address space that this process maps; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
