"""Nothing that comes from a document, its name, its metadata, a question or an address is ever run or followed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import docx
import pytest
from playwright.sync_api import APIResponse, Browser, Page, expect

from ingest.types import DocumentInfo
from kb.curating import Correction, correct
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from tests.search_ui.browsing import forget, tab, whole_page
from tests.search_ui.payloads import PAYLOADS, in_parts

pytestmark = pytest.mark.browser

NAME_LENGTH = 80  # characters of a file's name, within what file systems take
QUESTION_LENGTH = 900
QUESTION = "Hoe luidt de proefzin van het vijandige document?"
# What markup does: run at once, or wait in an attribute for a hand.
TRACES = r"""() => {
  const script = /^[\s\u0000-\u001f]*(javascript|vbscript|data:text)/i;
  const bad = ({ name, value }) => (name.startsWith("on") && value.includes("gekraakt"))
    || (["href", "src", "action", "formaction", "data", "xlink:href", "srcdoc"].includes(name)
        && (script.test(value.replace(/[\t\n\r]/g, "")) || name === "srcdoc"));
  const nodes = [...document.querySelectorAll("*"),
    ...[...document.querySelectorAll("template")].flatMap((one) => [...one.content.querySelectorAll("*")])];
  return nodes.filter((node) => [...node.attributes].some(bad)
      || (["SCRIPT", "STYLE"].includes(node.tagName) && node.textContent.includes("gekraakt")))
    .map((node) => node.outerHTML.slice(0, 200));
}"""


def write_hostile(folder: Path) -> None:
    """Files with payloads in their names and texts, in each format that comes near to markup."""
    for number, name in enumerate(in_parts(NAME_LENGTH)):
        safe = re.sub(r"[/\x00\t\n\r]", "∕", name)[:NAME_LENGTH]
        (folder / f"{safe}.md").write_text(f"# Bestand {number}\n\nDe bestandsnaam telt hier als {number}.\n", "utf8")
    sentences = [f"De proefzin van het vijandige document luidt {one} en eindigt hier." for one in PAYLOADS]
    (folder / "tekst.txt").write_text("\n\n".join(sentences), "utf8")
    (folder / "opmaak.md").write_text("# Kop <script>gekraakt(70)</script>\n\n" + "\n\n".join(sentences), "utf8")
    (folder / "blad.html").write_text("<h1>Blad</h1><p>" + "</p><p>".join(sentences) + "</p>", "utf8")
    word = docx.Document()
    word.core_properties.title = in_parts(200)[0]
    word.add_heading(in_parts(200)[1], 1)
    for sentence in sentences:
        word.add_paragraph(re.sub(r"[\x00-\x08]", "", sentence))
    word.save(str(folder / "woord.docx"))


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The hostile files; of one of them everything that a person can say is hostile too."""
    folder, home = tmp_path_factory.mktemp("hostile"), Home(tmp_path_factory.mktemp("home"))
    write_hostile(folder)
    ingest(home, [folder], encoder=WordEncoder())
    with KnowledgeBase.open(home.path, encoder=WordEncoder()) as opened:
        parts = in_parts(450)
        for card in opened.documents():
            if card.file_name in ("tekst.txt", "woord.docx"):
                said = DocumentInfo(title=parts[0], publisher=parts[1], kind=parts[2], region=parts[3])
                correct(home, card.id, Correction(said), encoder=WordEncoder())
        yield opened


@pytest.fixture(scope="module")
def address(knowledge_base: KnowledgeBase) -> Iterator[str]:
    """The whole application over them."""
    with whole_page(knowledge_base) as address:
        yield address


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, list[object]]]:
    """A page whose policy stops no script, so that escaping alone must do; and what ran in it, or asked something."""
    ran: list[object] = []
    with tab(browser, address, bypass_csp=True) as page:
        page.expose_binding("gekraakt", lambda _, number=None: ran.append(number))
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: ran.append(str(error)))
        yield page, ran


@pytest.fixture(scope="module")
def watched_page(browser: Browser, address: str) -> Iterator[tuple[Page, list[object]]]:
    """One for all tests: opening another one takes longer than most of them."""
    with watched(browser, address) as both:
        yield both


