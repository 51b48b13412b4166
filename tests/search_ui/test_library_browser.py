"""The library in a real browser: files are chosen or dropped, followed and there at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from kb.catalogue import begin_home
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.testing import WordEncoder
from search_ui.serve import address_of, listen
from tests.search_ui.test_library import LEESCLUB, QUESTION, app_of

pytestmark = pytest.mark.browser


@pytest.fixture
def library(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """A knowledge base without documents."""
    home = Home(tmp_path / "home")
    begin_home(home)
    with KnowledgeBase.open(home.path, encoder=WordEncoder()) as opened:
        yield opened


@pytest.fixture
def page(library: KnowledgeBase, browser: Browser) -> Iterator[Page]:
    """A page of the running library, whose console has nothing to complain of."""
    with listen("127.0.0.1", 0) as listener:
        app = app_of(library)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        context = browser.new_context(base_url=address_of(listener), locale="nl-BE")
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()
        app.state.intake.join(60)
        server.should_exit = True
        thread.join(30)
    assert [line for line in complaints if "422" not in line] == []


def outcome(page: Page, words: str) -> None:
    """Wait until the page says what became of the files."""
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=60_000)


def test_files_are_chosen_followed_and_asked_at_once(page: Page, library: KnowledgeBase, tmp_path: Path) -> None:
    """One that cannot be read is told apart, on this page and, after a reload, in the list."""
    (tmp_path / "leesclub.md").write_text(LEESCLUB)
    (tmp_path / "kapot.pdf").write_bytes(b"\x00\x01\x02" * 99)
    page.goto("/bibliotheek")
    page.get_by_role("link", name="Voeg documenten toe").click()
    expect(page.locator(".picked").first).to_have_text("nog niets gekozen")
    page.get_by_label("Bestanden").set_input_files([tmp_path / "leesclub.md", tmp_path / "kapot.pdf"])
    expect(page.locator(".picked").first).to_have_text("2 bestanden gekozen")
    expect(page.locator("#sending li")).to_have_count(2)
    page.get_by_role("button", name="Voeg toe").click()

    outcome(page, "Klaar: 1 toegevoegd, 1 opzij gezet.")
    expect(page.get_by_role("status")).to_have_text("Klaar: 1 toegevoegd, 1 opzij gezet.")
    expect(page.get_by_role("button", name="Stop na dit bestand")).to_be_hidden()
    assert "12 euro per jaar" in library.ask(QUESTION).statements[0].text

    page.reload()
    outcome(page, "Klaar: 1 toegevoegd, 1 opzij gezet.")
    page.get_by_role("link", name="Bibliotheek").last.click()
    expect(page.get_by_text("het bestand is beschadigd of onvolledig")).to_be_visible()
    page.get_by_role("button", name="Niet meer tonen").click()
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.get_by_role("heading", name="1 bestand kon niet worden gelezen")).to_be_hidden()


def test_files_can_be_dropped(page: Page) -> None:
    """As from the folder in which they lie."""
    page.goto("/bibliotheek/toevoegen")
    dropped = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'leesclub.md')); return data; }",
        LEESCLUB,
    )
    page.locator(".drop").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.locator("#sending li")).to_have_text("leesclub.md")
    page.get_by_role("button", name="Voeg toe").click()

    outcome(page, "Klaar: 1 toegevoegd.")


def test_a_date_is_corrected_by_keyboard(page: Page, tmp_path: Path) -> None:
    """What is wrong has the focus and leads to its field; what is right is said on the page of the document."""
    (tmp_path / "leesclub.md").write_text(LEESCLUB)
    page.goto("/bibliotheek/toevoegen")
    page.get_by_label("Bestanden").set_input_files(tmp_path / "leesclub.md")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("link", name="Nota over de leesclub", exact=True).click(timeout=60_000)
    page.get_by_role("link", name="Verbeter deze gegevens").click()

    date = page.get_by_label("Datum")
    date.fill("ooit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(date).to_be_focused()
    date.fill("juli 2018")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Uw verbetering is bewaard.")
    expect(page.get_by_role("row", name="datum")).to_contain_text("juli 2018")


def test_nothing_runs_off_the_screen(page: Page, tmp_path: Path) -> None:
    """On a telephone each row of the list is a card; a name without a space is broken."""
    (tmp_path / f"{'een_heel_lange_naam_' * 6}.md").write_text(LEESCLUB)
    page.goto("/bibliotheek/toevoegen")
    page.get_by_label("Bestanden").set_input_files(next(tmp_path.glob("*.md")))
    page.get_by_role("button", name="Voeg toe").click()
    outcome(page, "Klaar: 1 toegevoegd.")
    for path in ("toevoegen", "", "beeld", "document/1", "document/1/gelezen", "document/1/gegevens"):
        page.goto(f"/bibliotheek/{path}".rstrip("/"))
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
