"""The command ``bronvast serve``: the web page on this computer, for this computer or for others who log in."""

from __future__ import annotations

import errno
import socket
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer
import uvicorn

from kb.catalogue import begin_home
from kb.cli.options import HomeOption
from kb.errors import UsageError
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.users.store import Users
from kb.users.types import Role
from kb.wording import say
from search_ui.accounts.access import Access, Way
from search_ui.accounts.arranging import EVERY_ADDRESS, Wish, arranged
from search_ui.shell.guard import LOOPBACK_HOSTS
from search_ui.shell.logbook import logbook
from search_ui.shell.memory import share_heaps

DEFAULT_PORT = 7860
PORTS_TRIED = 20
HIGHEST_PORT = 65535
_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where a browser on this computer finds it

HostOption = Annotated[str, typer.Option("--host", help=say("cli.help_host"))]
PortOption = Annotated[int, typer.Option("--port", min=0, max=HIGHEST_PORT, help=say("cli.help_port"))]
QuestionsOption = Annotated[bool, typer.Option("--log-questions", help=say("cli.help_log_questions"))]
OpenOption = Annotated[bool, typer.Option("--open", help=say("cli.help_open"))]
HostNames = Annotated[list[str] | None, typer.Option("--allow-host", help=say("cli.help_allow_host"))]
LoginOption = Annotated[bool, typer.Option("--login", help=say("cli.help_login"))]
UserHeader = Annotated[str, typer.Option("--user-header", help=say("cli.help_user_header"))]
Proxies = Annotated[list[str] | None, typer.Option("--trusted-proxy", help=say("cli.help_trusted_proxy"))]
BehindHttps = Annotated[bool, typer.Option("--behind-https", help=say("cli.help_behind_https"))]


def serve(
    *,
    home: HomeOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = DEFAULT_PORT,
    open_browser: OpenOption = False,
    log_questions: QuestionsOption = False,
    allow_host: HostNames = None,
    login: LoginOption = False,
    user_header: UserHeader = "",
    trusted_proxy: Proxies = None,
    behind_https: BehindHttps = False,
) -> None:
    """Serve the page until Ctrl+C. Raises UsageError for an address that cannot be used, or may not be without somebody
    who can log in; HomeError for a home.
    """
    share_heaps()
    users = Users(Home(home))
    access = arranged(Wish(host, allow_host or (), login, user_header, trusted_proxy or (), behind_https), users)
    begin_home(Home(home))  # documents can be added on the page
    is_open = access.way is Way.OPEN
    with (
        KnowledgeBase.open(home, told=_tell) as knowledge_base,
        listen(host, port, tries=PORTS_TRIED if is_open else 1) as listener,
    ):
        given = listener.getsockname()[1]
        access = replace(access, port=given)
        if port not in (0, given):
            typer.echo(say("ui.serve.port_taken", port=port, free=given))
        typer.echo(say("ui.serve.loading"))
        others = for_others(listener, access)
        ready = partial(_announce, knowledge_base, address_of(listener), others, open_browser=open_browser)
        server = server_for(knowledge_base, access, ready=ready)
        _tell_who_comes_in(access, users)
        kept = logbook(knowledge_base.catalogue.home, port=given, with_questions=log_questions)
        with kept, suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def listen(host: str, port: int, *, tries: int = 1) -> socket.socket:
    """A listening socket on the first free port of so many from ``port`` on; port 0 means any. Others than the people
    at this computer know the port that was asked for, or a proxy does: for them there is one try.

    Raises UsageError when there is none, or when the port may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(port + tries, HIGHEST_PORT + 1) - 1
    for candidate in range(port, last + 1):
        try:
            return socket.create_server((host, candidate), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError("port_refused", port=candidate, detail=error.strerror) from error
    raise UsageError("no_free_port" if last > port else "port_in_use", first=port, last=last)


def address_of(listener: socket.socket) -> str:
    """The address of the page for a browser on this computer."""
    host, port = listener.getsockname()[:2]
    return _address(_HERE.get(host, host), port)


def for_others(listener: socket.socket, access: Access) -> list[str]:
    """The addresses of the page for browsers on other computers, where it stands on every address of this one."""
    host, port = listener.getsockname()[:2]
    names = sorted(access.hosts - LOOPBACK_HOSTS)
    if host not in EVERY_ADDRESS or (access.proxies and not access.behind_https):
        return []
    return [f"https://{name}/" if access.behind_https else _address(name, port) for name in names]


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def server_for(knowledge_base: KnowledgeBase, access: Access, *, ready: Callable[[], None]) -> uvicorn.Server:
    """The server of the page; ``ready`` is called when the first question can be asked."""
    from search_ui.shell.app import create_app  # Gradio takes seconds to load: only now, with the port ours
    from search_ui.shell.connections import connection_settings

    settings = uvicorn.Config(
        create_app(knowledge_base, access=access),
        log_level="warning",
        timeout_graceful_shutdown=1,
        **connection_settings(),
    )
    return _Server(settings, ready)


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _tell(news: str) -> None:
    """Say what becomes of the search index."""
    typer.echo(say(f"ui.serve.{news}"))


def _tell_who_comes_in(access: Access, users: Users) -> None:
    """Say how others come in, by which names, and what is not safe about it."""
    if access.way is Way.OPEN:
        return
    if access.way is Way.HEADER:
        proxies = ", ".join(map(str, access.proxies))
        typer.echo(say("ui.serve.by_header", header=access.user_header, proxies=proxies))
    else:
        roles = [user.role for user in users.all()]
        managers, readers = roles.count(Role.MANAGER), roles.count(Role.READER)
        typer.echo(say("ui.serve.login", managers=managers, readers=readers))
    names = sorted(access.hosts - LOOPBACK_HOSTS) or sorted(access.hosts)
    typer.echo(say("ui.serve.names", names=", ".join(names)))
    if access.hosts != LOOPBACK_HOSTS and not (access.behind_https or access.proxies):
        typer.echo(say("ui.serve.plain_http"))


def _announce(knowledge_base: KnowledgeBase, address: str, others: Sequence[str], *, open_browser: bool) -> None:
    knowledge_base.wait_for_index(mended=False)
    key = "ready_for_others" if others else "ready"
    typer.echo(say(f"ui.serve.{key}", address=address, others=", ".join(others)))
    if not knowledge_base.documents():
        typer.echo(say("ui.serve.no_documents"))
    if open_browser:
        webbrowser.open(address)
