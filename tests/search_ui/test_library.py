"""The library on the page: what is there, what is known of it, and what people do with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.testclient import TestClient

from kb.catalogue import begin_home
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from kb.types import DocumentCard, State
from search_ui.accounts.access import ON_THIS_COMPUTER
from search_ui.accounts.routes import Accounts
from search_ui.frame import STATIC
from search_ui.library.jobs import Intake
from search_ui.library.listing import Entry, Wish, listed, wish_of
from search_ui.library.routes import add_library
from search_ui.library.sources import SameName, sources_for
from search_ui.shell.guard import Guard
from tests.search_ui.conftest import MANIFEST, NOTES

STATIC_FILES = Path(__file__).resolve().parents[2] / "search_ui" / "static"
HERE = "http://127.0.0.1:7860"
LEESCLUB = "# Nota over de leesclub\n\nDe bijdrage voor de leesclub bedraagt 12 euro per jaar.\n"
QUESTION = "Hoeveel bedraagt de bijdrage voor de leesclub?"
LATER = "# Nota over de leesclub\n\nDe bijdrage voor de leesclub bedraagt 15 euro per jaar.\n"


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the notes, to be copied."""
    folder = tmp_path_factory.mktemp("notes")
    for name, text in {**NOTES, "sources.toml": MANIFEST}.items():
        (folder / name).write_text(text, encoding="utf8")
    home = tmp_path_factory.mktemp("filled") / "home"
    ingest(Home(home), [folder], encoder=WordEncoder())
    return home


