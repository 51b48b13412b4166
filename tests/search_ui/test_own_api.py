"""Every address of ours, as it describes itself, asked whatever Hypothesis thinks of: never an error of the server.

The same with more patience: ``python -m tests.bench.hostile``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.routing import Mount
from starlette.testclient import TestClient

from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from kb.wording import LANGUAGES
from search_ui.question.page import SESSIONS_KEPT
from search_ui.shell.app import create_app
from search_ui.shell.doors import Doors
from search_ui.shell.rates import Buckets
from tests.hostile.requests import Operation, Said, operations, requests_to

EXAMPLES = 8
BUSY = 503  # another change is at work: it is said in words, and can be tried again
HERE = "http://127.0.0.1:7860"
NOTE = "# Nota\n\nDe raad adviseert het plan. Het Platform Leren en Werken (PLW) volgt de trajecten op.\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the whole application over one note, which may ask as often as it likes."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "nota.md").write_text(NOTE)
    ingest(Home(folder / "home"), [folder / "nota.md"], encoder=WordEncoder())
    patient = pytest.MonkeyPatch()
    patient.setattr(Buckets, "wait", lambda *_: 0.0)
    with (
        KnowledgeBase.open(Path(folder / "home"), encoder=WordEncoder()) as opened,
        TestClient(create_app(opened), base_url=HERE, follow_redirects=False) as client,
    ):
        yield client
        client.app.state.intake.stop()
        client.app.state.intake.join(60)
    patient.undo()


def test_all_addresses_describe_themselves(client: TestClient) -> None:
    """Pages, actions, sources and Gradio's open doors; none is left out by mistake."""
    known = {operation.path for operation in operations(client.app)}

    assert {"/gezond", "/bibliotheek", "/en/library/document/{key}/details", "/begrippen/bewerk", "/bron/{key}",
            "/document/{key}/pagina/{page}.webp", "/origineel/{key}", "/meenemen/antwoord.{ending}",
            "/gradio_api/queue/join"} <= known  # fmt: skip


def test_nothing_that_is_asked_is_an_error_of_the_server(client: TestClient) -> None:
    """Each address with parameters, forms and files of every kind; a change may have to wait for another."""
    failed: list[tuple[str, Said]] = []
    for operation in operations(client.app):
        _ask(client, operation, failed)

    assert failed == []


def test_sessions_do_not_pile_up_in_memory(client: TestClient) -> None:
    """Gradio begins one with every question of a program, and would keep ten thousand of them."""
    doors = [route.app for route in client.app.routes if isinstance(route, Mount) and isinstance(route.app, Doors)]
    for gradio in (door.app for door in doors):
        kept = [gradio.state_holder[f"programma-{number}"] for number in range(SESSIONS_KEPT + 10)]
        assert len(gradio.state_holder.session_data) == SESSIONS_KEPT < len(kept)
    assert len(doors) == len(LANGUAGES)


def _ask(client: TestClient, operation: Operation, failed: list[tuple[str, Said]]) -> None:
    @given(said=requests_to(operation))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(said: Said) -> None:
        reply = client.request(operation.method, said.address, **said.sent)
        if reply.status_code >= 500 and reply.status_code != BUSY:
            failed.append((operation.method, said))

    ask()
