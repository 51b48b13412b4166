"""Answers as files. The address asks the same again, so the server keeps nothing for anybody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import FastAPI, Response
from fastapi import Request as WebRequest
from fastapi.responses import HTMLResponse

from kb.errors import KnowledgeBaseError, UsageError
from kb.hand_out.formats import FORMATS
from kb.hand_out.making import hand_out_of
from kb.hand_out.saving import contents
from kb.hand_out.types import Asked
from kb.wording import say
from search_ui.addresses import PARAMETER, known_language
from search_ui.question.request import QUESTION, Request, request_from_query
from search_ui.source.page import render_message_page

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

MOST_QUESTIONS = 50  # of one dossier
NAME_CHARS = 60


def file_address(requests: Sequence[Request], ending: str, *, language: str) -> str:
    """Where the answers to these requests can be had as a file. A request ends where the next question begins."""
    queries = [request.query.removeprefix("?") for request in requests]
    return f"/meenemen/antwoord.{ending}?{'&'.join([*queries, urlencode({PARAMETER: language})])}"


def requests_of(query: str) -> list[Request]:
    """The requests in the query of such an address: each begins with its question."""
    parts: list[list[tuple[str, str]]] = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name == QUESTION:
            parts.append([])
        if parts:
            parts[-1].append((name, value))
    return [request_from_query(urlencode(part)) for part in parts]


def add_downloads(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    """Add the route of the files."""

    @app.get("/meenemen/antwoord.{ending}")
    def answer_file(ending: str, request: WebRequest, taal: str = "nl") -> Response:
        """The answers to the questions of the address, in one file."""
        language = known_language(taal)
        form = FORMATS.get(ending)
        if form is None:
            return _refusal(say("ui.take.unknown", language=language), status=404, language=language)
        try:
            asked = [_asked(knowledge_base, one) for one in _counted(requests_of(request.url.query))]
            hand_out = hand_out_of(asked, asked_on=datetime.now().astimezone().date(), language=language)
            headers = {"Content-Disposition": attachment(hand_out.title, ending), "Cache-Control": "no-store"}
            return Response(contents(hand_out, form), media_type=form.media_type, headers=headers)
        except KnowledgeBaseError as error:
            message = say(f"errors.{error.key}", language=language, **error.values)
            return _refusal(message, status=400, language=language)


def attachment(title: str, ending: str) -> str:
    """The header that names the file after what it holds, for old and new browsers (RFC 6266, RFC 8187)."""
    kept = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", title)).strip("-_")[:NAME_CHARS].strip("-_")
    plain = unicodedata.normalize("NFKD", kept).encode("ascii", "ignore").decode()
    name, plain_name = (f"{'-'.join(filter(None, ('bronvast', one)))}.{ending}" for one in (kept, plain))
    return f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def _counted(requests: list[Request]) -> list[Request]:
    if not requests:
        raise UsageError("empty_question")
    if len(requests) > MOST_QUESTIONS:
        raise UsageError("long_dossier", number=len(requests), most=MOST_QUESTIONS)
    return requests


def _asked(knowledge_base: KnowledgeBase, request: Request) -> Asked:
    answer = knowledge_base.ask(request.question or "", filters=request.filters, expand=not request.literal)
    return Asked(answer, request.filters, literal=request.literal)


def _refusal(message: str, *, status: int, language: str) -> Response:
    return HTMLResponse(render_message_page(message, language=language), status_code=status)