@pytest.fixture
def page(watched_page: tuple[Page, list[object]], address: str) -> Iterator[Page]:
    """Such a page, in a browser that has kept nothing of the tests before. At the end nothing ran."""
    page, ran = watched_page
    forget(page, address)
    yield page
    assert page.evaluate(TRACES) == []
    page.goto("/gezond")
    assert ran == []


def open_clean(page: Page, path: str) -> None:
    """Open an address of ours; whatever it says, nothing hostile stands in its elements."""
    page.goto(path)
    assert page.evaluate(TRACES) == [], path


def fetched(page: Page, path: str) -> APIResponse:
    """What the page's server sends; asked again where it ended an idle connection just then, as browsers do."""
    return page.request.get(path, max_retries=2)


def answered(page: Page) -> None:
    """Wait for the answer, or the line that says why there is none."""
    expect(page.locator("#answer h2, #answer .problem").first).to_be_visible()
    expect(page.locator("body")).not_to_have_class(re.compile(r"\basking\b"))


def key_of(knowledge_base: KnowledgeBase, file_name: str) -> int:
    """The key of a document, by the beginning of its file's name."""
    return next(card.key for card in knowledge_base.documents() if card.file_name.startswith(file_name))


def test_the_payloads_work_where_nothing_is_escaped(browser: Browser, address: str) -> None:
    """Else the tests below prove nothing."""
    assert len(PAYLOADS) >= 40
    with watched(browser, address) as (page, ran):
        page.goto("/gezond")
        page.set_content("".join(f"<div>{payload}</div>" for payload in PAYLOADS[6:14]))
        page.set_content("<script>gekraakt(1)</script>")
        page.wait_for_function("() => true")
        assert len({one for one in ran if isinstance(one, int)}) >= 4
        page.set_content("<a href='java&#9;script:gekraakt(1)'>x</a><svg onload=gekraakt(2)></svg>")
        assert len(page.evaluate(TRACES)) == 2


def test_an_answer_from_hostile_documents_is_only_text(page: Page) -> None:
    """Answer, cards, why, the source, what is copied, the list of earlier questions and the dossier."""
    page.goto(f"/?{urlencode({'q': QUESTION})}")
    answered(page)
    expect(page.locator("#answer .statement").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Filters")).click()
    for fold in page.locator("#sources summary").all():
        fold.click()
    page.get_by_role("button", name="In dossier").click()
    page.locator("#history summary").click()
    assert page.evaluate(TRACES) == []
    for link in page.locator("#sources a[data-source]").all():
        link.click()
        expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
        assert page.evaluate(TRACES) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("text", in_parts(QUESTION_LENGTH))
def test_a_hostile_question_is_only_text(page: Page, text: str) -> None:
    """As it is typed, in the list of earlier questions, in the dossier and after a reload."""
    page.goto("/")
    page.get_by_label("Uw vraag").fill(" ".join(text.split()))
    page.keyboard.press("Enter")
    answered(page)
    page.locator("#history summary").click()
    page.get_by_role("button", name="In dossier").click()
    assert page.evaluate(TRACES) == []
    page.reload()
    answered(page)


def test_hostile_documents_are_only_text_in_the_library(page: Page, knowledge_base: KnowledgeBase) -> None:
    """List, picture and every page about a document, in both languages, and the documents as they are read."""
    for path in ("/bibliotheek", "/en/library", "/bibliotheek/beeld", "/bibliotheek/toevoegen"):
        open_clean(page, path)
    for name in ("woord", "<img"):  # with everything that people can say of it, and with a name
        key = key_of(knowledge_base, name)
        for leaf in ("", "/gelezen?toon=passages", "/gegevens", "/nieuwe-versie", "/verwijderen"):
            open_clean(page, f"/bibliotheek/document/{key}{leaf}")
        open_clean(page, f"/en/library/document/{key}")
    for name in ("tekst", "woord", "opmaak", "blad"):  # with hostile words
        key = key_of(knowledge_base, name)
        for path in (f"/bibliotheek/document/{key}/gelezen", f"/document/{key}", f"/document/{key}/beeld?van=1&tot=1"):
            open_clean(page, path)


def test_files_with_hostile_names_are_only_text_when_they_are_added(page: Page) -> None:
    """While they are sent and when they are read, also where they cannot be."""
    names = [re.sub(r"[/\x00\t\n\r]", "∕", part) for part in in_parts(NAME_LENGTH)]
    page.goto("/bibliotheek/toevoegen")
    page.get_by_label("Bestanden").set_input_files(
        [{"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"} for name in names]
    )
    expect(page.locator("#sending li")).to_have_count(len(names))
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("heading", name=re.compile("^Klaar"))).to_be_visible(timeout=120_000)
    open_clean(page, "/bibliotheek")


