"""Clients that mean harm, or run wild: each is refused or ended, and meanwhile the others are answered."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from itertools import count
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from search_ui.shell.allowances import ALLOWANCES, Kind
from search_ui.shell.asgi import Message, Receive, Scope, Send, reply
from search_ui.shell.bodies import BodyLimits
from search_ui.shell.connections import MOST_WAITING, Connection
from search_ui.shell.headers import SecurityHeaders
from search_ui.shell.rates import MOST_OPEN, Buckets, RateLimits
from search_ui.shell.turns import Turns
from tests.hostile.clients import connected, head, is_ended, many_connected, sent_and_answered, status_of
from tests.search_ui.browsing import served

HERE = "http://127.0.0.1:7860"
MEGA = 2**20
HTML = {"accept": "text/html"}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads all that it is sent."""
    while (await receive()).get("more_body"):
        pass
    await reply(send, 200)


async def talk(scope: Scope, receive: Receive, send: Send) -> None:
    """An application with a long reply."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(200):
        await send({"type": "http.response.body", "body": b"x" * MEGA, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def is_answered(address: str) -> bool:
    """Whether somebody else is answered."""
    return httpx.get(f"{address}gezond").status_code == 200


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server whose clocks run fast, so that no test has to wait."""
    monkeypatch.setattr(Connection, "header_seconds", 0.2)
    monkeypatch.setattr(Connection, "reading_seconds", 0.2)
    return


# --- connections -----------------------------------------------------------------------------------


