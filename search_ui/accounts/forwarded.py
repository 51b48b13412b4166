"""What a proxy says of a request, settled once: everything behind this sees how the browser came, and no hearsay."""

from __future__ import annotations

from search_ui.accounts.access import Access
from search_ui.shell.asgi import Application, Receive, Scope, Send

# Gradio would make addresses of these, whoever sent them. X-Forwarded-For stays: ``Access.counted_as`` can read it.
_HEARSAY = (
    b"forwarded", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-prefix",
    b"x-forwarded-server", b"x-original-url", b"x-rewrite-url",
)  # fmt: skip


class Forwarded:
    """Notes whether the browser came by https (``scope["scheme"]``), and drops what headers say of addresses."""

    def __init__(self, app: Application, *, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            if self.access.is_secure(scope):
                scope["scheme"] = "https"
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _HEARSAY]
        await self.app(scope, receive, send)
