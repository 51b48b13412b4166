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
from pathlib import Path
from kb.cli import main
sys.argv = ["bronvast", *sys.argv[1:]]
main()
"""
OPEN_THE_PAGE = """
from pathlib import Path
from fastapi.testclient import TestClient
from kb.knowledge_base import KnowledgeBase
from search_ui.shell.app import create_app
with KnowledgeBase.open(Path(sys.argv[1])) as knowledge_base, TestClient(create_app(knowledge_base)) as client:
    assert client.get("http://127.0.0.1/").status_code == 200
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


def test_reading_asking_and_the_page_stay_on_this_machine(tmp_path: Path) -> None:
    """With the real encoder, the real index and the real page, from an empty home."""
    note = tmp_path / "nota.md"
    note.write_text("# Mentor\n\nEen mentor is een collega die een lerende begeleidt.\n", encoding="utf8")
    home = str(tmp_path / "home")

    steps = (
        guarded(READ_AND_ASK, "ingest", str(note), "--home", home),
        guarded(READ_AND_ASK, "ask", "Wat is een mentor?", "--home", home),
        guarded(OPEN_THE_PAGE, home),
    )

    assert [(step.returncode, "OUTSIDE" in step.stderr) for step in steps] == [(0, False)] * 3, steps
    assert "Een mentor is een collega" in steps[1].stdout
