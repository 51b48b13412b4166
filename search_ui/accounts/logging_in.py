"""Logging in and out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.requests import ClientDisconnect

from kb.errors import HomeError
from kb.users.passwords import matches
from kb.users.store import Users
from kb.users.types import LONGEST_NAME, User, folded
from kb.wording import LANGUAGES, say
from search_ui.accounts.access import Access
from search_ui.accounts.addresses import LEFT, LOGIN, LOGOUT, TARGET, local_target, login_address
from search_ui.accounts.cookies import give, take_back, token_of
from search_ui.accounts.login_page import NAME, PASSWORD, Attempt, render_login_page
from search_ui.accounts.refusals import HOW_TO_COME_IN, UNAUTHORISED, Refusal, refused
from search_ui.accounts.sessions import Sessions
from search_ui.accounts.throttle import Throttle
from search_ui.accounts.visitor import current_visitor
from search_ui.markup import ui_count

MOST_OF_FORM = 2**16  # bytes
CHECKED_AT_ONCE = 2  # passwords: each takes 64 MiB for a moment
SEE_OTHER, UNREADABLE, TOO_MANY = 303, 400, 429


@dataclass(frozen=True, slots=True)
class Form:
    """What someone filled in."""

    name: str
    password: str
    target: str


class LoggingIn:
    """These actions in each language."""

    def __init__(self, users: Users, sessions: Sessions, access: Access) -> None:
        self.users = users
        self.sessions = sessions
        self.access = access
        self.throttle = Throttle(access.clock)
        self.checking = CapacityLimiter(CHECKED_AT_ONCE)

    def register(self, router: APIRouter) -> None:
        """Add them to a router."""
        for language in LANGUAGES:
            here = _InLanguage(self, language)
            router.get(LOGIN[language], response_class=HTMLResponse)(here.page)
            router.post(LOGIN[language], response_model=None)(here.log_in)
            router.post(LOGOUT[language], response_model=None)(here.log_out)

    async def checked(self, form: Form, address: str) -> User | int:
        """The person whose name and password these are; else the seconds until another attempt, 0 for at once."""
        name = folded(form.name)[:LONGEST_NAME]
        seconds = self.throttle.begin(name, address)
        if seconds:
            return seconds
        user = self.users.find(form.name)
        right = await to_thread.run_sync(matches, form.password, user.password if user else "", limiter=self.checking)
        if user is None or not right:
            return 0
        self.throttle.welcome(name, address)
        return user


@dataclass(frozen=True, slots=True)
class _InLanguage:
    actions: LoggingIn
    language: str

    def page(self, request: Request) -> Response:
        """The page to log in; who is in already goes on."""
        target = local_target(request.query_params.get(TARGET, ""), self.language)
        if current_visitor() is not None:
            return RedirectResponse(target, status_code=SEE_OTHER)
        return self._page(Attempt(target=target, left=LEFT in request.query_params))

    async def log_in(self, request: Request) -> Response:
        """Let someone in by name and password, with a new token whatever token came along."""
        form = await _read(request)
        if form is None:
            words = say("ui.accounts.unreadable", language=self.language)
            return self._page(Attempt(trouble=words), status=UNREADABLE)
        target = local_target(form.target, self.language)
        try:
            found = await self.actions.checked(form, self.actions.access.counted_as(request.scope))
        except HomeError:
            return refused(request.scope, Refusal.CLOSED)
        if isinstance(found, int):
            return self._refused(form, target, seconds=found)
        access, sessions = self.actions.access, self.actions.sessions
        sessions.end(token_of(request, access))
        reply = RedirectResponse(target, status_code=SEE_OTHER)
        give(reply, sessions.begin(found), request, access)
        return reply

    def log_out(self, request: Request) -> Response:
        """Let this browser in no longer."""
        access = self.actions.access
        self.actions.sessions.end(token_of(request, access))
        reply = RedirectResponse(login_address(self.language, left=True), status_code=SEE_OTHER)
        take_back(reply, request, access)
        return reply

    def _refused(self, form: Form, target: str, *, seconds: int) -> Response:
        """The page again. It says the same of a name that is not there as of a wrong password."""
        wait = ui_count("accounts.too_many", seconds, language=self.language)
        trouble = wait if seconds else say("ui.accounts.wrong", language=self.language)
        attempt = Attempt(form.name[:LONGEST_NAME], target, trouble)
        reply = self._page(attempt, status=TOO_MANY if seconds else UNAUTHORISED)
        reply.headers.update({"retry-after": str(seconds)} if seconds else HOW_TO_COME_IN)
        return reply

    def _page(self, attempt: Attempt, *, status: int = 200) -> HTMLResponse:
        return HTMLResponse(render_login_page(attempt, language=self.language), status_code=status)


async def _read(request: Request) -> Form | None:
    """The form of a request, of which no more is read than a form can be; None for anything else."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_OF_FORM:
                return None
    except ClientDisconnect:
        return None
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        return None
    name, password, target = (fields.get(field, [""]) for field in (NAME, PASSWORD, TARGET))
    is_once = len(name) == len(password) == len(target) == 1
    return Form(name[0], password[0], target[0]) if is_once else None
