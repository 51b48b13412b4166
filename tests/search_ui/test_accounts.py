"""Logging in and out, how long a session lasts, where a change comes from, and roles."""

from __future__ import annotations

import stat
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from kb.home import Home
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access
from search_ui.accounts.addresses import local_target
from search_ui.accounts.rights import ReadersOnlyReadError, may_change
from search_ui.accounts.routes import Accounts
from search_ui.accounts.sessions import IDLE, LONGEST, MOST_OF_ONE
from tests.search_ui.front_door import (
    HERE,
    OURS,
    PASSWORD,
    PERSON,
    Clock,
    application,
    by_login,
    log_in,
    visitor,
    who,
)

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
    assert safe_cookie.startswith("__Host-bronvast-0=")
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
    token = client.cookies["bronvast-0"]
    by_link = client.get("/afmelden")
    left = client.post("/afmelden", headers=OURS)
    client.cookies.set("bronvast-0", token)

    assert (by_link.status_code, left.status_code) == (405, 303)
    assert left.headers["location"] == "/aanmelden?afgemeld=1"
    assert "U bent afgemeld" in client.get(left.headers["location"]).text
    assert who(client) is None


def test_a_token_that_someone_planted_opens_nothing(client: TestClient) -> None:
    """Logging in always gives a new one, and ends the one that came along."""
    client.cookies.set("bronvast-0", "geplant")
    log_in(client)
    tokens = {cookie.value for cookie in client.cookies.jar} - {"geplant"}
    assert len(tokens) == 1
    log_in(client)
    assert not tokens & {cookie.value for cookie in client.cookies.jar}
    client.cookies.clear()
    client.cookies.set("bronvast-0", tokens.pop())
    assert who(client) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 10_000, "é", '"', "a; b", "../x"])
def test_a_made_up_token_opens_nothing(client: TestClient, token: str) -> None:
    """Whatever it looks like."""
    assert client.get("/", headers={"cookie": f"bronvast-0={token}".encode()}).status_code == 401


def test_the_token_of_another_home_opens_nothing(client: TestClient, home: Home, clock: Clock) -> None:
    """Not even of the same people."""
    with visitor(home, by_login(clock)) as other:
        log_in(other)
        client.cookies.set("bronvast-0", other.cookies["bronvast-0"])

    assert who(client) is None


def test_two_servers_on_one_host_do_not_share_a_cookie(home: Home, clock: Clock) -> None:
    """Browsers send a cookie to every port: logging in at one must not log out at the other."""
    with visitor(home, by_login(clock, port=7860)) as one, visitor(home, by_login(clock, port=7861)) as other:
        log_in(one)
        other.cookies.update(one.cookies)
        log_in(other)
        one.cookies.update(other.cookies)

        assert (who(one), who(other)) == ("Jan", "Jan")


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


def test_a_restart_lets_nobody_wait_before_the_door(client: TestClient, home: Home, clock: Clock) -> None:
    """Who was in is in; who left, was removed meanwhile or stayed away too long is not. No token is on the disk."""
    log_in(client)
    with visitor(home, by_login(clock)) as restarted:
        restarted.cookies.update(client.cookies)
        assert who(restarted) == "Jan"
    file = home.sessions(0)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert client.cookies["bronvast-0"] not in file.read_text("utf8")

    clock.now += IDLE
    with visitor(home, by_login(clock)) as much_later:
        much_later.cookies.update(client.cookies)
        assert who(much_later) is None
    clock.now -= IDLE
    Users(home).remove("jan")
    with visitor(home, by_login(clock)) as without_jan:
        without_jan.cookies.update(client.cookies)
        assert who(without_jan) is None


def test_who_left_is_out_after_a_restart_too(client: TestClient, home: Home, clock: Clock) -> None:
    """The file follows at once; one that cannot be read holds nobody."""
    log_in(client)
    copied = dict(client.cookies)
    client.post("/afmelden", headers=OURS)
    for _ in range(2):
        with visitor(home, by_login(clock)) as restarted:
            restarted.cookies.update(copied)
            assert who(restarted) is None
        home.sessions(0).write_text('{"a": 1}')


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
