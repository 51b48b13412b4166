"""A question on its way to an answer: done beside the page, which hears of its stages only where it takes long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, Queue
from threading import Thread
from typing import Generic, TypeVar

from kb.stages import Listener, Stage

Result = TypeVar("Result")

PATIENCE = 0.3  # seconds in which a reader sees no wait, and a changing line would only flicker


class Underway(Generic[Result]):
    """Work that tells of its stages. ``stages`` waits for it, and yields those still going on after ``patience``."""

    def __init__(self, work: Callable[[Listener], Result], *, patience: float = PATIENCE) -> None:
        self._begun: Queue[Stage | None] = Queue()
        self._done: Future[Result] = Future()
        self._shown_from = time.monotonic() + patience
        Thread(target=self._run, args=(work,), daemon=True).start()

    def stages(self) -> Iterator[Stage]:
        """Each stage as it begins; of those of the first moments only the last, where it lasts."""
        stage: Stage | None = None
        while True:
            wait = self._shown_from - time.monotonic()
            try:
                begun = self._begun.get(timeout=wait) if wait > 0 else self._begun.get()
            except Empty:
                begun = stage  # the patience is over
            if begun is not None and time.monotonic() >= self._shown_from:
                yield begun
            if begun is None and self._done.done():
                return
            stage = begun

    def result(self) -> Result:
        """What the work gave; raises what it raised."""
        return self._done.result()

    def _run(self, work: Callable[[Listener], Result]) -> None:
        try:
            self._done.set_result(work(self._begun.put))
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._done.set_exception(error)
        finally:
            self._begun.put(None)
