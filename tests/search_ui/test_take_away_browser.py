"""Taking an answer along, in a real browser: what lies on the clipboard, and what a reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.search_ui.browsing import tab

pytestmark = pytest.mark.browser

LIST = "/?q=Welke+uitrusting+bezorgt+de+dienst+elke+thuiswerker%3F"
READ = """navigator.clipboard.read().then(async ([item]) => ({
  html: await (await item.getType("text/html")).text(), text: await (await item.getType("text/plain")).text()}))"""
REFUSING = "navigator.clipboard.write = () => Promise.reject(new Error('no')); "


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page in a browser that may use the clipboard."""
    with tab(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def test_an_answer_is_copied_rich_and_plain_at_once(page: Page) -> None:
    """A mail gets headings, lists and italics, a note the same as text; who cannot see it hears it."""
    page.goto(LIST)
    page.get_by_role("button", name="Kopieer met bronnen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Gekopieerd: u kunt het nu plakken.")).to_have_count(1)
    copied = page.evaluate(READ)

    assert "<li>een draagbare computer;</li>" in copied["html"]
    assert "<i>Advies over thuiswerk</i>" in copied["html"]
    assert "\n• een draagbare computer;\n" in copied["text"]
    assert (
        "\n[1] Personeelsraad. (2021, 4 maart). Advies over thuiswerk [Advies]. Onder “Uitrusting”.\n" in copied["text"]
    )


def test_a_statement_is_copied_as_a_quote_with_its_reference(page: Page) -> None:
    """By the button behind it, which is told apart from the one for the whole."""
    page.goto("/?q=Hoeveel+bedraagt+de+fietsvergoeding+per+kilometer%3F")
    page.get_by_role("button", name="Kopieer dit onderdeel met zijn bron").first.click()
    expect(page.get_by_role("status").filter(has_text="Gekopieerd")).to_have_count(1)

    assert page.evaluate(READ)["text"].endswith(
        "” (Dienst Mobiliteit, 2023)\n\nDienst Mobiliteit. (2023, november). Nota over de fietsvergoeding [Nota]."
    )


def test_a_browser_that_refuses_the_new_way_copies_the_old_way(page: Page) -> None:
    """The command of old needs no permission."""
    page.add_init_script(REFUSING)
    page.goto(LIST)
    page.get_by_role("button", name="Kopieer met bronnen").click()
    expect(page.get_by_role("status").filter(has_text="Gekopieerd")).to_have_count(1)

    assert "<i>Advies over thuiswerk</i>" in page.evaluate(READ)["html"]


def test_a_browser_that_refuses_altogether_shows_the_text_to_copy_by_hand(page: Page) -> None:
    """Selected already, and closing leads back to the button."""
    page.add_init_script(f"{REFUSING} document.execCommand = () => false;")
    page.goto(LIST)
    button = page.get_by_role("button", name="Kopieer met bronnen")
    button.click()
    field = page.get_by_role("textbox", name="Antwoord met bronnen")
    expect(field).to_be_focused()
    assert "een draagbare computer" in field.evaluate(
        "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    )

    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(button).to_be_focused()


def test_the_link_to_word_gives_the_same_answer_as_a_file(page: Page, tmp_path: Path) -> None:
    """Under the name of the question, and the page stays."""
    page.goto(LIST)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word", exact=True).click()
    download = waiting.value
    download.save_as(tmp_path / "antwoord.docx")

    assert download.suggested_filename == "bronvast-Welke-uitrusting-bezorgt-de-dienst-elke-thuiswerker.docx"
    texts = [one.text for one in docx.Document(str(tmp_path / "antwoord.docx")).paragraphs]
    assert "een draagbare computer;" in texts
    expect(page.get_by_role("link", name="Word", exact=True)).to_be_visible()


def test_a_dossier_gathers_answers_in_the_browser(page: Page) -> None:
    """They are put in order and removed by keyboard, outlive a reload, and come as one file."""
    for address in (LIST, "/?q=Hoeveel+bedraagt+de+fietsvergoeding+per+kilometer%3F&soort=nota"):
        page.goto(address)
        button = page.get_by_role("button", name="In dossier")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/")
    dossier = page.get_by_role("complementary", name="Dossier (2)")
    dossier.get_by_role("button", name="Omhoog: Hoeveel bedraagt").focus()
    page.keyboard.press("Enter")
    expect(dossier.get_by_role("listitem").first).to_contain_text(
        "Hoeveel bedraagt de fietsvergoeding per kilometer? · nota"
    )

    with page.expect_download() as waiting:
        dossier.get_by_role("link", name="Markdown").click()
    headings = [line for line in waiting.value.path().read_text("utf8").splitlines() if line.startswith("#")]
    assert headings[1:3] == [
        "## Hoeveel bedraagt de fietsvergoeding per kilometer?",
        "## Welke uitrusting bezorgt de dienst elke thuiswerker?",
    ]

    dossier.get_by_role("button", name="Verwijder: Hoeveel bedraagt").press("Enter")
    expect(page.get_by_role("button", name="Verwijder: Welke uitrusting")).to_be_focused()
    page.get_by_role("button", name="Wis het dossier").press("Enter")
    expect(page.get_by_label("Uw vraag")).to_be_focused()
    expect(page.get_by_role("complementary")).to_have_count(0)
