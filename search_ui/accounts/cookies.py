"""The cookie that holds the token of a session.

Its name has the port of the server in it: browsers send the cookies of one server to all others on the same host.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from search_ui.accounts.access import Access

_NAME = "bronvast-{port}"
_SECURE = "__Host-"  # a browser takes such a one by https only, from this host only


def name_of(connection: HTTPConnection, access: Access) -> str:
    """What the cookie is called for a browser that came so."""
    name = _NAME.format(port=access.port)
    return _SECURE + name if access.is_secure(connection.scope) else name


def token_of(connection: HTTPConnection, access: Access) -> str:
    """The token that a browser sent; empty where there is none."""
    return connection.cookies.get(name_of(connection, access), "")


def give(response: Response, token: str, connection: HTTPConnection, access: Access) -> None:
    """Let the browser keep a token, until it is closed."""
    secure = access.is_secure(connection.scope)
    response.set_cookie(name_of(connection, access), token, path="/", secure=secure, httponly=True, samesite="lax")


def take_back(response: Response, connection: HTTPConnection, access: Access) -> None:
    """Let the browser forget the token."""
    secure = access.is_secure(connection.scope)
    response.delete_cookie(name_of(connection, access), path="/", secure=secure, httponly=True, samesite="lax")
