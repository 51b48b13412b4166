"""Logging in and out, sessions, throttling, roles, and proxies that say who is there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import Depends, FastAPI, Request, WebSocket
from httpx import ASGITransport, AsyncClient, Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from kb.errors import UsageError
from kb.home import Home
from kb.users import passwords
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access, Way, networks
from search_ui.accounts.addresses import local_target
from search_ui.accounts.arranging import Wish, arranged
from search_ui.accounts.rights import ReadersOnlyReadError, may_change
from search_ui.accounts.routes import Accounts
from search_ui.accounts.sessions import IDLE, LONGEST, MOST_OF_ONE
from search_ui.accounts.throttle import MOST, WINDOW
from search_ui.shell.guard import LOOPBACK_HOSTS, Guard

PASSWORD = "paard nietje lamp"  # noqa: S105 - of nobody
NAME = "bronvast.kantoor.be"
HERE = f"http://{NAME}"
OURS = {"origin": HERE}
PERSON = {"accept": "text/html"}
EVERYWHERE = "0.0.0.0"  # noqa: S104
COLLEAGUE = ("10.0.0.9", 4000)


class Clock:
    """A clock that a test sets."""

    now = 1_000_000.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """The same hash with less work, so that a hundred tests take seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._hash_of_nobody.cache_clear()
        yield
    passwords._hash_of_nobody.cache_clear()


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a manager, a reader, and one without a password."""
    users = Users(Home(tmp_path_factory.mktemp("people")))
    users.add("Jan", Role.MANAGER, PASSWORD)
    users.add("lies", Role.READER, PASSWORD)
    users.add("piet", Role.MANAGER, None)
    return users._home.users


@pytest.fixture
def home(people: Path, tmp_path: Path) -> Home:
    """A home with these people."""
    made = Home(tmp_path)
    made.users.write_bytes(people.read_bytes())
    return made


@pytest.fixture
def clock() -> Clock:
    """One for each test."""
    return Clock()


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


@pytest.fixture
def client(home: Home, clock: Clock) -> Iterator[TestClient]:
    """Such a browser, where everybody logs in."""
    with visitor(home, by_login(clock)) as client:
        yield client


def log_in(client: TestClient, name: str = "Jan", password: str = PASSWORD, **more: str) -> Response:
    """Send the form, as a browser does."""
    fields = {"naam": name, "wachtwoord": password, **more}
    return client.post("/aanmelden", data=fields, headers={**OURS, **PERSON})


def who(client: TestClient) -> object:
    """The name under which someone is in; None for nobody."""
    reply = client.get("/")
    return reply.json()["name"] if reply.status_code == 200 else None


# --- in and out --------------------------------------------------------------------------------------


def test_nobody_comes_in_without_logging_in(client: TestClient) -> None:
    """A person is led to the page for it and back afterwards; a program is told; nothing else says anything."""
    asked = client.get("/?q=wat+%26+hoe", headers=PERSON)

    assert (asked.status_code, asked.headers["location"]) == (303, "/aanmelden?naar=%2F%3Fq%3Dwat%2B%2526%2Bhoe")
    assert client.get("/en/x", headers=PERSON).headers["location"] == "/en/login?naar=%2Fen%2Fx"
    assert (client.get("/").status_code, client.post("/verander", headers=OURS).status_code) == (401, 401)
    assert client.get("/nergens").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/draad"):
        pass


def test_who_logs_in_comes_where_he_was_going(client: TestClient) -> None:
    """The target travels along in the form; capitals in a name do not count."""
    page = client.get("/aanmelden?naar=%2F%3Fq%3Dwat%2B%2526%2Bhoe").text
    reply = log_in(client, "JAN", naar="/?q=wat+%26+hoe")

    assert 'name="naar" value="/?q=wat+%26+hoe"' in page
    assert (reply.status_code, reply.headers["location"]) == (303, "/?q=wat+%26+hoe")
    assert who(client) == "Jan"
    assert client.get("/aanmelden?naar=/x").headers["location"] == "/x"


def test_the_cookie_is_for_this_server_alone(home: Home, clock: Clock) -> None:
    """No script reads it, no other site sends it; behind https it goes by https only, from this host only."""
    with visitor(home, by_login(clock)) as plain, visitor(home, by_login(clock, behind_https=True)) as secure:
        open_cookie, safe_cookie = (log_in(client).headers["set-cookie"] for client in (plain, secure))

    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(open_cookie.split("; "))
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= set(safe_cookie.split("; "))
    assert safe_cookie.startswith("__Host-bronvast=")
    assert len(open_cookie.split(";")[0].partition("=")[2]) == 43  # 256 bits in base64


def test_a_name_that_is_not_there_looks_like_a_wrong_password(client: TestClient) -> None:
    """The same words, the same status, the same page; also for one who has no password."""
    replies = [log_in(client, name, "verkeerd wachtwoord") for name in ("Jan", "Jon", "piet")]
    pages = {reply.text.replace(name, "") for reply, name in zip(replies, ("Jan", "Jon", "piet"), strict=True)}

    assert len(pages) == 1
    assert [reply.status_code for reply in replies] == [401] * 3
    assert 'role="alert"' in replies[0].text
    assert log_in(client, "piet", "").status_code == 401


def test_logging_out_ends_the_session_and_not_only_the_cookie(client: TestClient) -> None:
    """Whoever copied the token is out too; and a link cannot log anybody out."""
    log_in(client)
    token = client.cookies["bronvast"]
    by_link = client.get("/afmelden")
    left = client.post("/afmelden", headers=OURS)
    client.cookies.set("bronvast", token)

    assert (by_link.status_code, left.status_code) == (405, 303)
    assert left.headers["location"] == "/aanmelden?afgemeld=1"
    assert "U bent afgemeld" in client.get(left.headers["location"]).text
    assert who(client) is None


def test_a_token_that_someone_planted_opens_nothing(client: TestClient) -> None:
    """Logging in always gives a new one, and ends the one that came along."""
    client.cookies.set("bronvast", "geplant")
    log_in(client)
    tokens = {cookie.value for cookie in client.cookies.jar} - {"geplant"}
    assert len(tokens) == 1
    log_in(client)
    assert not tokens & {cookie.value for cookie in client.cookies.jar}
    client.cookies.clear()
    client.cookies.set("bronvast", tokens.pop())
    assert who(client) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 10_000, "é", '"', "a; b", "../x"])
def test_a_made_up_token_opens_nothing(client: TestClient, token: str) -> None:
    """Whatever it looks like."""
    assert client.get("/", headers={"cookie": f"bronvast={token}".encode()}).status_code == 401


def test_the_token_of_another_home_opens_nothing(client: TestClient, home: Home, clock: Clock) -> None:
    """Not even of the same people."""
    with visitor(home, by_login(clock)) as other:
        log_in(other)
        client.cookies.set("bronvast", other.cookies["bronvast"])

    assert who(client) is None


def test_one_person_is_in_at_a_number_of_browsers(client: TestClient, home: Home, clock: Clock) -> None:
    """The oldest goes first."""
    users, accounts = Users(home), Accounts(home, by_login(clock))
    tokens = [accounts.sessions.begin(users.known("jan")) for _ in range(MOST_OF_ONE + 1)]

    assert [accounts.sessions.find(token) is None for token in tokens] == [True, *[False] * MOST_OF_ONE]


# --- how long ----------------------------------------------------------------------------------------


def test_who_goes_away_is_logged_out(client: TestClient, clock: Clock) -> None:
    """After two hours without asking for anything."""
    log_in(client)
    clock.now += IDLE - 1
    assert who(client) == "Jan"
    clock.now += IDLE - 1
    assert who(client) == "Jan"
    clock.now += IDLE
    assert who(client) is None


def test_a_session_does_not_last_for_ever(client: TestClient, clock: Clock) -> None:
    """After twelve hours one logs in again, however busy."""
    log_in(client)
    for _ in range(LONGEST // (IDLE - 1)):
        clock.now += IDLE - 1
        assert who(client) == "Jan"
    clock.now += IDLE - 1

    assert who(client) is None


@pytest.mark.parametrize(
    "change",
    [lambda users: users.remove("jan"), lambda users: users.set_role("jan", Role.READER),
     lambda users: users.set_password("jan", "een heel ander geheim"), lambda users: users.end_sessions(),
     lambda users: (users.remove("jan"), users.add("jan", Role.MANAGER, PASSWORD))],
    ids=["removed", "other role", "other password", "backup put back", "removed and added"],
)  # fmt: skip
def test_who_is_changed_or_removed_is_out_at_once(client: TestClient, home: Home, change: Any) -> None:
    """With the next request, whoever made the change in whatever program."""
    log_in(client)
    assert who(client) == "Jan"
    change(Users(home))

    assert who(client) is None


def test_a_file_of_people_that_cannot_be_read_lets_nobody_in(client: TestClient, home: Home) -> None:
    """Neither who is in nor who wants to."""
    log_in(client)
    home.users.write_text("kapot")

    assert client.get("/", headers=PERSON).status_code == 503
    client.cookies.clear()
    assert log_in(client).status_code == 503


# --- guessing ----------------------------------------------------------------------------------------


def tries(client: TestClient, name: str, number: int) -> list[int]:
    """The replies to wrong passwords."""
    return [log_in(client, name, f"gok nummer {n}").status_code for n in range(number)]


def test_a_name_can_be_guessed_at_five_times_a_minute(client: TestClient, clock: Clock) -> None:
    """Then even the right password waits, as long as the reply says."""
    assert tries(client, "Jan", 8) == [401] * MOST + [429] * 3
    refused = log_in(client)
    clock.now += int(refused.headers["retry-after"]) - 1
    still = log_in(client)
    clock.now += 1

    assert (refused.status_code, refused.headers["retry-after"], still.status_code) == (429, str(WINDOW), 429)
    assert "Wacht 60 seconden" in refused.text
    assert log_in(client).status_code == 303


def test_an_address_can_guess_five_times_a_minute_whatever_the_names(client: TestClient) -> None:
    """Also names that are not there."""
    names = ["jan", "lies", "piet", "an", "els", "mia", "jan"]

    assert [log_in(client, name, "mis").status_code for name in names] == [401] * MOST + [429] * 2


def test_a_name_is_guarded_from_many_addresses(home: Home, clock: Clock) -> None:
    """One application, another address with every attempt."""
    app = application(home, by_login(clock))
    clients = [TestClient(app, base_url=HERE, client=(f"10.0.1.{n}", 1)) for n in range(8)]

    assert [log_in(client, " JAN", "mis").status_code for client in clients] == [401] * MOST + [429] * 3


def test_a_hundred_guesses_at_the_same_time_are_no_way_around(home: Home, clock: Clock) -> None:
    """An attempt counts from its beginning."""
    app = application(home, by_login(clock))

    async def guess(number: int) -> int:
        sender = ASGITransport(app, client=(f"10.0.2.{number}", 1))
        async with AsyncClient(transport=sender, base_url=HERE, headers=OURS) as client:
            return (await client.post("/aanmelden", data={"naam": "jan", "wachtwoord": "mis"})).status_code

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*map(guess, range(100)))

    assert sorted(asyncio.run(all_at_once())) == [401] * MOST + [429] * 95


def test_who_knows_the_password_is_not_counted(client: TestClient) -> None:
    """And logging in does not wipe out what was guessed before."""
    assert [log_in(client, "lies").status_code for _ in range(7)] == [303] * 7
    assert tries(client, "Jan", 4) == [401] * 4
    log_in(client, "lies")
    assert tries(client, "Jan", 2) == [401, 429]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"naam": "Jan", "wachtwoord": "x" * 2000}, 401),
        ({"naam": "Jan", "wachtwoord": "x" * 100_000}, 400),
        ({"naam": "Jan\0", "wachtwoord": PASSWORD}, 401),
        ({"naam": "Jan", "wachtwoord": PASSWORD + "\0"}, 401),
        ({"naam": ["Jan", "lies"], "wachtwoord": PASSWORD}, 400),
        ({"naam": "Jan"}, 401),
        ({}, 401),
    ],
)
def test_odd_forms_open_nothing(client: TestClient, fields: dict[str, Any], status: int) -> None:
    """Too long, too many, too few, with nulls."""
    assert client.post("/aanmelden", data=fields, headers=OURS).status_code == status
    assert who(client) is None


@pytest.mark.parametrize("body", [b"naam=%ff%fe&wachtwoord=%00", b"\xff\xfe", b"{}", b"naam", b"&" * 5000])
def test_bytes_that_are_no_form_open_nothing(client: TestClient, body: bytes) -> None:
    """They are no reason to fall over either."""
    kind = {"content-type": "application/x-www-form-urlencoded"}

    assert client.post("/aanmelden", content=body, headers={**OURS, **kind}).status_code in (400, 401)


# --- from here ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 403), (OURS, 200), ({"sec-fetch-site": "same-origin"}, 200), ({"x-bronvast": "1"}, 200),
     ({"origin": "http://kwaad.example"}, 403), ({"origin": "null"}, 403), ({"sec-fetch-site": "cross-site"}, 403),
     ({"sec-fetch-site": "same-site"}, 403), ({"origin": "http://kwaad.example", "x-bronvast": "1"}, 403),
     ({"origin": f"{HERE}:8080"}, 403), ({"origin": "http://intranet.kantoor.be", "x-bronvast": "1"}, 403)],
)  # fmt: skip
def test_a_change_comes_from_our_own_page_or_from_a_program(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    """A browser says where a form comes from; what says nothing has to say that it is no browser."""
    log_in(client)

    assert client.post("/verander", headers=headers).status_code == status


@pytest.mark.parametrize("headers", [{}, {"origin": "http://kwaad.example"}, {"sec-fetch-site": "cross-site"}])
def test_nobody_is_logged_in_from_elsewhere(client: TestClient, headers: dict[str, str]) -> None:
    """A page elsewhere could let you work under its own name."""
    reply = client.post("/aanmelden", data={"naam": "Jan", "wachtwoord": PASSWORD}, headers=headers)

    assert (reply.status_code, "set-cookie" in reply.headers) == (403, False)


@pytest.mark.parametrize(
    "wanted",
    ["//kwaad.example", "https://kwaad.example", "/\\kwaad.example", "\\\\kwaad.example", "/\t/kwaad.example",
     "/\n//kwaad.example", "kwaad.example", " //kwaad.example", "/aanmelden", "/en/login?naar=/x", "/afmelden", "",
     "/\u2028x", "/x\r\nset-cookie: a=b", "/" + "x" * 30_000],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_logging_in(client: TestClient, wanted: str) -> None:
    """Only to a path of ours; anything else is the page for questions."""
    assert local_target(wanted, "nl") == "/"
    assert log_in(client, naar=wanted).headers["location"] == "/"


@pytest.mark.parametrize(
    "wanted", ["/bibliotheek", "/?q=wat+is+%C3%A9%C3%A9n&van=2018", "/bron/3?start=1&end=2#x", "/a//b", "/@x"]
)
def test_a_path_of_ours_is_gone_to(wanted: str) -> None:
    """As it was asked for."""
    assert local_target(wanted, "nl") == wanted


# --- roles -------------------------------------------------------------------------------------------


def test_a_reader_reads_and_a_manager_changes(client: TestClient) -> None:
    """What middleware and pages read is what Starlette calls user and auth."""
    log_in(client, "lies")
    assert client.get("/").json() == {"name": "lies", "may": ["read"]}
    refused = client.post("/verander", headers={**OURS, **PERSON})
    assert (refused.status_code, "Alleen voor beheerders" in refused.text) == (403, True)
    assert "error" in client.post("/verander", headers=OURS).json()
    log_in(client, "jan")
    assert client.get("/").json() == {"name": "Jan", "may": ["read", "change"]}
    assert client.post("/verander", headers=OURS).json() == "veranderd"


def test_what_was_not_checked_changes_nothing() -> None:
    """A route behind ``may_change`` in an application without the check is shut."""
    app = FastAPI()
    app.post("/", dependencies=[Depends(may_change)])(lambda: "veranderd")

    with pytest.raises(ReadersOnlyReadError), TestClient(app) as client:
        client.post("/")


def test_at_this_computer_nobody_is_asked_and_everybody_may_change(home: Home) -> None:
    """Nothing changes for who works alone."""
    app = application(home, Access())
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        assert client.get("/").json() == {"name": "", "may": ["read", "change"]}
        assert client.post("/verander").status_code == 200
        assert client.get("/aanmelden").status_code == 404


# --- proxies -----------------------------------------------------------------------------------------

PROXY = ("10.1.0.1", 80)


def by_header(**settings: Any) -> Access:
    """A proxy says who is there."""
    return Access(Way.HEADER, frozenset({NAME}), "X-Remote-User", networks(["10.1.0.0/24"]), **settings)


@pytest.mark.parametrize(
    ("headers", "status"),
    [([("x-remote-user", "els")], 200), ([("X-REMOTE-USER", " els ")], 200), ([], 401), ([("x-remote-user", "")], 401),
     ([("x-remote-user", "jan"), ("x-remote-user", "els")], 401), ([("x-remote-user", "<els>")], 401),
     ([("x_remote_user", "jan")], 401), ([("x-remote-user", "jan\0")], 401)],
)  # fmt: skip
def test_the_proxy_names_one_person(home: Home, headers: list[tuple[str, str]], status: int) -> None:
    """Nobody, two people, or what can be no name is nobody."""
    with visitor(home, by_header(), at=PROXY) as client:
        assert client.get("/", headers=headers).status_code == status


def test_who_is_not_on_the_list_reads(home: Home) -> None:
    """And who is has the role that stands there, from the next request on."""
    with visitor(home, by_header(), at=PROXY) as client:
        said = [client.get("/", headers={"x-remote-user": name}).json() for name in ("els", "PIET", "lies")]
        Users(home).set_role("piet", Role.READER)
        later = client.get("/", headers={"x-remote-user": "piet"}).json()

    assert [(one["name"], one["may"]) for one in said] == [
        ("els", ["read"]),
        ("piet", ["read", "change"]),
        ("lies", ["read"]),
    ]
    assert later["may"] == ["read"]


@pytest.mark.parametrize("at", ["10.0.0.9", "10.1.1.1", "127.0.0.1", "::1", "testclient"])
def test_nobody_else_is_believed(home: Home, at: str) -> None:
    """The header from any other address is a forgery, and so is logging in."""
    with visitor(home, by_header(), at=(at, 1)) as client:
        reply = client.get("/", headers={"x-remote-user": "jan", "x-forwarded-for": "10.1.0.1"})
        form = client.post("/aanmelden", data={"naam": "jan", "wachtwoord": PASSWORD}, headers=OURS)

    assert (reply.status_code, form.status_code) == (403, 403)


def test_behind_the_proxy_a_page_elsewhere_changes_nothing(home: Home) -> None:
    """The browser of someone who is logged in there would come in."""
    jan = {"x-remote-user": "piet"}
    with visitor(home, by_header(), at=PROXY) as client:
        codes = [
            client.post("/verander", headers=jan | more).status_code for more in ({}, OURS, {"origin": "http://x"})
        ]

    assert codes == [403, 200, 403]


def test_a_trusted_proxy_says_that_the_browser_came_by_https(home: Home, clock: Clock) -> None:
    """And anybody else does not."""
    access = by_login(clock, proxies=networks(["10.1.0.1"]))
    forwarded = {"x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.9", **OURS}
    fields = {"naam": "jan", "wachtwoord": PASSWORD}
    with visitor(home, access, at=PROXY) as inside, visitor(home, access) as outside:
        replies = [client.post("/aanmelden", data=fields, headers=forwarded) for client in (inside, outside)]

    assert ["Secure" in reply.headers["set-cookie"] for reply in replies] == [True, False]


@pytest.mark.parametrize(("settings", "scheme"), [({}, "http"), ({"behind_https": True}, "https")])
def test_no_address_is_made_of_what_a_request_says_of_itself(
    home: Home, clock: Clock, settings: dict[str, bool], scheme: str
) -> None:
    """Gradio would send a browser wherever X-Forwarded-Host says."""
    said = {"x-forwarded-host": "kwaad.example", "x-forwarded-proto": "gopher", "forwarded": "host=kwaad.example"}
    with visitor(home, by_login(clock, **settings)) as client:
        name, _, token = log_in(client).headers["set-cookie"].partition(";")[0].partition("=")
        reply = client.get("/adres", headers=said | {"cookie": f"{name}={token}"})

    assert reply.json() == f"{scheme}://{NAME}/adres None"


@pytest.mark.parametrize(
    ("at", "forwarded", "counted"),
    [
        ("10.0.0.9", "", "10.0.0.9"),
        ("10.0.0.9", "1.2.3.4", "10.0.0.9"),
        ("10.1.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.1.0.1", "6.6.6.6, 1.2.3.4, 10.1.0.7", "1.2.3.4"),
        ("10.1.0.1", "", "None"),
        ("::ffff:10.1.0.1", "1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ],
)
def test_attempts_are_counted_under_the_nearest_address_that_is_known(at: str, forwarded: str, counted: str) -> None:
    """What stands further to the left in the header, anybody could have written."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"client": (at, 1), "headers": headers, "scheme": "http"}

    assert by_header().counted_as(scope) == counted


