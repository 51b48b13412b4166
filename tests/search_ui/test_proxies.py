"""Proxies that say who is there, and what ``bronvast serve`` makes of its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.errors import UsageError
from kb.home import Home
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access, Way, networks
from search_ui.accounts.arranging import Wish, arranged
from search_ui.shell.guard import LOOPBACK_HOSTS
from tests.search_ui.front_door import (
    NAME,
    OURS,
    PASSWORD,
    Clock,
    by_login,
    log_in,
    visitor,
)

EVERYWHERE = "0.0.0.0"  # noqa: S104

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
