"""What every reply says to the browser, and the place where the page's outer HTML is rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_urlsafe

from search_ui.shell.asgi import Application, Header, Message, Receive, Scope, Send
from search_ui.shell.index_page import content_security_policy, rewrite_index

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    b"content-security-policy": STRICT_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES).encode(),
    b"x-permitted-cross-domain-policies": b"none",
}
_OF_PEOPLE = (b"text/html", b"application/json", b"text/csv")  # what holds documents, questions, or who asks


class SecurityHeaders:
    """Adds the headers above to every reply that does not set them itself, and says that pages are not to be kept.

    Gradio's leave for other sites to read (CORS) is taken away: there is no other site that should.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers when the reply starts."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_headers(message.get("headers", ()))
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


def with_headers(given: Iterable[Header]) -> list[Header]:
    """The headers of a reply with those that it lacks."""
    kept = [(name, value) for name, value in given if not name.lower().startswith(b"access-control-")]
    said = {name.lower(): value for name, value in kept}
    lacking = [pair for pair in HEADERS.items() if pair[0] not in said]
    if b"cache-control" not in said and said.get(b"content-type", b"").startswith(_OF_PEOPLE):
        lacking.append((b"cache-control", b"no-store"))
    return kept + lacking


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
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        reply = _HeldReply()
        await self.app(scope, receive, reply.take)
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
