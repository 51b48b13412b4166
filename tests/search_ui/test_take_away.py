"""Taking answers along: the bar under an answer, what is copied, and the addresses of files."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import docx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kb.hand_out.formats import FORMATS
from kb.hand_out.plain import quoted
from kb.knowledge_base import KnowledgeBase
from kb.question import without_broken_characters
from kb.types import Filters, Notice
from search_ui.question.rendering import render_answer
from search_ui.question.request import Request
from search_ui.take_away.downloads import MOST_QUESTIONS, add_downloads, attachment, file_address, requests_of
from search_ui.take_away.rich_text import rich_quote, rich_text
from tests.kb.hand_out.samples import ADVISED, FRENCH, NOTED, found, handed_out, not_found, says, separately, whole
from tests.kb.test_references import HOSTILE
from tests.search_ui.samples import stored

DAYS = "Hoeveel dagen per week mag een personeelslid thuiswerken?"


@pytest.fixture(scope="module")
def client(knowledge_base: KnowledgeBase) -> TestClient:
    """The route of the files over the notes, without the page around it."""
    app = FastAPI()
    add_downloads(app, knowledge_base)
    return TestClient(app)


class Elements(HTMLParser):
    """The elements of a page, and the texts of those of a class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, attribute: str) -> list[str]:
        """An attribute of each element that has it."""
        return [attrs[attribute] or "" for name, attrs in self.found if name == tag and attribute in attrs]


def file_name(header: str) -> str:
    """The name that a browser of today reads in a Content-Disposition."""
    return unquote(header.partition("filename*=UTF-8''")[2])


def test_the_links_ask_the_same_again() -> None:
    """With the filters, and in the language of the page; the server keeps nothing."""
    request = Request("Wat & hoe?", Filters(kinds=("advies",), first_year=2018), literal=True)
    page = Elements(render_answer(found("Wat & hoe?", says(NOTED)), request, language="en"))
    addresses = [address for address in page.all("a", "href") if address.startswith("/meenemen/")]

    query = "q=Wat+%26+hoe%3F&soort=advies&van=2018&letterlijk=1&taal=en"
    assert addresses == [f"/meenemen/antwoord.{ending}?{query}" for ending in ("docx", "md", "csv", "bib", "ris")]
    assert requests_of(addresses[0].partition("?")[2]) == [request]


def test_no_answer_has_no_references_to_take_along() -> None:
    """A link that gives nothing is no help."""
    page = Elements(render_answer(not_found("Wat?"), Request("Wat?"), language="nl"))

    taken = [one.partition("?")[0] for one in page.all("a", "href") if one.startswith("/meenemen/")]
    assert taken == [f"/meenemen/antwoord.{ending}" for ending in ("docx", "md", "csv")]


def test_what_is_copied_of_a_statement_is_that_statement() -> None:
    """Also where statements that differ stand before the others on the page: the script goes by their order."""
    advice, note, french = separately(ADVISED, NOTED, FRENCH)
    differ = Notice("differing", (("documents", "document-2, document-3"), ("positions", "a; b")))
    html = render_answer(
        found("Hoe?", says(advice), says(note), says(french), warnings=(differ,)), Request("Hoe?"), language="nl"
    )
    shown = [html.index(words) for words in ("Een mentor begeleidt.", "Un tuteur accompagne.", "De raad vraagt")]
    copied = Elements(html).all("template", "data-text")[1:]

    assert shown == sorted(shown)
    assert [text.splitlines()[0] for text in copied] == [
        "“Een mentor begeleidt.” (Nota, 2020)",
        "“Un tuteur accompagne.” (FOREM, z.d., p. 9 [pagina afgeleid])",
        "De raad vraagt drie dingen:",
    ]


def test_rich_text_keeps_lists_italics_and_languages() -> None:
    """In elements that a mail keeps."""
    html = rich_text(whole())

    assert html.startswith('<div lang="nl"><p><strong>Wat vraagt de raad?</strong></p>')
    assert '<ul lang="nl"><li>tijd;</li><li>geld;</li><li>een mentor. [1] [2]</li></ul>' in html
    assert '<p lang="fr">Un tuteur accompagne. [3]</p>' in html
    assert "<ol><li>SERV. (2018, 2 juli). <i>Advies over leren</i> (p. 3) [Advies]. Onder “4.2 Kosten”.</li>" in html


def test_a_quote_carries_its_reference() -> None:
    """A sentence between quotation marks, a list without; each reference once."""
    hand_out = whole()
    a_list, sentence = hand_out.answers[0].statements

    assert quoted(sentence, hand_out) == (
        "“Un tuteur accompagne.” (FOREM, z.d., p. 9 [pagina afgeleid])\n\nFOREM. (z.d.). Note (p. 9 [pagina afgeleid])."
    )
    assert rich_quote(a_list, hand_out).startswith('<div lang="nl"><p lang="nl">De raad vraagt drie dingen:</p><ul')
    assert "een mentor. (SERV, 2018, p. 3; <i>Nota</i>, 2020)</li>" in rich_quote(a_list, hand_out)


