"""What every reply says to the browser, and the place where the page's outer HTML is rewritten."""

from __future__ import annotations

from secrets import token_urlsafe

from search_ui.shell.guard import Application, Message, Receive, Scope, Send
from search_ui.shell.index_page import content_security_policy, rewrite_index

STRICT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    b"content-security-policy": STRICT_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds the headers above to every reply that does not set them itself."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers when the reply starts."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name for name, _ in given}
                message["headers"] = given + [pair for pair in HEADERS.items() if pair[0] not in names]
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


class IndexRewriter:
    """Rewrites the outer HTML of the pages. ``pages`` maps their paths to languages."""

    def __init__(self, app: Application, *, pages: dict[str, str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold back a page's reply until it is whole, and send it rewritten."""
        language = self.pages.get(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] != "GET" or language is None:
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        reply = _HeldReply()
        await self.app({**scope, "headers": plain}, receive, reply.take)
        await reply.send_rewritten(send, language=language)


class _HeldReply:
    """A reply that is kept until its last byte."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")

    async def send_rewritten(self, send: Send, *, language: str) -> None:
        headers = dict(self.start.get("headers", ()))
        if headers.get(b"content-type", b"").startswith(b"text/html"):
            nonce = token_urlsafe(16)
            self.body = rewrite_index(self.body.decode(), language=language, nonce=nonce).encode()
            headers[b"content-security-policy"] = content_security_policy(nonce).encode()
            headers[b"cache-control"] = b"no-store"
        headers[b"content-length"] = str(len(self.body)).encode()
        await send({**self.start, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": self.body})
