"""Logging in with a browser, as on an office network: by http, under a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.knowledge_base import KnowledgeBase
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access, Way
from tests.search_ui.browsing import chromium, visit, whole_page
from tests.search_ui.front_door import NAME, PASSWORD, Clock
from tests.search_ui.test_accessibility import SIZE, faults
from tests.search_ui.test_journeys import press, reach

pytestmark = pytest.mark.browser

QUESTION = "Hoeveel bedraagt de fietsvergoeding per kilometer?"
A_MINUTE = 60.0


@pytest.fixture(scope="module")
def clock() -> Clock:
    """The server's."""
    return Clock()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that finds the office's name on this computer."""
    with chromium(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as browser:
        yield browser


@pytest.fixture(scope="module")
def door(quick_hashes: None, knowledge_base: KnowledgeBase, clock: Clock) -> Iterator[str]:
    """The address of the whole application, where everybody logs in."""
    users = Users(knowledge_base.catalogue.home)
    users.add("Anna Smit", Role.MANAGER, PASSWORD)
    users.add("bert", Role.READER, PASSWORD)
    with whole_page(knowledge_base, Access(Way.LOGIN, frozenset({NAME}), clock=clock)) as address:
        yield address.replace("127.0.0.1", NAME)


@pytest.fixture(autouse=True)
def _later(clock: Clock) -> None:
    """What another test guessed is long ago."""
    clock.now += A_MINUTE


def log_in(page: Page, name: str = "Anna Smit", password: str = PASSWORD) -> None:
    """Fill in the form that is shown, and send it."""
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Meld u aan").click()
    page.wait_for_load_state()


def test_logging_in_shuts_nobody_out(browser: Browser, door: str) -> None:
    """The page as it opens, after a mistake, after too many, after leaving, and what a reader may not."""
    found = {}
    with visit(browser, door, viewport=SIZE, reduced_motion="reduce") as page:
        page.goto("/bibliotheek/toevoegen")
        found["opened"] = faults(page)
        log_in(page, "bert")
        expect(page.get_by_role("heading", name="Alleen voor beheerders")).to_be_visible()
        found["refused"] = faults(page)
        page.get_by_role("button", name="Meld u af").click()
        expect(page.get_by_role("status")).to_have_text("U bent afgemeld.")
        found["left"] = faults(page)
        for _ in range(6):
            log_in(page, "niemand", "verkeerd wachtwoord")
            if (said := page.get_by_role("alert").inner_text()) not in found:
                found[said] = faults(page)

    assert len(found) == 5
    assert {name: what for name, what in found.items() if what} == {}


def test_a_question_is_asked_by_keyboard_alone_from_logging_in_to_leaving(browser: Browser, door: str) -> None:
    """The address leads to the page to log in and back; a mistake is said, and the field is ready for another try."""
    with visit(browser, door, viewport=SIZE) as page:
        page.goto(f"/?q={QUESTION}")
        expect(page.get_by_label("Naam")).to_be_focused()
        page.keyboard.type("anna smit")
        page.keyboard.press("Tab")
        page.keyboard.type("verkeerd wachtwoord")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("horen niet bij elkaar")
        expect(page.get_by_label("Naam")).to_have_value("anna smit")
        expect(page.get_by_label("Wachtwoord")).to_be_focused()
        expect(page.get_by_label("Wachtwoord")).to_have_accessible_description(re.compile("horen niet bij elkaar"))
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#answer")).to_contain_text("35 cent")
        expect(page.get_by_role("banner")).to_contain_text("Anna Smit")
        reach(page, page.get_by_role("button", name="Meld u af"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("U bent afgemeld.")
        page.go_back()
        expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()


def test_without_scripts_one_logs_in_and_changes_something(browser: Browser, door: str) -> None:
    """By http a browser says where a form comes from only if pages let it."""
    with visit(browser, door, java_script_enabled=False) as page:
        page.goto("/bibliotheek")
        log_in(page)
        assert urlsplit(page.url).path == "/bibliotheek"
        page.goto("/begrippen/bewerk")
        page.get_by_role("button", name="Bewaar").click()
        assert page.title()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[aria-invalid]").first).to_be_visible()


def test_a_session_that_ends_meanwhile_leads_to_the_page_and_back_to_the_question(browser: Browser, door: str) -> None:
    """Nobody is told that the connection is lost, or what he typed."""
    with visit(browser, door) as page:
        page.goto("/")
        log_in(page)
        expect(page.locator("#scope p")).to_be_visible()
        page.context.clear_cookies()
        page.get_by_label("Uw vraag").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()
        log_in(page)
        expect(page.locator("#answer")).to_contain_text("35 cent")


def test_a_reader_finds_the_menu_and_no_buttons_for_managers(browser: Browser, door: str) -> None:
    """The menu is there once somebody is in; what changes something is not."""
    with visit(browser, door) as page:
        page.goto("/")
        expect(page.get_by_role("navigation")).to_have_count(0)
        log_in(page, "bert")
        press(page, "link", "Bibliotheek")
        expect(page.get_by_role("heading", name="Bibliotheek")).to_be_visible()
        expect(page.get_by_role("link", name="Voeg documenten toe")).to_have_count(0)
        press(page, "link", "Hulp")
        expect(page.get_by_text("Alleen wie zich aanmeldt, bereikt de pagina.")).to_be_visible()
