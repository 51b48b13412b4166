"""How often a password may be tried: so often that a person is not hindered, so seldom that guessing is hopeless."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable

MOST = 5  # wrong passwords in a window, for a name and for an address
WINDOW = 60  # seconds
_FEW = 1000  # keys that are not worth a sweep


class Throttle:
    """Attempts of the last minute, by name and by address. One that is under way counts already: a hundred at the same
    time are no way around. Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._attempts: dict[str, deque[float]] = {}

    def begin(self, *keys: str) -> int:
        """Count an attempt for each key; or, where one has had enough, the seconds to wait, and count nothing."""
        now = self._clock()
        with self._guard:
            self._sweep(now)
            known = [self._recent(key, now) for key in keys]
            full = [times[0] for times in known if len(times) >= MOST]
            if full:
                return max(1, math.ceil(max(full) + WINDOW - now))
            for times in known:
                times.append(now)
        return 0

    def forgive(self, *keys: str) -> None:
        """Count the last attempt no longer: the password was right."""
        with self._guard:
            for key in keys:
                if self._attempts.get(key):
                    self._attempts[key].pop()

    def _recent(self, key: str, now: float) -> deque[float]:
        times = self._attempts.setdefault(key, deque())
        while times and now - times[0] >= WINDOW:
            times.popleft()
        return times

    def _sweep(self, now: float) -> None:
        """Forget the keys whose window is over."""
        if len(self._attempts) > _FEW:
            self._attempts = {key: times for key, times in self._attempts.items() if times and now - times[-1] < WINDOW}
