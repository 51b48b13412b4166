"""A source, one click away: its text, the picture of its page, the pages around it and the file itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import docx
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from reportlab.pdfgen.canvas import Canvas
from starlette.testclient import TestClient

import search_ui
from ingest.office_images import office_program
from ingest.types import Span
from kb.curating import withdraw
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from kb.types import StoredPassage
from search_ui.frame import STATIC, render_page
from search_ui.shell.headers import SecurityHeaders
from search_ui.source.addresses import document_address, image_address, picture_address, source_address
from search_ui.source.original import disposition
from search_ui.source.page import render_script
from search_ui.source.routes import add_source_routes
from tests.search_ui.browsing import served, visit

QUOTE = "Een mentor begeleidt de lerende op de werkplek."
ATTACK = "<img src=x onerror=window.gekraakt=1> {{7*7}} ${window.gekraakt=2}"
MANIFEST = """
["gids.pdf"]
title = "Gids voor mentoren"
publisher = "Steunpunt"
kind = "gids"
date = 2023-04-05
language = "nl"
["nota.docx"]
title = "Nota over mentoren"
["blad.html"]
title = "<script>window.gekraakt=3</script>"
"""


def write_pdf(path: Path, *pages: str) -> None:
    """A PDF with a line of text on each page."""
    canvas = Canvas(str(path))
    for page in pages:
        canvas.drawString(72, 700, page)
        canvas.showPage()
    canvas.save()


def write_files(folder: Path) -> None:
    """A PDF, a Word text, a page with hostile words and a long text without pages."""
    write_pdf(folder / "gids.pdf", "Voorwoord bij de gids.", QUOTE, "Nawoord bij de gids.")
    word = docx.Document()
    word.add_heading("Begeleiding", 1)
    word.add_paragraph("Een mentor met Word begeleidt de lerende in de klas.")
    word.save(folder / "nota.docx")
    hostile = ATTACK.replace("<", "&lt;")
    (folder / "blad.html").write_text(f"<h1>Blad</h1><p>De mentor van het vijandige blad zegt {hostile}.</p>", "utf8")
    chapters = (f"## Hoofdstuk {number}\n\n{'Regel over mentoren. ' * 150}\n\n" for number in range(1, 5))
    (folder / "lang.md").write_text("# Lang\n\n" + "".join(chapters), "utf8")
    (folder / "weg.md").write_text("# Weg\n\nEen ingetrokken regel over mentoren.\n", "utf8")
    (folder / "sources.toml").write_text(MANIFEST, "utf8")


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The files above; of the PDF there was an earlier version, and one text was withdrawn."""
    folder, home, encoder = tmp_path_factory.mktemp("files"), Home(tmp_path_factory.mktemp("home")), WordEncoder()
    write_pdf(folder / "gids.pdf", "De eerste versie van de gids over mentoren.")
    ingest(home, [folder], encoder=encoder)
    write_files(folder)
    ingest(home, [folder], encoder=encoder)
    withdraw(home, ["weg"])
    with KnowledgeBase.open(home.path, encoder=encoder) as opened:
        yield opened


def key_of(knowledge_base: KnowledgeBase, document_id: str) -> int:
    """The key of the current version of a document."""
    return next(card.key for card in knowledge_base.documents() if card.id == document_id)


def cited(knowledge_base: KnowledgeBase, quote: str, document_id: str) -> tuple[StoredPassage, tuple[Span, ...]]:
    """The passage of a document with this quote, and where the quote stands."""
    found = (hit.stored for hit in knowledge_base.search(quote) if hit.document.id == document_id)
    stored = next(stored for stored in found if quote in stored.passage.text)
    start = stored.passage.start + stored.passage.text.index(quote)
    return stored, (Span(start, start + len(quote)),)


def address_of_quote(knowledge_base: KnowledgeBase, quote: str, document_id: str, *, part: int | None = None) -> str:
    """The address of a quote in its text."""
    return source_address(*cited(knowledge_base, quote, document_id), language="nl", part=part)


