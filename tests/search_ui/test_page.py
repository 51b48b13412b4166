"""The page in a real browser, as a reader uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.needs import program

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUESTION = "Hoeveel bedraagt de fietsvergoeding per kilometer?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this computer."""
    executable = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page in a browser that speaks English: it is Dutch all the same. Closing checks what every test must keep:
    no complaint in the console, and no request to another host.
    """
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    hosts: set[str | None] = set()
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    yield page
    context.close()
    assert complaints == []
    assert hosts - {None} == {"127.0.0.1"}


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    page.get_by_label("Uw vraag").fill(question)
    page.keyboard.press("Enter")


def heading(page: Page, name: str) -> None:
    """Wait for a heading."""
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_a_reader_asks_reads_and_checks(page: Page) -> None:
    """From question to answer, to its source, to the source in its text, and back."""
    page.goto("/")
    ask(page, QUESTION)
    heading(page, "Antwoord")
    expect(page.locator("#answer")).to_contain_text(re.compile(r"35 cent per kilometer\..* \[1\]"))

    page.get_by_role("link", name="bron 1", exact=True).click()
    expect(page.locator("#bron-1")).to_be_focused()
    expect(page.locator("#bron-1")).to_contain_text("Dienst Mobiliteit · nota · november 2023 · “Bedrag”")
    expect(page.locator("#bron-1 mark")).to_contain_text("De fietsvergoeding bedraagt 35 cent per kilometer.")

    link = page.get_by_role("link", name="Toon in de tekst (Nota over de fietsvergoeding)")
    link.click()
    dialog = page.get_by_role("dialog", name="Nota over de fietsvergoeding")
    expect(dialog.locator("mark")).to_be_in_viewport()
    expect(dialog).to_contain_text("Ze wordt elke maand samen met het loon betaald.")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_the_address_asks_the_same_again(page: Page) -> None:
    """A link to an answer, filters included, can be sent to a colleague."""
    page.goto("/")
    ask(page, QUESTION)
    heading(page, "Antwoord")
    expect(page).to_have_url(re.compile(r"\?q=Hoeveel\+bedraagt"))

    page.goto("/?q=fietsvergoeding+per+kilometer&soort=nota")
    expect(page.get_by_label("Uw vraag")).to_have_value("fietsvergoeding per kilometer")
    expect(page.locator("#answer")).to_contain_text("Gezocht met filters: nota.")
    expect(page.get_by_role("button", name="Filters (1 gekozen)")).to_be_visible()


def test_filters_narrow_and_can_be_cleared(page: Page) -> None:
    """Choosing a filter asks again at once; clearing brings the answer back."""
    page.goto("/")
    ask(page, QUESTION)
    heading(page, "Antwoord")
    fold = page.get_by_role("button", name=re.compile("^Filters"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")

    page.get_by_label("Soort document").click()
    page.get_by_role("option", name="advies (1)").click()
    heading(page, "Geen antwoord gevonden")
    expect(page.locator("#answer")).to_contain_text("Wis de filters")

    page.get_by_role("button", name="Wis filters").click()
    heading(page, "Antwoord")
    expect(page).to_have_url(re.compile(r"\?q=[^&]*$"))


def test_what_is_not_in_the_documents_is_not_answered(page: Page) -> None:
    """An honest no, with the nearest passages marked as no answer."""
    page.goto("/")
    ask(page, "Welke kleur heeft de fietsvergoeding van de koningin van Denemarken?")
    heading(page, "Geen antwoord gevonden")
    heading(page, "Wat er het dichtst bij komt")
    expect(page.locator("#sources")).to_contain_text("Dit is geen antwoord op uw vraag")
    expect(page.get_by_role("status").filter(has_text="Geen antwoord gevonden")).to_be_attached()


def test_hostile_text_is_only_text(page: Page) -> None:
    """Markup and templates in a title, a publisher, a quote and a question do nothing."""
    page.goto("/")
    ask(page, "Hoe luidt de proefzin met tekens <script>window.gekraakt=6</script> {{7*7}} ${window.gekraakt=7}?")
    expect(page.locator("#sources")).to_contain_text("{{constructor}} ${window.gekraakt=2} en eindigt hier.")
    expect(page.locator("#sources")).to_contain_text("{{7*7}} ${window.gekraakt=4}")
    page.get_by_role("link", name="Toon in de tekst").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("<img src=x onerror=window.gekraakt=1>")

    assert page.evaluate("window.gekraakt") is None


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_off_the_screen(page: Page, width: int) -> None:
    """On a telephone too the page is read in one direction."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/?q=Welke+uitrusting+bezorgt+de+dienst+elke+thuiswerker%3F")
    heading(page, "Antwoord")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_speaks_english_when_asked(page: Page) -> None:
    """The question stays as it was; the documents stay Dutch."""
    page.goto("/?taal=en&q=fietsvergoeding+per+kilometer")
    heading(page, "Answer")
    expect(page.locator("#bron-1")).to_contain_text("November 2023")
    expect(page.locator("#answer .statement")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("link", name="Nederlands")).to_have_attribute("href", "/")
