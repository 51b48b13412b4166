"""Which of Gradio's addresses are open, and what may be sent to them.

Gradio brings some sixty: uploads, a proxy, files, agents, monitoring, two ways past its own queue. Open are those that
the page uses, and what a program needs to ask a question (README). What is sent to an open one is read here first and
written anew: one text, for a function of the page. So no address of a file, no nested value and no broken text reaches
Gradio, where some of those fetch something and others are an error.
"""

from __future__ import annotations

import json
import re
from typing import Any

from search_ui.shell.asgi import Application, Message, Receive, Scope, Send
from search_ui.shell.refusals import refuse

API = "ask"  # the one endpoint for programs
LONGEST_SESSION = 64  # characters
MOST_PARTS = 1000  # of a page: buttons, fields, areas

_OPEN = {
    "GET": re.compile(
        rf"/|/config|/theme\.css|/favicon\.ico|/assets/.+|/static/.+|/gradio_api/info|/gradio_api/queue/data"
        r"|/gradio_api/app_id"  # by which a page that lost its connection finds it again
        rf"|/gradio_api/call/{API}/[0-9a-f]{{1,64}}|/gradio_api/heartbeat/[0-9A-Za-z-]{{1,{LONGEST_SESSION}}}"
    ),
    "POST": re.compile(rf"/gradio_api/queue/join|/gradio_api/call/{API}"),
}
_EVENTS = (f"/gradio_api/call/{API}/", "/gradio_api/queue/data")
_SESSION = re.compile(rf"[0-9A-Za-z_-]{{1,{LONGEST_SESSION}}}")


class _NotUnderstoodError(Exception):
    """What was sent cannot be meant."""


class Doors:
    """Stands before Gradio: closed addresses are not there (404), as any that nobody knows, and what cannot be meant is
    refused (422).

    ``functions``: how many the page has.
    """

    def __init__(self, app: Application, *, functions: int) -> None:
        self.app = app
        self.functions = functions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        if method not in _OPEN or not _OPEN[method].fullmatch(path):
            await refuse(scope, send, 404, "no_such_page")
            return
        if method == "POST":
            try:
                receive = _again(self._read(await _whole(receive), is_call=path.endswith(API)))
            except _NotUnderstoodError:
                await refuse(scope, send, 422, "not_understood")
                return
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _OF_THE_BODY]
            scope["headers"].append((b"content-type", b"application/json"))
        if path.startswith(_EVENTS):
            await self._follow(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _follow(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the answer to a question. Of one that it does not know Gradio says so, and then fails."""
        is_begun = False

        async def passed_on(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self.app(scope, receive, passed_on)
        except RuntimeError:
            if not is_begun:
                raise
            await send({"type": "http.response.body", "body": b""})

    def _read(self, body: bytes, *, is_call: bool) -> bytes:
        """What was sent, with nothing but what is known. Raises _NotUnderstoodError."""
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _NotUnderstoodError from error
        said = sent if isinstance(sent, dict) else {}
        known: dict[str, Any] = {"data": _one_text(said.get("data")), "event_data": None}
        if not is_call or said.get("session_hash") is not None:
            known["session_hash"] = _session(said.get("session_hash"))
        if not is_call:
            known["fn_index"] = _number(said.get("fn_index"), below=self.functions)
            trigger = said.get("trigger_id")
            known["trigger_id"] = None if trigger is None else _number(trigger, below=MOST_PARTS)
        return json.dumps(known).encode()


_OF_THE_BODY = (b"content-length", b"content-type", b"transfer-encoding")


def _one_text(data: object) -> list[str]:
    """The one text that every function of the page takes. Raises _NotUnderstoodError for anything else."""
    if not (isinstance(data, list) and len(data) == 1 and isinstance(data[0], str)):
        raise _NotUnderstoodError
    try:
        data[0].encode()
    except UnicodeEncodeError as error:  # half a character
        raise _NotUnderstoodError from error
    return data


def _number(value: object, *, below: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < below:
        raise _NotUnderstoodError
    return value


def _session(value: object) -> str:
    if not isinstance(value, str) or not _SESSION.fullmatch(value):
        raise _NotUnderstoodError
    return value


async def _whole(receive: Receive) -> bytes:
    """All of a body, whose size is limited before (bodies.py)."""
    pieces = []
    while True:
        message = await receive()
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


def _again(body: bytes) -> Receive:
    """A body in one piece. Nobody asks Gradio's two doors for more: they answer at once."""
    message: Message = {"type": "http.request", "body": body, "more_body": False}

    async def receive() -> Message:
        nonlocal message
        given, message = message, {"type": "http.disconnect"}
        return given

    return receive
