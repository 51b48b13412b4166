"""The tasks of the people that Bronvast is for, from beginning to end. At a desk they go by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.search_ui.browsing import visit
from tests.search_ui.collection import FOUND
from tests.search_ui.states import NEW_NOTE, outcome

pytestmark = pytest.mark.browser

MOST_STOPS = 250
CLIPBOARD = ["clipboard-read", "clipboard-write"]
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
MAIL = '<div id="mail" contenteditable></div><textarea id="note"></textarea>'


@pytest.fixture
def desk(browser: Browser, office: str) -> Iterator[Page]:
    """A page on a screen of ordinary size."""
    with visit(browser, office, viewport={"width": 1280, "height": 800}, permissions=CLIPBOARD) as page:
        yield page


@pytest.fixture
def telephone(browser: Browser, office: str) -> Iterator[Page]:
    """A page on a telephone."""
    with visit(browser, office, permissions=CLIPBOARD, **TELEPHONE) as page:
        yield page


def reach(page: Page, target: Locator) -> None:
    """Go to a control with Tab alone."""
    expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {target}")


def press(page: Page, role: str, name: str | re.Pattern[str], *, key: str = "Enter") -> None:
    """Go to a control with Tab, and press a key there."""
    target = page.get_by_role(role, name=name, exact=isinstance(name, str)).first
    reach(page, target)
    page.keyboard.press(key)


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter and wait for what comes of it."""
    field = page.get_by_label("Uw vraag")
    reach(page, field)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(f"^{re.escape(question)}"))
    expect(page.locator("body")).not_to_have_class(re.compile(r"\basking\b"))


def add(page: Page, path: Path) -> None:
    """From any page: to the library, choose a file, add it, and wait for the outcome."""
    press(page, "link", "Bibliotheek")
    press(page, "link", "Voeg documenten toe")
    files = page.get_by_label("Bestanden")
    reach(page, files)
    files.set_input_files(path)
    with outcome(page):
        press(page, "button", "Voeg toe")


def test_asking_on_the_telephone_and_pasting_into_a_mail(telephone: Page) -> None:
    """The quote arrives with its reference, in a mail with markup and in a note without."""
    telephone.goto("/")
    field = telephone.get_by_label("Uw vraag")
    field.tap()
    field.fill(FOUND)
    telephone.get_by_role("button", name="Zoek antwoord").tap()
    expect(telephone.locator("#answer .statement").first).to_contain_text("Een mentor is een ervaren collega")
    telephone.get_by_role("button", name="Kopieer met bronnen").tap()
    expect(telephone.get_by_role("status").filter(has_text="Gekopieerd")).to_have_count(1)

    mail = telephone.context.new_page()
    mail.set_content(MAIL)
    for place in ("#mail", "#note"):
        mail.locator(place).focus()
        mail.keyboard.press("ControlOrMeta+V")

    expect(mail.locator("#mail")).to_contain_text("Een mentor is een ervaren collega die een lerende")
    expect(mail.locator("#mail i", has_text="Gids voor mentoren")).not_to_have_count(0)
    expect(mail.locator("#note")).to_have_value(re.compile(r"Steunpunt Leren\. \(2023, 5 april\)\. Gids voor mentoren"))


def test_searching_the_advices_of_one_issuer_since_a_year(desk: Page) -> None:
    """Two filters leave one advice; the address brings a colleague to the same."""
    desk.goto("/")
    ask(desk, "Wat adviseert de raad over de stage?")
    expect(desk.locator("#answer")).to_contain_text("ten minste vier weken")
    press(desk, "button", re.compile("^Filters"))
    press(desk, "checkbox", "Raad voor Leren (2)", key="Space")
    expect(desk.get_by_role("button", name="Raad voor Leren verwijderen")).to_be_visible()
    expect(desk.locator("#scope")).to_contain_text("Zoekt in 2 van de")
    reach(desk, desk.get_by_role("combobox", name="Van", exact=True))
    desk.get_by_role("combobox", name="Van", exact=True).select_option("2021")

    expect(desk.get_by_role("button", name="vanaf 2021 verwijderen")).to_be_visible()
    expect(desk.locator("#scope")).to_contain_text("Zoekt in 1 van de")
    expect(desk.locator("#sources cite")).to_have_text(["Advies over de lange stage"])
    expect(desk).to_have_url(re.compile(r"&uitgever=Raad\+voor\+Leren&van=2021$"))
    colleague = desk.context.new_page()
    colleague.goto(desk.url)
    expect(colleague.locator("#sources cite")).to_have_text(["Advies over de lange stage"])
    expect(colleague.get_by_role("button", name="Filters (2 gekozen)")).to_be_visible()


