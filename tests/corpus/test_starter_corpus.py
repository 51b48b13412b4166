"""The starter corpus: files, manifest and questions belong together."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.reading import read_document

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT / "corpus"
QUESTIONS = PROJECT / "tests" / "questions"
NOT_DOCUMENTS = {"README.md", "build.py", "sources.toml", ".gitattributes"}
ANSWERABLE_KINDS = {"definition", "list", "number", "date", "who", "fact"}
ANSWERABLE_FILES = ["starter.jsonl", "paraphrases.jsonl"]
QUESTION_FILES = [*ANSWERABLE_FILES, "unanswerable.jsonl"]


def _manifest() -> dict[str, dict[str, Any]]:
    content = tomllib.loads((CORPUS / "sources.toml").read_text(encoding="utf-8"))
    return {name: table for name, table in content.items() if name != "ignore"}


def _document_files() -> list[Path]:
    return sorted(path for path in CORPUS.iterdir() if path.is_file() and path.name not in NOT_DOCUMENTS)


def _entries(name: str) -> list[dict[str, Any]]:
    lines = (QUESTIONS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


@cache
def _letters_of(stem: str) -> str:
    (path,) = (path for path in _document_files() if path.stem == stem)
    return _letters(read_document(path).text)


def test_every_document_has_a_line_in_the_manifest_and_every_line_a_document() -> None:
    """Nothing ships without its provenance, and the manifest promises nothing that is not there."""
    assert [path.name for path in _document_files()] == sorted(_manifest())


@pytest.mark.parametrize("path", _document_files(), ids=lambda path: path.name)
def test_a_document_is_the_file_that_the_manifest_describes(path: Path) -> None:
    """The manifest says where a document comes from, under which licence, and which bytes it means."""
    table = _manifest()[path.name]

    assert table["provenance"] == "written for this project"
    assert table["licence"] == "EUPL-1.2"
    assert table["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert table["reports_on"], "a note names the originals that it reports on"


def test_documents_and_drafts_fit_together() -> None:
    """Whoever edits a draft also makes the document again."""
    check = subprocess.run(
        [sys.executable, CORPUS / "build.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (check.stderr, check.returncode) == ("", 0)


def test_the_corpus_shows_what_bronvast_can_read() -> None:
    """At least eight documents in at least five formats, so that a first try meets every reader."""
    files = _document_files()

    assert len(files) >= 8
    assert len({path.suffix for path in files}) >= 5


def test_the_documents_fill_at_least_fifteen_pages_and_slides() -> None:
    """Page numbers in citations can be seen at work without adding a file."""
    numbered = [page for path in _document_files() for page in read_document(path).pages if page.number]

    assert len(numbered) >= 15


@pytest.mark.parametrize("path", _document_files(), ids=lambda path: path.name)
def test_a_document_says_what_it_is(path: Path) -> None:
    """No reader takes a note of ours for one of the originals."""
    assert _letters("Bronvast-naslagwerk, geschreven voor dit project") in _letters_of(path.stem)


@pytest.mark.parametrize(
    "entry",
    [entry for name in ANSWERABLE_FILES for entry in _entries(name)],
    ids=lambda entry: entry["id"],
)
def test_each_document_named_holds_all_evidence(entry: dict[str, Any]) -> None:
    """Whichever of the documents an answer quotes, the evidence can be in it."""
    assert entry["documents"]
    assert entry["evidence"]

    for stem in entry["documents"]:
        missing = [string for string in entry["evidence"] if _letters(string) not in _letters_of(stem)]
        assert not missing, stem


@pytest.mark.parametrize("name", QUESTION_FILES)
def test_questions_are_divided_evenly_over_fit_and_held_out(name: str) -> None:
    """Weights are chosen on one half of each kind and judged on the other."""
    counts = Counter((entry["kind"], entry["split"]) for entry in _entries(name))

    assert {split for _, split in counts} == {"fit", "held_out"}
    for kind in {kind for kind, _ in counts}:
        assert abs(counts[kind, "fit"] - counts[kind, "held_out"]) <= 1


@pytest.mark.parametrize("name", QUESTION_FILES)
def test_no_question_is_asked_twice(name: str) -> None:
    """A question counted twice would weigh twice."""
    asked = _entries(name)

    assert len({entry["id"] for entry in asked}) == len(asked)
    assert len({_letters(entry["question"]) for entry in asked}) == len(asked)


def test_questions_have_known_kinds() -> None:
    """A mistyped kind would drop out of the figures per kind."""
    for name in ANSWERABLE_FILES:
        assert {entry["kind"] for entry in _entries(name)} == ANSWERABLE_KINDS
    assert {entry["kind"] for entry in _entries("unanswerable.jsonl")} == {"unanswerable"}


def test_unanswerable_questions_name_no_document() -> None:
    """What the corpus does not say has no evidence."""
    assert all(not entry["documents"] and not entry["evidence"] for entry in _entries("unanswerable.jsonl"))
