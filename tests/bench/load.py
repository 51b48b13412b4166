"""Five people ask while documents come, change and go: ``python -m tests.bench.load [MINUTES]``.

A real server over the starter corpus is asked by programs: first for a while alone, then as long as another one adds,
replaces and removes documents through the page. Counted are errors, and answers that no longer hold what they should;
measured are the time of an answer before and meanwhile, and the memory of the server in the last two thirds.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.console import Console

from kb.home import Home
from kb.library import ingest
from tests.bench.crowd import write_crowd

MINUTES = 30.0
ALONE_SECONDS = 60.0  # how long is asked before anything changes
ASKING = 5
PAUSE = 2.0  # seconds between the questions of one person
KEPT = 20  # documents that were added stay so long: as many are added after them
SAMPLE_SECONDS = 5.0
PATIENCE = 120.0  # seconds
PROJECT = Path(__file__).resolve().parent.parent.parent
CORPUS = PROJECT / "corpus"
_PROGRAM = "from kb.cli import main; main()"
_ADDRESS = re.compile(r"http://\S+/")
_DOCUMENT = re.compile(r'href="/bibliotheek/document/(\d+)')
_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Tally:
    """What was seen, by whoever saw it."""

    errors: Counter[str] = field(default_factory=Counter)
    alone: list[float] = field(default_factory=list)  # seconds of an answer before anything changes
    during: list[float] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float, float]] = field(default_factory=list)  # when; MB of the server, of its children


@dataclass(frozen=True)
class Course:
    """What the threads share: the address, what they see, and when it is over."""

    address: str
    tally: Tally
    questions: Sequence[tuple[str, str]]  # with a piece of text that the answer holds
    is_changing: threading.Event = field(default_factory=threading.Event)
    is_over: threading.Event = field(default_factory=threading.Event)


def main(arguments: Sequence[str]) -> None:
    """Run it, and print the table."""
    minutes = float(arguments[0]) if arguments else MINUTES
    with tempfile.TemporaryDirectory(prefix="bronvast-load-") as folder:
        place = Path(folder)
        ingest(Home(place / "home"), [CORPUS])
        write_crowd(place / "texts", CORPUS)
        with serving(place / "home") as (process, address):
            course = Course(address, Tally(), known_questions(address))
            run(course, process.pid, sorted((place / "texts").iterdir()), minutes)
    show(Console(width=120), course.tally, minutes)


def run(course: Course, process: int, files: Sequence[Path], minutes: float) -> None:
    """Ask, and after a while change things as well."""
    work: list[Callable[[], None]] = [
        *(lambda start=number: asking(course, start) for number in range(ASKING)),
        lambda: watching(course, process),
        lambda: changing(course, files),
    ]
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    time.sleep(ALONE_SECONDS)
    course.is_changing.set()
    time.sleep(minutes * 60)
    course.is_over.set()
    for thread in threads:
        thread.join()


@contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own process over a home, and its address."""
    command = [sys.executable, "-c", _PROGRAM, "serve", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        address = next(found[0] for line in process.stdout or () if (found := _ADDRESS.search(line)))
        yield process, address
        process.terminate()


def known_questions(address: str) -> list[tuple[str, str]]:
    """Questions on the starter corpus that are answered now, with a piece of text that their answers hold."""
    lines = (PROJECT / "tests" / "questions" / "starter.jsonl").read_text("utf8").splitlines()
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        asked = [(said["question"], said["evidence"]) for said in map(json.loads, lines)]
        found = [
            (question, evidence[0]) for question, evidence in asked if evidence and holds(client, question, evidence[0])
        ]
    return found[:25]


def holds(client: httpx.Client, question: str, evidence: str) -> bool:
    """Whether the answer to a question holds a piece of text."""
    return evidence in " ".join(" ".join(said["text"].split()) for said in answer(client, question)["statements"])


def answer(client: httpx.Client, question: str) -> dict:
    """What a program gets. Raises AssertionError with what went wrong."""
    call = client.post("/gradio_api/call/ask", json={"data": [question]})
    assert call.status_code == 200, f"asked: {call.status_code}"
    said = client.get(f"/gradio_api/call/ask/{call.json()['event_id']}").text
    event, _, data = said.partition("\ndata: ")
    assert event.endswith("complete"), f"answered: {event}"
    return json.loads(data.partition("\n")[0])[0]


def asking(course: Course, start: int) -> None:
    """One person with a question every few seconds."""
    with httpx.Client(base_url=course.address, timeout=PATIENCE) as client:
        number = start * 5
        while not course.is_over.wait(PAUSE):
            number += 1
            question, evidence = course.questions[number % len(course.questions)]
            times = course.tally.during if course.is_changing.is_set() else course.tally.alone
            began = time.perf_counter()
            with noted(course, "question"):
                assert holds(client, question, evidence), f"answer without its evidence: {question}"
                times.append(time.perf_counter() - began)


def changing(course: Course, files: Sequence[Path]) -> None:
    """One person who adds a document, adds it again in another version, and removes one from before."""
    course.is_changing.wait()
    added: list[str] = []
    with httpx.Client(base_url=course.address, timeout=PATIENCE) as client:
        for number in range(10**9):
            if course.is_over.is_set():
                return
            file = files[number % len(files)]
            name, text = f"{number}-{file.name}", f"# Stuk {number}\n\n{without_meaning(file.read_text('utf8'))}"
            for kind, said in (("add", text), ("replace", text.replace("Stuk", "Nieuw stuk", 1) + "\nNog een zin.\n")):
                with noted(course, kind):
                    send(client, name, said)
                    course.tally.changes[kind] += 1
            added.append(name)
            if len(added) > KEPT:
                with noted(course, "remove"):
                    remove(client, added.pop(0))
                    course.tally.changes["remove"] += 1


def send(client: httpx.Client, name: str, text: str) -> None:
    """Add a file as the page's script does, and wait until it is in."""
    batch = done(client.post("/bibliotheek/toevoegen/partij")).json()
    done(client.post(batch["file"], params={"naam": name}, content=text.encode()))
    done(client.post(batch["begin"]))
    while (state := done(client.get("/bibliotheek/toevoegen/stand")).json())["busy"]:
        time.sleep(0.25)
    assert "toegevoegd" in state["said"] or "vervangen" in state["said"] or "nieuwe versie" in state["said"], state[
        "said"
    ]


def without_meaning(text: str) -> str:
    """A text of the same shape whose longer words mean nothing: it answers no question."""
    return _WORD.sub(lambda word: word[0][::-1], text)


def remove(client: httpx.Client, name: str) -> None:
    """Remove the document that was read from a file, as a person does."""
    page = done(client.get("/bibliotheek", params={"zoek": name.removesuffix(".md")})).text
    keys = set(_DOCUMENT.findall(page))
    assert len(keys) == 1, f"{len(keys)} documents of {name}"
    answered = client.post(f"/bibliotheek/document/{keys.pop()}/verwijderen")
    assert answered.status_code == 303, f"removed: {answered.status_code}"


def done(reply: httpx.Response) -> httpx.Response:
    """A reply that is good. Raises AssertionError."""
    assert reply.status_code == 200, f"{reply.request.url.path}: {reply.status_code}"
    return reply


@contextmanager
def noted(course: Course, what: str) -> Iterator[None]:
    """Count what goes wrong in the block."""
    try:
        yield
    except (AssertionError, httpx.HTTPError, ValueError, KeyError) as error:
        course.tally.errors[f"{what}: {type(error).__name__} {str(error)[:90]}"] += 1


# --- memory ----------------------------------------------------------------------------------------


def watching(course: Course, process: int) -> None:
    """Look how much memory the server has, and its children."""
    course.is_changing.wait()
    began = time.monotonic()
    while not course.is_over.wait(SAMPLE_SECONDS):
        children = [resident(child) for child in children_of(process)]
        course.tally.memory.append((time.monotonic() - began, resident(process), sum(children)))


def resident(process: int) -> float:
    """MB of a process that are in memory."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 2**20
    except OSError:
        return 0.0


def children_of(process: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):  # a thread that ended meanwhile
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def growth(memory: Sequence[tuple[float, float, float]]) -> float:
    """How much the server grew in the last two thirds, in percent: their last fifth against their first."""
    last = [server for _, server, _ in memory[len(memory) // 3 :]]
    fifth = max(len(last) // 5, 1)
    return (statistics.fmean(last[-fifth:]) / statistics.fmean(last[:fifth]) - 1) * 100


def show(console: Console, tally: Tally, minutes: float) -> None:
    """The figures, and every kind of error."""
    alone, during = (statistics.median(times) for times in (tally.alone, tally.during))
    slowest = [sorted(times)[int(len(times) * 0.95)] for times in (tally.alone, tally.during)]
    console.print(
        f"{minutes:g} minutes, {ASKING} asking: {len(tally.during)} answers, {dict(tally.changes)}, "
        f"{tally.errors.total()} errors"
    )
    console.print(
        f"an answer took {alone * 1000:.0f} ms alone and {during * 1000:.0f} ms meanwhile ({during / alone:.1f}x); "
        f"of 95 % {slowest[0] * 1000:.0f} and {slowest[1] * 1000:.0f} ms ({slowest[1] / slowest[0]:.1f}x)"
    )
    third = tally.memory[len(tally.memory) // 3 :]
    console.print(
        f"memory of the server {tally.memory[0][1]:.0f} MB at first, {third[0][1]:.0f} MB after a third, "
        f"{third[-1][1]:.0f} MB at the end ({growth(tally.memory):+.1f} % in the last two thirds); "
        f"of its children at most {max(children for _, _, children in tally.memory):.0f} MB"
    )
    for error, number in tally.errors.most_common():
        console.print(f"  {number}x {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