# --- what serve is told ------------------------------------------------------------------------------


def test_this_computer_alone_needs_no_login(home: Home) -> None:
    """Whatever people there are."""
    assert arranged(Wish(), Users(home)) == Access(hosts=LOOPBACK_HOSTS)
    assert arranged(Wish("::1"), Users(home)).way is Way.OPEN


@pytest.mark.parametrize(
    "wish",
    [Wish(EVERYWHERE), Wish("::"), Wish("192.168.1.10"), Wish(login=True), Wish(names=[NAME]), Wish(behind_https=True),
     Wish(proxies=["127.0.0.1"])],
)  # fmt: skip
def test_where_others_can_come_they_log_in(home: Home, tmp_path: Path, wish: Wish) -> None:
    """Also through a proxy to this computer; and it does not start where nobody can manage it."""
    assert arranged(wish, Users(home)).way is Way.LOGIN
    Users(home).remove("jan")
    with pytest.raises(UsageError, match="no_manager"):  # piet has no password
        arranged(wish, Users(home))


def test_the_names_that_are_answered_to(home: Home) -> None:
    """Those that were given, the address itself, and this computer's own."""
    users = Users(home)

    assert arranged(Wish(EVERYWHERE, names=["Bronvast.Kantoor.be"]), users).hosts == LOOPBACK_HOSTS | {NAME}
    assert arranged(Wish("192.168.1.10"), users).hosts == LOOPBACK_HOSTS | {"192.168.1.10"}
    assert len(arranged(Wish(EVERYWHERE), users).hosts) == len(LOOPBACK_HOSTS) + 1


@pytest.mark.parametrize(
    ("wish", "why"),
    [(Wish(names=["https://x.be"]), "host_name"), (Wish(names=["x.be:80"]), "host_name"),
     (Wish(names=["*"]), "host_name"),
     (Wish(names=["x.be."]), "host_name"), (Wish(user_header="X-User"), "header_without_proxy"),
     (Wish(user_header="X User", proxies=["127.0.0.1"]), "header_name"),
     (Wish(user_header="X-User", proxies=["proxy.be"]), "proxy_address")],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_named(home: Home, wish: Wish, why: str) -> None:
    """Before anything starts."""
    with pytest.raises(UsageError, match=why):
        arranged(wish, Users(home))
