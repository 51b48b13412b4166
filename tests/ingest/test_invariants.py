"""What holds for every document: no letter is added, dropped or moved, and every span lies where it says.

Read from real files in ../shared: minutes, charters, decks, advices and reports, and awkward PDFs.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.files import find_files
from ingest.limits import Limits, under
from ingest.passages import split_passages
from ingest.reading import read_document
from ingest.repair import letters_and_digits
from ingest.types import MAX_PASSAGE_CHARS, Block, BlockKind, Document, Passage

SHARED = Path(__file__).resolve().parents[3] / "shared"
ABSENT = [pytest.param(None, marks=pytest.mark.skip(reason="the real documents in ../shared are not on this machine"))]
FOLDERS = [folder for folder in (SHARED / "corpus", SHARED / "documents") if folder.is_dir()]
FILES = [path for path in find_files(FOLDERS) if "awkward" not in path.parts]
AWKWARD = find_files([SHARED / "documents" / "awkward"]) if FOLDERS else []
# Some fonts decode their bullet as a letter: the one exception to keeping every letter.
BULLETS_AS_LETTERS = re.compile(r"^\s*[Åω]", re.M)


def _named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.name) for path in paths] or list(ABSENT)


def _read(path: Path) -> tuple[Document | None, Reason | None]:
    """The document, or the reason why the file is set aside; nothing else may be raised."""
    try:
        with under(Limits(most_seconds=0)):  # recognising pictures takes minutes, and has tests of its own
            return read_document(path), None
    except UnreadableFile as error:
        return None, error.reason


@pytest.mark.shared
@pytest.mark.parametrize("path", _named(FILES))
def test_a_real_document_keeps_its_letters_and_its_places(path: Path) -> None:
    """Letters page by page, blocks in order, passages that are slices of the text."""
    document, reason = _read(path)
    if document is not None:
        _check(document)
    else:
        assert (path.suffix, reason) == (".pdf", Reason.NO_TEXT)


@pytest.mark.shared
@pytest.mark.parametrize("path", _named(AWKWARD))
def test_an_awkward_file_is_read_or_named_with_its_reason(path: Path) -> None:
    """Encrypted, damaged or without text, it is named; what is read keeps its letters."""
    document, reason = _read(path)
    if document is not None:
        _check(document)
    else:
        assert reason in (Reason.NO_TEXT, Reason.PASSWORD, Reason.DAMAGED)


def test_what_libreoffice_saves_keeps_its_letters_and_its_places(converted: Path) -> None:
    """The starter corpus as OpenDocument and rich text, which has no need of the real files."""
    files = sorted(path for path in converted.iterdir() if path.suffix in (".odt", ".odp", ".rtf"))

    assert len(files) >= 5
    for path in files:
        _check(read_document(path))


def _check(document: Document) -> None:
    _check_letters(document)
    _check_spans(document)
    _check_passages(document)


def _check_letters(document: Document) -> None:
    ends = [*(page.start for page in document.pages[1:]), len(document.text)]
    for page, end in zip(document.pages, ends, strict=True):
        repaired, raw = letters_and_digits(document.text[page.start : end]), letters_and_digits(page.raw)
        if repaired != raw:
            raw = letters_and_digits(BULLETS_AS_LETTERS.sub("", page.raw))
        assert repaired == raw, f"page {page.number}"


def _check_spans(document: Document) -> None:
    starts = [page.start for page in document.pages]
    assert starts[0] == 0
    assert starts == sorted(starts)
    assert starts[-1] <= len(document.text)
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
    assert all(first.end <= second.start for first, second in pairwise(document.blocks))


def _check_passages(document: Document) -> None:
    passages = split_passages(document)
    unquotable = [block for block in document.blocks if not block.kind.is_content]
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    assert passages or not any(block.kind.is_content for block in document.blocks)
    assert all(first.end <= second.start for first, second in pairwise(passages))
    for passage in passages:
        assert passage.text == document.text[passage.start : passage.end]
        assert len(passage.text) <= MAX_PASSAGE_CHARS
        assert all(passage.start <= unit.start < unit.end <= passage.end for unit in passage.units)
        assert not any(_overlaps(passage, block) for block in unquotable)
        _check_headings_open(document, passage.start, [block for block in headings if _overlaps(passage, block)])


def _check_headings_open(document: Document, start: int, headings: list[Block]) -> None:
    """Headings stand at the start of a passage, with nothing but white space between them."""
    for heading in headings:
        assert not document.text[start : heading.start].strip()
        start = heading.end


def _overlaps(passage: Passage, block: Block) -> bool:
    return passage.start < block.end and block.start < passage.end
