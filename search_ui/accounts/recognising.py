"""Who someone is: three ways to know, each a backend of Starlette's authentication."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError
from starlette.requests import HTTPConnection

from kb.errors import HomeError, UsageError
from kb.users.store import Users
from kb.users.types import Role, User, tidy_name
from search_ui.accounts.access import Access, header_values
from search_ui.accounts.cookies import token_of
from search_ui.accounts.sessions import Sessions
from search_ui.accounts.visitor import EVERYBODY, Visitor

Known = tuple[AuthCredentials, Visitor]


class NobodyAsked(AuthenticationBackend):
    """Whoever is at this computer may do everything."""

    async def authenticate(self, conn: HTTPConnection) -> Known:  # noqa: ARG002 - whoever it is
        """Let everybody in."""
        return EVERYBODY.credentials, EVERYBODY


@dataclass(frozen=True, slots=True)
class ByLogin(AuthenticationBackend):
    """Whoever has the token of a session, as long as nothing about that person changed since."""

    users: Users
    sessions: Sessions
    access: Access

    async def authenticate(self, conn: HTTPConnection) -> Known | None:
        """Let in who has logged in. Raises AuthenticationError where the people cannot be read."""
        token = token_of(conn, self.access)
        session = self.sessions.find(token) if token else None
        if session is None:
            return None
        user = _found(self.users, session.name)
        if user is None or user.stamp != session.stamp:
            self.sessions.end(token)
            return None
        return _known(user.name, user, can_leave=True)


@dataclass(frozen=True, slots=True)
class ByHeader(AuthenticationBackend):
    """Whoever a trusted proxy says it is; who is not on the list reads."""

    users: Users
    access: Access

    async def authenticate(self, conn: HTTPConnection) -> Known | None:
        """Let in who is named, once. Raises AuthenticationError where the people cannot be read."""
        named = header_values(conn.scope, self.access.user_header)
        if len(named) != 1 or not self.access.is_from_proxy(conn.scope):
            return None
        try:
            name = tidy_name(named[0])
        except UsageError:
            return None
        return _known(name, _found(self.users, name), can_leave=False)


def _found(users: Users, name: str) -> User | None:
    try:
        return users.find(name)
    except HomeError as error:
        raise AuthenticationError(error.key) from error


def _known(name: str, user: User | None, *, can_leave: bool) -> Known:
    may_change = user is not None and user.role is Role.MANAGER
    visitor = Visitor(user.name if user else name, may_change=may_change, can_leave=can_leave)
    return visitor.credentials, visitor
