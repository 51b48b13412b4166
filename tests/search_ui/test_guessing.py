"""Passwords that are guessed, and forms that are none."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.testclient import TestClient

from kb.home import Home
from search_ui.accounts.throttle import MOST, STRANGERS, WINDOW
from tests.search_ui.front_door import (
    HERE,
    OURS,
    PASSWORD,
    Clock,
    application,
    by_login,
    log_in,
    who,
)


def tries(client: TestClient, name: str, number: int) -> list[int]:
    """The replies to wrong passwords."""
    return [log_in(client, name, f"gok nummer {n}").status_code for n in range(number)]


def test_a_name_can_be_guessed_at_a_few_times_a_minute(client: TestClient, clock: Clock) -> None:
    """Then even the right password waits, as long as the reply says."""
    assert tries(client, "Jan", 6) == [401] * STRANGERS + [429] * 3
    refused = log_in(client)
    clock.now += int(refused.headers["retry-after"]) - 1
    still = log_in(client)
    clock.now += 1

    assert (refused.status_code, refused.headers["retry-after"], still.status_code) == (429, str(WINDOW), 429)
    assert "Wacht 60 seconden" in refused.text
    assert log_in(client).status_code == 303


def test_who_goes_on_guessing_waits_longer_and_longer(client: TestClient, clock: Clock) -> None:
    """Up to a quarter of an hour; and as soon as somebody comes in, all begins anew."""
    pauses = []
    for _ in range(7):
        tries(client, "Jan", STRANGERS)
        pauses.append(int(log_in(client).headers["retry-after"]))
        clock.now += pauses[-1]
    log_in(client)

    assert pauses == [60, 120, 240, 480, 960, 960, 960]
    assert tries(client, "Jan", MOST + 1) == [401] * MOST + [429]  # now from an address where Jan came in


def test_guesses_from_elsewhere_keep_nobody_out_where_he_came_in_before(home: Home, clock: Clock) -> None:
    """However long they go on, from however many addresses; and all together are few a minute."""
    app = application(home, by_login(clock))
    person = TestClient(app, base_url=HERE, client=("10.0.0.9", 1), follow_redirects=False)
    log_in(person)
    wrong = []
    for second in range(0, 3600, 10):
        stranger = TestClient(app, base_url=HERE, client=(f"10.1.{second // 250}.{second % 250}", 1))
        wrong += [second for _ in range(2) if log_in(stranger, "Jan", "mis").status_code == 401]
        if second % 600 == 300:
            wrong += [second for _ in range(2) if log_in(person, "Jan", "typfout").status_code == 401]
            assert log_in(person).status_code == 303
        clock.now += 10

    assert len(wrong) > 20
    assert max(sum(start <= at < start + WINDOW for at in wrong) for start in range(3600)) <= MOST


def test_an_address_can_guess_five_times_a_minute_whatever_the_names(client: TestClient) -> None:
    """Also names that are not there."""
    names = ["jan", "lies", "piet", "an", "els", "mia", "jan"]

    assert [log_in(client, name, "mis").status_code for name in names] == [401] * MOST + [429] * 2


def test_a_name_is_guarded_from_many_addresses(home: Home, clock: Clock) -> None:
    """One application, another address with every attempt."""
    app = application(home, by_login(clock))
    clients = [TestClient(app, base_url=HERE, client=(f"10.0.1.{n}", 1)) for n in range(8)]

    assert [log_in(client, " JAN", "mis").status_code for client in clients] == [401] * STRANGERS + [429] * 5


def test_a_hundred_guesses_at_the_same_time_are_no_way_around(home: Home, clock: Clock) -> None:
    """An attempt counts from its beginning."""
    app = application(home, by_login(clock))

    async def guess(number: int) -> int:
        sender = ASGITransport(app, client=(f"10.0.2.{number}", 1))
        async with AsyncClient(transport=sender, base_url=HERE, headers=OURS) as client:
            return (await client.post("/aanmelden", data={"naam": "jan", "wachtwoord": "mis"})).status_code

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*map(guess, range(100)))

    assert sorted(asyncio.run(all_at_once())) == [401] * STRANGERS + [429] * 97


def test_who_knows_the_password_is_not_counted(client: TestClient) -> None:
    """And logging in does not wipe out what was guessed before."""
    assert [log_in(client, "lies").status_code for _ in range(7)] == [303] * 7
    assert tries(client, "Jan", 2) == [401] * 2
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
