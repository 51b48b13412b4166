"""Threads that give way: long work in them leaves the processor to whoever is waiting for an answer.

On Linux a thread has a priority of its own; elsewhere these are threads like others. Only work that lets go of Python's
lock belongs here: who holds that lock makes all others wait, and a thread that gives way might hold it for long.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from ingest.isolation import processor_count

NICENESS = 5  # of 19: a third of the weight of others; more would starve it on a machine that others use too

A = TypeVar("A")
R = TypeVar("R")


def in_background(work: Callable[[A], R], tasks: Iterable[A]) -> Iterator[R]:
    """What work makes of each task, in order; as many at a time as there are processors, and no more made ready."""
    pool, waiting = _pool(), deque[Future[R]]()
    try:
        for task in tasks:
            waiting.append(pool.submit(work, task))
            if len(waiting) > processor_count():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def step_back() -> None:
    """Let this thread give way from now on; it cannot take that back."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(processor_count(), "giving-way", initializer=step_back)
