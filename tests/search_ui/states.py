"""Every page and state of the application, each by the way a reader gets there. Served over the collection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from search_ui.addresses import address_of
from search_ui.frame import MENU
from tests.search_ui.collection import ACRONYM, FOUND, LIST, NOWHERE, PARTLY

Reach = Callable[[Page], None]
NEW_NOTE = "# Nota over de kantine\n\nEen maaltijd in de kantine kost 6 euro.\n"


def asked(page: Page, question: str, **filters: str) -> None:
    """The page with the answer to a question."""
    page.goto(f"/?{urlencode({'q': question, **filters})}")
    expect(page.locator("#answer h2, #answer .problem")).to_be_visible()


def opened(page: Page) -> None:
    """The page for questions as it opens."""
    page.goto("/")
    expect(page.locator("#scope p")).to_be_visible()


def _with_filters(page: Page) -> None:
    asked(page, FOUND, soort="gids", van="2020")
    page.get_by_role("button", name=re.compile("^Filters")).click()
    expect(page.get_by_role("checkbox", name="gids (1)")).to_be_visible()


def _history(page: Page) -> None:
    asked(page, FOUND)
    page.locator("#history summary").click()
    expect(page.locator("#history .again").first).to_be_visible()


def _dossier(page: Page) -> None:
    asked(page, LIST)
    button = page.get_by_role("button", name="In dossier")
    if button.get_attribute("aria-pressed") != "true":  # the browser keeps it
        button.click()
    expect(page.get_by_role("complementary", name="Dossier (1)")).to_be_visible()


def _explained(page: Page) -> None:
    asked(page, FOUND)
    page.locator("#sources details summary").first.click()


def _meaning(page: Page) -> None:
    asked(page, ACRONYM)
    page.locator("dfn", has_text="VDAB").first.focus()
    expect(page.locator(".explanation", has_text="VDAB")).to_be_visible()


def _term_with_mistake(page: Page) -> None:
    page.goto("/begrippen/bewerk")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("[aria-invalid]").first).to_be_focused()


def lost(page: Page) -> None:
    """A question that finds no connection; the console complains of it."""
    opened(page)
    page.context.set_offline(True)
    page.get_by_label("Uw vraag").fill(FOUND)
    page.keyboard.press("Enter")
    expect(page.locator("#unanswered").get_by_text("De verbinding met Bronvast is weg.")).to_be_visible()


def source_link(page: Page) -> None:
    """The first link to a source of the answer that is shown."""
    page.locator("#sources a[data-source]").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark").first).to_be_in_viewport()
    expect(dialog.get_by_role("img")).to_be_visible()


def _source_dialog(page: Page) -> None:
    asked(page, FOUND)
    source_link(page)


def _source_page(page: Page) -> None:
    asked(page, FOUND)
    page.goto(page.locator("#sources a[data-source]").first.get_attribute("href") or "")
    expect(page.locator("mark").first).to_be_visible()


def document(page: Page, title: str = "Gids voor mentoren") -> None:
    """The page of a document in the library."""
    page.goto("/bibliotheek")
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def _link_of_document(name: str, *, title: str = "Gids voor mentoren") -> Reach:
    def reach(page: Page) -> None:
        document(page, title)
        page.get_by_role("link", name=name).click()
        page.wait_for_load_state()

    return reach


def _edit_with_mistake(page: Page) -> None:
    _link_of_document("Verbeter deze gegevens")(page)
    page.get_by_label("Datum").fill("ooit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()


def added(page: Page, path: Path) -> None:
    """A file was chosen and taken in; what became of it is said."""
    page.goto("/bibliotheek/toevoegen")
    page.get_by_label("Bestanden").set_input_files(path)
    with outcome(page):
        page.get_by_role("button", name="Voeg toe").click()


@contextmanager
def outcome(page: Page) -> Iterator[None]:
    """Wait until what is begun here is done: jobs of other tests may stand there already."""
    jobs = page.locator("#jobs h2")
    latest = jobs.first.get_attribute("id") if jobs.count() else "none"
    yield
    newest = page.locator(f"#jobs .job:first-child h2:not(#{latest})")
    expect(newest).to_have_text(re.compile("^Klaar:"))


def _address(path: str) -> Reach:
    def reach(page: Page) -> None:
        page.goto(path)

    return reach


def _answer(question: str) -> Reach:
    return lambda page: asked(page, question)


STATES: dict[str, Reach] = {
    "opened": opened,
    "opened in English": _address("/en/"),
    **{f"menu: {place}": _address(address_of(place, "nl")) for place in MENU},
    "found": _answer(FOUND),
    "list": _answer(LIST),
    "partial": _answer(PARTLY),
    "not found": _answer(NOWHERE),
    "empty question": _answer(" "),
    "filters": _with_filters,
    "history": _history,
    "dossier": _dossier,
    "explained": _explained,
    "meaning of a term": _meaning,
    "source in a dialog": _source_dialog,
    "source as a page": _source_page,
    "source that is gone": _address("/bron/999999"),
    "library, nothing found": _address("/bibliotheek?zoek=nergens&soort=nota"),
    "library, narrowed": _address("/bibliotheek?soort=advies"),
    "library, picture": _address("/bibliotheek/beeld"),
    "library, adding": _address("/bibliotheek/toevoegen"),
    "document": document,
    "whole document": _link_of_document("Open het document"),
    "document as read": _link_of_document("Zoals Bronvast het las"),
    "document, correcting": _link_of_document("Verbeter deze gegevens"),
    "document, a mistake": _edit_with_mistake,
    "document, new version": _link_of_document("Vervang door een nieuwe versie"),
    "document, removing": _link_of_document("Verwijder…"),
    "terms, nothing found": _address("/begrippen?zoek=nergens"),
    "terms, writing": _address("/begrippen/bewerk"),
    "terms, a mistake": _term_with_mistake,
    "no such page": _address("/nergens"),
    "refused": _address("/meenemen/antwoord.exe"),
}
# Over a home without documents.
EMPTY_STATES: dict[str, Reach] = {
    "no documents": _address("/"),
    "empty library": _address("/bibliotheek"),
    "empty picture": _address("/bibliotheek/beeld"),
}
