"""The page in a real browser, as a reader uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from gradio.queueing import Queue
from playwright.sync_api import Browser, Locator, Page, expect

from kb.wording import say
from search_ui.question.page import LONGEST_QUEUE
from search_ui.shell.allowances import Kind
from search_ui.shell.rates import Buckets
from tests.search_ui.browsing import tab, visit

pytestmark = pytest.mark.browser

QUESTION = "Hoeveel bedraagt de fietsvergoeding per kilometer?"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page over the notes."""
    with visit(browser, address) as page:
        yield page


def field(page: Page) -> Locator:
    """Where a question is typed."""
    return page.get_by_label("Uw vraag")


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    field(page).fill(question)
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
    expect(page).to_have_title(re.compile(r"^Hoeveel bedraagt"))

    page.goto("/?q=fietsvergoeding+per+kilometer&soort=nota&van=2020")
    expect(field(page)).to_have_value("fietsvergoeding per kilometer")
    expect(page.locator("#scope")).to_contain_text("Zoekt in 1 van de 3 documenten.")
    expect(page.get_by_role("button", name="nota verwijderen")).to_be_visible()
    expect(page.get_by_role("button", name="vanaf 2020 verwijderen")).to_be_visible()
    expect(page.get_by_role("button", name="Filters (2 gekozen)")).to_be_visible()


