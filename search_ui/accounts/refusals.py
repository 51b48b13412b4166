"""What someone gets who may not: a page for a person, one line for a program."""

from __future__ import annotations

from enum import StrEnum

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from kb.wording import say
from search_ui.accounts.addresses import login_address
from search_ui.accounts.visitor import current_visitor
from search_ui.addresses import Place, address_of
from search_ui.frame import render_page
from search_ui.markup import element, text, ui_text
from search_ui.shell.asgi import Scope
from search_ui.shell.refusals import language_of


class Refusal(StrEnum):
    """Why someone may not; its value names its texts in ``ui.accounts.refused``."""

    LOGIN = "login"  # not logged in
    UNNAMED = "unnamed"  # the proxy named nobody
    AROUND = "around"  # not through the proxy
    READER = "reader"  # in, but not to change anything
    ELSEWHERE = "elsewhere"  # not from a page of ours, as far as one can tell
    CLOSED = "closed"  # nobody can be recognised


UNAUTHORISED = 401
HOW_TO_COME_IN = {"www-authenticate": 'Session realm="Bronvast"'}  # a browser asks nothing of itself for this
_STATUS = {
    Refusal.LOGIN: UNAUTHORISED,
    Refusal.UNNAMED: UNAUTHORISED,
    Refusal.AROUND: 403,
    Refusal.READER: 403,
    Refusal.ELSEWHERE: 403,
    Refusal.CLOSED: 503,
}


def refused(scope: Scope, why: Refusal) -> Response:
    """The reply that refuses a request."""
    language, status = language_of(scope), _STATUS[why]
    headers = HOW_TO_COME_IN if status == UNAUTHORISED else None
    if not wants_page(scope):
        words = say(f"ui.accounts.refused.{why}_text", language=language)
        return JSONResponse({"error": words, "detail": words}, status_code=status, headers=headers)
    return HTMLResponse(_page(why, language), status_code=status, headers=headers)


def wants_page(scope: Scope) -> bool:
    """Whether a person waits for a page, and no script or program for data."""
    return "text/html" in Headers(scope=scope).get("accept", "")


def _page(why: Refusal, language: str) -> str:
    title = say(f"ui.accounts.refused.{why}", language=language)
    words = element("p", ui_text(f"accounts.refused.{why}_text", language))
    return render_page(
        title,
        element("div", element("h1", text(title)), words, _way_on(why, language), class_="login"),
        place=None,
        language=language,
    )


def _way_on(why: Refusal, language: str) -> str:
    if why is Refusal.LOGIN:
        key, address = "to_login", login_address(language)
    elif current_visitor() is not None:
        key, address = "back", address_of(Place.QUESTION, language)
    else:
        return ""
    return element("p", element("a", ui_text(f"accounts.{key}", language), href=address, class_="button"), class_="bar")
