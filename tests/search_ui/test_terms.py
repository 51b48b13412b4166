"""Terms and help on the page: what is listed, what a person says of it, and what a term in an answer shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from kb.encoder import DutchEncoder
from kb.encoder_facts import facts_of
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from search_ui.question.asking import show
from search_ui.question.rendering import render_answer
from search_ui.question.request import Request
from search_ui.shell.app import create_app
from tests.search_ui.browsing import visit
from tests.search_ui.collection import ACRONYM

HERE = "http://127.0.0.1:7860"
NOTE = """# Nota over thuiswerk

## Bewaking

De Dienst Zonder Naam (DZN) bewaakt het thuiswerk.

Het thuiswerkreglement is een tekst die de regels vastlegt.

## Melden

De leidinggevende meldt elke thuiswerkdag aan de DZN en aan de VDAB.
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """A note that explains an acronym, names one of the shipped list, and defines a term."""
    note = tmp_path_factory.mktemp("notes") / "nota.md"
    note.write_text(NOTE, encoding="utf8")
    home, encoder = tmp_path_factory.mktemp("home"), WordEncoder()
    ingest(Home(home), [note], encoder=encoder)
    with KnowledgeBase.open(home, encoder=encoder) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(knowledge: KnowledgeBase) -> Iterator[TestClient]:
    """A client on this computer, which does not follow where it is sent."""
    with TestClient(create_app(knowledge), base_url=HERE, follow_redirects=False) as client:
        yield client


def test_terms_stand_with_their_words_and_a_link_to_their_place(client: TestClient) -> None:
    """The link opens the source with the passage marked."""
    page = client.get("/begrippen?zoek=DZN").text

    assert "Dienst Zonder Naam" in page
    (address,) = re.findall(r'href="(/bron/[^"]+)"[^>]* data-source', page)
    assert "<mark" in client.get(unescape(address)).text


def test_a_kind_and_words_narrow_the_list(client: TestClient) -> None:
    """The address says what is shown; an unknown kind shows all."""
    concepts = client.get("/begrippen?soort=begrip").text
    acronyms = client.get("/en/terms?soort=afkorting").text

    assert "<h3>thuiswerkreglement</h3>" in concepts
    assert "<h3>DZN</h3>" not in concepts
    assert "<h3>thuiswerkreglement</h3>" not in acronyms
    assert "Geen begrippen gevonden" in client.get("/begrippen?zoek=bestaatniet&soort=onzin").text


def test_where_terms_are_many_one_letter_is_shown_and_all_when_asked(client: TestClient) -> None:
    """On paper the one letter says that there is more."""
    one, every = client.get("/begrippen?letter=V").text, client.get("/begrippen?letter=*").text

    assert re.findall(r'<h2 id="letter-(.)"', one) == ["V"]
    assert "Dit zijn alleen de begrippen onder V." in one
    assert set(re.findall(r'<h2 id="letter-(.)"', every)) > {"A", "D", "V"}
    assert 'href="#letter-D"' in every
    assert "Dit zijn alleen" not in every


def test_a_person_corrects_hides_and_takes_back(client: TestClient) -> None:
    """Each is a form; the list follows, and says what was done."""
    said = {"naam": "<b>ZQ</b>", "soort": "acronym", "betekenis": "zeer {{7*7}} kwiek"}
    kept = client.post("/begrippen/bewerk", data=said)
    page = client.get(kept.headers["location"]).text
    hidden = client.post("/begrippen/verberg", data={"naam": "<b>ZQ</b>"})
    without = client.get("/begrippen?zoek=zq").text
    shown = client.get("/begrippen?soort=verborgen").text
    taken_back = client.post("/begrippen/herstel", data={"naam": "<b>ZQ</b>"})

    assert [one.status_code for one in (kept, hidden, taken_back)] == [303, 303, 303]
    assert "<h3>&lt;b&gt;ZQ&lt;/b&gt;</h3>" in page
    assert "Bewaard." in page
    assert "<h3>" not in without
    assert "<h3>&lt;b&gt;ZQ&lt;/b&gt;</h3>" in shown


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(client: TestClient) -> None:
    """The field is named as wrong for a screen reader too."""
    reply = client.post("/begrippen/bewerk", data={"naam": "", "soort": "concept", "betekenis": "wat ik schreef"})

    assert reply.status_code == 422
    assert re.search(r'id="fout-naam">[^<]+<', reply.text)
    assert 'aria-invalid="true"' in reply.text
    assert "wat ik schreef" in reply.text