def test_collecting_definitions_for_a_session(desk: Page, tmp_path: Path) -> None:
    """Two questions in the dossier become one Word file with both definitions and where they stand."""
    desk.goto("/")
    for question, words in ((FOUND, "ervaren collega"), ("Wat is werkplekleren?", "vorm van leren")):
        ask(desk, question)
        expect(desk.locator("#answer .statement").first).to_contain_text(words)
        press(desk, "button", re.compile("In dossier$"))
    dossier = desk.get_by_role("complementary", name="Dossier (2)")
    reach(desk, dossier.get_by_role("link", name="Word"))
    with desk.expect_download() as waiting:
        desk.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "dossier.docx")

    text = "\n".join(one.text for one in docx.Document(str(tmp_path / "dossier.docx")).paragraphs)
    for words in (
        FOUND,
        "Een mentor is een ervaren collega",
        "Werkplekleren is een vorm van leren",
        "Nota over begrippen",
    ):
        assert words in text


def test_adding_a_document_and_asking_it_at_once(desk: Page, tmp_path: Path) -> None:
    """From the outcome to the answer without a restart."""
    (tmp_path / "kantine.md").write_text(NEW_NOTE, "utf8")
    desk.goto("/")
    add(desk, tmp_path / "kantine.md")
    expect(desk.get_by_role("link", name="Nota over de kantine").first).to_be_visible()
    press(desk, "link", "Vraag")
    ask(desk, "Hoeveel kost een maaltijd in de kantine?")

    expect(desk.locator("#answer .statement")).to_contain_text("Een maaltijd in de kantine kost 6 euro.")
    expect(desk.locator("#bron-1")).to_contain_text("Nota over de kantine")


def test_a_document_that_was_set_aside_says_why(desk: Page, tmp_path: Path) -> None:
    """In the outcome and in the library; once it is understood it can go."""
    (tmp_path / "beschadigd.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00\x01" * 99)
    desk.goto("/bibliotheek")
    add(desk, tmp_path / "beschadigd.pdf")
    expect(desk.locator("#jobs")).to_contain_text("opzij gezet, want het bestand is beschadigd of onvolledig")

    press(desk, "link", "Bibliotheek")
    card = desk.get_by_role("listitem").filter(has_text="beschadigd.pdf")
    expect(card).to_contain_text("het bestand is beschadigd of onvolledig")
    reach(desk, card.get_by_role("button", name="Niet meer tonen"))
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_be_focused()
    expect(card).to_have_count(0)


def test_a_date_that_was_put_right_stands_on_the_card(desk: Page) -> None:
    """What a person says goes before what was found, at once."""
    question = "Wie volgt de trajecten op?"
    desk.goto("/")
    ask(desk, question)
    expect(desk.locator("#sources .source").first).to_contain_text("Steunpunt Leren · nota · 2020")

    press(desk, "link", "Bibliotheek")
    press(desk, "link", "Nota over begrippen")
    press(desk, "link", "Verbeter deze gegevens")
    reach(desk, desk.get_by_label("Datum"))
    desk.keyboard.press("ControlOrMeta+A")
    desk.keyboard.type("juli 2018")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Uw verbetering is bewaard.")

    press(desk, "link", "Vraag")
    ask(desk, question)
    expect(desk.locator("#sources .source").first).to_contain_text("Steunpunt Leren · nota · juli 2018")


def test_opening_a_source_and_turning_its_pages(desk: Page) -> None:
    """The quote in the text and on the picture; on to the next page, back, and back to the answer."""
    desk.goto("/")
    ask(desk, FOUND)
    link = desk.get_by_role("link", name="Toon in de tekst (Gids voor mentoren)").first
    reach(desk, link)
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog", name="Gids voor mentoren")
    expect(dialog.locator("mark").first).to_be_in_viewport()
    expect(dialog.locator(".boxes rect").first).to_be_visible()
    place = dialog.locator(".where").inner_text()

    desk.keyboard.press("ArrowRight")
    expect(dialog.locator(".where")).not_to_have_text(place)
    expect(dialog.get_by_role("status")).to_contain_text("Pagina")
    desk.keyboard.press("ArrowLeft")
    expect(dialog.locator(".where")).to_have_text(place)
    expect(dialog.get_by_role("link", name=re.compile("^Open het origineel op p. "))).to_be_visible()
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
