"""WCAG A and AA on every page and in every state, on a telephone and a desk, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.search_ui.browsing import visit
from tests.search_ui.collection import FOUND
from tests.search_ui.measuring import cut_off, moving, paint, sideways, small_targets, spread_text, violations, walk
from tests.search_ui.states import EMPTY_STATES, NEW_NOTE, STATES, added, asked, lost, source_link

pytestmark = pytest.mark.browser

TELEPHONE, DESK = 390, 1280
ZOOMED = {TELEPHONE: 320, DESK: 640}  # WCAG 1.4.10, and 1.4.4: a desk at 200 % is half as wide
HEIGHT = 800


@pytest.fixture(scope="module", params=[TELEPHONE, DESK])
def page(request: pytest.FixtureRequest, browser: Browser, office: str) -> Iterator[Page]:
    """One page of a width for all states, for a reader who wants nothing to move."""
    size = {"width": request.param, "height": HEIGHT}
    with visit(browser, office, viewport=size, reduced_motion="reduce") as page:
        yield page


def faults(page: Page) -> dict[str, object]:
    """Everything wrong with what is on the screen, by what was looked at."""
    width = page.viewport_size["width"]
    paint(page, "light")
    found: dict[str, object] = {"light": violations(page)}
    paint(page, "dark")
    found["dark"] = violations(page, only_colour=True)
    paint(page, "light")
    found |= {"targets": small_targets(page), "moving": moving(page), "sideways": sideways(page)}
    page.set_viewport_size({"width": ZOOMED[width], "height": HEIGHT})
    found["sideways, zoomed"] = sideways(page)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    spread_text(page)
    found |= {"sideways, spread": sideways(page), "cut off, spread": cut_off(page)}
    return {name: what for name, what in found.items() if what}


@pytest.mark.parametrize("state", STATES)
def test_no_state_shuts_anybody_out(page: Page, state: str) -> None:
    """By axe, and by what axe does not measure: zoom, text spacing, sizes, motion."""
    STATES[state](page)

    assert faults(page) == {}


@pytest.mark.parametrize("state", EMPTY_STATES)
def test_without_documents_nobody_is_shut_out(browser: Browser, empty_office: str, state: str) -> None:
    """The first pages that a new user sees."""
    with visit(browser, empty_office, viewport={"width": TELEPHONE, "height": HEIGHT}, reduced_motion="reduce") as page:
        EMPTY_STATES[state](page)
        page.locator("h1").wait_for()
        assert faults(page) == {}


def test_what_became_of_a_file_shuts_nobody_out(page: Page, tmp_path: Path) -> None:
    """The page while and after files are added."""
    (tmp_path / "kantine.md").write_text(NEW_NOTE, "utf8")
    (tmp_path / "stuk.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00" * 99)
    for name in ("kantine.md", "stuk.pdf"):
        added(page, tmp_path / name)

    assert faults(page) == {}


def test_a_source_beside_the_page_shuts_nobody_out(browser: Browser, office: str) -> None:
    """On a wide screen it is a panel."""
    with visit(browser, office, viewport={"width": 1600, "height": HEIGHT}, reduced_motion="reduce") as page:
        asked(page, FOUND)
        source_link(page)
        assert violations(page) == []
        assert small_targets(page) == []


def test_a_lost_connection_shuts_nobody_out(browser: Browser, office: str) -> None:
    """The message about it."""
    size = {"width": TELEPHONE, "height": HEIGHT}
    context = browser.new_context(base_url=office, viewport=size, reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    lost(page)
    assert faults(page) == {}
    context.close()


KEYBOARD = (
    *("opened", "filters", "found", "dossier", "source as a page", "menu: library", "menu: terms", "menu: guide"),
    *("library, adding", "document", "document, a mistake", "document as read"),
)


@pytest.mark.parametrize("state", KEYBOARD)
def test_the_keyboard_comes_everywhere_and_is_seen(page: Page, state: str) -> None:
    """First the way past the menu; then each stop on the screen, marked, and once."""
    STATES[state](page)
    stops = walk(page)

    assert "#inhoud" in page.locator("a.skip").get_attribute("href")
    assert "skip" in stops[0].name
    assert [stop.name for stop in stops if not (stop.is_seen and stop.is_marked)] == []


@pytest.mark.parametrize("state", ["found", "source as a page", "menu: library"])
def test_the_menu_can_be_skipped(page: Page, state: str) -> None:
    """The first thing the keyboard meets leads past it."""
    STATES[state](page)
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


def test_the_measures_can_find_fault(browser: Browser, office: str) -> None:
    """Else the tests above prove nothing."""
    with visit(browser, office, viewport={"width": TELEPHONE, "height": HEIGHT}) as page:
        page.set_content(
            """<style>button:focus { outline: none } p { overflow: hidden; height: 1em; transition: color 1s }</style>
            <button style="width: 9px; height: 9px; padding: 0; border: 0"></button><a href="#x">ver</a>
            <p style="color: #ccc; width: 900px; background: #fff">Bleke woorden</p>"""
        )
        stops = walk(page)
        found = faults(page)

    assert [stop.is_marked for stop in stops] == [False, True]
    assert {"light", "dark", "targets", "moving", "sideways", "sideways, zoomed", "cut off, spread"} <= found.keys()
