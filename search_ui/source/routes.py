"""The addresses of sources and what each answers. Whatever an address holds: a source, or one readable line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from ingest.types import Span
from kb.errors import KnowledgeBaseError
from kb.wording import say
from search_ui.addresses import PARAMETER, known_language, other_language
from search_ui.source.addresses import version_of
from search_ui.source.original import original_response
from search_ui.source.page import render_message_page, render_picture_page, render_source_page
from search_ui.source.picture_pane import FITTING, WIDE
from search_ui.source.pictures import pictures_known, pictures_of
from search_ui.source.view import View, can_be_drawn, view_of_document, view_of_passage

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

KEPT = "private, max-age=31536000, immutable"  # a picture with the version of its file in its address
NOT_KEPT = "private, no-cache"
NOWHERE = 0  # the key of no passage and no document
_SAID_HERE = {"unknown_document": "ui.viewer.no_document"}  # the error tells of the command line
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)

Answering = Callable[[Request], Response]


def add_source_routes(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    """Add the addresses of passages, documents, pictures and originals of a knowledge base."""
    routes = _Routes(knowledge_base)
    for path, answer in (
        ("/bron/{key}", routes.passage),
        ("/document/{key}", routes.document),
        ("/document/{key}/beeld", routes.picture),
        ("/document/{key}/pagina/{page}.webp", routes.image),
        ("/origineel/{key}", routes.original),
    ):
        app.add_route(path, _readable(answer), methods=["GET"])


def _readable(answer: Answering) -> Answering:
    """The same, with one line and status 404 for what is not there."""

    @wraps(answer)
    def answer_or_say_why(request: Request) -> Response:
        try:
            return answer(request)
        except KnowledgeBaseError as error:
            language = _language(request)
            key = _SAID_HERE.get(error.key, f"errors.{error.key}")
            message = say(key, language=language, **error.values)
            page = render_message_page(message, language=language, elsewhere=_elsewhere(request))
            return HTMLResponse(page, status_code=404)

    return answer_or_say_why


class _Routes:
    """What is answered, over one knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base

    def passage(self, request: Request) -> Response:
        """A passage in its text; ``start`` and ``end``, as often as there are quotes, say what to mark."""
        key, part, language = _path_number(request, "key"), _asked_number(request, "pagina"), _language(request)
        quotes = _quotes(request)
        view = view_of_passage(self.knowledge_base, key or NOWHERE, quotes, part=part, language=language)
        return self._page(view, request)

    def document(self, request: Request) -> Response:
        """A document at a page, the first one where none is asked for."""
        key, part, language = _path_number(request, "key"), _asked_number(request, "pagina"), _language(request)
        return self._page(view_of_document(self.knowledge_base, key or NOWHERE, first=part, language=language), request)

    def picture(self, request: Request) -> Response:
        """The pictures of some pages with what is quoted of them. The first time this may take seconds."""
        language = _language(request)
        view = view_of_document(
            self.knowledge_base,
            _path_number(request, "key") or NOWHERE,
            first=_asked_number(request, "van"),
            last=_asked_number(request, "tot"),
            quotes=_quotes(request),
            language=language,
        )
        pictures = pictures_of(self.knowledge_base, view)
        return HTMLResponse(render_picture_page(view, pictures, language=language, elsewhere=_elsewhere(request)))

    def image(self, request: Request) -> Response:
        """The picture of one page as WebP."""
        card = self.knowledge_base.card(_path_number(request, "key") or NOWHERE)
        position = (_path_number(request, "page") or 0) - 1
        width = WIDE if _asked_number(request, "breed") == WIDE else FITTING
        image = self.knowledge_base.page_image(card.key, position, width=width)
        keeping = KEPT if request.query_params.get("v") == version_of(card) else NOT_KEPT
        return Response(image.data, media_type="image/webp", headers={"cache-control": keeping})

    def original(self, request: Request) -> Response:
        """The file itself."""
        key = _path_number(request, "key") or NOWHERE
        return original_response(self.knowledge_base.card(key), self.knowledge_base.original(key))

    def _page(self, view: View, request: Request) -> Response:
        is_whole = not can_be_drawn(view.card)
        pictures = pictures_of(self.knowledge_base, view) if is_whole else pictures_known(view)
        html = render_source_page(
            view, pictures, is_whole=is_whole, language=_language(request), elsewhere=_elsewhere(request)
        )
        return HTMLResponse(html, headers={"cache-control": NOT_KEPT})


# --- what an address says; what means nothing is as good as absent ---------------------------------


def _language(request: Request) -> str:
    return known_language(request.query_params.get(PARAMETER))


def _elsewhere(request: Request) -> str:
    """The address of the same in the other language."""
    switched = request.url.include_query_params(**{PARAMETER: other_language(_language(request))})
    return f"{request.url.path}?{switched.query}"


def _path_number(request: Request, name: str) -> int | None:
    return _number(request.path_params[name])


def _asked_number(request: Request, name: str) -> int | None:
    return _number(request.query_params.get(name, ""))


def _number(written: str) -> int | None:
    return int(written) if _NUMBER.fullmatch(written) else None


def _quotes(request: Request) -> list[Span]:
    starts, ends = ([_number(written) for written in request.query_params.getlist(name)] for name in ("start", "end"))
    pairs = zip(starts, ends, strict=False)
    return [Span(start, end) for start, end in pairs if start is not None and end is not None and start < end]
