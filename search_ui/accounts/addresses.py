"""The addresses of logging in and out, and where someone goes after it."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from search_ui.addresses import Place, address_of
from search_ui.shell.asgi import Scope

LOGIN = {"nl": "/aanmelden", "en": "/en/login"}
LOGOUT = {"nl": "/afmelden", "en": "/en/logout"}
TARGET, LEFT = "naar", "afgemeld"  # parameters: where to afterwards; whether someone just logged out
_LONGEST = 20_000  # characters of a target; a question may be long
_NEVER_IN_A_PATH = set('\\"<>^`{|}')


def login_address(language: str, *, target: str = "", left: bool = False) -> str:
    """The page to log in, which leads to ``target`` afterwards."""
    values = ({TARGET: target} if target else {}) | ({LEFT: "1"} if left else {})
    return LOGIN[language] + (f"?{urlencode(values)}" if values else "")


def asked_address(scope: Scope) -> str:
    """What a request asked for, as a target."""
    query = scope["query_string"].decode("latin-1")
    path = quote(scope["path"], safe="/:@!$&'()*+,;=~")
    return f"{path}?{query}" if query else path


def local_target(wanted: str, language: str) -> str:
    r"""Where to go after logging in: a path on this server that someone asked for, else the page for questions.

    What a browser could take for an address elsewhere ("//host", "/\host", "/<tab>/host") is no such path.
    """
    home = address_of(Place.QUESTION, language)
    if len(wanted) > _LONGEST or not wanted.startswith("/") or wanted.startswith("//"):
        return home
    if any(not "!" <= sign <= "~" or sign in _NEVER_IN_A_PATH for sign in wanted):
        return home
    path = urlsplit(wanted).path
    return home if path in (*LOGIN.values(), *LOGOUT.values()) else wanted
