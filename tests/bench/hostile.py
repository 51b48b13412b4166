"""Harm in full measure, and how long an answer takes somebody else meanwhile: ``python -m tests.bench.hostile``.

A real server over the starter corpus. Each attack comes from 127.0.0.1 and goes on for a while; the other one asks from
127.0.0.2, another address. Afterwards every address of ours with ``EXAMPLES`` requests of all kinds each.
"""

from __future__ import annotations

import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from hypothesis import HealthCheck, Phase, given, settings
from rich.console import Console
from starlette.testclient import TestClient

from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from search_ui.shell.app import create_app
from search_ui.shell.rates import Buckets
from tests.bench.load import CORPUS, PATIENCE, answer, serving
from tests.hostile.clients import head
from tests.hostile.requests import Operation, Said, operations, requests_to

SECONDS = 20.0
MANY = 400  # connections of an attack
FLOODERS = 20
QUESTION = "Wat is de definitie van duaal leren in het hoger onderwijs?"
EXAMPLES = 60
BUSY = 503

Attack = Callable[[str, threading.Event, Counter[str]], None]


def main(arguments: Sequence[str]) -> None:
    """Run all attacks, and print a line for each."""
    examples = int(arguments[0]) if arguments else EXAMPLES
    console = Console(width=120)
    with tempfile.TemporaryDirectory(prefix="bronvast-hostile-") as folder:
        ingest(Home(Path(folder) / "home"), [CORPUS])
        with serving(Path(folder) / "home") as (_, address):
            for attack in (nothing, idle, slow_headers, slow_bodies, slow_readers, flood, endless_forms):
                times, seen = attacked(address, attack)
                console.print(
                    f"{attack.__name__:14} another's answer {statistics.median(times) * 1000:.0f} ms, "
                    f"slowest {max(times) * 1000:.0f} ms of {len(times)}; {dict(seen)}"
                )
        print_all_addresses(console, Path(folder) / "home", examples)


def attacked(address: str, attack: Attack) -> tuple[list[float], Counter[str]]:
    """How long answers take to somebody else while an attack goes on, in seconds, and what the attacker saw."""
    seen: Counter[str] = Counter()
    over = threading.Event()
    attacker = threading.Thread(target=attack, args=(address, over, seen))
    attacker.start()
    times = []
    elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
    with httpx.Client(base_url=address, timeout=PATIENCE, transport=elsewhere) as client:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            began = time.perf_counter()
            assert answer(client, QUESTION)["statements"]
            times.append(time.perf_counter() - began)
            time.sleep(0.3)  # a person does not ask faster, and may not
    over.set()
    attacker.join()
    return times, seen


# --- attacks ---------------------------------------------------------------------------------------


def nothing(_: str, over: threading.Event, __: Counter[str]) -> None:
    """Nobody means harm."""
    over.wait()


def idle(address: str, over: threading.Event, seen: Counter[str]) -> None:
    """Connections that say nothing."""
    _held(address, over, seen, b"", b"")


def slow_headers(address: str, over: threading.Event, seen: Counter[str]) -> None:
    """Headers that go on, a byte at a time."""
    _held(address, over, seen, head(address, "GET /"), b"X")


def slow_bodies(address: str, over: threading.Event, seen: Counter[str]) -> None:
    """Bodies that drip."""
    begun = head(address, "POST /gradio_api/call/ask", "Content-Length: 100000", "Content-Type: application/json")
    _held(address, over, seen, begun + b"\r\n", b" ")


def slow_readers(address: str, over: threading.Event, seen: Counter[str]) -> None:
    """Replies that nobody reads."""
    _held(address, over, seen, head(address, "GET /static/bronvast/style.css") + b"\r\n", b"", pipelined=60)


def flood(address: str, over: threading.Event, seen: Counter[str]) -> None:
    """Questions as fast as they can be sent."""

    def ask() -> None:
        with httpx.Client(base_url=address, timeout=PATIENCE) as client:
            while not over.is_set():
                seen[str(client.get("/meenemen/antwoord.docx", params={"q": QUESTION}).status_code)] += 1

    threads = [threading.Thread(target=ask) for _ in range(FLOODERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def endless_forms(address: str, over: threading.Event, seen: Counter[str]) -> None:
    """Forms whose parts have headers without end."""
    form = b"--x\r\n" + b"".join(b"X-%d: " % number + b"a" * 900 + b"\r\n" for number in range(1000))
    kind = {"content-type": "multipart/form-data; boundary=x"}
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        while not over.is_set():
            seen[str(client.post("/bibliotheek/toevoegen", content=form, headers=kind).status_code)] += 1


def _held(
    address: str, over: threading.Event, seen: Counter[str], first: bytes, then: bytes, *, pipelined: int = 1
) -> None:
    """Many connections with a beginning, kept alive with a little at a time, and opened again when they are ended."""
    parts = urlsplit(address)
    open_ones: list[socket.socket] = []
    while not over.wait(0.5):
        kept = []
        for one in open_ones:
            try:
                one.sendall(then)
                kept.append(one)
            except OSError:
                seen["ended"] += 1
                one.close()
        while len(kept) < MANY:
            made = socket.create_connection((parts.hostname, parts.port), timeout=5)
            with suppress(OSError):
                made.sendall(first * pipelined)
            made.setblocking(False)
            seen["opened"] += 1
            kept.append(made)
        open_ones = kept
    for one in open_ones:
        one.close()


# --- requests of all kinds -------------------------------------------------------------------------


def print_all_addresses(console: Console, home: Path, examples: int) -> None:
    """What every address answers to whatever Hypothesis thinks of; errors of the server one by one."""
    Buckets.wait = lambda *_: 0.0  # type: ignore[method-assign]
    seen: Counter[int] = Counter()
    failed: list[tuple[str, Said]] = []
    with (
        KnowledgeBase.open(home) as opened,
        TestClient(create_app(opened), base_url="http://127.0.0.1", follow_redirects=False) as client,
    ):
        found = list(operations(client.app))
        for operation in found:
            _ask(client, operation, examples, seen, failed)
        client.app.state.intake.stop()
        client.app.state.intake.join(600)
    console.print(f"{len(found)} addresses, {seen.total()} requests: {dict(sorted(seen.items()))}")
    for method, said in failed[:20]:
        console.print(f"  error: {method} {said}"[:400])


def _ask(
    client: TestClient, operation: Operation, examples: int, seen: Counter[int], failed: list[tuple[str, Said]]
) -> None:
    @given(said=requests_to(operation))
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    def ask(said: Said) -> None:
        status = client.request(operation.method, said.address, **said.sent).status_code
        seen[status] += 1
        if status >= 500 and status != BUSY:
            failed.append((operation.method, said))

    ask()


if __name__ == "__main__":
    main(sys.argv[1:])
