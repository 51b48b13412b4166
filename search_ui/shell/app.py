"""The web application around the page: its addresses, and what every request and reply has to pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from search_ui.addresses import QUESTION_PAGES, LanguageRedirect
from search_ui.frame import STATIC
from search_ui.guide.page import add_guide
from search_ui.library.routes import add_library
from search_ui.question.page import mount_page
from search_ui.shell.guard import LOOPBACK_HOSTS, Guard
from search_ui.shell.headers import IndexRewriter, SecurityHeaders
from search_ui.source.routes import add_source_routes
from search_ui.take_away.downloads import add_downloads
from search_ui.terms.routes import add_terms

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase


def create_app(knowledge_base: KnowledgeBase, *, hosts: frozenset[str] = LOOPBACK_HOSTS) -> FastAPI:
    """The whole web application over an open knowledge base, which stays the caller's to close."""
    app = FastAPI(title="Bronvast", docs_url=None, redoc_url=None, openapi_url=None)
    _add_health(app, knowledge_base)
    add_source_routes(app, knowledge_base)
    add_downloads(app, knowledge_base)
    add_library(app, knowledge_base)
    add_terms(app, knowledge_base)
    add_guide(app, knowledge_base)
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
