"""What the tests of the page share: a browser, small knowledge bases of made-up notes, and their servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from kb.catalogue import begin_home
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from kb.users import passwords
from kb.users.store import Users
from kb.users.types import Role
from tests.search_ui.browsing import chromium, whole_page
from tests.search_ui.collection import fill
from tests.search_ui.front_door import PASSWORD, Clock, by_login, visitor

NOTES = {
    "advies-thuiswerk.md": """# Advies over thuiswerk

## Aantal dagen

Een personeelslid mag ten hoogste twee dagen per week thuiswerken. De leidinggevende legt die dagen vooraf vast.

## Uitrusting

De dienst bezorgt elke thuiswerker deze uitrusting:

- een draagbare computer;
- een scherm van minstens 24 duim;
- een verstelbare bureaustoel.
""",
    "nota-fietsvergoeding.md": """# Nota over de fietsvergoeding

## Bedrag

De fietsvergoeding bedraagt 35 cent per kilometer. Ze wordt elke maand samen met het loon betaald.
""",
    "vijandig.md": """# Proef met tekens

## Sjabloon

De proefzin met tekens luidt <img src=x onerror=window.gekraakt=1> {{constructor}} ${window.gekraakt=2} en eindigt hier.
""",
}
MANIFEST = """
["advies-thuiswerk.md"]
title = "Advies over thuiswerk"
publisher = "Personeelsraad"
kind = "advies"
date = 2021-03-04
language = "nl"

["nota-fietsvergoeding.md"]
title = "Nota over de fietsvergoeding"
publisher = "Dienst Mobiliteit"
kind = "nota"
date = "2023-11"
language = "nl"

["vijandig.md"]
title = "Proef <script>window.gekraakt=3</script> {{7*7}} ${window.gekraakt=4}"
publisher = "</script><script>window.gekraakt=5</script>"
kind = "verslag"
date = "2024"
language = "nl"
"""


@pytest.fixture(scope="session")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The notes above in a home of their own."""
    folder = tmp_path_factory.mktemp("notes")
    for name, text in {**NOTES, "sources.toml": MANIFEST}.items():
        (folder / name).write_text(text, encoding="utf8")
    home, encoder = tmp_path_factory.mktemp("home"), WordEncoder()
    ingest(Home(home), [folder], encoder=encoder)
    with KnowledgeBase.open(home, encoder=encoder) as opened:
        yield opened


@pytest.fixture(scope="session")
def address(knowledge_base: KnowledgeBase) -> Iterator[str]:
    """The address of a running page over the notes."""
    with whole_page(knowledge_base) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this computer. As long as it lives an event loop runs here, which other tests have no use for."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole application over the collection. What a test adds to it, others may find."""
    folder = tmp_path_factory.mktemp("office")
    fill(folder / "home", folder / "documents")
    with KnowledgeBase.open(folder / "home", encoder=WordEncoder()) as knowledge_base, whole_page(knowledge_base) as at:
        yield at


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole application without a single document."""
    home = tmp_path_factory.mktemp("empty") / "home"
    begin_home(Home(home))
    with KnowledgeBase.open(home, encoder=WordEncoder()) as knowledge_base, whole_page(knowledge_base) as at:
        yield at


# --- a small application with a door (front_door.py) -------------------------------------------------


@pytest.fixture(scope="module")
def quick_hashes() -> Iterator[None]:
    """The same hash with less work, so that a hundred tests take seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._hash_of_nobody.cache_clear()
        yield
    passwords._hash_of_nobody.cache_clear()


@pytest.fixture(scope="module")
def people(quick_hashes: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a manager, a reader, and one without a password."""
    users = Users(Home(tmp_path_factory.mktemp("people")))
    users.add("Jan", Role.MANAGER, PASSWORD)
    users.add("lies", Role.READER, PASSWORD)
    users.add("piet", Role.MANAGER, None)
    return users._home.users


@pytest.fixture
def home(people: Path, tmp_path: Path) -> Home:
    """A home with these people."""
    made = Home(tmp_path)
    made.users.write_bytes(people.read_bytes())
    return made


@pytest.fixture
def clock() -> Clock:
    """One for each test."""
    return Clock()


@pytest.fixture
def client(home: Home, clock: Clock) -> Iterator[TestClient]:
    """Such a browser, where everybody logs in."""
    with visitor(home, by_login(clock)) as client:
        yield client
