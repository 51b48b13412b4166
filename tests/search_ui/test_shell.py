"""The web application around the page: who may talk to it, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kb.knowledge_base import KnowledgeBase
from kb.types import StoredPassage
from search_ui.shell.app import create_app

HERE = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def client(knowledge_base: KnowledgeBase) -> Iterator[TestClient]:
    """A client on this computer."""
    with TestClient(create_app(knowledge_base), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def passage(knowledge_base: KnowledgeBase) -> StoredPassage:
    """The passage about the bicycle allowance."""
    return knowledge_base.search("fietsvergoeding per kilometer")[0].stored


def test_the_page_is_dutch_and_has_a_title_before_any_script_runs(client: TestClient) -> None:
    """Gradio alone says English and nothing."""
    html = client.get("/").text

    assert '<html\n\tlang="nl"' in html
    assert html.count("<title>Bronvast: vraag en antwoord uit uw documenten</title>") == 1
    assert '<link rel="stylesheet" href="/static/bronvast/style.css' in html


def test_the_page_is_english_on_request(client: TestClient) -> None:
    """?taal=en keeps the question and leads to the English page."""
    reply = client.get("/?taal=en&q=wat+%26+hoe")

    assert (reply.status_code, reply.headers["location"]) == (307, "/en/?q=wat+%26+hoe")
    assert '<html\n\tlang="en"' in client.get("/en/").text
    assert client.get("/en/?taal=nl").headers["location"] == "/"


def test_only_scripts_that_the_page_names_may_run(client: TestClient) -> None:
    """Every inline script carries the nonce of this reply, and the policy allows no other."""
    replies = [client.get("/"), client.get("/")]
    nonces = [re.search(r"'nonce-([^']+)'", reply.headers["content-security-policy"])[1] for reply in replies]

    assert nonces[0] != nonces[1]
    assert "'unsafe-inline'" not in re.search(r"script-src[^;]*", replies[0].headers["content-security-policy"])[0]
    for script in re.findall(r"<script\b[^>]*>", replies[0].text):
        assert "src=" in script or f'nonce="{nonces[0]}"' in script


def test_nothing_on_the_page_comes_from_elsewhere(client: TestClient) -> None:
    """No address of another host in its links, scripts and styles."""
    assert not re.findall(r'(?:src|href|content)="https?://[^"]*"', client.get("/").text)


@pytest.mark.parametrize("path", ["/", "/gezond", "/static/bronvast/style.css", "/config", "/nergens"])
def test_every_reply_carries_the_security_headers(client: TestClient, path: str) -> None:
    """Also assets and refusals."""
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "object-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:80", "[::1]:7860", "LOCALHOST"])
def test_the_names_of_this_computer_are_answered(client: TestClient, host: str) -> None:
    """With any port."""
    assert client.get("/gezond", headers={"host": host}).json() == {"status": "ok", "documents": 3}


@pytest.mark.parametrize("host", ["kwaad.example", "127.0.0.1.kwaad.example", "localhost@kwaad.example", "[", ""])
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    """A name that someone else points at this computer reads nothing."""
    reply = client.get("/gezond", headers={"host": host})

    assert (reply.status_code, reply.content) == (421, b"")


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://kwaad.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:1"},
     {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_another_site_cannot_ask(client: TestClient, headers: dict[str, str]) -> None:
    """A page elsewhere can make a browser send a request here; it is not carried out."""
    assert client.post("/gradio_api/call/ask", json={"data": ["Wat?"]}, headers=headers).status_code == 403


def test_the_page_itself_and_programs_can_ask(client: TestClient) -> None:
    """A browser names our own origin, a program none."""
    by_form = {"origin": "null", "sec-fetch-site": "same-origin"}
    for headers in ({"origin": HERE, "sec-fetch-site": "same-origin"}, by_form, {}):
        assert client.post("/gradio_api/call/ask", json={"data": ["Wat?"]}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/proxy=http://kwaad.example/", "/gradio_api/file=/etc/passwd",
             "/en/gradio_api/upload", "/gradio_api/vibe-code/", "/gradio_api/runs"],
)  # fmt: skip
def test_doors_that_the_page_does_not_use_are_closed(client: TestClient, path: str) -> None:
    """No uploads, no proxy, no files, no history."""
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in (404, 405)


def test_an_address_that_nobody_knows_is_a_page_that_says_so(client: TestClient) -> None:
    """With the menu, and in the language of the address; a program gets no page."""
    page = client.get("/bibliotheek/nergens", headers={"accept": "text/html"})

    assert page.status_code == 404
    assert "Deze pagina bestaat niet." in page.text
    assert "Bibliotheek</a>" in page.text
    assert "There is no such page." in client.get("/en/nowhere", headers={"accept": "text/html"}).text
    assert client.get("/nergens").headers["content-type"] == "application/json"


def test_programs_find_one_endpoint(client: TestClient) -> None:
    """What the page does for itself is no interface."""
    info = client.get("/gradio_api/info").json()

    assert (list(info["named_endpoints"]), info["unnamed_endpoints"]) == (["/ask"], {})


def test_a_source_is_shown_in_its_text_with_its_quote_marked(client: TestClient, passage: StoredPassage) -> None:
    """The quote's offsets are those of the document."""
    start = passage.passage.start + passage.passage.text.index("35 cent")
    plain = client.get(f"/bron/{passage.key}").text
    marked = client.get(f"/bron/{passage.key}?start={start}&end={start + 7}").text

    assert "<cite>Nota over de fietsvergoeding</cite>" in plain
    assert "<mark>" not in plain
    assert "bedraagt <mark>35 cent</mark> per kilometer" in marked


def test_a_source_that_is_gone_is_one_readable_line(client: TestClient) -> None:
    """In the language of the page that asked."""
    reply = client.get("/bron/999999")

    assert reply.status_code == 404
    assert "Deze passage bestaat niet meer; stel de vraag opnieuw" in reply.text
    assert '<html lang="en">' in client.get("/bron/999999?taal=en").text
