"""Keeping answers in files from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from kb.cli.app import build
from kb.home import Home
from kb.library import ingest
from kb.testing import WordEncoder

QUESTION = "Wat is een leescoach?"
NOTE = "# Nota over lezen\n\n## Taken\n\nEen leescoach is een vrijwilliger die lezers helpt bij hun keuze.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one note."""
    folder = tmp_path_factory.mktemp("nota")
    (folder / "nota.md").write_text(NOTE, encoding="utf8")
    home = tmp_path_factory.mktemp("home")
    ingest(Home(home), [folder], encoder=WordEncoder())
    return home


@pytest.fixture(autouse=True)
def _settings(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command asks that home, in Dutch, from an empty folder."""
    monkeypatch.setenv("BRONVAST_HOME", str(library))
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)
    monkeypatch.setattr("kb.knowledge_base.load_encoder", lambda _name: WordEncoder())
    monkeypatch.chdir(tmp_path)


def ask(*arguments: str) -> Result:
    """Run ``bronvast ask``."""
    return CliRunner().invoke(build(), ["ask", *arguments])


def test_the_ending_of_the_name_chooses_the_form() -> None:
    """Each file holds the same answer; what is shown on the screen stays the same."""
    for ending in ("docx", "MD", "txt", "csv", "bib", "ris"):
        result = ask(QUESTION, "--save", f"antwoord.{ending}")
        assert (result.exit_code, result.stderr) == (0, f"bewaard in antwoord.{ending}\n")
        assert "vrijwilliger" in result.stdout

    assert docx.Document("antwoord.docx").paragraphs[0].text == QUESTION
    assert Path("antwoord.MD").read_text("utf8").startswith(f"# {QUESTION}\n")
    assert Path("antwoord.txt").read_text("utf8").startswith(f"{QUESTION}\n")
    with Path("antwoord.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file, delimiter=";"))["onder de titel"] == "Taken"
    assert Path("antwoord.bib").read_text("utf8").startswith("@misc{nota,\n")
    assert Path("antwoord.ris").read_bytes().startswith(b"TY  - RPRT\r\nTI  - Nota over lezen\r\n")


def test_an_unknown_ending_is_refused_before_anything_is_asked() -> None:
    """In one line that names the endings there are."""
    result = ask(QUESTION, "--save", "antwoord.pdf")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "antwoord.pdf heeft geen bekend einde; kies uit: .docx, .md, .txt, .csv, .bib, .ris\n"


def test_a_file_that_exists_is_only_replaced_on_demand() -> None:
    """Nobody loses a text that was worked on."""
    Path("antwoord.txt").write_text("eigen werk", encoding="utf8")
    refused = ask(QUESTION, "--save", "antwoord.txt")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "antwoord.txt bestaat al; kies een andere naam, of vervang het met --force\n"
    assert Path("antwoord.txt").read_text("utf8") == "eigen werk"

    assert ask(QUESTION, "--save", "antwoord.txt", "--force").exit_code == 0
    assert Path("antwoord.txt").read_text("utf8").startswith(QUESTION)


def test_no_answer_is_kept_as_such_but_has_no_references() -> None:
    """A reference manager is given nothing, and is told why."""
    nothing = "Hoeveel kost een treinkaartje naar Parijs?"
    refused = ask(nothing, "--save", "leeg.bib")

    assert ask(nothing, "--save", "leeg.md").exit_code == 0
    assert "Niet gevonden" in Path("leeg.md").read_text("utf8")
    assert refused.exit_code == 1
    assert refused.stderr == "er is niets geciteerd, dus zijn er geen verwijzingen om te bewaren\n"
    assert not Path("leeg.bib").exists()


def test_a_batch_becomes_one_dossier() -> None:
    """The questions that can be asked, with one list of sources."""
    lines = [json.dumps({"question": text}) for text in (QUESTION, " ", "Wie helpt lezers bij hun keuze?")]
    Path("vragen.jsonl").write_text("\n".join(lines), encoding="utf8")

    assert ask("--batch", "vragen.jsonl", "--save", "dossier.md").exit_code == 0
    headings = [line for line in Path("dossier.md").read_text("utf8").splitlines() if line.startswith("#")]
    assert headings == ["# Dossier", f"## {QUESTION}", "## Wie helpt lezers bij hun keuze?", "## Bronnen"]


def test_a_folder_that_is_not_there_is_one_line() -> None:
    """As every error of the computer."""
    result = ask(QUESTION, "--save", "nergens/antwoord.txt")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
