"""The commands that change and show what is in the knowledge base, as a user sees them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from ingest.types import Page, TextSource
from kb.catalogue import Catalogue
from kb.cli.app import build
from kb.dutch_encoder.files import model_folder
from kb.encoder import load_encoder
from kb.home import Home

HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "spacy", "gradio", "pypdf", "docx", "pptx"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a note and an empty file."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "nota.md").write_text("# Nota\n\nDe minister keurt de begroting goed.\n")
    (made / "leeg.txt").write_text("")
    return made


@pytest.fixture(autouse=True)
def _own_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command works in the test's own home, in Dutch."""
    monkeypatch.setenv("BRONVAST_HOME", str(home.path))
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)


def bronvast(*arguments: object) -> Result:
    """Run a command line."""
    return CliRunner().invoke(build(), [str(argument) for argument in arguments])


def test_ingest_says_what_became_of_each_file(folder: Path) -> None:
    """A summary on the output, what was set aside with its reason on the error output; what worked counts."""
    first = bronvast("ingest", folder)
    (folder / "kopie.md").write_text((folder / "nota.md").read_text())
    again = bronvast("ingest", folder)

    set_aside = f"{folder}/leeg.txt: het bestand is leeg; controleer of het volledig is bewaard\n"
    assert (first.exit_code, first.stdout) == (0, "1 toegevoegd, 1 opzij gezet\n")
    assert (again.exit_code, again.stdout) == (
        0,
        f"{folder}/kopie.md: zelfde inhoud als nota.md\n2 ongewijzigd, 1 opzij gezet\n",
    )
    assert first.stderr == again.stderr == set_aside


def test_ingest_fails_when_every_file_does(folder: Path) -> None:
    """A script can tell that nothing went in."""
    result = bronvast("ingest", folder / "leeg.txt")

    assert (result.exit_code, result.stdout) == (1, "1 opzij gezet\n")


def test_documents_are_listed(folder: Path) -> None:
    """A table for people, a line of JSON each for scripts."""
    bronvast("ingest", folder)
    table = bronvast("documents")
    (line,) = bronvast("documents", "--json").stdout.splitlines()

    heading, row = table.stdout.splitlines()
    assert heading.split() == ["id", "titel", "uitgever", "datum", "soort", "pagina's", "passages"]
    assert row.split()[:2] == ["nota", "Nota"]
    assert json.loads(line)["document"] == "nota"


def test_the_list_says_what_was_not_read(home: Home, prepare) -> None:
    """Under the table, with the pages and what to do."""
    prepared = prepare("scan", "Een zin.", "Nog een zin.")
    pages = (*prepared.document.pages, Page(2, len(prepared.document.text), "", source=TextSource.NONE))
    document = replace(prepared.document, pages=pages, warnings=("pages_unread_without_ocr",))
    with Catalogue.open(home, create=True) as catalogue:
        catalogue.add(replace(prepared, document=document))

    *_, line = bronvast("documents").stdout.splitlines()

    assert line.startswith("scan: Niet gelezen: p. 2. ")
    assert "tesseract-ocr-nld" in line


def test_an_emptied_home_says_how_to_fill_it(folder: Path) -> None:
    """Removal is confirmed by name; a list of nothing is a hint."""
    bronvast("ingest", folder)
    removed = bronvast("remove", "nota")
    listed = bronvast("documents")

    assert (removed.exit_code, removed.stdout) == (0, "verwijderd: nota\n")
    assert listed.stdout == "er zijn nog geen documenten; voeg ze toe met: bronvast ingest MAP\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["documents"], "in {home} staat nog geen kennisbank; voeg eerst documenten toe met: bronvast ingest MAP"),
        (["remove", "nota"], "in {home} staat nog geen kennisbank; voeg eerst documenten toe met: bronvast ingest MAP"),
        (["ingest", "/geen/map"], "/geen/map bestaat niet; controleer de naam"),
        (
            ["ingest", "{folder}", "--encoder", "/geen/model"],
            "er is geen encoder /geen/model; noem een map met een sentence-transformers-model, of laat --encoder weg",
        ),
    ],
)
def test_an_error_is_one_line(arguments: list[str], line: str, folder: Path, home: Home) -> None:
    """It says what is wrong and what to do, on the error output, with exit code 1."""
    result = bronvast(*(argument.format(folder=folder) for argument in arguments))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == line.format(home=home.path) + "\n"


def test_debug_shows_where_an_error_arose() -> None:
    """For whoever has to mend it, the error itself comes through."""
    result = bronvast("--debug", "documents")

    assert type(result.exception).__name__ == "HomeError"


def test_a_home_can_be_named_before_and_after_the_command(folder: Path, tmp_path: Path) -> None:
    """Both ways lead to the same place."""
    before = bronvast("--home", tmp_path / "a", "ingest", folder / "nota.md")
    after = bronvast("ingest", folder / "nota.md", "--home", tmp_path / "b")

    assert (before.exit_code, after.exit_code) == (0, 0)
    assert Home(tmp_path / "a").exists
    assert Home(tmp_path / "b").exists


def test_a_busy_home_is_refused(folder: Path, home: Home) -> None:
    """The second writer is told to wait."""
    with home.writer_lock():
        result = bronvast("ingest", folder)

    assert result.exit_code == 1
    assert result.stderr == (f"een ander programma werkt de kennisbank in {home.path} nu bij; wacht tot dat klaar is\n")


