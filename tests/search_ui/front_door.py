"""What accounts are about, and nothing else: a small application with a door, and browsers before it."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI, Request, WebSocket
from httpx import Response
from starlette.testclient import TestClient

from kb.home import Home
from search_ui.accounts.access import Access, Way
from search_ui.accounts.rights import may_change
from search_ui.accounts.routes import Accounts
from search_ui.shell.guard import Guard

PASSWORD = "paard nietje lamp"  # noqa: S105 - of nobody
NAME = "bronvast.kantoor.be"
HERE = f"http://{NAME}"
OURS = {"origin": HERE}
PERSON = {"accept": "text/html"}
COLLEAGUE = ("10.0.0.9", 4000)


class Clock:
    """A clock that a test sets."""

    now = 1_000_000.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


def by_login(clock: Clock, **settings: Any) -> Access:
    """Everybody logs in."""
    return Access(Way.LOGIN, frozenset({NAME}), clock=clock, **settings)


def application(home: Home, access: Access) -> FastAPI:
    """What accounts are about, and nothing else: something to read, and something to change."""
    app = FastAPI()
    accounts = Accounts(home, access)
    accounts.add_pages(app)

    @app.get("/")
    def read(request: Request) -> dict[str, object]:
        return {"name": request.user.display_name, "may": request.auth.scopes}

    @app.get("/adres")
    def address(request: Request) -> str:
        return f"{request.url} {request.headers.get('x-forwarded-host')}"

    @app.post("/verander", dependencies=[Depends(may_change)])
    def change() -> str:
        return "veranderd"

    @app.websocket("/draad")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()

    accounts.add_check(app)
    app.add_middleware(Guard, hosts=access.hosts)
    return app


def visitor(home: Home, access: Access, *, scheme: str = "http", at: tuple[str, int] = COLLEAGUE) -> TestClient:
    """A browser of a colleague, that does not follow where it is sent."""
    app = application(home, access)
    return TestClient(app, base_url=f"{scheme}://{NAME}", follow_redirects=False, client=at)


def log_in(client: TestClient, name: str = "Jan", password: str = PASSWORD, **more: str) -> Response:
    """Send the form, as a browser does."""
    fields = {"naam": name, "wachtwoord": password, **more}
    return client.post("/aanmelden", data=fields, headers={**OURS, **PERSON})


def who(client: TestClient) -> object:
    """The name under which someone is in; None for nobody."""
    reply = client.get("/")
    return reply.json()["name"] if reply.status_code == 200 else None
