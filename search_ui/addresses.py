"""The pages and their addresses, in Dutch ("/bibliotheek") and English ("/en/library"); ``?taal=en`` leads there."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from kb.wording import LANGUAGES
from search_ui.shell.asgi import Application, Receive, Scope, Send

PARAMETER = "taal"


class Place(StrEnum):
    """A page of the menu; its value names its texts in ``ui.menu``."""

    QUESTION = "question"
    LIBRARY = "library"
    TERMS = "terms"
    GUIDE = "guide"


_ADDRESSES = {
    (Place.QUESTION, "nl"): "/",
    (Place.QUESTION, "en"): "/en/",
    (Place.LIBRARY, "nl"): "/bibliotheek",
    (Place.LIBRARY, "en"): "/en/library",
    (Place.TERMS, "nl"): "/begrippen",
    (Place.TERMS, "en"): "/en/terms",
    (Place.GUIDE, "nl"): "/hulp",
    (Place.GUIDE, "en"): "/en/help",
}
_PLACES = {address: place for (place, _), address in _ADDRESSES.items()}

# Where Gradio serves the page for questions: path and language.
QUESTION_PAGES = {_ADDRESSES[Place.QUESTION, language]: language for language in LANGUAGES}


def address_of(place: Place, language: str) -> str:
    """The address of a page in a language."""
    return _ADDRESSES[place, language]


def known_language(wanted: str | None) -> str:
    """The wanted language, Dutch if there is no such."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def other_language(language: str) -> str:
    """The language that a page can be switched to."""
    return next(code for code in LANGUAGES if code != language)


class LanguageRedirect:
    """Sends "/?taal=en&q=..." on to "/en/?q=...", and so for every page of the menu."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the page in the language that is asked for."""
        elsewhere = _elsewhere(scope) if scope["type"] == "http" and scope["path"] in _PLACES else None
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
    return address_of(_PLACES[scope["path"]], known_language(wanted)) + (f"?{rest}" if rest else "")
