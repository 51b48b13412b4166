"""WCAG A and AA on every page and in every state, on a telephone and a desk, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.search_ui.browsing import tab, visit
from tests.search_ui.collection import FOUND
from tests.search_ui.measuring import cut_off, moving, paint, sideways, small_targets, spread_text, violations, walk
from tests.search_ui.states import EMPTY_STATES, NEW_NOTE, STATES, added, asked, lost, source_link

pytestmark = pytest.mark.browser

TELEPHONE, DESK = 390, 1280
ZOOMED = {TELEPHONE: 320, DESK: 640}  # WCAG 1.4.10, and 1.4.4: a desk at 200 % is half as wide
HEIGHT = 800
SIZE = {"width": DESK, "height": HEIGHT}
# The states in which a reader works longest, or with the most to press: there the keyboard goes everywhere.
KEYBOARD = (
    *("opened", "filters", "found", "dossier", "source as a page", "menu: library", "menu: terms", "menu: guide"),
    *("library, adding", "document", "document, a mistake", "document as read"),
)


@pytest.fixture(scope="module")
def page(browser: Browser, office: str) -> Iterator[Page]:
    """One page for all states, for a reader who wants nothing to move."""
    with visit(browser, office, viewport=SIZE, reduced_motion="reduce") as page:
        yield page
        page.set_viewport_size(SIZE)


def faults(page: Page, *, by_keyboard: bool = False) -> dict[str, object]:
    """Everything wrong with what is on the screen, on a desk and on a telephone, by what was looked at."""
    found = {}
    for width, schemes in ((DESK, ("light", "dark")), (TELEPHONE, ("dark", "light"))):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in schemes:
            paint(page, scheme)
            found[f"{scheme}, {width}"] = violations(page, only_colour=scheme == "dark")
        if by_keyboard:
            found[f"keyboard, {width}"] = keyboard_faults(page)
        found |= {f"{name}, {width}": what for name, what in faults_of_size(page, width).items()}
    page.set_viewport_size(SIZE)
    return {name: what for name, what in found.items() if what}


def faults_of_size(page: Page, width: int) -> dict[str, object]:
    """What is too small, moves, or does not fit at one width, also where there is nothing wrong. Leaves it zoomed."""
    found: dict[str, object] = {
        "targets": small_targets(page),
        "moving": moving(page),
        "sideways": sideways(page),
    }
    with spread_text(page):
        found |= {"sideways, spread": sideways(page), "cut off, spread": cut_off(page)}
    page.set_viewport_size({"width": ZOOMED[width], "height": HEIGHT})
    return found | {"sideways, zoomed": sideways(page)}


def keyboard_faults(page: Page) -> list[str]:
    """First the way past the menu, which leads past it; then each stop on the screen, marked, and once."""
    stops = walk(page)
    found = [stop.name for stop in stops if not (stop.is_seen and stop.is_marked)]
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    led = page.evaluate("document.activeElement.id")
    return (
        found
        + [f"begins with {one.name}" for one in stops[:1] if "skip" not in one.name]
        + ([] if led == "inhoud" else [f"the way past the menu leads to {led}"])
    )


@pytest.mark.parametrize("state", STATES)
def test_no_state_shuts_anybody_out(page: Page, state: str) -> None:
    """By axe, and by what axe does not measure: zoom, text spacing, sizes, motion, the keyboard."""
    STATES[state](page)

    assert faults(page, by_keyboard=state in KEYBOARD) == {}


def test_the_keyboard_is_tried_in_states_that_there_are() -> None:
    """A state that is called otherwise would no longer be walked through."""
    assert set(KEYBOARD) <= set(STATES)


@pytest.mark.parametrize("state", EMPTY_STATES)
def test_without_documents_nobody_is_shut_out(browser: Browser, empty_office: str, state: str) -> None:
    """The first pages that a new user sees."""
    with visit(browser, empty_office, viewport=SIZE, reduced_motion="reduce") as page:
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
    with tab(browser, office, viewport=SIZE, reduced_motion="reduce") as page:
        lost(page)
        assert faults(page) == {}


def test_the_measures_can_find_fault(browser: Browser, office: str) -> None:
    """Else the tests above prove nothing."""
    with visit(browser, office, viewport=SIZE) as page:
        page.set_content(
            """<a class="skip" href="#x">ver</a><style>button:focus { outline: none }
            p { overflow: hidden; height: 1em; transition: color 1s }</style>
            <button style="width: 9px; height: 9px; padding: 0; border: 0"></button>
            <p style="color: #ccc; width: 1900px; background: #fff">Bleke woorden</p>"""
        )
        found = faults(page, by_keyboard=True)

    for width in (DESK, TELEPHONE):
        looked_at = {
            "light",
            "dark",
            "targets",
            "moving",
            "sideways",
            "sideways, zoomed",
            "cut off, spread",
            "keyboard",
        }
        assert {f"{name}, {width}" for name in looked_at} <= found.keys()
        assert len(found[f"keyboard, {width}"]) == 2  # the button, and where the link leads
