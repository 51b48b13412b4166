"""Who a request is from: the user that the login found (Starlette's ``scope["user"]``), or an address."""

from __future__ import annotations

from kb.audit import Via, acting_as
from search_ui.shell.asgi import Application, Receive, Scope, Send


def user_of(scope: Scope) -> str | None:
    """The name of the user; None where nobody is logged in."""
    user = scope.get("user")
    return str(user.display_name) if user is not None and user.is_authenticated else None


def who_of(scope: Scope) -> str:
    """What stands for the sender of a request: the user, else the address that it came from."""
    user = user_of(scope)
    address = (scope.get("client") or ("-",))[0]
    return f"address {address}" if user is None else f"user {user}"


class Acting:
    """Has what a request changes written down under the name of its user (``kb.audit``)."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        with acting_as(user_of(scope), via=Via.PAGE):
            await self.app(scope, receive, send)
