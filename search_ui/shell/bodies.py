"""How large the body of a request may be, and how slowly it may come.

What is announced too large is refused before a byte is read; what comes without an announcement is counted. A body
that comes slower than ``SLOWEST`` after a grace holds a place for nothing. Only the time that is waited for the client
counts, so a busy server refuses nobody.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from search_ui.shell.allowances import allowance_of
from search_ui.shell.asgi import Application, Message, Receive, Scope, Send, header
from search_ui.shell.refusals import refuse

SLOWEST = 8 * 2**10  # bytes a second
GRACE = 20.0  # seconds


class BodyLimits:
    """Refuses bodies that are too large (413) or come too slowly (408), whatever the application makes of it."""

    def __init__(self, app: Application, *, grace: float = GRACE) -> None:
        self.app = app
        self.grace = grace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counted body, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(receive, send, most=allowance_of(scope).body, grace=self.grace)
        announced = header(scope, "content-length") or ""
        if announced.isdigit() and int(announced[:20]) > body.most:
            body.problem = "too_large"
        else:
            with suppress(_BodyRefusedError):
                await self.app(scope, body.receive, body.send)
        if body.problem and not body.is_answered:
            status = 413 if body.problem == "too_large" else 408
            await refuse(scope, send, status, body.problem, most=body.most // 2**20)


class _BodyRefusedError(Exception):
    """The application gets no more of a body."""


class _Body:
    """A body on its way to the application, and what stands in its way: ``problem``, a key of ``ui.refused``."""

    def __init__(self, receive: Receive, send: Send, *, most: int, grace: float) -> None:
        self.most = most
        self.problem = ""
        self.is_answered = False
        self._receive, self._send = receive, send
        self._grace = grace
        self._size, self._waited = 0, 0.0
        self._is_whole = False

    async def receive(self) -> Message:
        """The next piece. Raises _BodyRefusedError where there will be none."""
        if self._is_whole:
            return await self._receive()
        message = await self._next()
        if self.problem and not self.is_answered:
            raise _BodyRefusedError
        return message

    async def send(self, message: Message) -> None:
        """Pass the reply on, but not what the application says of a body that broke off."""
        if not self.problem or self.is_answered:
            self.is_answered = True
            await self._send(message)

    async def _next(self) -> Message:
        left = self._grace + self._size / SLOWEST - self._waited
        began = time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.01))
        except TimeoutError:
            self.problem = "too_slow"
            return {"type": "http.disconnect"}
        self._waited += time.monotonic() - began
        self._size += len(message.get("body", b""))
        self._is_whole = message["type"] != "http.request" or not message.get("more_body", False)
        if self._size > self.most:
            self.problem = "too_large"
        return message
