"""Bombs through the page: each is set aside with its reason, and meanwhile the server answers others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from kb.catalogue import begin_home
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.testing import WordEncoder
from search_ui.shell.app import create_app
from tests.hostile.bombs import BOMBS
from tests.search_ui.browsing import served

SENT = ("flate.pdf", "zips.docx", "laughs-body.docx", "outside-styles.docx")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """An application of its own, without documents."""
    begin_home(Home(tmp_path / "home"))
    with KnowledgeBase.open(tmp_path / "home", encoder=WordEncoder()) as opened:
        made = create_app(opened)
        yield made
        made.state.intake.join(60)


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """Where it answers."""
    with served(app) as address:
        yield address


def test_bombs_are_set_aside_and_others_are_answered(app: FastAPI, address: str) -> None:
    """Zip and XML bombs, and a PDF that unpacks without end, sent as the page's script sends files, beside a note."""
    with httpx.Client(base_url=address, timeout=60) as client:
        batch = client.post("/bibliotheek/toevoegen/partij").json()
        files = {name: BOMBS[name].make(BOMBS[name].small) for name in SENT}
        for name, content in {**files, "nota.md": b"# Nota\n\nEen zin over het plan."}.items():
            assert client.post(batch["file"], params={"naam": name}, content=content).status_code == 200
        client.post(batch["begin"])
        busy = app.state.intake.is_busy
        asked = [client.get(path).status_code for path in ("/gezond", "/meenemen/antwoord.csv?q=Wat", "/bibliotheek")]
        app.state.intake.join(120)
        said = client.get("/bibliotheek/toevoegen/stand").json()["said"]

    assert (busy, asked) == (True, [200, 200, 200])
    assert said == "Klaar: 1 toegevoegd, 4 opzij gezet."


def test_a_name_leads_nowhere(address: str, tmp_path: Path) -> None:
    """Whatever a file is called, it stays in its folder, and no other file appears."""
    before = {path for path in tmp_path.rglob("*") if "home" not in path.parts}
    with httpx.Client(base_url=address, timeout=60) as client:
        batch = client.post("/bibliotheek/toevoegen/partij").json()
        for name in ("../../../uit.md", "/tmp/uit.md", "..\\..\\uit.md", "a/../../b.md", "\x00.md", "CON", "." * 300):  # noqa: S108
            assert client.post(batch["file"], params={"naam": name}, content=b"# Uit\n").status_code == 200
        assert client.post("/bibliotheek/toevoegen/partij/..%2f..%2f/bestand?naam=x", content=b"x").status_code >= 400

    assert {path for path in tmp_path.rglob("*") if "home" not in path.parts} == before
    assert not Path("/tmp/uit.md").exists()  # noqa: S108
