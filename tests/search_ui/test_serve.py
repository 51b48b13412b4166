"""The command that serves the page: on this computer only, on a port that is free."""

from __future__ import annotations

import json
import platform
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import UsageError
from search_ui.accounts.access import Access, Way
from search_ui.serve import PORTS_TRIED, address_of, for_others, listen, serve
from search_ui.shell.guard import LOOPBACK_HOSTS
from search_ui.shell.memory import share_heaps


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "bronvast.example"])  # noqa: S104 - to be refused
def test_for_others_the_page_asks_who_they_are(tmp_path: Path, host: str) -> None:
    """Without anybody who can log in and manage it, it does not start."""
    with pytest.raises(UsageError, match="no_manager"):
        serve(home=tmp_path, host=host)


def test_a_taken_port_is_followed_by_the_next_free_one(taken: int) -> None:
    """A second page, or another program, is no reason to fail."""
    with listen("127.0.0.1", taken, tries=PORTS_TRIED) as listener:
        assert listener.getsockname()[1] > taken


def test_for_others_the_port_is_the_one_that_was_asked_for(taken: int) -> None:
    """They, or the proxy before them, know no other: it is taken, or it is said that it cannot be."""
    with pytest.raises(UsageError) as raised:
        listen("127.0.0.1", taken)

    assert (raised.value.key, raised.value.values["first"]) == ("port_in_use", str(taken))


def test_without_a_free_port_the_error_names_the_range(taken: int) -> None:
    """And asks for another port."""
    with ExitStack() as next_port:
        with suppress(OSError):  # another program has it: as good
            next_port.enter_context(socket.create_server(("127.0.0.1", taken + 1)))
        with pytest.raises(UsageError) as raised:
            listen("127.0.0.1", taken, tries=2)

    assert (raised.value.key, raised.value.values) == ("no_free_port", {"first": str(taken), "last": str(taken + 1)})


def test_the_address_is_one_that_a_browser_understands() -> None:
    """Also with the other kind of loopback address."""
    with listen("127.0.0.1", 0) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
    if socket.has_ipv6:
        with listen("::1", 0) as listener:
            assert address_of(listener) == f"http://[::1]:{listener.getsockname()[1]}/"


def test_a_page_on_every_address_is_announced_by_one_that_can_be_opened() -> None:
    """For this computer and for others, who come by its names; behind a proxy with https they come there."""
    access = Access(Way.LOGIN, LOOPBACK_HOSTS | {"kantoor-pc", "10.0.0.7"})
    with listen("0.0.0.0", 0) as listener:  # noqa: S104 - what is tested
        port = listener.getsockname()[1]

        assert address_of(listener) == f"http://127.0.0.1:{port}/"
        assert for_others(listener, access) == [f"http://10.0.0.7:{port}/", f"http://kantoor-pc:{port}/"]
        assert "https://kantoor-pc/" in for_others(listener, replace(access, behind_https=True))
    with listen("127.0.0.1", 0) as listener:
        assert for_others(listener, access) == []


def test_threads_share_a_few_heaps() -> None:
    """Where the C library is glibc: else what each let go would lie idle."""
    assert share_heaps() is (platform.libc_ver()[0] == "glibc")


def test_a_running_page_says_that_it_is_well(address: str) -> None:
    """For whoever watches over it."""
    with urllib.request.urlopen(f"{address}gezond") as reply:  # noqa: S310 - our own address
        assert json.load(reply) == {"status": "ok", "documents": 3}


def test_a_program_gets_the_whole_answer(address: str) -> None:
    """The endpoint ``ask`` answers in the form of ``bronvast ask --json``."""
    call = f"{address}gradio_api/call/ask"
    asked = json.dumps({"data": ["Hoeveel bedraagt de fietsvergoeding per kilometer?"]}).encode()
    request = urllib.request.Request(call, asked, {"content-type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request) as reply:  # noqa: S310
        event = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{call}/{event}") as reply:  # noqa: S310
        answer = json.loads(reply.read().decode().split("data: ")[1])[0]

    assert answer["status"] == "found"
    assert "35 cent" in answer["statements"][0]["citations"][0]["quote"]
