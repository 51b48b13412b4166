"""Work that keeps a processor busy waits for its turn, so that it never takes the threads of everything else."""

from __future__ import annotations

from asyncio import Semaphore

from search_ui.shell.allowances import ALLOWANCES, Kind, allowance_of
from search_ui.shell.asgi import Application, Message, Receive, Scope, Send
from search_ui.shell.refusals import refuse

SECONDS = 5.0  # after which it makes sense to try again


class Turns:
    """Lets so many requests of a kind be worked on at once; where too many wait, the next are told so (503)."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self._places = {kind: Semaphore(one.at_once) for kind, one in ALLOWANCES.items() if one.at_once}
        self._waiting = dict.fromkeys(Kind, 0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when it is its turn."""
        allowance = allowance_of(scope) if scope["type"] == "http" else None
        places = self._places.get(allowance.kind) if allowance else None
        if allowance is None or places is None:
            await self.app(scope, receive, send)
            return
        if self._waiting[allowance.kind] >= allowance.waiting:
            await refuse(scope, send, 503, "too_busy", retry_after=SECONDS)
            return
        self._waiting[allowance.kind] += 1
        try:
            await places.acquire()
        finally:
            self._waiting[allowance.kind] -= 1
        has_place = True

        def leave() -> None:
            nonlocal has_place
            if has_place:
                has_place = False
                places.release()

        async def leaving(message: Message) -> None:
            leave()  # the work is done, and a client that reads slowly keeps nobody waiting
            await send(message)

        try:
            await self.app(scope, receive, leaving)
        finally:
            leave()