def test_hostile_terms_are_only_text(page: Page) -> None:
    """Their names, meanings and sources, in the list, in the form and in the table."""
    for part in in_parts(100):
        said = {"naam": part, "soort": "concept", "betekenis": part, "bron": part}
        assert page.request.post("/begrippen/bewerk", form=said).status in (200, 422), part
    page.request.post(
        "/begrippen/bewerk", form={"naam": "PZD", "betekenis": PAYLOADS[6], "bron": "javascript:gekraakt(1)"}
    )
    for path in (
        "/begrippen",
        "/en/terms",
        "/begrippen/bewerk?naam=PZD",
        f"/begrippen/bewerk?naam={quote(PAYLOADS[6])}",
    ):
        open_clean(page, path)
    table = fetched(page, "/begrippen/tabel.csv")
    assert table.headers["content-disposition"].startswith("attachment")
    assert formulas(table.body()) == []


ADDRESSES = {
    "/": ("q", "soort", "uitgever", "regio", "niveau", "van", "tot", "letterlijk", "document"),
    "/en/": ("soort", "taal"),
    "/bibliotheek": ("zoek", "soort", "uitgever", "jaar", "staat", "regio", "niveau", "volgorde", "pagina", "gedaan"),
    "/bibliotheek/toevoegen": ("gedaan",),
    "/begrippen": ("zoek", "soort", "letter", "gedaan"),
    "/hulp": ("taal",),
    "/bron/1": ("start", "end", "pagina"),
    "/document/1": ("pagina",),
    "/document/1/beeld": ("van", "tot", "start", "end"),
    "/meenemen/antwoord.exe": ("q", "taal"),
}


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_hostile_address_is_only_text(page: Page, path: str) -> None:
    """In every parameter, its name, the path and what stands behind the #."""
    names, parts = ADDRESSES[path], in_parts(QUESTION_LENGTH)
    for turn in range(2):  # each parameter gets other payloads than the one before
        given = {name: parts[(place + turn) % len(parts)] for place, name in enumerate(names)}
        open_clean(page, f"{path}?{urlencode(given)}#{quote(parts[turn][:200])}")
        if path == "/":
            answered(page)
            assert page.evaluate(TRACES) == []
    open_clean(page, f"{path}?{quote(parts[0])}=1")
    open_clean(page, f"{path.rstrip('/')}/{quote(PAYLOADS[0], safe='')}")


def formulas(table: bytes) -> list[str]:
    """The cells of a table that a spreadsheet would reckon out."""
    rows = csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";")
    return [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]


def test_what_is_downloaded_is_saved_and_harmless(page: Page, knowledge_base: KnowledgeBase) -> None:
    """As attachments of a kind that no browser shows as a page; no cell of a table begins a formula."""
    for ending in ("docx", "md", "csv", "bib", "ris"):
        reply = fetched(page, f"/meenemen/antwoord.{ending}?{urlencode({'q': QUESTION})}")
        assert reply.headers["content-disposition"].startswith("attachment; filename="), ending
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "html" not in reply.headers["content-type"]
        if ending == "csv":
            assert formulas(reply.body()) == []
    for card in knowledge_base.documents():
        reply = fetched(page, f"/origineel/{card.key}")
        assert reply.headers["content-disposition"].startswith("attachment; filename="), card.file_name
        assert reply.headers["content-type"] == "application/octet-stream"
        assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_what_is_copied_from_hostile_documents_is_harmless(page: Page) -> None:
    """A mail into which it is pasted runs nothing either."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/?{urlencode({'q': QUESTION})}")
    answered(page)
    page.get_by_role("button", name="Kopieer met bronnen").click()
    expect(page.get_by_role("status").filter(has_text="Gekopieerd")).to_have_count(1)
    html = page.evaluate("navigator.clipboard.read().then(async ([item]) => (await item.getType('text/html')).text())")
    page.goto("/gezond")
    page.set_content(html)

    expect(page.locator("body")).to_contain_text("gekraakt(")
