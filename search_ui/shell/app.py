"""The web application around the page: its addresses, and what every request and reply has to pass.

    connection     headers in time, a reader that reads, no place held for nothing     connections.py (in the server)
    Tracing        the request's name, its line in the log, a page for errors          tracing.py, logbook.py
    SecurityHeaders   what the browser may do with the reply, and keep of it           headers.py, index_page.py
    Guard          the name of the host, requests from other sites                     guard.py
    Accounts       who asks, and whether anybody may come in                            ../accounts/routes.py
    RateLimits     how often one sender may ask, and have open                         rates.py
    Turns          how much heavy work at once, and how much may wait                  turns.py
    BodyLimits     how large a body is, and how slow                                   bodies.py
    Acting         under whose name a change is written down                           who.py
    LanguageRedirect, IndexRewriter   the page in its language, put right              addresses.py, headers.py
    Doors          which of Gradio's addresses are open, and for what                  doors.py

The first is the outermost: what a layer refuses, no layer below it sees. Figures stand in ``allowances.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from search_ui.accounts.access import ON_THIS_COMPUTER, Access
from search_ui.accounts.routes import Accounts
from search_ui.addresses import QUESTION_PAGES, LanguageRedirect
from search_ui.frame import STATIC
from search_ui.guide.page import add_guide
from search_ui.library.routes import add_library
from search_ui.question.page import mount_page
from search_ui.shell.bodies import BodyLimits
from search_ui.shell.guard import Guard
from search_ui.shell.headers import IndexRewriter, SecurityHeaders
from search_ui.shell.rates import RateLimits
from search_ui.shell.tracing import Tracing
from search_ui.shell.turns import Turns
from search_ui.shell.who import Acting
from search_ui.source.routes import add_source_routes
from search_ui.take_away.downloads import add_downloads
from search_ui.terms.routes import add_terms

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

# Whatever the environment says: what it would send along holds questions.
NO_TELEMETRY: Any = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def create_app(knowledge_base: KnowledgeBase, *, access: Access = ON_THIS_COMPUTER) -> FastAPI:
    """The whole web application over an open knowledge base, which stays the caller's to close."""
    app = FastAPI(title="Bronvast", docs_url=None, redoc_url=None, openapi_url=None, telemetry=NO_TELEMETRY)
    accounts = Accounts(knowledge_base.catalogue.home, access)
    accounts.add_pages(app)
    _add_health(app, knowledge_base)
    add_source_routes(app, knowledge_base)
    add_downloads(app, knowledge_base)
    add_library(app, knowledge_base)
    add_terms(app, knowledge_base)
    add_guide(app, knowledge_base)
    app.mount(STATIC, GZipMiddleware(StaticFiles(directory=Path(__file__).parent.parent / "static")))
    for path, language in sorted(QUESTION_PAGES.items(), reverse=True):  # "/" last: it takes all that is left
        mount_page(app, knowledge_base, path=path.rstrip("/") or "/", language=language)
    # The last added is the outermost.
    app.add_middleware(IndexRewriter, pages=QUESTION_PAGES)
    app.add_middleware(LanguageRedirect)
    app.add_middleware(Acting)
    app.add_middleware(BodyLimits)
    app.add_middleware(Turns)
    app.add_middleware(RateLimits)
    accounts.add_check(app)
    app.add_middleware(Guard, hosts=access.hosts)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Tracing)
    return app


def _add_health(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    @app.get("/gezond")
    def health() -> dict[str, object]:
        """Whether the server answers, and over how many documents."""
        return {"status": "ok", "documents": len(knowledge_base.documents())}