@pytest.mark.parametrize("text", [*HOSTILE, "</template><script>alert(1)</script>", "{{constructor}} ${alert(1)}"])
def test_hostile_words_stay_words_in_what_is_copied(text: str) -> None:
    """No element but ours, in the page or on the clipboard."""
    asked = without_broken_characters(text)  # as the front door does
    answer = found(asked, says(stored(f"Zin. {text}", title=text, publisher=text, kind=text, headings=(text,))))
    tags = {tag for tag, _ in Elements(render_answer(answer, Request(text), language="nl")).found}

    assert tags <= set("section h2 h3 div p a button template strong i ol ul li br span cite".split())
    assert {tag for tag, _ in Elements(rich_text(handed_out(answer))).found} <= set(
        "div p strong i ol ul li br".split()
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_every_form_is_a_file_with_its_type_and_a_name(client: TestClient, ending: str) -> None:
    """It is saved, not shown, and kept by nobody on the way."""
    reply = client.get(file_address([Request(DAYS)], ending, language="nl"))

    assert reply.status_code == 200
    assert reply.headers["content-type"] == FORMATS[ending].media_type
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-disposition"].startswith("attachment; ")
    assert file_name(reply.headers["content-disposition"]) == (
        f"bronvast-Hoeveel-dagen-per-week-mag-een-personeelslid-thuiswerken.{ending}"
    )


def test_a_file_holds_the_answer_with_its_filters(client: TestClient) -> None:
    """Asked again as it was asked on the page."""
    request = Request(DAYS, Filters(kinds=("advies",)))
    document = docx.Document(io.BytesIO(client.get(file_address([request], "docx", language="nl")).content))
    table = client.get(file_address([request], "csv", language="en")).content.decode("utf-8-sig")

    texts = [one.text for one in document.paragraphs]
    assert texts[0] == DAYS
    assert any("ten hoogste twee dagen per week" in text for text in texts)
    assert "Alleen gezocht in documenten met: advies." in texts
    assert {row["kind"] for row in csv.DictReader(io.StringIO(table, newline=""))} == {"advice"}


def test_several_questions_become_one_dossier(client: TestClient) -> None:
    """In the order of the address, each with filters of its own."""
    requests = [Request(DAYS, Filters(last_year=2022)), Request("Hoeveel bedraagt de fietsvergoeding per kilometer?")]
    written = client.get(file_address(requests, "md", language="nl")).text
    lines = [line for line in written.splitlines() if line.startswith(("#", "Alleen"))]

    assert lines == [
        "# Dossier",
        f"## {DAYS}",
        "Alleen gezocht in documenten met: tot en met 2022.",
        "## Hoeveel bedraagt de fietsvergoeding per kilometer?",
        "## Bronnen",
    ]


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("antwoord.exe?q=Wat", 404, "Zo’n bestand maakt Bronvast niet"),
        ("antwoord.md", 400, "De vraag is leeg"),
        ("antwoord.md?q=+", 400, "De vraag is leeg"),
        ("antwoord.bib?q=Wat+kost+een+treinkaartje+naar+Parijs%3F", 400, "Er is niets geciteerd"),
        ("antwoord.md?" + "q=a&" * (MOST_QUESTIONS + 1), 400, "verdeel ze over twee dossiers"),
    ],
)
def test_what_cannot_be_had_is_said_on_a_page(client: TestClient, address: str, status: int, message: str) -> None:
    """In one line, in the reader's language."""
    reply = client.get(f"/meenemen/{address}")

    assert (reply.status_code, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert message in reply.text.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wat is duaal leren?", "bronvast-Wat-is-duaal-leren.docx"),
        ("Coördinator: wie/wat?", "bronvast-Coördinator-wie-wat.docx"),
        ("../../etc/passwd", "bronvast-etc-passwd.docx"),
        ('a"\r\nX-Kwaad: 1', "bronvast-a-X-Kwaad-1.docx"),
        ("???", "bronvast.docx"),
        ("Ω", "bronvast-Ω.docx"),
        ("x" * 500, f"bronvast-{'x' * 60}.docx"),
    ],
)
def test_a_file_is_named_safely_after_its_question(title: str, name: str) -> None:
    """Whole for browsers that read RFC 8187, in plain letters for others; never a path or a second header."""
    header = attachment(title, "docx")

    assert file_name(header) == name
    assert re.fullmatch(r'attachment; filename="bronvast[\w.-]*"; filename\*=UTF-8\'\'[\w.%-]+', header)
    assert header.isascii()
    assert header.isprintable()
