"""Every address of an application, however it can be known, and whether somebody who is not logged in gets through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI
from starlette.routing import Mount

from search_ui.accounts.addresses import LOGIN
from search_ui.frame import LOOKS

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Paths that some server or some layer reads as another path than they are.
TRICKS = (
    "//", "//config", "/./config", "/aanmelden/../config", "/aanmelden/..%2fconfig", "/aanmelden/%2e%2e/config",
    "/aanmelden;/config", "/aanmelden/..;/config", "/config%00", "/config%20", "/config.", "/config/", "/CONFIG",
    "/%63onfig", "/static/bronvast/../../config", "/static/bronvast/%2e%2e/%2e%2e/config",
    "/static/bronvast/style.css/", "/static/bronvast/style.css/../page.js", "/static/bronvast//page.js",
    "/aanmelden/", "/aanmelden.", "/aanmelden%2f", "/aanmelden/config", "/en/login/", "/en//login", "/en/../config",
    "/gradio_api/../config", "/gradio_api/%2e%2e/config", "/gradio_api/file=/etc/passwd", "/login", "/login/",
    "/logout", "/\\config", "/bibliotheek/", "/bibliotheek%2f", "http://127.0.0.1/config", "*",
)  # fmt: skip
_IN_PAGE = re.compile(r'="(/[^"#]*)')
_NOT_FOLLOWED = ("/afmelden", "/en/logout")
Answer = tuple[int, dict[str, str], str]


@dataclass(slots=True)
class Server:
    """A running application, spoken to as somebody who may be in (``cookie``) or not, under a name of its own."""

    address: str
    name: str
    cookie: str = ""

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        """The reply to a request whose path goes out exactly as it is written."""
        place = urlsplit(self.address)
        connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        said = {"Host": self.name, "Origin": f"http://{self.name}", "Content-Length": str(len(body)), **headers}
        for name, value in (said | ({"Cookie": self.cookie} if self.cookie else {})).items():
            connection.putheader(name, value)
        connection.endheaders(body.encode())
        with connection.getresponse() as reply:
            heads = {name.lower(): value for name, value in reply.getheaders()}
            # A stream that stays open would never be read to its end; what counts is whether it began.
            is_stream = heads.get("content-type", "").startswith("text/event-stream")
            text = "" if is_stream else reply.read().decode("utf8", "replace")
        connection.close()
        return reply.status, heads, text

    def log_in(self, name: str, password: str) -> None:
        """Be somebody from now on."""
        form = urlencode({"naam": name, "wachtwoord": password})
        _, headers, _ = self.ask("POST", LOGIN["nl"], form, **{"Content-Type": "application/x-www-form-urlencoded"})
        self.cookie = headers["set-cookie"].partition(";")[0]


def is_shut(answer: Answer) -> bool:
    """Whether a reply lets nobody through: 401, 403, or the way to the page to log in."""
    status, headers, _ = answer
    to_login = status == 303 and urlsplit(headers.get("location", "x")).path in LOGIN.values()
    return status in (401, 403) or to_login


def routes(app: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of every route, of mounted applications too; what stands for a value is "1"."""
    for route in getattr(app, "routes", ()):
        if isinstance(route, Mount):
            yield from routes(_inmost(route.app), prefix + route.path)
        elif hasattr(route, "original_router"):
            yield from routes(route.original_router, prefix)
        else:
            path = prefix + re.sub(r"\{\w+(:\w+)?\}", "1", route.path)
            yield from ((method, path) for method in sorted(route.methods or ("GET",)))


def told(app: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The same as the applications themselves tell in their OpenAPI lists, also where they show nobody."""
    for route in getattr(app, "routes", ()):
        if isinstance(route, Mount):
            yield from told(_inmost(route.app), prefix + route.path)
    if isinstance(app, FastAPI):
        for path, methods in app.openapi()["paths"].items():
            yield from ((method.upper(), prefix + re.sub(r"\{\w+\}", "1", path)) for method in methods)


def linked(server: Server, *, most: int, begin: tuple[str, ...] = ("/", "/en/")) -> list[str]:
    """The addresses that pages lead to, from the first ones on, for somebody who is in: forms and files too."""
    waiting, seen = list(begin), dict[str, None]()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen[path] = None
        if path.startswith(_NOT_FOLLOWED):
            continue
        status, headers, text = server.ask("GET", path)
        if status == 200 and headers.get("content-type", "").startswith("text/html"):
            waiting += (unescape(found) for found in _IN_PAGE.findall(text))
    return list(seen)


@dataclass(slots=True)
class Tried:
    """What came of requests that nobody may make."""

    statuses: Counter[int] = field(default_factory=Counter)
    through: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many there were."""
        return self.statuses.total()


def try_all(server: Server, requests: Iterable[tuple[str, str]]) -> Tried:
    """Make requests as a browser and as a program, and note which get through; the page to log in and its looks may."""
    tried, allowed = Tried(), {*LOGIN.values(), *LOOKS}
    for method, path in requests:
        for accept in ("text/html", "*/*"):
            answer = server.ask(method, path, Accept=accept)
            tried.statuses[answer[0]] += 1
            if not is_shut(answer) and urlsplit(path).path not in allowed:
                tried.through.append(f"{method} {path} {answer[0]}")
    return tried


def _inmost(app: object) -> object:
    """The application inside its layers."""
    while not hasattr(app, "routes") and hasattr(app, "app"):
        app = app.app
    return app
