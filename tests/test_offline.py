"""Nothing leaves this machine: reading, asking and opening the page look up no host and connect to none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# An audit hook sees every look-up and connection that Python makes, in whatever library.
GUARD = """
import sys

def guard(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in (None, "", "127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost"):
        print("OUTSIDE:", event, host, file=sys.stderr, flush=True)
        raise OSError(f"no way to {host}")

sys.addaudithook(guard)
"""
READ_AND_ASK = """
from kb.cli.app import build
note, home = sys.argv[1:]
for command in (["ingest", note], ["ask", "Wat is een mentor?"]):
    build()([*command, "--home", home], standalone_mode=False)
"""
OPEN_THE_PAGES = """
from pathlib import Path
from fastapi.testclient import TestClient
from kb.knowledge_base import KnowledgeBase
from kb.wording import LANGUAGES
from search_ui.addresses import address_of
from search_ui.frame import MENU
from search_ui.shell.app import create_app

with KnowledgeBase.open(Path(sys.argv[1])) as knowledge_base:
    with TestClient(create_app(knowledge_base), base_url="http://127.0.0.1") as client:
        (card,) = knowledge_base.documents()
        passage = knowledge_base.search("mentor")[0].stored.key
        menu = [address_of(place, language) for place in MENU for language in LANGUAGES]
        sources = [f"/bron/{passage}", f"/document/{card.key}", f"/document/{card.key}/beeld", f"/origineel/{card.key}"]
        files = [f"/meenemen/antwoord.{ending}?q=Wat+is+een+mentor%3F" for ending in ("docx", "csv", "ris")]
        document = f"/bibliotheek/document/{card.key}"
        for path in (*menu, *sources, *files, document):
            assert client.get(path).status_code == 200, path
        added = [("bestanden", ("gids.md", "# Gids\\n\\nEen gids wijst de weg."))]
        client.post("/bibliotheek/toevoegen", data={"naam": "replace"}, files=added)
        client.app.state.intake.join(60)
        call = client.post("/gradio_api/call/ask", json={"data": ["Wat is een gids?"]}).json()["event_id"]
        assert "wijst de weg" in client.get(f"/gradio_api/call/ask/{call}").text
"""


def guarded(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program under the guard."""
    return subprocess.run(
        [sys.executable, "-c", GUARD + program, *arguments], capture_output=True, text=True, check=False
    )


def test_the_guard_sees_a_connection() -> None:
    """The test below can fail."""
    done = guarded("import urllib.request; urllib.request.urlopen('http://example.org')")

    assert "OUTSIDE: socket" in done.stderr


def test_reading_asking_and_all_pages_stay_on_this_machine(tmp_path: Path) -> None:
    """With the real encoder, the real index and the real pages, from an empty home."""
    note = tmp_path / "nota.md"
    note.write_text("# Mentor\n\nEen mentor is een collega die een lerende begeleidt.\n", encoding="utf8")
    home = str(tmp_path / "home")

    steps = (
        guarded(READ_AND_ASK, str(note), home),
        guarded(OPEN_THE_PAGES, home),
    )

    assert [(step.returncode, "OUTSIDE" in step.stderr) for step in steps] == [(0, False)] * 2, steps
    assert "Een mentor is een collega" in steps[0].stdout
