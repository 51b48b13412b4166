"""Who may talk to the server: only pages that it served itself, under a name of this machine.

A web page elsewhere can make a browser send requests to 127.0.0.1, and with a DNS name that it points there even
read the replies. The ``Host`` check stops the second, the checks of where a request comes from the first: nothing that
changes something, and no picture, script or frame of another site either. A link from there may be followed.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from search_ui.shell.asgi import SAFE_METHODS, Application, Receive, Scope, Send, header, reply

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
OWN_SITES = (None, "same-origin", "none")  # what a browser says of where a request comes from, or a program does not


class Guard:
    """Refuses requests for another host (421), from another site (403), and of two lengths at once (400)."""

    def __init__(self, app: Application, *, hosts: frozenset[str] = LOOPBACK_HOSTS) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a refusal."""
        status = self._refusal(scope) if scope["type"] == "http" else None
        if status is None:
            await self.app(scope, receive, send)
        else:
            await reply(send, status)

    def _refusal(self, scope: Scope) -> int | None:
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or _host_name(f"//{hosts[0]}") not in self.hosts:
            return 421
        if not _may_come(scope, hosts[0]):
            return 403
        # What a proxy in front takes for one request, and we for two, lets somebody speak under another's name.
        names = [name for name, _ in scope["headers"]]
        return 400 if b"transfer-encoding" in names and b"content-length" in names else None


def _may_come(scope: Scope, host: str) -> bool:
    """Whether a request comes from our own page, from a program that names no origin, or by a link."""
    site, origin = header(scope, "sec-fetch-site"), header(scope, "origin")
    if scope["method"] in SAFE_METHODS:
        return site in OWN_SITES or header(scope, "sec-fetch-mode") in (None, "navigate")
    if site not in OWN_SITES:
        return False
    if origin == "null":  # so says a form of a page that keeps its address to itself, as ours do
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _host_name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
