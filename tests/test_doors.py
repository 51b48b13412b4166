"""The house: who may import whom, and which module is the door to each outside library."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = {"ingest": {"ingest"}, "kb": {"ingest", "kb"}, "search_ui": {"ingest", "kb", "search_ui"}}
DOORS = {
    "pypdf": {"ingest/readers/pdf/"},
    "pypdfium2": {"ingest/readers/pdf/pdfium.py"},
    "pytesseract": {"ingest/ocr.py"},
    "docx": {"ingest/readers/docx.py", "kb/hand_out/word/"},
    "pptx": {"ingest/readers/pptx.py"},
    "lxml": {"ingest/readers/html.py"},
    "defusedxml": {"ingest/readers/safexml.py"},
    "markdown_it": {"ingest/readers/markdown.py", "search_ui/guide/markdown.py"},
    "charset_normalizer": {"ingest/decoding.py"},
    "openpyxl": {"ingest/readers/xlsx.py"},
    "argon2": {"kb/users/passwords.py"},
    "spacy": {"ingest/sentences.py"},
    "sqlite3": {"kb/database.py", "kb/salvaged_rows.py"},
    "chromadb": {"kb/chroma_collection.py"},
    "onnxruntime": {"kb/dutch_encoder/light.py"},
    "snowballstemmer": {"kb/analysis.py"},
    "filelock": {"kb/claims.py", "kb/home.py"},
    "platformdirs": {"kb/home.py"},
    "rapidfuzz": {"kb/saying.py", "kb/spelling.py"},
    "rdflib": {"kb/thesaurus/skos.py"},
    "gradio": {"search_ui/question/page.py"},
}


def modules() -> list[str]:
    """All modules of the three rooms, as paths from the project."""
    return sorted(path.relative_to(PROJECT).as_posix() for room in ROOMS for path in (PROJECT / room).rglob("*.py"))


@cache
def imports(module: str) -> frozenset[str]:
    """The top-level packages that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((PROJECT / module).read_text("utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return frozenset(name.split(".")[0] for name in names)


def _door(module: str, doors: set[str]) -> str:
    """The package among the doors that holds the module, else the module."""
    return next((door for door in doors if door.endswith("/") and module.startswith(door)), module)


@pytest.mark.parametrize("module", modules())
def test_data_flows_one_way(module: str) -> None:
    """search_ui imports kb imports ingest, and never the other way."""
    room = module.split("/")[0]

    assert not imports(module) & ROOMS.keys() - ROOMS[room]


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_library_has_one_door(library: str) -> None:
    """When a library changes, one file does."""
    users = {module for module in modules() if library in imports(module)}

    assert {_door(module, DOORS[library]) for module in users} == DOORS[library]


@pytest.mark.parametrize("library", ["sentence_transformers", "torch", "transformers"])
def test_training_has_a_room_of_its_own(library: str) -> None:
    """Outside the encoder's recipe, the libraries that train models are used at one place: to load a model by name."""
    users = {module for module in modules() if library in imports(module)}

    assert {module for module in users if not module.startswith("kb/dutch_encoder/")} == {"kb/encoder.py"}
