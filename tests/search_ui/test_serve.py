"""The command that serves the page: on this computer only, on a port that is free."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import UsageError
from search_ui.serve import address_of, listen, serve


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
    with listen("127.0.0.1", taken) as listener:
        assert listener.getsockname()[1] > taken


def test_without_a_free_port_the_error_names_the_range(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    """And asks for another port."""
    monkeypatch.setattr("search_ui.serve.PORTS_TRIED", 1)

    with pytest.raises(UsageError) as raised:
        listen("127.0.0.1", taken)

    assert (raised.value.key, raised.value.values) == ("no_free_port", {"first": str(taken), "last": str(taken)})


def test_the_address_is_one_that_a_browser_understands() -> None:
    """Also with the other kind of loopback address."""
    with listen("127.0.0.1", 0) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
    if socket.has_ipv6:
        with listen("::1", 0) as listener:
            assert address_of(listener) == f"http://[::1]:{listener.getsockname()[1]}/"


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
