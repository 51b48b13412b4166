"""How often somebody may ask: a bucket of tokens for each sender and kind of request, and a count of open ones."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from search_ui.shell.allowances import Allowance, allowance_of
from search_ui.shell.asgi import Application, Receive, Scope, Send
from search_ui.shell.refusals import refuse
from search_ui.shell.who import who_of

MOST_BUCKETS = 10_000  # senders that are remembered; the one that was silent longest is forgotten
MOST_OPEN = 64  # requests of one sender: a browser opens six at a time, and two streams for every open page


@dataclass(slots=True)
class _Bucket:
    """What one sender has left of one kind, at a moment."""

    tokens: float
    at: float


class Buckets:
    """The buckets of all senders. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def wait(self, who: str, allowance: Allowance) -> float:
        """Take one token: 0 where there was one, else after how many seconds there is."""
        if allowance.burst is None:
            return 0.0
        now, name = self._clock(), (who, allowance.kind.value)
        bucket = self._buckets.setdefault(name, _Bucket(allowance.burst, now))
        self._buckets.move_to_end(name)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        bucket.tokens = min(allowance.burst, bucket.tokens + (now - bucket.at) * allowance.a_second)
        bucket.at = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / allowance.a_second
        bucket.tokens -= 1
        return 0.0


class RateLimits:
    """Refuses who asks too often, or keeps too many requests open (429), and says when to come again."""

    def __init__(self, app: Application, *, buckets: Buckets | None = None) -> None:
        self.app = app
        self._buckets = buckets or Buckets()
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        who = who_of(scope)
        wait = 1.0 if self._open[who] >= MOST_OPEN else self._buckets.wait(who, allowance_of(scope))
        if wait:
            await refuse(scope, send, 429, "too_often", retry_after=wait)
            return
        self._open[who] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]
