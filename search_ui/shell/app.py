"""The web application around the page: its addresses, and what every request and reply has to pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import FastAPI, Query
from fastapi import Path as PathParameter
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from ingest.types import Span
from kb.errors import UsageError
from kb.wording import say
from search_ui.addresses import QUESTION_PAGES, LanguageRedirect, known_language
from search_ui.frame import STATIC
from search_ui.question.page import mount_page
from search_ui.shell.guard import LOOPBACK_HOSTS, Guard
from search_ui.shell.headers import IndexRewriter, SecurityHeaders
from search_ui.source.page import SOURCE_CONTEXT, render_message_page, render_source_page
from search_ui.take_away.downloads import add_downloads

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

Key = Annotated[int, PathParameter(le=2**63 - 1)]  # as large as the catalogue's numbers can be
Offsets = Annotated[list[int], Query(default_factory=list)]


def create_app(knowledge_base: KnowledgeBase, *, hosts: frozenset[str] = LOOPBACK_HOSTS) -> FastAPI:
    """The whole web application over an open knowledge base, which stays the caller's to close."""
    app = FastAPI(title="Bronvast", docs_url=None, redoc_url=None, openapi_url=None)
    _add_health(app, knowledge_base)
    _add_source_page(app, knowledge_base)
    add_downloads(app, knowledge_base)
    app.mount(STATIC, GZipMiddleware(StaticFiles(directory=Path(__file__).parent.parent / "static")))
    for path, language in sorted(QUESTION_PAGES.items(), reverse=True):  # "/" last: it takes all that is left
        mount_page(app, knowledge_base, path=path.rstrip("/") or "/", language=language)
    app.add_middleware(IndexRewriter, pages=QUESTION_PAGES)
    app.add_middleware(LanguageRedirect)
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(SecurityHeaders)  # the last added is the outermost: refusals carry the headers too
    return app


def _add_health(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    @app.get("/gezond")
    def health() -> dict[str, object]:
        """Whether the server answers, and over how many documents."""
        return {"status": "ok", "documents": len(knowledge_base.documents())}


def _add_source_page(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    @app.get("/bron/{passage_key:int}", response_class=HTMLResponse)
    def source(
        passage_key: Key,
        start: Offsets,
        end: Offsets,
        taal: str = "nl",
    ) -> HTMLResponse:
        """A passage in its text; ``start`` and ``end``, as often as there are quotes, say what to mark."""
        language = known_language(taal)
        quotes = [Span(first, last) for first, last in zip(start, end, strict=False)]
        try:
            context = knowledge_base.context(passage_key, characters=SOURCE_CONTEXT)
        except UsageError as error:
            message = say(f"errors.{error.key}", language=language, **error.values)
            return HTMLResponse(render_message_page(message, language=language), status_code=404)
        return HTMLResponse(render_source_page(context, quotes, language=language))
