"""A process that has everything loaded, and forks for each call: many writers to kill, without as many starts.

What runs in the fork is the real writer, with the real encoder. Two things are done otherwise: documents are read in
the process itself and not in a child of it, and the encoder takes one thread, since threads do not survive a fork.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from ingest.worker import receive, send
from tests.faulty_disk import disk

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call. ``code``: 0, or the number of the signal that ended it below 0; ``operations`` counts
    those on an armed disk.
    """

    code: int
    result: Any
    seconds: float
    operations: int


@dataclass(frozen=True, slots=True)
class _Call:
    function: Callable[..., object]
    arguments: tuple[object, ...]
    kill_after: float | None


class Warm:
    """The process as others see it. ``library`` is that of ``disk.build``; without it there is no disk to arm."""

    def __init__(self, library: Path | None = None) -> None:
        preloaded = {"LD_PRELOAD": str(library)} if library else {}
        self.has_disk = library is not None
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.faulty_disk.warm import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            env=os.environ | preloaded | {"TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": str(PROJECT)},
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._replies = cast("BinaryIO", self._process.stdout)

    def call(self, function: Callable[..., object], *arguments: object, kill_after: float | None = None) -> Outcome:
        """Call a function in a fork; after ``kill_after`` seconds it is killed (SIGKILL). Raises what it raises as a
        RuntimeError.
        """
        send(self._requests, pickle.dumps(_Call(function, arguments, kill_after)))
        reply = receive(self._replies)
        if reply is None:
            raise RuntimeError("the warm process is gone")
        outcome: Outcome = pickle.loads(reply)  # noqa: S301 - from our own process
        if isinstance(outcome.result, _Raised):
            raise RuntimeError(outcome.result.trace)  # noqa: TRY004 - no wrong type
        return outcome

    def __enter__(self) -> Warm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._requests.close()
        self._process.wait()
        self._replies.close()


@dataclass(frozen=True, slots=True)
class _Raised:
    trace: str


def main() -> None:
    """Answer calls until the pipe is closed."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    get_ready()
    while (pickled := receive(requests)) is not None:
        send(replies, pickle.dumps(_forked(pickled)))


def get_ready() -> None:
    """Load everything; have documents read here, and the encoder loaded once."""
    import chromadb  # noqa: F401

    from ingest import isolation
    from ingest.sentences import load_language
    from kb import encoder, index_care
    from kb.cli import app  # noqa: F401

    isolation._shared = InThisProcess()  # type: ignore[assignment]
    index_care.Pool = lambda _: InThisProcess()  # type: ignore[assignment,misc]
    load_language()
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})  # one core: ONNX Runtime starts no threads of its own
    encoder.load_encoder()  # it is kept, and every fork has it
    os.sched_setaffinity(0, everywhere)


class InThisProcess:
    """A pool of ``ingest.isolation`` that calls at once, here."""

    size = 1

    def call(self, function: Callable[..., object], *arguments: object, **_: object) -> object:
        """Call it."""
        return function(*arguments)

    def stop(self, _: object) -> None:
        """Nothing is at work."""

    def close(self) -> None:
        """There is nothing to close."""


def _forked(pickled: bytes) -> Outcome:
    call: _Call = pickle.loads(pickled)  # noqa: S301 - from the parent
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reading)
        _in_fork(call, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as replies:
        if call.kill_after is not None and not select.select([replies], [], [], call.kill_after)[0]:
            os.kill(child, signal.SIGKILL)
        reply = receive(replies)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    counted = disk.count() if disk.is_preloaded() else 0
    return Outcome(status, pickle.loads(reply) if reply else None, time.monotonic() - began, counted)  # noqa: S301


def _in_fork(call: _Call, writing: int) -> None:
    """Call and answer; the process ends here, without the endings of the one that it is a copy of."""
    try:
        result: object = call.function(*call.arguments)
    except BaseException:  # noqa: BLE001 - raised again by whoever asked
        result = _Raised(traceback.format_exc())
    if disk.is_preloaded():
        disk.disarm()
    with os.fdopen(writing, "wb") as replies:
        send(replies, pickle.dumps(result))
    os._exit(0)
