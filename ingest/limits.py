"""How much the reading of one file may take: time, memory, pages, bytes.

A file that asks for more is set aside with its reason; no policy document that people wrote comes near these limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one call in a child process (``ingest.isolation``); sizes are in bytes.

    ``seconds``: on the clock, for one file. ``most_seconds``: what that may grow to in steps, where work that is known
    to be slow goes on (``ingest.worker.more_time``). ``memory``: address space of the process in all, so less than that
    is ever in use. ``pages``: of one document. ``file_size``: of the file as it lies on the disk. ``member_size`` and
    ``unpacked_size``: of one member of an archive, and of all that are unpacked, counted as they come out.
    ``result_size``: of what is handed back. ``written_size``: of any one file that is written on the way.
    """

    seconds: float = 50.0
    most_seconds: float = 1800.0
    memory: int = 1536 * MEBIBYTE
    pages: int = 5000
    file_size: int = 500 * MEBIBYTE
    member_size: int = 200 * MEBIBYTE
    unpacked_size: int = 400 * MEBIBYTE
    result_size: int = 256 * MEBIBYTE
    written_size: int = 512 * MEBIBYTE
    open_files: int = 256


_in_force: ContextVar[Limits] = ContextVar("limits")


def limits_in_force() -> Limits:
    """The limits under which this code runs: those of the call, or the usual ones."""
    return _in_force.get(Limits())


@contextmanager
def under(limits: Limits) -> Iterator[None]:
    """Run code under limits. Only a child process enforces time and memory; code that counts asks for the rest."""
    token = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(token)
