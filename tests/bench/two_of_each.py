"""Two writers, readers beside a writer, two servers on one home: is anything lost, stale or mixed?

python -m tests.bench.two_of_each [ROUNDS]

Two writers: while one adds, another one tries; it must be refused at once, in one line, and both must find all in
the end. A reader beside a writer: every answer must be of a moment between its question and its end, never of
before the writer told that it was done, never of two versions. Two servers (``bronvast serve``): what is added on
the page of one must be answered and listed by the other as soon as the first one says that it is in.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from rich.console import Console

from tests.faulty_disk import notes
from tests.faulty_disk.beside import Asked, Change, ask_until, untimely, write_and_tell
from tests.faulty_disk.deeds import Said, command, looked_after
from tests.faulty_disk.warm import PROJECT, Warm

NOTES = 6
PROGRAM = "from kb.cli.app import main; main()"
ROUNDS = 20
MANY = 30
AT_ONCE = 5.0  # seconds, on a busy machine


def two_writers(first: Warm, second: Warm, top: Path, rounds: int) -> tuple[int, list[str]]:
    """How often the second writer was refused, and what is wrong."""
    home, documents, other = top / "two", top / "many", top / "few"
    refused, wrong = 0, list[str]()
    for turn in range(rounds):
        notes.write(documents, dict.fromkeys(range(MANY), turn))
        notes.write(other, {MANY + turn: turn})
        with ThreadPoolExecutor(1) as thread:
            many = thread.submit(_until_done, first, home, documents)
            while not many.done():
                few = _until_done(second, home, other, times=1)
                refused += few[0]
                wrong += few[1]
        refused += many.result()[0]
        wrong += many.result()[1]
        wrong += _until_done(second, home, other)[1]
    _, after, left = second.call(looked_after, home, ["ingest", str(other)], True).result
    wanted = dict.fromkeys(range(MANY), rounds - 1) | {MANY + turn: turn for turn in range(rounds)}
    if after != wanted:
        wrong.append(f"LOST: {after}, not {wanted}")
    return refused, [*wrong, *left]


def _until_done(warm: Warm, home: Path, documents: Path, times: int = 1000) -> tuple[int, list[str]]:
    """Add documents, as often as it takes: how often that was refused, and what is wrong with the way it was."""
    wrong = list[str]()
    for refused in range(times):
        tried = warm.call(command, None, "ingest", str(documents), "--home", str(home))
        said: Said = tried.result
        if said.code == 0 and not said.trace:
            return refused, wrong
        if len(said.error.strip().splitlines()) != 1 or "werkt de kennisbank" not in said.error or said.trace:
            wrong.append(str(said))
        if tried.seconds > AT_ONCE:
            wrong.append(f"refused after {tried.seconds:.1f} s")
    return times, wrong


def beside_a_writer(writer: Warm, reader: Warm, top: Path, rounds: int) -> tuple[int, int, list[str]]:
    """How many changes and answers there were, and which were untimely."""
    home, documents, told, stop = top / "beside", top / "changing", top / "told", top / "stop"
    notes.write(documents, dict.fromkeys(range(NOTES), 0))
    writer.call(command, None, "ingest", str(documents), "--home", str(home))
    told.write_text("\n".join(f"{number} 0" for number in range(NOTES)))
    asked: list[Asked] = []
    at_work = threading.Thread(target=lambda: asked.extend(reader.call(ask_until, home, told, stop).result))
    at_work.start()
    begun: list[Change] = [Change(number, 0, 0.0, 0.0) for number in range(NOTES)]
    changes = begun + writer.call(write_and_tell, home, documents, told, rounds, NOTES).result
    stop.touch()
    at_work.join()
    return len(changes), len(asked), list(untimely(changes, asked, rounds))


def two_servers(top: Path, rounds: int) -> list[str]:
    """What is wrong between two servers on one home."""
    home, documents = top / "served", top / "first"
    notes.write(documents, {NOTES: 0})
    add_notes = [sys.executable, "-c", PROGRAM, "ingest", str(documents), "--home", str(home)]
    subprocess.run(add_notes, check=True, cwd=PROJECT, capture_output=True)
    wrong: list[str] = []
    with serving(home) as one, serving(home) as other:
        for turn in range(rounds):
            adding, seeing = (one, other) if turn % 2 else (other, one)
            number, version = turn % 3, turn // 3
            add(adding, number, version)
            said = json.dumps(ask(seeing, notes.question(number, version)))
            if notes.words(number, version)[0] not in said:
                wrong.append(f"{turn}: {notes.name(number)} in version {version} is not answered: {said[:200]}")
            if version and notes.words(number, version - 1)[0] in said:
                wrong.append(f"{turn}: {notes.name(number)} in version {version - 1} is still answered")
            if f"Nota {number}" not in seeing.get("/bibliotheek").text:
                wrong.append(f"{turn}: {notes.name(number)} is not listed")
    return wrong


@contextmanager
def serving(home: Path) -> Iterator[httpx.Client]:
    """A server on a home, and a client of it."""
    command_line = [sys.executable, "-u", "-c", PROGRAM, "serve", "--port", "0", "--home", str(home)]
    server = subprocess.Popen(command_line, cwd=PROJECT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert server.stdout is not None
    try:
        found = next(filter(None, (re.search(r"http://\S+", line) for line in server.stdout)))
        with httpx.Client(base_url=found[0], timeout=120) as client:
            yield client
    finally:
        server.terminate()
        server.wait()


def add(client: httpx.Client, number: int, version: int) -> None:
    """Add a note on the page, and wait until it says that it is in."""
    file = (f"{notes.name(number)}.md", notes.text(number, version))
    client.post("/bibliotheek/toevoegen", data={"naam": "replace"}, files=[("bestanden", file)])
    while client.get("/bibliotheek/toevoegen/stand").json()["busy"]:
        time.sleep(0.05)


def ask(client: httpx.Client, question: str) -> object:
    """The answer of the page's interface for programs."""
    event = client.post("/gradio_api/call/ask", json={"data": [question]}).json()["event_id"]
    reply = client.get(f"/gradio_api/call/ask/{event}").text
    return json.loads(reply.split("data: ", 1)[1].splitlines()[0])


def main(rounds: int) -> None:
    """All three."""
    console = Console(width=180, highlight=False)
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bronvast-two-")))
        first, second = (stack.enter_context(Warm()) for _ in range(2))
        changes, answers, wrong = beside_a_writer(first, second, top, rounds)
        told(console, f"a reader beside a writer: {changes} changes, {answers} answers", wrong)
        few = max(rounds // 4, 1)
        refused, wrong = two_writers(first, second, top, few)
        told(console, f"two writers: {few} rounds of {MANY} notes, one of them was refused {refused} times", wrong)
        told(console, f"two servers: {rounds} notes added", two_servers(top, rounds))


def told(console: Console, what: str, wrong: list[str]) -> None:
    """The figures of one."""
    console.print(f"{what}, lost, stale, mixed or unclear: {len(wrong)}")
    for one in wrong[:20]:
        console.print(f"  {one}", style="bold red", markup=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