def test_another_site_cannot_change_a_term(client: TestClient) -> None:
    """Its page may send the form, but not from here."""
    reply = client.post("/begrippen/verberg", data={"naam": "DZN"}, headers={"origin": "http://elders.example"})

    assert reply.status_code == 403


def test_the_terms_of_a_statement_are_marked_and_its_words_stay_the_same(knowledge: KnowledgeBase) -> None:
    """Without the tags, a statement with marks is the statement; each term is marked once."""
    question = "Aan wie meldt de leidinggevende elke thuiswerkdag?"
    answer = knowledge.ask(question)
    shown = show(knowledge, Request(question=question), language="nl").answer

    assert statements(shown) == statements(render_answer(answer, Request(question=question), language="nl"))
    assert re.findall(r'<dfn tabindex="0" aria-describedby="uitleg-\d">(\w+)</dfn>', shown) == ["DZN", "VDAB"]
    assert "Vlaamse Dienst voor Arbeidsbemiddeling" in shown
    assert "vaste lijst" in shown


def statements(html: str) -> list[str]:
    """The words of the statements in some HTML."""
    return [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<div class="statement".*?</div>', html, re.DOTALL)]


@pytest.mark.parametrize("address", ["/hulp", "/en/help"])
def test_the_guide_has_contents_and_says_what_is_true_here(
    client: TestClient, address: str, knowledge: KnowledgeBase
) -> None:
    """Every link of the contents leads to a heading; the encoder and the folder are those in use."""
    page = client.get(address).text

    linked = re.findall(r'href="#(deel-\d+)"', page)
    assert linked == re.findall(r'<h2 id="(deel-\d+)"', page)
    assert len(linked) == 12
    assert str(knowledge.catalogue.home.path) in page
    assert knowledge.encoder.name in page
    assert "{{" not in page


def test_the_dutch_guide_names_what_the_encoder_learned_from_in_dutch() -> None:
    """Every source has a line of its own in both languages."""
    encoder = DutchEncoder()
    dutch, english = (facts_of(encoder, language=language)["sources"] for language in ("nl", "en"))

    assert len(dutch) == len(english) == len({*dutch})
    assert not {*dutch} & {*english}
    assert "Zinnen van Tatoeba (CC BY 2.0 FR)" in dutch


def test_the_meaning_of_a_term_comes_with_a_touch(office: str, browser: Browser) -> None:
    """It stays when the finger is lifted, also over itself, and goes with a touch elsewhere."""
    telephone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    with visit(browser, office, **telephone) as page:
        page.goto(f"/?q={ACRONYM}")
        term, meaning = page.locator("dfn", has_text="VDAB"), page.locator(".explanation", has_text="VDAB")

        term.tap()
        expect(meaning).to_be_visible()
        meaning.tap()
        expect(meaning).to_be_visible()
        page.locator("#answer .status").tap()
        expect(meaning).to_be_hidden()


def test_the_meaning_of_a_term_comes_with_the_keyboard_and_the_pointer_and_goes_with_escape(
    office: str, browser: Browser
) -> None:
    """WCAG 1.4.13: it can be dismissed, the pointer can go over it, and it stays until it is left."""
    with visit(browser, office) as page:
        page.goto(f"/?q={ACRONYM}")
        term, meaning = page.locator("dfn", has_text="VDAB"), page.locator(".explanation", has_text="VDAB")

        term.focus()
        expect(meaning).to_be_visible()
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(term).to_be_focused()

        term.blur()
        term.hover()
        expect(meaning).to_be_visible()
        meaning.hover()
        expect(meaning).to_be_visible()
        page.locator(".masthead").hover()
        expect(meaning).to_be_hidden()
