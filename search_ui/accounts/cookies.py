"""The cookie that holds the token of a session."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

NAME = "bronvast"
SECURE_NAME = "__Host-bronvast"  # a browser takes this one by https only, from this host only


def token_of(connection: HTTPConnection, *, secure: bool) -> str:
    """The token that a browser sent; empty where there is none."""
    return connection.cookies.get(_name(secure=secure), "")


def give(response: Response, token: str, *, secure: bool) -> None:
    """Let the browser keep a token, until it is closed."""
    response.set_cookie(_name(secure=secure), token, path="/", secure=secure, httponly=True, samesite="lax")


def take_back(response: Response, *, secure: bool) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")


def _name(*, secure: bool) -> str:
    return SECURE_NAME if secure else NAME