def test_filters_narrow_and_can_be_taken_away_with_the_keyboard(page: Page) -> None:
    """Choosing a filter asks again at once; its button above the answer brings the answer back."""
    page.goto("/")
    ask(page, QUESTION)
    heading(page, "Antwoord")
    fold = page.get_by_role("button", name=re.compile("^Filters"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")

    page.get_by_role("checkbox", name="advies (1)").press("Space")
    heading(page, "Geen antwoord gevonden")
    expect(page.get_by_role("checkbox", name="advies (1)")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Dienst Mobiliteit (0)")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("Zoek zonder filters (nu: advies)")

    page.get_by_role("button", name="advies verwijderen").press("Enter")
    heading(page, "Antwoord")
    expect(page.get_by_role("checkbox", name="advies (1)")).not_to_be_checked()
    expect(page.get_by_role("heading", name="Antwoord", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=[^&]*$"))


def test_what_is_being_typed_is_never_lost(page: Page) -> None:
    """Not by the page that is still loading, nor by an answer, a filter, a reload or the way back."""
    page.goto("/?q=fietsvergoeding", wait_until="commit")
    field(page).fill("Hoeveel dagen")
    expect(page.locator("#answer h2")).to_be_visible()
    expect(field(page)).to_have_value("Hoeveel dagen")

    page.get_by_role("button", name=re.compile("^Filters")).click()
    page.get_by_role("checkbox", name="nota (1)").check()
    expect(page.get_by_role("button", name="nota verwijderen")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=fietsvergoeding&soort=nota$"))
    page.reload()
    expect(page.get_by_role("button", name="nota verwijderen")).to_be_visible()
    expect(field(page)).to_have_value("Hoeveel dagen")

    ask(page, QUESTION)
    expect(page.get_by_role("button", name="nota verwijderen")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^Hoeveel bedraagt"))
    page.go_back()
    expect(field(page)).to_have_value("fietsvergoeding")
    page.go_forward()
    expect(field(page)).to_have_value(QUESTION)
    expect(page.locator("#answer .statement")).to_contain_text("35 cent")


def test_of_two_questions_the_last_is_answered(page: Page) -> None:
    """Whoever thinks again gets the answer to the last, also where the page is still opening."""
    page.goto("/?q=uitrusting", wait_until="commit")
    ask(page, QUESTION)
    ask(page, "Welke uitrusting bezorgt de dienst elke thuiswerker?")
    expect(page.locator("#answer")).to_contain_text("een verstelbare bureaustoel")
    expect(field(page)).to_have_value("Welke uitrusting bezorgt de dienst elke thuiswerker?")
    expect(page).to_have_url(re.compile(r"\?q=Welke\+uitrusting"))


def test_an_answer_to_an_earlier_question_never_stays(page: Page) -> None:
    """Where it comes last all the same, what the reader asked is asked again."""
    page.goto("/")
    ask(page, QUESTION)
    heading(page, "Antwoord")
    page.evaluate(
        "Object.assign(document.querySelector('#stage [data-answered]').dataset, {answered: '', number: '-1'})"
    )
    expect(page.locator("#stage [data-answered]")).to_have_attribute("data-answered", re.compile("^.q=Hoeveel"))
    expect(page.get_by_role("status").filter(has_text="Antwoord. 1 bron.")).to_be_attached()


def test_what_was_asked_stays_in_this_browser_and_can_be_erased(page: Page) -> None:
    """The list is read and asked again with the keyboard; no request carries it; off means off."""
    sent: list[str] = []
    page.goto("/")
    ask(page, QUESTION)
    heading(page, "Antwoord")
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto("/")
    earlier = page.locator("#history")
    earlier.locator("summary").press("Enter")
    expect(earlier.locator(".again")).to_have_text([QUESTION])
    assert not [one for one in sent if "fietsvergoeding" in one]

    earlier.get_by_role("button", name=QUESTION, exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Antwoord", exact=True)).to_be_focused()
    earlier.locator("summary").press("Enter")
    earlier.get_by_role("button", name=f"Wis: {QUESTION}").press("Enter")
    expect(earlier).to_contain_text("Er staat nog geen vraag in de lijst.")

    earlier.get_by_role("checkbox", name="Onthoud mijn vragen in deze browser").uncheck()
    ask(page, "Hoeveel dagen mag een personeelslid thuiswerken?")
    expect(page.locator("#answer")).to_contain_text("twee dagen per week")
    page.reload()
    expect(page.locator("#answer")).to_contain_text("twee dagen per week")
    expect(earlier.locator(".count")).to_have_text("")
    assert page.evaluate("localStorage.getItem('bronvast:history')") is None


def test_other_words_are_sought_or_not(page: Page) -> None:
    """The line beside the answer switches them off, and on again."""
    page.goto("/?q=Hoeveel+bedraagt+de+fiets-vergoeding+per+kilometer%3F")
    page.get_by_role("button", name="Zoek alleen letterlijk deze woorden").click()
    expect(page.locator("#answer")).to_contain_text("Alleen de woorden van uw vraag zelf zijn gezocht.")
    expect(page).to_have_url(re.compile(r"&letterlijk=1$"))
    page.get_by_role("button", name="Zoek ook op verwante woorden").click()
    expect(page.locator("#answer")).to_contain_text("Ook gezocht op:")


def test_an_empty_question_is_one_readable_line(page: Page) -> None:
    """Without an answer to lose: what stood there goes, and the line says what to do."""
    page.goto("/")
    ask(page, "  ")
    expect(page.locator("#answer")).to_have_text("De vraag is leeg; typ een vraag.")
    expect(page.get_by_role("status").filter(has_text="De vraag is leeg")).to_be_attached()


def test_a_lost_connection_is_said_and_nothing_is_lost(browser: Browser, address: str) -> None:
    """The page says so where another answer stood, and once there is a connection again it answers what was asked."""
    with tab(browser, address, locale="en-GB") as page:
        page.goto("/?q=thuiswerk")
        expect(page.locator("#answer h2")).to_be_visible()
        page.context.set_offline(True)
        ask(page, QUESTION)
        expect(page.locator("#unanswered")).to_contain_text("De verbinding met Bronvast is weg.")
        expect(page.locator("#answer")).to_be_hidden()
        expect(field(page)).to_have_value(QUESTION)
        page.context.set_offline(False)
        heading(page, "Antwoord")
        expect(page.locator("#unanswered")).to_be_hidden()
        expect(field(page)).to_have_value(QUESTION)


@pytest.mark.parametrize("words", ["refused.too_often", "script.busy"])
def test_who_has_to_wait_is_told_so(
    words: str, browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In plain words, whether he asks too often himself or too many people ask; the question stays in its field."""
    with tab(browser, address, locale="nl-BE") as page:
        page.goto("/?q=thuiswerk")
        expect(page.locator("#answer h2")).to_be_visible()
        if words == "script.busy":
            monkeypatch.setattr(Queue, "__len__", lambda _: LONGEST_QUEUE)
        else:
            monkeypatch.setattr(Buckets, "wait", lambda _, __, one: 9.0 if one.kind is Kind.QUESTION else 0.0)
        ask(page, QUESTION)

        expect(page.locator("#unanswered")).to_contain_text(say(f"ui.{words}"))
        expect(field(page)).to_have_value(QUESTION)


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
    page.goto("/?q=fietsvergoeding+per+kilometer&soort=nota")
    heading(page, "Antwoord")
    page.get_by_role("link", name="English").click()
    heading(page, "Answer")
    expect(page.get_by_label("Your question")).to_have_value("fietsvergoeding per kilometer")
    expect(page.get_by_role("button", name="Remove note")).to_be_visible()
    expect(page.locator("#bron-1")).to_contain_text("November 2023")
    expect(page.locator("#answer .statement")).to_have_attribute("lang", "nl")
    dutch = page.get_by_role("link", name="Nederlands")
    expect(dutch).to_have_attribute("href", re.compile(r"/\?q=fiets[^&]*&soort=nota$"))
