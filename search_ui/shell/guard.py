"""Who may talk to the server: only pages that it served itself, under a name of this machine.

A web page elsewhere can make a browser send requests to 127.0.0.1, and with a DNS name that it points there even
read the replies. The ``Host`` check stops the second, the ``Origin`` check the first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Doors of the page's framework that this page does not use: uploads, a proxy, files, agents.
CLOSED_PATHS = (
    "/gradio_api/upload",
    "/gradio_api/proxy=",
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/gradio_api/stream",
    "/gradio_api/vibe-",
    "/gradio_api/custom_component",
    "/gradio_api/process_recording",
    "/gradio_api/deep_link",
)


class Guard:
    """Refuses requests for another host (421), from another site (403) and to closed paths (404)."""

    def __init__(self, app: Application, *, hosts: frozenset[str] = LOOPBACK_HOSTS) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a refusal."""
        status = self._refusal(scope) if scope["type"] == "http" else None
        if status is None:
            await self.app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def _refusal(self, scope: Scope) -> int | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if _host_name(f"//{host}") not in self.hosts:
            return 421
        if scope["method"] not in SAFE_METHODS and not _same_site(headers, host):
            return 403
        return 404 if any(closed in scope["path"] for closed in CLOSED_PATHS) else None


def _same_site(headers: dict[str, str], host: str) -> bool:
    """Whether a changing request comes from our own page, or from a program that names no origin."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return False
    if origin == "null":  # so says a form of a page that keeps its address to itself, as ours do
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _host_name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
