"""How a refusal reads: a page for a person, JSON for a script, in the language of the address."""

from __future__ import annotations

import json
from math import ceil
from urllib.parse import parse_qs

from kb.wording import say
from search_ui.addresses import PARAMETER, known_language
from search_ui.shell.asgi import Scope, Send, header, reply
from search_ui.source.page import render_message_page


async def refuse(
    scope: Scope,
    send: Send,
    status: int,
    key: str,
    *,
    retry_after: float | None = None,
    **values: object,
) -> None:
    """Answer with the text ``ui.refused.KEY``; ``retry_after`` in seconds says when to come again.

    A script reads ``{"error": TEXT, "detail": TEXT}``: the library's script shows the first, Gradio's the second.
    """
    language = language_of(scope)
    said = say(f"ui.refused.{key}", language=language, **values)
    wait = () if retry_after is None else ((b"retry-after", str(ceil(retry_after)).encode()),)
    if "text/html" in (header(scope, "accept") or ""):
        body, kind = render_message_page(said, language=language), b"text/html; charset=utf-8"
    else:
        body, kind = json.dumps({"error": said, "detail": said}), b"application/json"
    headers = ((b"content-type", kind), (b"cache-control", b"no-store"), *wait)
    await reply(send, status, body.encode(), headers=headers)


def language_of(scope: Scope) -> str:
    """The language of an address: "/en/library", "/bron/3?taal=en"; Dutch where it says none."""
    if scope["path"].startswith("/en/"):
        return "en"
    wanted = parse_qs(scope["query_string"].decode("latin-1")).get(PARAMETER, [""])[0]
    return known_language(wanted)
