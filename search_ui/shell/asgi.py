"""The words of ASGI: what a layer is given, and a reply in one piece."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def header(scope: Scope, name: str) -> str | None:
    """What a request says in a header, by its name in small letters; the last one counts."""
    found = [value for key, value in scope["headers"] if key == name.encode()]
    return found[-1].decode("latin-1") if found else None


async def reply(send: Send, status: int, body: bytes = b"", *, headers: Iterable[Header] = ()) -> None:
    """Send a whole reply."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
