"""Logging in, and the check that every request passes: put together for an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from starlette.authentication import AuthenticationBackend, AuthenticationError
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import Response

from kb.users.store import Users
from search_ui.accounts.access import Access, Way
from search_ui.accounts.doorkeeper import Doorkeeper
from search_ui.accounts.forwarded import Forwarded
from search_ui.accounts.logging_in import LoggingIn
from search_ui.accounts.recognising import ByHeader, ByLogin, NobodyAsked
from search_ui.accounts.refusals import Refusal, refused
from search_ui.accounts.rights import add_rights
from search_ui.accounts.sessions import Sessions
from search_ui.accounts.visitor import visited_by

if TYPE_CHECKING:
    from kb.home import Home


class Accounts:
    """Who may come into one application: the pages for it, and the check."""

    def __init__(self, home: Home, access: Access) -> None:
        self.access = access
        self.users = Users(home)
        self.sessions = Sessions(access.clock, home.sessions(access.port))

    def add_pages(self, app: FastAPI) -> None:
        """Add the pages to log in and out; to be called before anything takes all addresses."""
        add_rights(app)
        if self.access.way is Way.LOGIN:
            router = APIRouter()
            LoggingIn(self.users, self.sessions, self.access).register(router)
            app.include_router(router)

    def add_check(self, app: FastAPI) -> None:
        """Add the check. Middleware that was added before stands inside and knows who asks; what comes after does not,
        and sees every refusal.
        """
        if self.access.way is not Way.OPEN:
            app.add_middleware(Doorkeeper, access=self.access)
        app.add_middleware(AuthenticationMiddleware, backend=self._backend(), on_error=_closed)
        app.add_middleware(Forwarded, access=self.access)

    def _backend(self) -> AuthenticationBackend:
        if self.access.way is Way.LOGIN:
            return ByLogin(self.users, self.sessions, self.access)
        return ByHeader(self.users, self.access) if self.access.way is Way.HEADER else NobodyAsked()


def _closed(connection: HTTPConnection, _: AuthenticationError) -> Response:
    """Nobody comes in where nobody can be recognised."""
    with visited_by(None):
        return refused(connection.scope, Refusal.CLOSED)
