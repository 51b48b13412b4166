"""The server's log: what happened, and nothing of what people ask, write, send or are called."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kb.audit import Act
from kb.catalogue import begin_home
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.testing import WordEncoder
from search_ui.shell import logbook as logbook_module
from search_ui.shell.app import create_app
from search_ui.shell.logbook import logbook

HERE = "http://127.0.0.1:7860"
SECRET = "zwaluwstaart"  # noqa: S105 - a word to look for


@pytest.fixture
def library(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """An empty knowledge base."""
    begin_home(Home(tmp_path / "home"))
    with KnowledgeBase.open(tmp_path / "home", encoder=WordEncoder()) as opened:
        yield opened


@pytest.fixture
def client(library: KnowledgeBase) -> Iterator[TestClient]:
    """A client of the whole application."""
    with TestClient(create_app(library), base_url=HERE, follow_redirects=False) as client:
        yield client
        client.app.state.intake.join(60)


def ask_for_programs(client: TestClient, question: str) -> str:
    """What a program gets of the interface."""
    call = client.post("/gradio_api/call/ask", json={"data": [question]}).json()["event_id"]
    return client.get(f"/gradio_api/call/ask/{call}").text


def do_everything(client: TestClient) -> None:
    """Ask, look, send a file, be refused, each with a secret."""
    secretly = {"cookie": f"session={SECRET}", "authorization": f"Bearer {SECRET}", "x-request-id": SECRET}
    client.get(f"/?q={SECRET}", headers=secretly)
    client.get(f"/bibliotheek?zoek={SECRET}")
    client.get(f"/{SECRET}/{SECRET}")
    client.get(f"/static/bronvast/{SECRET}.js")
    client.get(f"/meenemen/antwoord.csv?q={SECRET}")
    client.post("/", headers={"host": f"{SECRET}.example"})
    ask_for_programs(client, f"Wat is {SECRET}?")
    files = [
        ("bestanden", (f"{SECRET}.md", f"# {SECRET}\n\nHet is een {SECRET}.")),
        ("bestanden", (f"{SECRET}.pdf", b"%P")),
    ]
    client.post("/bibliotheek/toevoegen", data={"naam": "replace"}, files=files)
    client.app.state.intake.join(60)
    batch = client.post("/bibliotheek/toevoegen/partij").json()
    client.post(f"{batch['file']}?naam={SECRET}.txt", content=SECRET)
    client.request("ZWALUWSTAART", "/gezond")


def test_the_log_tells_what_happened_and_no_secret(
    client: TestClient, library: KnowledgeBase, capfd: pytest.CaptureFixture[str]
) -> None:
    """Searched byte by byte: no question, name of a file, token, cookie or address; nor on the terminal."""
    with logbook(library.catalogue.home, port=1) as file:
        do_everything(client)
    written = file.read_bytes()
    lines = [json.loads(line) for line in written.splitlines()]
    told = {(line["method"], line["route"], line["status"]) for line in lines if line["event"] == "request"}
    printed = "".join(capfd.readouterr())

    assert SECRET.encode() not in written.lower()
    assert SECRET not in printed.lower()
    assert {
        ("GET", "/", 200),
        ("GET", "/static/bronvast", 404),
        ("GET", "/meenemen/antwoord.{ending}", 200),
        ("POST", "-", 421),
        ("POST", "/bibliotheek/toevoegen", 303),
        ("POST", "/bibliotheek/toevoegen/partij/{token}/bestand", 200),
        ("GET", "/gradio_api/call/{api_name}/{event_id}", 200),
    } <= told
    assert "other" in {method for method, _, _ in told}
    assert all({"time", "id", "ms", "user"} <= set(line) for line in lines if line["event"] == "request")


def test_an_error_gives_its_mark_to_the_reader_and_its_place_to_the_log(
    client: TestClient, library: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A message may quote a question: it stands nowhere. What caused the error is told in the same way."""

    def fail(self: KnowledgeBase, question: str, **_: object) -> None:
        raise RuntimeError(f"cannot answer {question}") from ValueError(question)

    monkeypatch.setattr(KnowledgeBase, "ask", fail)
    with logbook(library.catalogue.home, port=1) as file:
        page = client.get(f"/meenemen/antwoord.csv?q={SECRET}&taal=en", headers={"accept": "text/html"})
        by_program = ask_for_programs(client, SECRET)
    mark = page.headers["x-request-id"]
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    (failure,) = [line["failure"] for line in lines if line.get("id") == mark]

    assert page.status_code == 500
    assert f"mark {mark}" in page.text
    assert "Probeer het opnieuw" in json.loads(by_program.partition("data: ")[2])["error"]
    assert failure["type"] == "RuntimeError"
    assert "search_ui/take_away/downloads.py" in " ".join(failure["at"])
    assert [one["type"] for one in failure["because"]] == ["ValueError"]
    assert SECRET not in file.read_text()
    assert SECRET not in "".join(capfd.readouterr())


def test_questions_are_written_where_that_is_asked_for(client: TestClient, library: KnowledgeBase) -> None:
    """For those who want to know what is asked; by itself no."""
    with logbook(library.catalogue.home, port=1, with_questions=True) as file:
        ask_for_programs(client, f"Wat is {SECRET}?")
    lines = [json.loads(line) for line in file.read_text().splitlines()]

    assert [line["question"] for line in lines if line["event"] == "question"] == [f"Wat is {SECRET}?"]


def test_libraries_are_heard_without_their_words(library: KnowledgeBase) -> None:
    """Of this program the fixed part of a message, of a library only where it spoke."""
    with logbook(library.catalogue.home, port=1) as file:
        logging.getLogger("kb.proef").warning("the index of %s stays", SECRET)
        logging.getLogger("chromadb").warning(f"cannot read {SECRET}")
    ours, theirs = [json.loads(line) for line in file.read_text().splitlines()]

    assert ours["event"] == "the index of %s stays"
    assert (theirs["event"], theirs["logger"]) == ("message", "chromadb")
    assert theirs["where"].startswith("tests/search_ui/test_logbook.py:")


def test_the_log_never_grows_without_end(library: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old lines make way."""
    monkeypatch.setattr(logbook_module, "LARGEST", 2000)
    monkeypatch.setattr(logbook_module, "OLDER", 2)
    home = library.catalogue.home
    with logbook(home, port=1):
        for number in range(200):
            logging.getLogger("kb.proef").warning("number %d", number)

    assert sorted(path.name for path in home.logs.iterdir()) == [f"server-1.jsonl{end}" for end in ("", ".1", ".2")]
    assert sum(path.stat().st_size for path in home.logs.iterdir()) <= 6000


def test_a_change_on_the_page_is_written_down(client: TestClient, library: KnowledgeBase) -> None:
    """By the page, under the name of who sent it; in the thread that takes files in too."""
    client.post(
        "/bibliotheek/toevoegen", data={"naam": "replace"}, files=[("bestanden", ("nota.md", "# N\n\nEen zin."))]
    )
    client.app.state.intake.join(60)
    client.post("/bibliotheek/document/1/intrekken")

    told = [(entry.act, entry.via) for entry, _ in library.catalogue.changes()]

    assert told == [(Act.ADDED, "page"), (Act.WITHDRAWN, "page")]
