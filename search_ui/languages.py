"""The page's two languages and their addresses: Dutch at "/", English at "/en/"; ``?taal=en`` leads there."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from kb.wording import LANGUAGES
from search_ui.guard import Application, Receive, Scope, Send

PAGES = {"/": "nl", "/en/": "en"}
PARAMETER = "taal"


def page_of(language: str) -> str:
    """The address of the page in a language."""
    return next(path for path, spoken in PAGES.items() if spoken == language)


def known_language(wanted: str | None) -> str:
    """The wanted language, Dutch if there is no such."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


class LanguageRedirect:
    """Sends "/?taal=en&q=..." on to "/en/?q=..."."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the page in the language that is asked for."""
        elsewhere = _elsewhere(scope) if scope["type"] == "http" and scope["path"] in PAGES else None
        if elsewhere is None:
            await self.app(scope, receive, send)
            return
        headers = [(b"location", elsewhere.encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 307, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _elsewhere(scope: Scope) -> str | None:
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    wanted = dict(pairs).get(PARAMETER)
    if wanted is None:
        return None
    rest = urlencode([(name, value) for name, value in pairs if name != PARAMETER])
    return page_of(known_language(wanted)) + (f"?{rest}" if rest else "")