def test_another_encoder_needs_new_vectors(folder: Path) -> None:
    """The refusal names both encoders and the way out, and the way out works."""
    model = str(model_folder())
    bronvast("ingest", folder)
    refused = bronvast("ingest", folder, "--encoder", model)
    changed = bronvast("reencode", "--encoder", model)
    accepted = bronvast("ingest", folder)

    assert refused.exit_code == 1
    assert f"{load_encoder().name}, maar gevraagd is {model}" in refused.stderr
    assert f"bronvast reencode --encoder {model}" in refused.stderr
    assert (changed.exit_code, changed.stdout) == (0, "alle vectoren zijn opnieuw uitgerekend\n")
    assert accepted.stdout == "1 ongewijzigd, 1 opzij gezet\n"


def test_an_interruption_is_confirmed() -> None:
    """Ctrl+C ends with its own exit code, and says that nothing is lost."""
    app = build()

    @app.command("wachten")
    def wait() -> None:
        raise KeyboardInterrupt

    result = CliRunner().invoke(app, ["wachten"])

    assert result.exit_code == 130
    assert result.stderr == (
        "onderbroken; wat al was toegevoegd, is bewaard, en dezelfde opdracht gaat daarna verder\n"
    )


def test_what_the_system_refuses_is_one_line_too() -> None:
    """No error of the disk shows a trace."""
    app = build()

    @app.command("weigeren")
    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "/map")

    result = CliRunner().invoke(app, ["weigeren"])

    assert result.exit_code == 1
    assert result.stderr.startswith("het besturingssysteem weigert: ")
    assert result.stderr.endswith("'/map'\n")


def test_every_command_says_what_it_does() -> None:
    """Commands of other rooms included: the page is served by one."""
    commands = typer.main.get_command(build()).commands  # type: ignore[attr-defined]

    assert set(commands) >= {"ingest", "ask", "search", "documents", "remove", "reencode", "evaluate", "serve"}
    assert [name for name, command in commands.items() if not command.help] == []


def test_english_is_spoken_where_asked() -> None:
    """One variable changes the language of all help."""
    done = subprocess.run(
        [sys.executable, "-c", "from kb.cli import main; main()", "--help"],
        env={"BRONVAST_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Show the list of documents." in done.stdout


@pytest.mark.parametrize("command", ["--help", "documents"])
def test_a_small_command_starts_fast(command: str, folder: Path) -> None:
    """What needs no model and no index does not wait for their libraries."""
    bronvast("ingest", folder)
    script = (
        "import sys\nfrom kb.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, command], capture_output=True, text=True, check=True)

    assert set(done.stderr.split()) & HEAVY == set()


def test_a_correction_is_made_and_shown(folder: Path) -> None:
    """What is known is shown with how sure and where from; what a person said is certain, until it is forgotten."""
    bronvast("ingest", folder)
    before = bronvast("correct", "nota")
    after = bronvast("correct", "nota", "--date", "2 juli 2018", "--level", "hoger", "--publisher", "")
    forgotten = bronvast("correct", "nota", "--forget", "level", "--forget", "publisher")

    said = "100 %, verbeterd door een gebruiker"
    assert rows(before) == [["titel", "Nota", "90 %, eerste bladzijde"], *rows(before)[1:]]
    assert not any(said in row for row in rows(before))
    assert [row for row in rows(after) if said in row] == [
        ["uitgever", "(geen)", said],
        ["datum", "2018-07-02", said],
        ["onderwijsniveau", "hoger", said],
    ]
    assert [row for row in rows(forgotten) if said in row] == [["datum", "2018-07-02", said]]


def rows(result: Result) -> list[list[str]]:
    """The cells of a table."""
    return [re.split(r"  +", line.strip()) for line in result.stdout.splitlines()]


def test_a_correction_that_cannot_be_says_why(folder: Path) -> None:
    """In one line, with what can be said instead."""
    bronvast("ingest", folder)
    wrong = bronvast("correct", "nota", "--level", "kleuter")

    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert wrong.stderr == "kleuter is niet bekend; kies uit: basis, secundair, hoger, volwassenen\n"


def test_the_list_says_how_sure_it_is_and_what_replaces_what(folder: Path) -> None:
    """For scripts with confidence and origin of each field, the successor and the state; for people in brackets."""
    (folder / "advies.md").write_text("# Advies\n\nDe raad geeft advies over het plan.\n")
    bronvast("ingest", folder)
    bronvast("correct", "nota", "--title", "Zwaluwen", "--replaced-by", "advies")
    replaced, table = json.loads(bronvast("documents", "--json").stdout.splitlines()[1]), bronvast("documents")
    bronvast("withdraw", "advies")
    listed = [json.loads(line) for line in bronvast("documents", "--json").stdout.splitlines()]
    withdrawn_table = bronvast("documents")
    restored = bronvast("withdraw", "advies", "--undo")

    assert replaced["known"]["title"] == {"value": "Zwaluwen", "confidence": 1.0, "origin": "person"}
    assert replaced["successor"] == {"document": "advies", "confidence": 1.0, "origin": "person"}
    assert "Zwaluwen (vervangen door Advies)" in table.stdout
    assert [(line["document"], line["state"], line["successor"]) for line in listed] == [
        ("nota", "current", None),
        ("advies", "withdrawn", None),
    ]
    assert "Advies (ingetrokken)" in withdrawn_table.stdout
    assert restored.stdout == "antwoordt weer: advies\n"


def test_a_file_of_a_withdrawn_document_is_left_out(folder: Path) -> None:
    """The ingest says so, and how to bring it back."""
    bronvast("ingest", folder / "nota.md")
    bronvast("withdraw", "nota")
    again = bronvast("ingest", folder / "nota.md")

    assert again.exit_code == 0
    assert again.stdout == (
        f"{folder}/nota.md: overgeslagen, want nota is ingetrokken; zet terug met: bronvast withdraw nota --undo\n"
        "1 ingetrokken en overgeslagen\n"
    )
