"""Calls in child processes with limits: what makes a library hang, crash or fill the memory costs one call.

    run_limited(function, *arguments, limits=...)      in the pool that this process shares

The processes are kept warm, so that many small calls do not wait for as many interpreters. They are started as
programs of their own, and by neither fork (the parent has threads) nor ``multiprocessing`` (which would import the
parent's main module into them). What is not isolated: the code that runs there may still read and write files.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar, cast
from weakref import WeakSet

from ingest.errors import LimitExceeded, Reason
from ingest.limits import Limits
from ingest.worker import Kind, Reply, Request, is_child, receive, send

T = TypeVar("T")

MOST_PROCESSES = 4  # each may take ``Limits.memory``
START_SECONDS = 60.0
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from ingest.worker import main; main()"
# Reasons that an earlier file may have given: another process, that has read nothing else, decides.
_MAYBE_INHERITED = (Reason.CRASHED, Reason.TOO_MUCH_MEMORY)

_log = logging.getLogger(__name__)


def run_limited(function: Callable[..., T], *arguments: object, limits: Limits = Limits()) -> T:
    """Call a function in a child process. It, its arguments and its result must be such as can be pickled: a function
    at the top of a module, no lambda.

    Raises LimitExceeded with its reason when the call went over a limit or took the process down with it; else what
    the function raises. ChildProcessError where no process can be started. Threads may call this at the same time;
    they wait for each other where all processes are at work. Paths among the arguments must be absolute. A call from
    within a child process is an ordinary one: it is under limits already.
    """
    if is_child():
        return function(*arguments)
    return shared_pool().call(function, *arguments, limits=limits)


def processor_count() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """A few child processes, started when they are first needed. Safe to share between threads."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size or min(processor_count(), MOST_PROCESSES)
        self._places = threading.BoundedSemaphore(self.size)
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._busy: dict[_Process, object] = {}
        self._stopped: WeakSet[object] = WeakSet()
        self._folder: Path | None = None

    def call(
        self, function: Callable[..., T], *arguments: object, limits: Limits = Limits(), owner: object = None
    ) -> T:
        """Call a function in one of the processes; see ``run_limited``. ``owner`` can ``stop`` it."""
        request = pickle.dumps(Request(function, arguments, limits))
        end = time.monotonic() + limits.seconds
        with self._places:
            try:
                reply = self._ask(request, limits, owner)
            except _InheritedTrouble:
                left = max(end - time.monotonic(), 1.0)
                reply = self._ask(request, limits, owner, seconds=left, afresh=True)
        if reply.kind is Kind.LIMIT:
            raise LimitExceeded(reply.value)
        if reply.kind is Kind.ERROR:
            raise reply.value
        return cast("T", reply.value)

    def stop(self, owner: object) -> None:
        """End the calls of an owner at once; they raise CancelledError, as do later ones. Those of others go on."""
        with self._lock:
            self._stopped.add(owner)
            for process, at_work_for in self._busy.items():
                if at_work_for is owner:
                    process.stop()

    def close(self) -> None:
        """End all processes at once. A later call starts new ones."""
        with self._lock:
            for process in self._busy:
                process.stop()
            for process in self._idle:
                process.end()
            self._idle.clear()
            folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def _ask(
        self, request: bytes, limits: Limits, owner: object, *, seconds: float | None = None, afresh: bool = False
    ) -> Reply:
        with self._process(owner, afresh=afresh) as process:
            has_worked = process.has_worked
            try:
                reply = process.call(request, limits, seconds or limits.seconds)
            except LimitExceeded as error:
                if has_worked and error.reason in _MAYBE_INHERITED:
                    raise _InheritedTrouble from error
                raise
            if has_worked and reply.kind is Kind.LIMIT and reply.value in _MAYBE_INHERITED:
                raise _InheritedTrouble
            return reply

    @contextmanager
    def _process(self, owner: object, *, afresh: bool) -> Iterator[_Process]:
        with self._lock:
            if owner in self._stopped:
                raise CancelledError
            process = self._idle.pop() if self._idle and not afresh else _Process(self._temporary())
            self._busy[process] = owner
        try:
            yield process
        finally:
            with self._lock:
                del self._busy[process]
                if process.is_usable:
                    self._idle.append(process)
            if not process.is_usable:
                process.end()

    def _temporary(self) -> Path:
        """A folder for what the processes write on the way; it goes when they go, also those that are killed."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="bronvast-"))
        return self._folder


class _InheritedTrouble(Exception):
    """A process failed that had served other calls before."""


class _Process:
    """One child process, which does one call at a time."""

    def __init__(self, folder: Path) -> None:
        self.has_worked = False
        self.is_usable = True
        self._is_ready = self._is_stopped = False
        environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
        self._popen = subprocess.Popen(  # noqa: S603 - this interpreter
            [sys.executable, "-c", _START, json.dumps([str(Path(entry).absolute()) for entry in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if _log.isEnabledFor(logging.INFO) else subprocess.DEVNULL,
            env=environment | ONE_THREAD | {"TMPDIR": str(folder), "TEMP": str(folder)},
            start_new_session=True,  # Ctrl+C is the parent's to handle; and children of the child are killed with it
        )
        self._requests = cast("BinaryIO", self._popen.stdin)
        self._replies = cast("BinaryIO", self._popen.stdout)

    def call(self, request: bytes, limits: Limits, seconds: float) -> Reply:
        """The reply to a request. Raises LimitExceeded where the process has to be killed, or is gone."""
        self._await_start()
        self.has_worked = True
        with _Deadline(self.kill, seconds, limits.most_seconds) as deadline:
            reply = self._reply(request, limits, deadline)
        if deadline.has_passed or reply is None or reply.is_spent:
            self.is_usable = False
        if reply is None:
            self.kill()
            raise self._cause_of_death(deadline)
        return reply

    def stop(self) -> None:
        """Kill the process because nobody waits for it any more."""
        self._is_stopped = True
        self.kill()

    def kill(self) -> None:
        """End the process and its children at once."""
        self.is_usable = False
        if self._popen.returncode is not None:  # its number may be another's by now
            return
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(self._popen.pid, signal.SIGKILL)
            else:
                self._popen.kill()

    def end(self) -> None:
        """Kill the process, and let go of its pipes."""
        self.kill()
        self._popen.wait()
        with contextlib.suppress(BrokenPipeError):  # what it was never told
            self._requests.close()
        self._replies.close()

    def _await_start(self) -> None:
        if self._is_ready:
            return
        with _Deadline(self.kill, START_SECONDS, START_SECONDS):
            started = receive(self._replies)
        if started is None:
            self.kill()
            if self._is_stopped:
                raise CancelledError
            raise ChildProcessError(f"a reading process does not start (exit code {self._popen.wait()})")
        self._is_ready = True

    def _reply(self, request: bytes, limits: Limits, deadline: _Deadline) -> Reply | None:
        try:
            send(self._requests, request)
            while pickled := receive(self._replies, most=limits.result_size):
                reply: Reply = pickle.loads(pickled)  # noqa: S301 - from our own process
                if reply.kind is not Kind.MORE_TIME:
                    return reply
                deadline.move(reply.value)
        except BrokenPipeError:
            return None
        except OverflowError as error:
            self.kill()
            raise LimitExceeded(Reason.TOO_LARGE, f"result of {error}") from None
        return None

    def _cause_of_death(self, deadline: _Deadline) -> Exception:
        code = self._popen.wait()
        if self._is_stopped:
            return CancelledError()
        if deadline.has_passed or code == -_number_of("SIGXCPU"):
            return LimitExceeded(Reason.TOO_SLOW)
        if code == -_number_of("SIGKILL"):  # by none of us: by a system that ran out of memory
            return LimitExceeded(Reason.TOO_MUCH_MEMORY)
        return LimitExceeded(Reason.CRASHED, _name_of(code))


class _Deadline:
    """A clock that kills when it has run down."""

    def __init__(self, kill: Callable[[], None], seconds: float, most_seconds: float) -> None:
        self.has_passed = False
        self._kill = kill
        now = time.monotonic()
        self._end, self._last = now + seconds, now + max(seconds, most_seconds)
        self._timer = self._started_timer()

    def __enter__(self) -> _Deadline:
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def move(self, seconds: float) -> None:
        """Allow at least so many seconds from now."""
        wanted = min(time.monotonic() + seconds, self._last)
        if wanted > self._end:
            self._timer.cancel()
            self._end = wanted
            self._timer = self._started_timer()

    def _started_timer(self) -> threading.Timer:
        timer = threading.Timer(self._end - time.monotonic(), self._pass)
        timer.daemon = True
        timer.start()
        return timer

    def _pass(self) -> None:
        self.has_passed = True
        self._kill()


def _number_of(name: str) -> int:
    """The number of a signal, 0 where the system has none of that name."""
    return int(getattr(signal, name, 0))


def _name_of(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


_shared: Pool | None = None
_shared_lock = threading.Lock()


def shared_pool() -> Pool:
    """The pool of this process; its child processes end with it."""
    global _shared  # noqa: PLW0603 - one for the process
    with _shared_lock:
        if _shared is None:
            _shared = Pool()
            atexit.register(_shared.close)
        return _shared
