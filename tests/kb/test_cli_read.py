"""The command ``read``: people see what was read, and scripts get all of it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from ingest.passages import split_passages
from ingest.reading import read_document
from kb.cli.app import build
from kb.home import Home
from tests.scans import drawn, scan

NOTE = """# Fietsnota

## 1 Tellen

De stad telt elk jaar de fietsen. Ze kijkt naar:

- de straten
- het station

| Jaar | Fietsen |
|---|---|
| 2020 | 1200 |
"""


@pytest.fixture(autouse=True)
def _own_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command works in the test's own home, in Dutch."""
    monkeypatch.setenv("BRONVAST_HOME", str(home.path))
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A note with headings, a list and a table."""
    path = tmp_path / "fietsnota.md"
    path.write_text(NOTE, encoding="utf8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A PDF with a page of text and the same page as a scan."""
    text = io.BytesIO()
    canvas = Canvas(text, pagesize=(420, 298))
    for place, line in enumerate(("De stad telt elk jaar hoeveel fietsen", "er in alle straten staan.")):
        canvas.drawString(60, 200 - 14 * place, line)
    canvas.save()
    path = tmp_path / "verslag.pdf"
    writer = PdfWriter()
    for file in (text.getvalue(), scan(drawn(text.getvalue()))):
        writer.append(io.BytesIO(file))
    writer.write(path)
    return path


def bronvast(*arguments: object) -> Result:
    """Run a command line."""
    return CliRunner().invoke(build(), [str(argument) for argument in arguments])


def as_json(*arguments: object) -> dict[str, Any]:
    """What a command writes for scripts: one line."""
    (line,) = bronvast(*arguments, "--json").stdout.splitlines()
    written: dict[str, Any] = json.loads(line)
    return written


def test_people_see_an_outline(note: Path) -> None:
    """What is known and from where, and under each heading what stands there."""
    lines = bronvast("read", note).stdout.splitlines()

    assert lines[0].startswith("fietsnota.md  markdown, pagina’s: 1, blokken: 7, passages: ")
    assert [line.rstrip() for line in lines[-8:]] == [
        "Fietsnota",
        "└── Fietsnota",
        "    └── 1 Tellen",
        "        ├── De stad telt elk jaar de fietsen. Ze kijkt naar:",
        "        ├── • de straten",
        "        ├── • het station",
        "        ├── ▏Jaar | Fietsen",
        "        └── ▏2020 | 1200",
    ]
    assert any(line.split()[:2] == ["titel", "Fietsnota"] for line in lines)


def test_scripts_get_all_of_it(note: Path) -> None:
    """Blocks, passages and pages over one text, with offsets that fit."""
    document = read_document(note)
    written = as_json("read", note)

    assert list(written) == [
        *("document", "file_name", "format", "digest", "metadata", "pages", "blocks", "notes", "passages", "warnings")
    ]
    assert "".join(page["text"] for page in written["pages"]) == document.text
    assert [page["raw"] for page in written["pages"]] == [page.raw for page in document.pages]
    assert [(block["kind"], block["level"]) for block in written["blocks"]] == [
        (block.kind, block.level) for block in document.blocks
    ]
    assert all(document.text[block["start"] : block["end"]] == block["text"] for block in written["blocks"])
    assert [passage["search_text"] for passage in written["passages"]] == [
        passage.search_text for passage in split_passages(document)
    ]
    assert written["metadata"]["title"]["value"] == "Fietsnota"
    assert written["metadata"]["replaced_by"] is None


def test_a_document_of_the_knowledge_base_is_shown_by_its_id(note: Path) -> None:
    """As it was read when it was added, though its file is gone."""
    bronvast("ingest", note)
    before = as_json("read", note)
    note.unlink()

    assert as_json("read", "fietsnota") == before


def test_the_raw_text_is_what_the_file_holds(note: Path) -> None:
    """Without repair: what quotes are proven against."""
    assert "De stad telt elk jaar de fietsen." in bronvast("read", note, "--raw").stdout


def test_boxes_come_when_they_are_asked_for(mixed: Path, note: Path) -> None:
    """For PDF, as shares of the page; other formats have none."""
    without, boxes = as_json("read", mixed), as_json("read", mixed, "--boxes")
    first = boxes["blocks"][0]["boxes"][0]

    assert "boxes" not in without["blocks"][0]
    assert (first["page"], len(boxes["blocks"][0]["boxes"])) == (0, 2)
    assert 0.1 < first["left"] < first["right"] < 0.8
    assert 0.2 < first["top"] < first["bottom"] < 0.5
    assert {len(block["boxes"]) for block in as_json("read", note, "--boxes")["blocks"]} == {0}


@pytest.mark.usefixtures("tesseract")
def test_pages_that_were_recognised_are_marked(mixed: Path) -> None:
    """For people and for scripts."""
    assert "Gescand, tekst herkend: p. 2." in bronvast("read", mixed).stdout
    assert [page["source"] for page in as_json("read", mixed)["pages"]] == ["file", "ocr"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["geen.pdf"],
            "geen.pdf is geen bestand, en geen document van de kennisbank; controleer de naam, of bekijk de lijst met: "
            "bronvast documents",
        ),
        (["{folder}"], "{folder} is een map; noem één bestand"),
        (["{folder}/stuk.pdf"], "{folder}/stuk.pdf: het bestand is beschadigd of onvolledig; haal het opnieuw op"),
        (["{folder}/stuk.pdf", "--boxes"], "--boxes hoort bij --json; voeg --json toe"),
    ],
)
def test_what_cannot_be_read_is_one_line(arguments: list[str], line: str, tmp_path: Path) -> None:
    """On the error output, with exit code 1."""
    (tmp_path / "stuk.pdf").write_bytes(b"%PDF-1.7\n")

    result = bronvast("read", *(argument.format(folder=tmp_path) for argument in arguments))

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", line.format(folder=tmp_path) + "\n")
