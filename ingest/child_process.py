"""One child process as its parent sees it: a request goes in, a reply comes out, or it is killed."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import BinaryIO, cast

from ingest.errors import LimitExceeded, Reason
from ingest.limits import Limits
from ingest.worker import Kind, Reply, Request, receive, send

START_SECONDS = 120.0  # for the start of a process, and for what it loads before its first call
# Threads of its own would only wait for those of the other processes, and each reserves address space.
ONE_THREAD = dict.fromkeys(("MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from ingest.worker import main; main(sys.argv[2])"

_log = logging.getLogger(__name__)


class ChildProcess:
    """One child process, which does one call at a time."""

    def __init__(self, folder: Path) -> None:
        self.has_worked = False
        self.is_usable = True
        self._is_ready = self._is_stopped = False
        environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
        self._popen = subprocess.Popen(  # noqa: S603 - this interpreter
            [
                sys.executable,
                "-c",
                _START,
                json.dumps([str(Path(entry).absolute()) for entry in sys.path]),
                str(folder),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if _log.isEnabledFor(logging.INFO) else subprocess.DEVNULL,
            env=environment | ONE_THREAD | {"TMPDIR": str(folder), "TEMP": str(folder)},
            start_new_session=True,  # Ctrl+C is the parent's to handle; and children of the child are killed with it
        )
        self._prepared: set[Callable[[], None]] = set()
        self._requests = cast("BinaryIO", self._popen.stdin)
        self._replies = cast("BinaryIO", self._popen.stdout)

    def call(self, request: Request, *, seconds: float | None = None) -> Reply:
        """The reply to a request, within its own time or another one. Raises LimitExceeded where the process has to be
        killed, or is gone; CancelledError where it was stopped.
        """
        self._await_start()
        limits = request.limits
        with Deadline(self.kill, seconds or limits.seconds, limits.most_seconds) as deadline:
            reply = self._reply(pickle.dumps(request), limits, deadline)
        self.has_worked = True
        if deadline.has_passed or reply is None or reply.is_spent:
            self.is_usable = False
        if reply is None:
            self.kill()
            raise self._cause_of_death(deadline)
        return reply

    def prepare(self, load: Callable[[], None]) -> None:
        """Have the process call a function, the first time that this is asked. Raises as ``call``."""
        if load not in self._prepared:
            self.call(Request(load, (), Limits(seconds=START_SECONDS)))
            self.has_worked = False
            self._prepared.add(load)

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
        with Deadline(self.kill, START_SECONDS, START_SECONDS):
            started = receive(self._replies)
        if started is None:
            self.kill()
            if self._is_stopped:
                raise CancelledError
            raise ChildProcessError(f"a reading process does not start (exit code {self._popen.wait()})")
        self._is_ready = True

    def _reply(self, request: bytes, limits: Limits, deadline: Deadline) -> Reply | None:
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

    def _cause_of_death(self, deadline: Deadline) -> Exception:
        code = self._popen.wait()
        if self._is_stopped:
            return CancelledError()
        if deadline.has_passed or code == -_number_of("SIGXCPU"):
            return LimitExceeded(Reason.TOO_SLOW)
        if code == -_number_of("SIGKILL"):  # by none of us: by a system that ran out of memory
            return LimitExceeded(Reason.TOO_MUCH_MEMORY)
        return LimitExceeded(Reason.CRASHED, _name_of(code))


class Deadline:
    """A clock that kills when it has run down."""

    def __init__(self, kill: Callable[[], None], seconds: float, most_seconds: float) -> None:
        self.has_passed = False
        self._kill = kill
        now = time.monotonic()
        self._end, self._last = now + seconds, now + max(seconds, most_seconds)
        self._timer = self._started_timer()

    def __enter__(self) -> Deadline:
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