@pytest.fixture
def library(filled_home: Path, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The notes in a home that may be changed."""
    home = shutil.copytree(filled_home, tmp_path / "home")
    with KnowledgeBase.open(home, encoder=WordEncoder()) as opened:
        yield opened


def app_of(knowledge_base: KnowledgeBase) -> FastAPI:
    """The application with the library and its guard alone: Gradio would take seconds for each test."""
    app = FastAPI()
    add_library(app, knowledge_base)
    Accounts(knowledge_base.catalogue.home, ON_THIS_COMPUTER).add_check(app)
    app.mount(STATIC, StaticFiles(directory=STATIC_FILES))
    app.add_middleware(Guard)
    return app


def client_of(knowledge_base: KnowledgeBase) -> TestClient:
    """A client on this computer, which does not follow where it is sent."""
    return TestClient(app_of(knowledge_base), base_url=HERE, follow_redirects=False)


@pytest.fixture
def client(library: KnowledgeBase) -> Iterator[TestClient]:
    """Such a client; its work is over before the knowledge base is closed."""
    with client_of(library) as client:
        yield client
        intake_of(client).stop()
        intake_of(client).join(60)


def intake_of(client: TestClient) -> Intake:
    """The worker behind a client."""
    return client.app.state.intake


def add(client: TestClient, *files: tuple[str, str | bytes], naam: str = "replace") -> str:
    """Send files in one form, wait until they are taken in, and read what the page says of them."""
    client.post("/bibliotheek/toevoegen", data={"naam": naam}, files=[("bestanden", file) for file in files])
    intake_of(client).join(120)
    return client.get("/bibliotheek/toevoegen").text


def named(library: KnowledgeBase, file_name: str) -> list[DocumentCard]:
    """The documents of a file name that count."""
    return [card for card in library.catalogue.sources().values() if card.file_name == file_name]


def only(library: KnowledgeBase, file_name: str) -> DocumentCard:
    """The one document of a file name."""
    (card,) = named(library, file_name)
    return card


# --- the list --------------------------------------------------------------------------------------


def test_all_documents_are_listed_with_what_is_known_of_them(client: TestClient) -> None:
    """In a real table, in the language of the page."""
    dutch, english = client.get("/bibliotheek").text, client.get("/en/library").text

    assert "<h2>3 documenten</h2>" in dutch
    assert 'lang="nl"' in dutch
    assert re.search(r'<th scope="col" role="columnheader" aria-sort="ascending">', dutch)
    for text in ("Nota over de fietsvergoeding", "Dienst Mobiliteit", "november 2023", "klaar"):
        assert text in dutch
    assert "November 2023" in english
    assert "3 documents" in english


def test_hostile_titles_are_only_text(client: TestClient, library: KnowledgeBase) -> None:
    """On every page that shows them."""
    key = only(library, "vijandig.md").key
    for path in ("", "/beeld", f"/document/{key}", f"/document/{key}/gelezen", f"/document/{key}/gegevens",
                 f"/document/{key}/gelezen?toon=passages", f"/document/{key}/verwijderen",
                 f"/document/{key}/nieuwe-versie", "?zoek=<script>"):  # fmt: skip
        html = client.get(f"/bibliotheek{path}").text
        assert "<script>" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("zoek=fietsvergoeding", ["Nota over de fietsvergoeding"]),
        ("zoek=MOBILITEIT+nota", ["Nota over de fietsvergoeding"]),
        ("soort=advies", ["Advies over thuiswerk"]),
        ("jaar=2023", ["Nota over de fietsvergoeding"]),
        ("uitgever=Personeelsraad&soort=advies", ["Advies over thuiswerk"]),
        ("staat=withdrawn", []),
        ("zoek=nergens", []),
    ],
)
def test_the_address_searches_and_filters(client: TestClient, query: str, titles: list[str]) -> None:
    """So that a list can be sent to a colleague."""
    html = client.get(f"/bibliotheek?{query}").text
    found = [title for title in ("Nota over de fietsvergoeding", "Advies over thuiswerk") if f">{title}</cite>" in html]

    assert found == titles
    assert "Wis zoekwoorden en filters" in html


@pytest.mark.parametrize(
    "query",
    ["op=nergens", "blz=99999999999999999999999", "blz=-3", "blz=²", "af=x&op=date", "jaar=%00", "zoek=" + "x" * 5000],
)
def test_an_address_that_means_nothing_shows_a_list(client: TestClient, query: str) -> None:
    """Never a server error."""
    assert client.get(f"/bibliotheek?{query}").status_code == 200


def test_thousands_of_documents_come_in_pages(knowledge_base: KnowledgeBase) -> None:
    """Fifty at a time, sorted over all; what is not known comes last either way."""
    cards = list(knowledge_base.catalogue.sources().values())
    entries = [Entry(cards[number % len(cards)]) for number in range(2000)]

    last = listed(entries, Wish(page=99, sort="date", descending=True))

    assert (last.pages, last.found, len(last.entries), last.wish.page) == (40, 2000, 50, 40)
    assert last.entries[-1].card.info.date == "2021-03-04"
    assert wish_of({"zoek": "a", "blz": "3"}).query == "zoek=a&blz=3"


def test_the_picture_counts_by_year_issuer_and_kind(client: TestClient) -> None:
    """With a description and a table for who does not see it; each bar leads to its documents."""
    html = client.get("/bibliotheek/beeld").text

    assert '<title id="years-title">Aantal documenten per jaar, van 2021 tot 2024</title>' in html
    assert '<desc id="years-desc">2021: 1, 2023: 1, 2024: 1</desc>' in html
    assert 'href="/bibliotheek?uitgever=Dienst+Mobiliteit"' in html
    assert " style=" not in html


# --- a document ------------------------------------------------------------------------------------


def test_a_document_tells_what_is_known_and_from_where(client: TestClient, library: KnowledgeBase) -> None:
    """How sure and where from, its file, and ways to ask and to look."""
    card = only(library, "nota-fietsvergoeding.md")
    html = client.get(f"/bibliotheek/document/{card.key}").text

    assert "Dienst Mobiliteit" in html
    assert "100 %, opgegeven in sources.toml" in html
    assert f"document={card.id}" in html
    assert f'href="/bibliotheek/document/{card.key}/gelezen"' in html


def test_a_document_is_shown_as_it_was_read(client: TestClient, library: KnowledgeBase) -> None:
    """Its headings, what each stretch was taken for, and the passages that are sought."""
    key = only(library, "advies-thuiswerk.md").key
    structure = client.get(f"/bibliotheek/document/{key}/gelezen").text
    passages = client.get(f"/bibliotheek/document/{key}/gelezen?toon=passages").text

    assert "Koppen (3)" in structure
    assert '<span class="tag" lang="nl">kop 2</span><span class="words">Uitrusting</span>' in structure
    assert '<span class="tag" lang="nl">lijst</span><span class="words">een draagbare computer;</span>' in structure
    assert "Advies over thuiswerk" in passages
    assert "twee dagen per week" in passages


@pytest.mark.parametrize("path", ["999", "0", "999/gelezen", "999/gegevens", "999/verwijderen", "999/nieuwe-versie"])
def test_a_document_that_is_gone_is_said_in_words(client: TestClient, path: str) -> None:
    """With the way back."""
    reply = client.get(f"/bibliotheek/document/{path}")

    assert reply.status_code == 404
    assert "Dit document is er niet (meer)" in reply.text


def test_a_date_is_corrected_and_filtered_by_at_once(client: TestClient, library: KnowledgeBase) -> None:
    """The reader is sent back with a message that no address can forge."""
    key = only(library, "nota-fietsvergoeding.md").key
    reply = client.post(f"/bibliotheek/document/{key}/gegevens", data={"date": "2 juli 2019"})

    assert (reply.status_code, reply.headers["location"]) == (303, f"/bibliotheek/document/{key}?melding=corrected")
    html = client.get(reply.headers["location"]).text
    assert "Uw verbetering is bewaard." in html
    assert "2 juli 2019" in html
    assert "verbeterd door een gebruiker" in html
    assert ">Nota over de fietsvergoeding</cite>" in client.get("/bibliotheek?jaar=2019").text
    assert "melding=x" not in client.get(f"/bibliotheek/document/{key}?melding=<b>melding=x").text

    client.post(f"/bibliotheek/document/{key}/gegevens", data={"vergeet": "date"})
    assert library.catalogue.card(key).info.date == "2023-11"


def test_what_cannot_be_kept_is_said_beside_its_field(client: TestClient, library: KnowledgeBase) -> None:
    """All at once, nothing is changed, and what was typed stays."""
    key = only(library, "nota-fietsvergoeding.md").key
    said = {"date": "morgen", "replaced_by": "Nergens", "title": "Fietsen"}
    reply = client.post(f"/bibliotheek/document/{key}/gegevens", data=said)

    assert reply.status_code == 422
    assert 'href="#veld-date"' in reply.text
    assert re.search(r'<p class="error" id="fout-date">Morgen is geen datum', reply.text)
    assert re.search(r'id="veld-date" aria-describedby="fout-date uitleg-date" aria-invalid="true"', reply.text)
    assert "Er is geen document dat zo heet" in reply.text
    assert 'value="Fietsen"' in reply.text
    assert library.catalogue.card(key).title == "Nota over de fietsvergoeding"


def test_a_document_is_replaced_by_the_one_of_a_title(client: TestClient, library: KnowledgeBase) -> None:
    """People know titles, not ids; the list says it, and so does the other document."""
    key, other = only(library, "nota-fietsvergoeding.md").key, only(library, "advies-thuiswerk.md").key
    client.post(f"/bibliotheek/document/{key}/gegevens", data={"replaced_by": "Advies over thuiswerk"})

    assert "vervangen door Advies over thuiswerk" in client.get("/bibliotheek?staat=replaced").text
    assert "vervangt Nota over de fietsvergoeding" in client.get(f"/bibliotheek/document/{other}").text
    assert "advies-thuiswerk<" not in client.get(f"/bibliotheek/document/{key}").text
    form = client.get(f"/bibliotheek/document/{key}/gegevens").text
    assert re.search(r'value="Advies over thuiswerk"[^>]* id="veld-replaced_by"', form)
    sent_again = client.post(f"/bibliotheek/document/{key}/gegevens", data={"replaced_by": "Advies over thuiswerk"})
    assert sent_again.headers["location"].endswith("melding=unchanged")


def test_a_withdrawn_document_stays_and_comes_back(client: TestClient, library: KnowledgeBase) -> None:
    """It answers no longer, the list says so, and it can be restored."""
    question = "Hoeveel bedraagt de fietsvergoeding per kilometer?"
    key = only(library, "nota-fietsvergoeding.md").key

    reply = client.post(f"/bibliotheek/document/{key}/intrekken")
    assert "geeft geen antwoorden meer" in client.get(reply.headers["location"]).text
    assert library.ask(question).statements == ()
    assert ">Nota over de fietsvergoeding</cite>" in client.get("/bibliotheek?staat=withdrawn").text

    client.post(f"/bibliotheek/document/{key}/terugzetten")
    assert "35 cent" in library.ask(question).statements[0].text


def test_removal_asks_first_and_names_the_document(client: TestClient, library: KnowledgeBase) -> None:
    """Looking at the question removes nothing; confirming it removes all."""
    key = only(library, "nota-fietsvergoeding.md").key
    asked = client.get(f"/bibliotheek/document/{key}/verwijderen").text
    assert "“Nota over de fietsvergoeding” verwijderen?" in asked
    assert "Dit kan niet ongedaan worden gemaakt." in asked
    assert named(library, "nota-fietsvergoeding.md")

    reply = client.post(f"/bibliotheek/document/{key}/verwijderen")

    assert "Het document is verwijderd" in client.get(reply.headers["location"]).text
    assert named(library, "nota-fietsvergoeding.md") == []


def test_another_writer_is_named_and_nothing_waits(client: TestClient, library: KnowledgeBase) -> None:
    """The reply comes at once, with what was filled in."""
    key = only(library, "nota-fietsvergoeding.md").key
    with library.catalogue.home.writer_lock():
        replies = [
            client.post(f"/bibliotheek/document/{key}/{action}", data={"title": "Fietsen"})
            for action in ("gegevens", "intrekken", "verwijderen")
        ]

    assert [reply.status_code for reply in replies] == [503] * 3
    for reply in replies:
        assert "Een ander programma werkt de kennisbank nu bij; wacht even en probeer het opnieuw" in reply.text
    assert 'value="Fietsen"' in replies[0].text


@pytest.mark.parametrize(
    "path", ["toevoegen", "toevoegen/partij", "toevoegen/stop", "opzij/verbergen",
             "document/1/gegevens", "document/1/verwijderen", "document/1/nieuwe-versie"],
)  # fmt: skip
def test_another_site_changes_nothing(client: TestClient, path: str) -> None:
    """A page elsewhere can make a browser send a form here; it is not carried out."""
    for base in ("/bibliotheek", "/en/library"):
        assert client.post(f"{base}/{path}", headers={"origin": "http://kwaad.example"}).status_code == 403


# --- adding ----------------------------------------------------------------------------------------


def test_files_are_added_and_asked_at_once(client: TestClient, library: KnowledgeBase) -> None:
    """Each file has its outcome in words; the open knowledge base knows the new ones."""
    html = add(client, ("leesclub.md", LEESCLUB), ("leeg.txt", "  "), ("kapot.pdf", b"\x00\x01\x02" * 99))

    assert "Klaar: 1 toegevoegd, 2 opzij gezet." in html
    assert "opzij gezet, want het bestand is leeg" in html
    assert "opzij gezet, want het bestand is beschadigd of onvolledig; haal het opnieuw op" in html
    answer = library.ask(QUESTION)
    assert "12 euro per jaar" in answer.statements[0].text
    assert not list(library.catalogue.home.arriving.glob("*/*"))


def test_what_was_set_aside_is_remembered_until_it_is_read(client: TestClient, library: KnowledgeBase) -> None:
    """In the list of documents, with why and what to do; or until a person has seen enough."""
    add(client, ("leesclub.md", ""), ("leeg.txt", ""))
    html = client.get("/bibliotheek").text
    assert "2 bestanden konden niet worden gelezen" in html
    assert "<strong>leesclub.md</strong>: het bestand is leeg; controleer of het volledig is bewaard" in html

    add(client, ("leesclub.md", LEESCLUB))
    (left,) = library.catalogue.files_set_aside()
    assert left.file_name == "leeg.txt"

    reply = client.post("/bibliotheek/opzij/verbergen", data={"source": left.source})
    assert reply.headers["location"] == "/bibliotheek?melding=dismissed"
    assert library.catalogue.files_set_aside() == ()


def test_the_same_name_is_a_new_version(client: TestClient, library: KnowledgeBase) -> None:
    """Also of a document that was added on the command line; the old version stays to be read."""
    add(client, ("leesclub.md", LEESCLUB))
    old = only(library, "leesclub.md")
    html = add(client, ("leesclub.md", LATER), ("nota-fietsvergoeding.md", "# Fietsen\n\nHet bedrag is 40 cent.\n"))

    assert "Klaar: 2 nieuwe versies." in html
    new = only(library, "leesclub.md")
    assert (new.id, new.key > old.key) == (old.id, True)
    assert "15 euro" in library.ask(QUESTION).statements[0].text
    page = client.get(f"/bibliotheek/document/{old.key}").text
    assert "Dit is een oudere versie" in page
    assert f'href="/bibliotheek/document/{new.key}"' in page
    assert len(named(library, "nota-fietsvergoeding.md")) == 1


def test_another_document_of_the_same_name_is_not_lost(client: TestClient, library: KnowledgeBase) -> None:
    """Where a person says so, or where one batch holds two; what is equal is not added twice."""
    add(client, ("leesclub.md", LEESCLUB))
    html = add(client, ("leesclub.md", LATER), ("leesclub.md", LEESCLUB), naam="beside")

    assert "Klaar: 1 toegevoegd, 1 stond er al." in html
    assert "niet dubbel toegevoegd, want het is gelijk aan leesclub.md" in html
    assert len(named(library, "leesclub.md")) == 2


def test_names_say_of_which_document_a_file_is_a_version(knowledge_base: KnowledgeBase) -> None:
    """A loose file by its name, one of a folder by its path; what is ambiguous replaces nothing."""
    card = next(iter(knowledge_base.catalogue.sources().values()))
    name = card.file_name
    once, twice = {"/ergens/x": card}, {"/ergens/x": card, f"upload:{name}": card}

    def chosen(names: list[str], known: dict[str, DocumentCard], way: SameName = SameName.REPLACE) -> list[str]:
        return sources_for(names, known, way)

    assert chosen([name, "nieuw.md"], once) == ["/ergens/x", "upload:nieuw.md"]
    assert chosen([f"map/{name}"], once) == [f"upload:map/{name}"]
    assert chosen([f"map/{name}"], {f"upload:map/{name}": card}) == [f"upload:map/{name}"]
    assert chosen([name], twice) == [f"upload:{name} (2)"]
    assert chosen([name, name], once) == [f"upload:{name}", f"upload:{name} (2)"]
    assert chosen([name], once, SameName.BESIDE) == [f"upload:{name}"]


def test_a_new_version_may_have_another_name(client: TestClient, library: KnowledgeBase) -> None:
    """It takes the place of that one document, keeps what people corrected, and where it came from is said before."""
    key = only(library, "nota-fietsvergoeding.md").key
    client.post(f"/bibliotheek/document/{key}/gegevens", data={"publisher": "De Fietsdienst"})
    assert "Dit document werd gelezen uit" in client.get(f"/bibliotheek/document/{key}/nieuwe-versie").text

    file = ("bestanden", ("fietsen-2025.md", "# Fietsen\n\nDe fietsvergoeding bedraagt 40 cent per kilometer.\n"))
    client.post(f"/bibliotheek/document/{key}/nieuwe-versie", files=[file])
    intake_of(client).join(60)

    card = only(library, "fietsen-2025.md")
    assert (card.id, card.info.publisher) == ("nota-fietsvergoeding", "De Fietsdienst")
    assert library.catalogue.card(key).state is State.REPLACED


def test_files_that_come_one_by_one_keep_their_folders(client: TestClient, library: KnowledgeBase) -> None:
    """As the page's script sends them: two of one name stay two, and a read-me of a folder is said to be left out."""
    batch = client.post("/bibliotheek/toevoegen/partij").json()
    for name, text in (("map/a/nota.md", LEESCLUB), ("map/b/nota.md", LATER), ("map/README.md", "lees mij")):
        assert client.post(f"{batch['file']}?naam={name}", content=text.encode()).json() == {"name": name}
    client.post(batch["begin"])
    intake_of(client).join(60)
    state = client.get("/bibliotheek/toevoegen/stand").json()

    assert (state["busy"], state["said"]) == (False, "Klaar: 2 toegevoegd, 1 overgeslagen.")
    assert "<strong>map/README.md</strong>: overgeslagen" in state["html"]
    assert len(named(library, "nota.md")) == 2
    assert client.post(batch["begin"]).json()["error"].startswith("deze bestanden zijn er niet meer")


def test_waiting_for_another_writer_is_said_and_can_be_stopped(client: TestClient, library: KnowledgeBase) -> None:
    """Nothing is lost meanwhile: the page asks and answers, and a reload shows the same."""
    with library.catalogue.home.writer_lock():
        client.post("/bibliotheek/toevoegen", files=[("bestanden", ("leesclub.md", LEESCLUB))])
        while client.get("/bibliotheek/toevoegen/stand").json()["said"].startswith("Wacht op zijn beurt"):
            pass
        said = client.get("/bibliotheek/toevoegen/stand").json()["said"]
        answer = library.ask("Hoeveel bedraagt de fietsvergoeding per kilometer?")
        client.post("/bibliotheek/toevoegen/stop")
        intake_of(client).join(60)

    assert "35 cent" in answer.statements[0].text
    assert said == "Wacht tot een ander programma klaar is met de kennisbank: 0 van 1 bestanden"
    assert "Gestopt: 1 niet gelezen." in client.get("/bibliotheek/toevoegen").text
    assert named(library, "leesclub.md") == []


def test_nothing_chosen_is_said_in_words(client: TestClient) -> None:
    """Also where a form is no form."""
    assert "Er is geen bestand gekozen" in client.post("/bibliotheek/toevoegen", files=[("x", ("", b""))]).text
    assert "Het versturen is onderbroken" in client.post("/bibliotheek/toevoegen", content=b"x").text


def test_an_empty_knowledge_base_can_be_begun_on_the_page(tmp_path: Path) -> None:
    """Serving makes the home; the library says what to do, and the first document answers."""
    home = Home(tmp_path / "home")
    begin_home(home)
    with KnowledgeBase.open(home.path, encoder=WordEncoder()) as opened:
        with client_of(opened) as client:
            empty = client.get("/bibliotheek").text
            picture = client.get("/bibliotheek/beeld").status_code
            add(client, ("leesclub.md", LEESCLUB))
        answer = opened.ask(QUESTION)

    assert "Er zijn nog geen documenten" in empty
    assert picture == 200
    assert "12 euro" in answer.statements[0].text