@pytest.fixture(scope="module")
def app(knowledge_base: KnowledgeBase) -> FastAPI:
    """The addresses of sources, and a page of ours with links to them."""
    links = {
        "Gids": address_of_quote(knowledge_base, QUOTE, "gids"),
        "Nota": address_of_quote(knowledge_base, "Een mentor met Word", "nota"),
        "Blad": address_of_quote(knowledge_base, "vijandige blad", "blad"),
        "Lang": document_address(key_of(knowledge_base, "lang"), language="nl"),
    }
    main = "<h1>Bronnen</h1>" + "".join(
        f'<p><a href="{address.replace("&", "&amp;")}" data-source>{name}</a></p>' for name, address in links.items()
    )
    page = render_page("Bronnen", main + render_script("nl"), place=None, language="nl")
    app = FastAPI()
    add_source_routes(app, knowledge_base)
    app.get("/")(lambda: HTMLResponse(page))
    app.mount(STATIC, StaticFiles(directory=Path(search_ui.__file__).parent / "static"))
    app.add_middleware(SecurityHeaders)
    return app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    """A client that sees an error of the server as one."""
    return TestClient(app)


# --- the page of a source --------------------------------------------------------------------------


def test_a_quote_is_marked_on_its_page(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """The whole page is shown, with its number, where it comes from, and the ways to the pages around it."""
    html = client.get(address_of_quote(knowledge_base, QUOTE, "gids")).text

    assert f"<mark>{QUOTE}</mark>" in html
    assert "Pagina 2 van 3" in html
    assert "Steunpunt · gids · 5 april 2023 · p. 2" in html
    assert re.findall(r'pagina=(\d)[^"]*" class="button quiet (\w+)"', html) == [("1", "previous"), ("3", "next")]
    assert "Voorwoord" not in html


def test_the_other_language_shows_the_same(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """The same passage with the same words marked, also where it is not there."""
    for address in (address_of_quote(knowledge_base, QUOTE, "gids"), "/bron/0"):
        dutch = client.get(address).text
        (there,) = re.findall(r'href="([^"]*)"[^>]* hreflang="en"', dutch)
        english = client.get(unescape(there))

        assert '<html lang="en">' in english.text
        assert english.text.count("<mark>") == dutch.count("<mark>")


def test_another_page_leads_back_to_the_quote(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """Page for page through the whole document."""
    html = client.get(address_of_quote(knowledge_base, QUOTE, "gids", part=3)).text

    assert "Nawoord bij de gids." in html
    assert "<mark>" not in html
    assert 'data-turn="to_passage"' in html
    assert 'data-turn="next"' not in html


def test_a_long_text_without_pages_is_shown_in_parts(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """The parts begin with a heading and hold the whole text, each bit once."""
    key = key_of(knowledge_base, "lang")
    pages = [client.get(document_address(key, language="nl", part=part)).text for part in (1, 2, 3, 4)]

    assert ["Deel 1 van 4" in pages[0], "Deel 4 van 4" in pages[3]] == [True, True]
    assert [re.findall(r"<h3>(Hoofdstuk \d)</h3>", page) for page in pages] == [
        [f"Hoofdstuk {number}"] for number in (1, 2, 3, 4)
    ]
    assert sum(page.count("Regel over mentoren.") for page in pages) == 600


def test_an_earlier_version_says_what_took_its_place(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """It still opens, and so does its own file."""
    old = min(card.key for card in (knowledge_base.card(key) for key in range(1, 7)) if card.id == "gids")
    html = client.get(document_address(old, language="nl")).text

    assert "De eerste versie van de gids" in html
    assert "vervangen door een nieuwere versie" in html
    assert f'href="/document/{key_of(knowledge_base, "gids")}?taal=nl" data-source' in html
    assert client.get(f"/origineel/{old}").content != client.get(f"/origineel/{key_of(knowledge_base, 'gids')}").content


def test_a_withdrawn_document_says_so(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """A link to it from before still opens."""
    keys = {knowledge_base.card(key).id: key for key in range(1, 7)}

    assert "is ingetrokken" in client.get(document_address(keys["weg"], language="nl")).text


def test_where_there_are_no_pages_the_place_is_said_in_words(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """No picture is promised, and hostile words are only words."""
    html = client.get(address_of_quote(knowledge_base, "vijandige blad", "blad")).text

    assert "onder “Blad”, alinea 1" in html
    assert "data-picture" not in html
    assert "&lt;script&gt;window.gekraakt=3&lt;/script&gt;" in html
    assert ATTACK not in html


# --- pictures --------------------------------------------------------------------------------------


def test_the_picture_of_a_page_has_the_quote_drawn_on_it(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """The box lies over the ink, and the alternative text says what it shows."""
    stored, quotes = cited(knowledge_base, QUOTE, "gids")
    html = client.get(picture_address(stored.document.key, 2, 2, quotes, language="nl")).text
    (box,) = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)">', html)
    left, top, width, height = (float(side) / 1000 for side in box)
    image = Image.open(io.BytesIO(client.get(image_address(stored.document, 1, width=1000)).content)).convert("L")
    area = (left, top, left + width, top + height)
    cut = image.crop(tuple(int(share * size) for share, size in zip(area, image.size * 2, strict=True)))

    assert "Beeld van pagina 2. De aangehaalde plaats is gemarkeerd" in html
    assert cut.getextrema()[0] < 60


def test_a_picture_is_kept_by_the_browser_under_the_version_of_its_file(
    client: TestClient, knowledge_base: KnowledgeBase
) -> None:
    """Without that version, or with another one, it is asked for again."""
    address = image_address(knowledge_base.card(key_of(knowledge_base, "gids")), 0, width=1000)
    kept = client.get(address)

    assert (kept.headers["content-type"], "immutable" in kept.headers["cache-control"]) == ("image/webp", True)
    assert kept.headers["cache-control"].startswith("private")
    assert "immutable" not in client.get(address.replace("v=", "v=0")).headers["cache-control"]


# --- the file itself -------------------------------------------------------------------------------


def test_a_pdf_opens_and_everything_else_is_saved(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    """A browser never shows a page that came in as a document under our name."""
    pdf = client.get(f"/origineel/{key_of(knowledge_base, 'gids')}")
    page = client.get(f"/origineel/{key_of(knowledge_base, 'blad')}")

    assert (pdf.headers["content-type"], pdf.headers["content-disposition"][:6]) == ("application/pdf", "inline")
    assert pdf.content.startswith(b"%PDF")
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"] == "attachment; filename=\"blad.html\"; filename*=UTF-8''blad.html"
    for reply in (pdf, page):
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "written"),
    [("nota's über.pdf", "filename=\"nota_s _ber.pdf\"; filename*=UTF-8''nota%27s%20%C3%BCber.pdf"),
     ('a"; filename=b.exe\r\nx: y.pdf', "filename=\"a__ filename=b.exe__x_ y.pdf\"; filename*=UTF-8''"
                                        "a%22%3B%20filename%3Db.exe__x%3A%20y.pdf"),
     ("../../etc/passwd", "filename=\".._.._etc_passwd\"; filename*=UTF-8''.._.._etc_passwd"),
     ("fdp.\u202eexe", "filename=\"fdp._exe\"; filename*=UTF-8''fdp._exe")],
)  # fmt: skip
def test_no_file_name_breaks_out_of_its_header(name: str, written: str) -> None:
    """Neither quotes, line ends, folders nor signs that turn the writing round."""
    assert disposition("attachment", name) == f"attachment; {written}"


def test_a_file_that_is_gone_is_said(client: TestClient, knowledge_base: KnowledgeBase, tmp_path: Path) -> None:
    """The text stays readable."""
    key = key_of(knowledge_base, "lang")
    path = knowledge_base.original(key)
    aside = path.rename(tmp_path / "aside")
    try:
        reply = client.get(f"/origineel/{key}")
        assert (reply.status_code, "is weg uit de kennisbank" in reply.text) == (404, True)
        assert client.get(document_address(key, language="nl")).status_code == 200
    finally:
        aside.rename(path)


# --- addresses that mean nothing -------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/bron/0", "/bron/-1", "/bron/abc", "/bron/9999999999999999999999", "/bron/%00", "/bron/１",
     "/document/0", "/document/1?pagina=99", "/document/x/beeld", "/document/1/beeld?van=1&tot=9999",
     "/document/1/beeld?van=2&tot=1", "/document/1/pagina/0.webp", "/document/1/pagina/99.webp",
     "/document/1/pagina/x.webp", "/origineel/0", "/origineel/..%2F..%2Fetc%2Fpasswd", "/origineel/1e3"],
)  # fmt: skip
def test_an_address_that_means_nothing_is_one_readable_line(client: TestClient, address: str) -> None:
    """Status 404 and words, never a trace."""
    reply = client.get(address)

    assert reply.status_code == 404
    assert "Traceback" not in reply.text
    if not address.startswith("/origineel/.."):  # no address of ours at all
        assert re.search(r"<h1[^>]*>[A-Z][^<]{20,}</h1>", reply.text)


@pytest.mark.parametrize(
    "query",
    ["start=x&end=y", "start=0", "start=9&end=2", "start=0&end=99999999999999", "start=-5&end=5", "taal=%00",
     "pagina=", "pagina=x", "&".join(["start=1&end=2"] * 500)],
)  # fmt: skip
def test_what_means_nothing_in_a_query_is_left_out(
    client: TestClient, knowledge_base: KnowledgeBase, query: str
) -> None:
    """The source is shown all the same, also its picture."""
    stored, _ = cited(knowledge_base, QUOTE, "gids")

    assert "Gids voor mentoren" in client.get(f"/bron/{stored.key}?{query}").text
    assert "Beeld van pagina 1" in client.get(f"/document/{stored.document.key}/beeld?{query}").text


# --- in a browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    """Where the page with links is served."""
    with served(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page with links. Closing checks that nothing complained."""
    settings = {"viewport": {"width": 1280, "height": 800}, "permissions": ["clipboard-read", "clipboard-write"]}
    with visit(browser, address, **settings) as page:
        page.goto("/")
        yield page
        assert page.evaluate("window.gekraakt") is None


@pytest.mark.browser
def test_a_source_opens_beside_the_picture_of_its_page(page: Page) -> None:
    """The quote in view in both; focus goes in, and with Escape back to the link; who is quick is followed."""
    page.get_by_role("link", name="Gids").click()
    dialog = page.get_by_role("dialog", name="Gids voor mentoren")
    expect(dialog.get_by_role("heading", name="Gids voor mentoren")).to_be_focused()
    expect(dialog.locator("mark")).to_be_in_viewport()
    expect(dialog.get_by_role("img", name="Beeld van pagina 2. De aangehaalde plaats is gemarkeerd")).to_be_visible()
    expect(dialog.locator(".boxes rect")).to_be_in_viewport()

    page.get_by_role("link", name="Gids").evaluate("""(link) => {
      document.querySelector("#source-dialog .close").click();
      link.click();
    }""")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading", name="Gids voor mentoren")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Gids")).to_be_focused()


@pytest.mark.browser
def test_pages_are_turned_with_the_keyboard(page: Page) -> None:
    """Text and picture go along; the number is said; the way back leads to the quote."""
    page.get_by_role("link", name="Gids").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".where")).to_have_text("Pagina 2 van 3")
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Nawoord bij de gids.")
    expect(dialog.get_by_role("status")).to_have_text("Pagina 3 van 3")
    expect(dialog.get_by_role("img", name="Beeld van pagina 3. Dezelfde woorden")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(dialog.locator("mark")).to_have_text(QUOTE)
    page.keyboard.press("ArrowLeft")
    dialog.get_by_role("link", name="Naar het citaat").press("Enter")
    expect(dialog.locator("mark")).to_have_text(QUOTE)


@pytest.mark.browser
def test_on_a_wide_screen_the_page_stays_in_use_beside_it(page: Page) -> None:
    """A panel: another link can be followed while it is open, Escape still closes it."""
    page.set_viewport_size({"width": 1600, "height": 900})
    page.get_by_role("link", name="Gids").click()
    panel = page.get_by_role("dialog", name="Gids voor mentoren")
    expect(panel.locator("mark")).to_be_in_viewport()
    main, side = page.locator("main").bounding_box(), panel.bounding_box()
    assert main
    assert side
    assert main["x"] + main["width"] <= side["x"] + 1

    page.get_by_role("link", name="Lang").click()
    expect(page.get_by_role("dialog", name="Lang")).to_contain_text("Hoofdstuk 1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Lang")).to_be_focused()


@pytest.mark.browser
def test_a_quote_is_copied_with_its_reference(page: Page) -> None:
    """As plain text and as HTML: the words in quotation marks, then document and page."""
    page.get_by_role("link", name="Gids").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Kopieer citaat met bron").click()
    expect(dialog.get_by_role("status")).to_have_text("Gekopieerd, met de bron erbij.")
    read = "async type => (await (await navigator.clipboard.read())[0].getType(type)).text()"

    reference = "Steunpunt. (2023, 5 april). Gids voor mentoren (p. 2) [Gids]."
    assert page.evaluate(read, "text/plain") == f"“{QUOTE}”\n{reference}"
    assert "<i>Gids voor mentoren</i>" in page.evaluate(read, "text/html")


@pytest.mark.browser
def test_the_picture_can_be_enlarged(page: Page) -> None:
    """It gets wider than its pane, which scrolls and can be reached with the keyboard."""
    page.get_by_role("link", name="Gids").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".boxes")).to_be_visible()
    button = dialog.get_by_role("button", name="Vergroot beeld")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(dialog.get_by_role("img")).to_have_js_property("naturalWidth", 2000)
    pane = dialog.get_by_role("region", name="Beeld")
    assert pane.evaluate("pane => pane.scrollWidth > pane.clientWidth && pane.tabIndex === 0")


@pytest.mark.browser
def test_on_a_telephone_the_text_comes_first(page: Page) -> None:
    """In one direction, with the way to close and to turn the page always in view; closed, it is gone."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Gids").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_be_in_viewport()
    for control in (dialog.get_by_role("button", name="Sluiten"), dialog.get_by_role("link", name="Volgende")):
        control.click(trial=True)
    text, picture = (dialog.get_by_role("region", name=name).bounding_box() for name in ("Tekst", "Beeld"))
    assert text
    assert picture
    assert text["y"] + text["height"] <= picture["y"]
    assert dialog.evaluate("dialog => dialog.scrollWidth") <= 390
    dialog.get_by_role("button", name="Sluiten").click()
    expect(page.locator("#source-dialog")).to_be_hidden()


@pytest.mark.browser
def test_hostile_words_are_only_words(page: Page) -> None:
    """In the title and in the text; the fixture looks whether anything ran."""
    page.get_by_role("link", name="Blad").click()
    dialog = page.get_by_role("dialog", name="<script>window.gekraakt=3</script>")
    expect(dialog).to_contain_text("{{7*7}} ${window.gekraakt=2}")
    expect(dialog).to_contain_text("onder “Blad”, alinea 1")


@pytest.mark.browser
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_word_text_can_be_read_while_its_page_is_drawn(page: Page) -> None:
    """What is going on is said; then the page comes with the quote on it."""
    page.get_by_role("link", name="Nota").click()
    dialog = page.get_by_role("dialog", name="Nota over mentoren")
    expect(dialog.locator("mark")).to_have_text("Een mentor met Word")
    expect(dialog.get_by_role("img", name="Beeld van afgedrukte pagina 1")).to_be_visible(timeout=60_000)
    expect(dialog.locator(".boxes rect")).to_be_in_viewport()


@pytest.mark.browser
def test_without_script_a_source_is_a_page_of_its_own(browser: Browser, address: str) -> None:
    """With the picture of the page, and a way to the one with the quote drawn on it."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Gids").click()
    expect(page.locator("mark")).to_have_text(QUOTE)
    expect(page.get_by_role("img", name="Beeld van pagina 2")).to_be_visible()
    page.get_by_role("link", name="Toon de plaats op de pagina").click()
    expect(page.locator(".boxes rect")).to_be_visible()
    context.close()
