"""What someone who is in may do: the hook that everything that changes something stands behind."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from search_ui.accounts.refusals import Refusal, refused
from search_ui.accounts.visitor import CHANGE


class ReadersOnlyReadError(Exception):
    """Someone who may only read asked for a change."""


async def may_change(request: Request) -> None:
    """A FastAPI dependency: let only those through who may change something. Raises ReadersOnlyReadError."""
    granted = request.scope.get("auth")
    if granted is None or CHANGE not in granted.scopes:
        raise ReadersOnlyReadError


def add_rights(app: FastAPI) -> None:
    """Answer with a page where ``may_change`` refuses."""
    app.add_exception_handler(ReadersOnlyReadError, _refuse)


async def _refuse(request: Request, _: Exception) -> Response:
    return refused(request.scope, Refusal.READER)