def test_hundreds_that_say_nothing_shut_nobody_out(address: str) -> None:
    """Two hundred stay open for a while; of more than there is room for the one that waited longest goes."""
    with many_connected(address, 200):
        assert is_answered(address)
    with many_connected(address, MOST_WAITING + 1) as connections:
        assert is_answered(address)
        assert is_ended(connections[0])


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("said", [b"", b"GE", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "])
def test_a_request_that_does_not_come_is_not_waited_for(address: str, said: bytes) -> None:
    """Neither its line nor its headers; also not as the second request on a connection."""
    with connected(address) as first:
        first.sendall(said)
        assert is_ended(first)
    with connected(address) as second:
        assert sent_and_answered(second, head(address, "GET /gezond") + b"\r\n") == 200
        second.sendall(said or b"G")
        assert is_ended(second)


@pytest.mark.usefixtures("hurried")
def test_who_does_not_read_is_not_served_on() -> None:
    """A reply that nobody takes is broken off."""
    with served(talk) as address, connected(address, small=True) as connection:
        connection.sendall(head(address, "GET /") + b"\r\n")
        sizes = iter(lambda: len(connection.recv(MEGA)), 0)
        next(sizes)
        with connected(address) as other:  # its end tells that the clocks have run down
            assert is_ended(other)
        try:
            got = sum(sizes)
        except ConnectionError:
            got = 0

    assert got < 200 * MEGA


def test_a_refused_body_is_not_read_for_ever(address: str) -> None:
    """Who goes on sending after the refusal is ended, and could read it first."""
    with connected(address) as connection:
        announced = head(address, "POST /begrippen/bewaren", f"Content-Length: {2 * MEGA}")
        assert sent_and_answered(connection, announced + b"\r\n") == 413
        assert is_ended(connection)


# --- what is sent ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_of",
    [
        lambda address: head(address, "GET /", *(f"X-{number}: {'a' * 4000}" for number in range(50))),
        lambda address: head(address, f"GET /?q={'a' * 1_000_000}"),
        lambda address: head(address, "GET /", f"Host: {urlsplit(address).netloc}"),
        lambda _: b"GET / HTTP/1.1\r\n",
        lambda _: b"\x00\xff\xfe" * 100,
        lambda address: head(address, "GET /", "Content-Length: 5", "Transfer-Encoding: chunked"),
        lambda address: head(address, "GET /", "Content-Length: -5"),
    ],
    ids=["headers", "address", "two hosts", "no host", "noise", "two lengths", "negative"],
)
def test_what_is_no_request_is_refused(address: str, request_of) -> None:
    """With a 400, or by ending the connection; the next one is answered."""
    assert status_of(address, request_of(address) + b"\r\n") in (0, 400)
    assert is_answered(address)


def test_only_the_own_name_opens_the_door(address: str) -> None:
    """Whatever other headers or the address itself say of the host."""
    line = b"\r\n"
    assert (
        status_of(address, b"GET /gezond HTTP/1.1\r\nHost: kwaad.example\r\nX-Forwarded-Host: 127.0.0.1\r\n" + line)
        == 421
    )
    assert status_of(address, b"GET http://127.0.0.1/gezond HTTP/1.1\r\nHost: kwaad.example\r\n" + line) == 421
    assert status_of(address, head(address, "GET http://kwaad.example/gezond") + line) in (400, 404)
    assert status_of(address, head(address, "GET /gezond", "X-Forwarded-Host: kwaad.example") + line) == 200


def test_a_body_that_is_too_large_is_refused_before_it_is_read(address: str) -> None:
    """As it is announced; and where it is not, as it is counted."""
    announced = head(address, "POST /gradio_api/call/ask", f"Content-Length: {MEGA + 1}")
    chunked = head(address, "POST /gradio_api/call/ask", "Transfer-Encoding: chunked", "Content-Type: application/json")
    piece = b"10000\r\n" + b" " * 65536 + b"\r\n"

    assert status_of(address, announced + b"\r\n") == 413
    assert status_of(address, chunked + b"\r\n" + piece * 20) == 413
    assert is_answered(address)


def test_a_file_may_be_larger_than_other_bodies(address: str) -> None:
    """But not larger than what is ever read."""
    name = head(address, "POST /bibliotheek/toevoegen/partij/weg/bestand?naam=x.md", "Transfer-Encoding: chunked")
    too_large = head(
        address, "POST /bibliotheek/toevoegen", f"Content-Length: {600 * MEGA}", "Content-Type: text/plain"
    )

    assert status_of(address, name + b"\r\n" + (b"100000\r\n" + b" " * MEGA + b"\r\n") * 3 + b"0\r\n\r\n") == 422
    assert status_of(address, too_large + b"\r\n") == 413


def test_a_slow_body_is_broken_off() -> None:
    """What comes more slowly than any line could be is not waited for."""
    with served(BodyLimits(echo, grace=0.2)) as address, connected(address) as connection:
        connection.sendall(head(address, "POST /", "Content-Length: 100000") + b"\r\nabc")
        assert sent_and_answered(connection, b"d") == 408


def test_a_form_of_endless_headers_is_refused(address: str) -> None:
    """A part of a form whose headers go on is no form."""
    form = b"--x\r\n" + b"".join(b"X-%d: " % number + b"a" * 900 + b"\r\n" for number in range(900))
    kind = "Content-Type: multipart/form-data; boundary=x"
    for path in ("/bibliotheek/toevoegen", "/begrippen/bewaren", "/bibliotheek/document/1/gegevens"):
        sent = head(address, f"POST {path}", kind, f"Content-Length: {len(form)}") + b"\r\n" + form
        assert 400 <= status_of(address, sent) < 500, path
    assert is_answered(address)


GRADIO = [
    "call/ask",
    "queue/join",
    "run/ask",
    "api/ask",
    "cancel",
    "reset",
    "component_server",
    "call/v2/ask",
    "upload",
]
NONSENSE = [
    b"", b"{", b"[]", b'"x"', b'{"data": 5}', b'{"data": [null]}', b'{"data": ["\xff"]}', b"[" * 100_000,
    b'{"data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]}',
    b'{"fn_index": 99, "data": ["x"], "session_hash": "x"}', b'{"fn_index": true, "data": ["x"], "session_hash": "x"}',
    b'{"fn_index": -1, "data": ["\\u0000\\ud800"], "session_hash": 3}', b'{"data": ["\\ud800"]}',
    b'{"fn_index": 0, "data": ["x"], "session_hash": "../x"}', b'{"data": [["x"]]}', b'{"data": ["x", "y"]}',
]  # fmt: skip


@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_no_error_of_the_server(address: str, body: bytes) -> None:
    """Whatever a program sends to Gradio's addresses: it is refused before Gradio sees it."""
    kind = {"content-type": "application/json"}
    answers = {path: httpx.post(f"{address}gradio_api/{path}", content=body, headers=kind) for path in GRADIO}

    assert answers.pop("call/ask").status_code in (200, 422)  # it has no use for the number of a function
    assert answers.pop("queue/join").status_code == 422
    assert {answer.status_code for answer in answers.values()} == {404}


QUESTIONS = [
    "a" * 10_000,
    "\x00\x07\x1b[31m wat? \u202e",
    "\U0010ffff" * 50,
    "'; DROP TABLE documents; --",
    '"*^()~ NEAR/0 OR',
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_odd_questions_get_a_page(address: str, question: str) -> None:
    """In its address, as a file, and by the interface for programs."""
    call = httpx.post(f"{address}gradio_api/call/ask", json={"data": [question]}).json()["event_id"]
    answers = [
        httpx.get(address, params={"q": question}),
        httpx.get(f"{address}meenemen/antwoord.csv", params={"q": question}, headers=HTML),
        httpx.get(f"{address}gradio_api/call/ask/{call}", timeout=60),
        httpx.get(f"{address}bibliotheek", params={"zoek": question}),
    ]

    assert [answer.status_code < 500 for answer in answers] == [True] * 4


UPWARDS = ["../", "..%2f", "%2e%2e/", "..%5c", "....//", "%252e%252e%252f", "/", "%00"]
SERVING = ["/static/bronvast/", "/static/", "/assets/", "/svelte/", "/gradio_api/file=", "/gradio_api/file/",
           "/origineel/", "/document/1/pagina/", "/meenemen/", "/gradio_api/stream/", "/en/static/", "/pwa_icon/",
           "/"]  # fmt: skip


@pytest.mark.parametrize("start", SERVING)
def test_no_address_leads_out_of_its_folder(address: str, start: str) -> None:
    """However the way up is written."""
    for up in UPWARDS:
        for target in ("etc/passwd", "catalogue.sqlite3", "pyproject.toml"):
            line = f"GET {start}{up * 8}{target}"
            with connected(address) as connection:
                connection.sendall(head(address, line, "Connection: close") + b"\r\n")
                answer = b"".join(iter(lambda: connection.recv(MEGA), b""))
            assert answer.split()[1] in (b"404", b"400", b"403", b"405", b"307"), line
            assert not any(secret in answer for secret in (b"root:", b"SQLite format", b"[build-system]"))


def test_no_address_makes_the_server_ask_elsewhere(address: str) -> None:
    """An address inside the house, handed in at every door, is never called."""
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.3)
        target = f"http://127.0.0.1:{inside.getsockname()[1]}/geheim"
        file = {"path": target, "url": target, "orig_name": "x", "meta": {"_type": "gradio.FileData"}}
        for base in (address, f"{address}en/"):
            for door in (
                f"gradio_api/proxy={target}",
                f"gradio_api/file={target}",
                f"svelte/{target}",
                f"proxy={target}",
            ):
                httpx.get(base + door)
            for data in ([file], [[file]], [target], [{"value": file}]):
                for door in ("call/ask", "run/ask", "api/ask"):
                    httpx.post(f"{base}gradio_api/{door}", json={"data": data})
                for number in range(3):
                    joined = {"data": data, "fn_index": number, "session_hash": "x", "event_data": None}
                    httpx.post(f"{base}gradio_api/queue/join", json=joined)
        with pytest.raises(TimeoutError):
            inside.accept()


# --- how often -------------------------------------------------------------------------------------


def client_of(app: object) -> TestClient:
    """A client of an application."""
    return TestClient(app, base_url=HERE)


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, with the seconds; afterwards there is an answer again, and others never noticed."""
    seconds = count()
    now = [next(seconds)]
    client = client_of(RateLimits(echo, buckets=Buckets(lambda: float(now[0]))))
    most = ALLOWANCES[Kind.HAND_OUT].burst
    asked = [client.get("/meenemen/antwoord.csv", headers=HTML) for _ in range(most + 1)]
    by_script = client.get("/meenemen/antwoord.csv?taal=en")
    elsewhere = client.get("/bibliotheek")
    now[0] += 2

    assert [one.status_code for one in asked] == [200] * most + [429]
    assert asked[-1].headers["retry-after"] == "2"
    assert "U vraagt veel in korte tijd." in asked[-1].text
    assert by_script.json()["detail"].startswith("You are asking a lot")
    assert elsewhere.status_code == 200
    assert client.get("/meenemen/antwoord.csv").status_code == 200


def test_one_sender_is_not_another() -> None:
    """A bucket is a user's, or an address's."""
    limits, question = Buckets(lambda: 0.0), ALLOWANCES[Kind.HAND_OUT]
    waits = [limits.wait("user jan", question) for _ in range(question.burst + 1)]

    assert waits == [0.0] * question.burst + [2.0]
    assert limits.wait("address 10.0.0.1", question) == 0.0


async def _answered(app: object, path: str) -> int:
    """The status that an application gives a look at a path."""
    got: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        got.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
        "client": ("10.0.0.1", 1),
    }
    await app(scope, receive, send)
    return got[0]["status"]


@pytest.mark.parametrize("layer", [RateLimits, Turns])
def test_what_waits_is_counted(layer: type) -> None:
    """So many requests of one sender are open, so many heavy ones at once and in line; the next is told so at once."""
    heavy = ALLOWANCES[Kind.HAND_OUT]
    room, status = (MOST_OPEN, 429) if layer is RateLimits else (heavy.at_once + heavy.waiting, 503)

    async def scenario() -> tuple[int, list[int]]:
        free = asyncio.Event()

        async def busy(scope: Scope, receive: Receive, send: Send) -> None:
            await free.wait()
            await reply(send, 200)

        app, path = layer(busy), "/meenemen/x" if layer is Turns else "/static/x"
        open_ones = [asyncio.ensure_future(_answered(app, path)) for _ in range(room)]
        await asyncio.sleep(0)
        refused = await _answered(app, path)
        free.set()
        return refused, await asyncio.gather(*open_ones)

    assert asyncio.run(scenario()) == (status, [200] * room)


# --- what others may read --------------------------------------------------------------------------


def test_other_sites_may_read_nothing(address: str) -> None:
    """Gradio would let any site read, with the reader's cookies: that is taken away, and pictures and frames too."""
    there = {"origin": "http://kwaad.example"}
    for method, path in (
        ("OPTIONS", "gradio_api/call/ask"),
        ("GET", "config"),
        ("GET", "gezond"),
        ("GET", "bibliotheek"),
    ):
        answer = httpx.request(method, address + path, headers={**there, "access-control-request-method": "POST"})
        assert not [name for name in answer.headers if name.startswith("access-control-")], path
    for mode, status in (("no-cors", 403), ("cors", 403), ("navigate", 200)):
        by_browser = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode}
        assert httpx.get(f"{address}bibliotheek", headers=by_browser).status_code == status


def test_pages_are_not_kept(address: str) -> None:
    """A shared computer shows nobody what another one asked; what never changes is kept."""
    assert {httpx.get(address + path).headers["cache-control"] for path in ("", "bibliotheek", "config", "hulp")} == {
        "no-store"
    }
    assert "no-store" not in httpx.get(f"{address}static/bronvast/style.css").headers.get("cache-control", "")


def test_leave_is_taken_away_whatever_its_letters() -> None:
    """Names of headers have no case."""

    async def lax(scope: Scope, receive: Receive, send: Send) -> None:
        await reply(send, 200, headers=[(b"Access-Control-Allow-Origin", b"*"), (b"Content-Security-Policy", b"x")])

    headers = client_of(SecurityHeaders(lax)).get("/").headers

    assert "access-control-allow-origin" not in headers
    assert headers["content-security-policy"] == "x"
