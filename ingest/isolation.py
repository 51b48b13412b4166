"""Calls in child processes with limits: what makes a library hang, crash or fill the memory costs one call.

    run_limited(function, *arguments, limits=...)      in the pool that this process shares

The processes are kept warm, so that many small calls do not wait for as many interpreters. They are started as
programs of their own, and by neither fork (the parent has threads) nor ``multiprocessing`` (which would import the
parent's main module into them). What is not isolated: the code that runs there may still read and write files.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from weakref import WeakSet

from ingest.child_process import ChildProcess
from ingest.errors import LimitExceeded, Reason
from ingest.limits import Limits
from ingest.worker import Kind, Reply, Request, is_child

T = TypeVar("T")

MOST_PROCESSES = 4  # each may take ``Limits.memory``
# Reasons that an earlier file may have given: another process, that has read nothing else, decides.
_MAYBE_INHERITED = (Reason.CRASHED, Reason.TOO_MUCH_MEMORY)


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


class Owner:
    """Somebody whose calls can be stopped together."""


class Pool:
    """A few child processes, started when they are first needed. Safe to share between threads."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size or min(processor_count(), MOST_PROCESSES)
        self._places = threading.BoundedSemaphore(self.size)
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._busy: dict[ChildProcess, Owner | None] = {}
        self._stopped: WeakSet[Owner] = WeakSet()
        self._folder: Path | None = None

    def call(
        self,
        function: Callable[..., T],
        *arguments: object,
        limits: Limits = Limits(),
        owner: Owner | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> T:
        """Call a function in one of the processes; see ``run_limited``. ``stop`` ends the calls of an ``owner``.
        ``prepare`` loads what the function needs: it is called once in a process, off the clock.
        """
        call = _Call(Request(function, arguments, limits), owner, prepare)
        with self._places:
            end = time.monotonic() + limits.seconds
            try:
                reply = self._ask(call)
            except _InheritedTrouble:
                reply = self._ask(call, seconds=max(end - time.monotonic(), 1.0), afresh=True)
        if reply.kind is Kind.LIMIT:
            raise LimitExceeded(reply.value)
        if reply.kind is Kind.ERROR:
            raise reply.value
        return cast("T", reply.value)

    def stop(self, owner: Owner) -> None:
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

    def _ask(self, call: _Call, *, seconds: float | None = None, afresh: bool = False) -> Reply:
        with self._process(call.owner, afresh=afresh) as process:
            if call.prepare is not None:
                process.prepare(call.prepare)
            has_worked = process.has_worked
            try:
                reply = process.call(call.request, seconds=seconds)
            except LimitExceeded as error:
                if has_worked and error.reason in _MAYBE_INHERITED:
                    raise _InheritedTrouble from error
                raise
            if has_worked and reply.kind is Kind.LIMIT and reply.value in _MAYBE_INHERITED:
                raise _InheritedTrouble
            return reply

    @contextmanager
    def _process(self, owner: Owner | None, *, afresh: bool) -> Iterator[ChildProcess]:
        with self._lock:
            if owner is not None and owner in self._stopped:
                raise CancelledError
            folder = self._temporary()
            process = self._idle.pop() if self._idle and not afresh else ChildProcess(folder)
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
        """A folder for what the processes write on the way; it goes when they go, also those that are killed. Systems
        that sweep their temporary files may take it sooner: then it is made again.
        """
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="bronvast-"))
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return self._folder


@dataclass(frozen=True, slots=True)
class _Call:
    """What is asked, by whom, and what has to be loaded for it."""

    request: Request
    owner: Owner | None
    prepare: Callable[[], None] | None


class _InheritedTrouble(Exception):
    """A process failed that had served other calls before."""


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
