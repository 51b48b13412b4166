"""The one check that every request passes where the page is served to others: ours, Gradio's and files alike."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response

from search_ui.accounts.access import Access, Way
from search_ui.accounts.addresses import LOGIN, asked_address, login_address
from search_ui.accounts.refusals import Refusal, refused, wants_page
from search_ui.accounts.visitor import READ, visited_by, visitor_of
from search_ui.frame import LOOKS
from search_ui.shell.asgi import SAFE_METHODS, Application, Message, Receive, Scope, Send
from search_ui.shell.refusals import language_of

PROGRAM_HEADER = "x-bronvast"  # a page elsewhere cannot make a browser send this one without asking us first
SEE_OTHER = 303
_POLICY_VIOLATION = 1008


class Doorkeeper:
    """Lets through who may read (``scope["auth"]``); anybody may see the page to log in, and what that page needs."""

    def __init__(self, app: Application, *, access: Access) -> None:
        self.app = app
        self.access = access
        self._open = {*LOGIN.values(), *LOOKS} if access.way is Way.LOGIN else set[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        with visited_by(visitor_of(scope)):
            reply = self._refusal(scope)
            if reply is None:
                await self.app(scope, receive, _telling_where_from(send))
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            else:
                await reply(scope, receive, _telling_where_from(send))

    def _refusal(self, scope: Scope) -> Response | None:
        if READ not in scope["auth"].scopes and scope["path"] not in self._open:
            return self._turned_away(scope)
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not _names_its_page(scope):
            return refused(scope, Refusal.ELSEWHERE)
        return None

    def _turned_away(self, scope: Scope) -> Response:
        if self.access.way is Way.HEADER:
            return refused(scope, Refusal.UNNAMED if self.access.is_from_proxy(scope) else Refusal.AROUND)
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS and wants_page(scope):
            return RedirectResponse(
                login_address(language_of(scope), target=asked_address(scope)), status_code=SEE_OTHER
            )
        return refused(scope, Refusal.LOGIN)


def _names_its_page(scope: Scope) -> bool:
    """Whether a changing request says where it comes from (``shell.guard`` has looked whether that is here), or comes
    from a program that says so. Browsers that came by http send no ``Sec-Fetch-Site``, but ``Origin``.
    """
    headers = Headers(scope=scope)
    return any(name in headers for name in ("origin", "sec-fetch-site", PROGRAM_HEADER))


def _telling_where_from(send: Send) -> Send:
    """Let pages tell our own pages where they come from: without that, a browser that came by http names "null" as the
    origin of a form.
    """

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            message.setdefault("headers", [])
            headers = MutableHeaders(scope=message)
            headers.setdefault("referrer-policy", "same-origin")
        await send(message)

    return add
