"""How often a password may be tried: so often that a person is not hindered, so seldom that guessing is hopeless.

Whoever guesses must not keep out the person himself: from an address where he came in before, he has a part of the
attempts to himself, and does not share in the pauses that guesses from elsewhere bring about.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST = 5  # wrong passwords in a window, for a name and for an address
STRANGERS = 3  # of those for a name from addresses where it never came in; after as many in a row comes a pause
WINDOW = 60  # seconds, and the first pause; each next one is twice as long
LONGEST_PAUSE = 16 * WINDOW
_DAY = 24 * 60 * 60
_REMEMBERED = 30 * _DAY  # where a name came in
_FEW = 1000  # keys that are not worth a sweep


@dataclass(slots=True)
class _Tried:
    """The attempts for a name or from an address."""

    recent: deque[float] = field(default_factory=deque)  # of the last window, the earliest first
    in_a_row: int = 0  # from strangers, since somebody came in
    pause_ends: float = -math.inf
    last: float = -math.inf

    def free_at(self, most: int, now: float) -> float:
        """When there are fewer than so many in the window; -inf for at once."""
        while self.recent and now - self.recent[0] >= WINDOW:
            self.recent.popleft()
        return -math.inf if len(self.recent) < most else self.recent[-most] + WINDOW

    def count(self, now: float) -> None:
        self.recent.append(now)
        self.last = now

    def count_stranger(self, now: float) -> None:
        self.in_a_row += 1
        rounds, rest = divmod(self.in_a_row, STRANGERS)
        if not rest:
            self.pause_ends = now + min(WINDOW * 2 ** min(rounds - 1, 10), LONGEST_PAUSE)

    def matters(self, now: float) -> bool:
        return now - self.last < (_DAY if self.in_a_row >= STRANGERS else WINDOW)


class Throttle:
    """Attempts by name and by address. One that is under way counts already: a hundred at the same time are no way
    around. Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._names: dict[str, _Tried] = {}
        self._addresses: dict[str, _Tried] = {}
        self._came_in: OrderedDict[tuple[str, str], float] = OrderedDict()  # name and address, the latest last

    def begin(self, name: str, address: str) -> int:
        """Count an attempt; or, where there were enough, the seconds to wait, and count nothing."""
        now = self._clock()
        with self._guard:
            self._sweep(now)
            for_name = self._names.setdefault(name, _Tried())
            if (name, address) in self._came_in:
                free_at = for_name.free_at(MOST, now)
                counting = [for_name.count]
            else:
                from_address = self._addresses.setdefault(address, _Tried())
                free_at = max(for_name.free_at(STRANGERS, now), for_name.pause_ends, from_address.free_at(MOST, now))
                counting = [for_name.count, for_name.count_stranger, from_address.count]
            if free_at > now:
                return math.ceil(free_at - now)
            for count in counting:
                count(now)
        return 0

    def welcome(self, name: str, address: str) -> None:
        """The password was right: the last attempt counts no longer, and this is an address where the name came in."""
        with self._guard:
            for tried in (self._names.get(name), self._addresses.get(address)):
                if tried is not None and tried.recent:
                    tried.recent.pop()
            if name in self._names:
                self._names[name].in_a_row, self._names[name].pause_ends = 0, -math.inf
            self._came_in[name, address] = self._clock()
            self._came_in.move_to_end((name, address))

    def _sweep(self, now: float) -> None:
        """Forget what no longer matters."""
        while self._came_in and (now - next(iter(self._came_in.values())) > _REMEMBERED or len(self._came_in) > _FEW):
            self._came_in.popitem(last=False)
        for tried in (self._names, self._addresses):
            if len(tried) > _FEW:
                for key in [key for key, one in tried.items() if not one.matters(now)]:
                    del tried[key]
