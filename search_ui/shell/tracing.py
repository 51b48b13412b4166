"""A name for every request, a line in the log, and a page for what nobody foresaw.

The name is the server's own (``X-Request-Id``): what a client sends under that name is not looked at. A line tells the
template of the route, "/bron/{key}", never the address itself, which may hold a question.
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass

from search_ui.shell.asgi import Application, Message, Receive, Scope, Send
from search_ui.shell.logbook import FIELDS, REQUESTS
from search_ui.shell.refusals import refuse
from search_ui.shell.who import user_of

ID = "x-request-id"
NOT_ANSWERED = 499  # the client went away before there was a reply
_METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT".split())

_log = logging.getLogger(REQUESTS)


@dataclass(slots=True)
class _Course:
    """How a request goes."""

    id: str
    began: float
    status: int = 0
    is_whole: bool = False
    failure: Exception | None = None


class Tracing:
    """Gives each request its name, writes its line, and answers an error with a page that tells the name."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and write how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        course = _Course(secrets.token_hex(8), time.perf_counter())

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                course.status = message["status"]
                message["headers"] = [*message.get("headers", ()), (ID.encode(), course.id.encode())]
            await send(message)
            course.is_whole = message["type"] == "http.response.body" and not message.get("more_body")

        try:
            await self.app(scope, receive, named)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader gets a page and the log its place
            course.failure = error
            if not course.status:
                await refuse(scope, named, 500, "failed", id=course.id)
            elif not course.is_whole:
                raise _BrokenOffError from None  # the server can only break it off
        finally:
            _write(scope, course)


class _BrokenOffError(Exception):
    """A reply could not be finished."""


def _write(scope: Scope, course: _Course) -> None:
    fields = {
        "event": "request",
        "id": course.id,
        "method": scope["method"] if scope["method"] in _METHODS else "other",
        "route": route_of(scope),
        "status": course.status or NOT_ANSWERED,
        "ms": round((time.perf_counter() - course.began) * 1000),
        "user": user_of(scope),
    }
    _log.log(
        logging.ERROR if course.failure else logging.INFO, "request", exc_info=course.failure, extra={FIELDS: fields}
    )


def route_of(scope: Scope) -> str:
    """The template of the route that took a request, where it is mounted included; "-" where none did."""
    route = scope.get("route") or _route_to(scope.get("endpoint"), scope)
    template: str | None = getattr(route, "path", None)
    if template is None:
        return "-"
    mounted: str = scope.get("root_path", "")
    return template if template.startswith(mounted) else mounted + template


def _route_to(endpoint: object, scope: Scope) -> object:
    """The route of the application that leads to an endpoint, for the kinds of routes that do not say so."""
    if endpoint is None:
        return None
    known = scope["app"].routes
    return next((one for one in known if endpoint in (getattr(one, "endpoint", None), getattr(one, "app", None))), None)
