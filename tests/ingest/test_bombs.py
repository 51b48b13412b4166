"""Small files that ask for gigabytes or hours, under limits so small that the wait is short.

``python -m tests.bench.bombs`` reads all of them in their full size under the usual limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.isolation import Pool
from ingest.limits import MEBIBYTE, Limits
from ingest.reading_pool import ReadFile, ReadingPool
from tests.hostile.bombs import BOMBS, DEFINITIONS, OFFICE_BOMBS, PDF_BOMBS

GOOD = "De minister keurt de begroting goed."
REFUSED = {  # what is refused before any harm is done, and as what
    "flate.pdf": Reason.TOO_LARGE,
    "triple-flate.pdf": Reason.TOO_LARGE,
    "page-tree-loop.pdf": Reason.DAMAGED,
    "long-page-tree-loop.pdf": Reason.DAMAGED,
    "deep-page-tree.pdf": Reason.TOO_LARGE,
    "wide-page-tree.pdf": Reason.TOO_LARGE,
    "repeated-page.pdf": Reason.TOO_MANY_PAGES,
    "paragraphs.docx": Reason.TOO_LARGE,
    "paragraphs-lying.docx": Reason.DAMAGED,
    "long-text.docx": Reason.TOO_LARGE,
    "long-text-lying.docx": Reason.DAMAGED,
    "zips.docx": Reason.DAMAGED,
    "zips.zip": Reason.UNKNOWN_FORMAT,
    "tables.docx": Reason.DAMAGED,
    "groups.pptx": Reason.DAMAGED,
    "lists.odt": Reason.TOO_NESTED,
    "laughs.svg": Reason.UNKNOWN_FORMAT,
    "divs.html": Reason.TOO_NESTED,
    "quotes.md": Reason.TOO_NESTED,
    "lists.md": Reason.TOO_NESTED,
    "parts.eml": Reason.TOO_NESTED,
    "messages.eml": Reason.TOO_NESTED,
    "groups.rtf": Reason.TOO_NESTED,
}
HARMLESS = [
    "form-in-itself.pdf",
    "zips-inside.docx",
    "tables-80.docx",
    "cells.odt",
    "spaces.odt",
    "corners.xlsx",
    "laughs.html",
]
ENDLESS = ["text-operators.pdf", "words.docx", "paragraphs.html", "brackets.md", "long-word.txt"]
UNSAFE = [
    f"{name}-{file}" for name in DEFINITIONS for file in ("body.docx", "styles.docx", "numbering.docx", "body.odt")
]
UNSAFE += [f"{name}-{file}" for name in DEFINITIONS for file in ("slide.pptx", "sheet.xlsx")]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One child process, which all bombs try to spoil."""
    made = Pool(1)
    yield made
    made.close()


@pytest.fixture
def bomb(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The bomb of that name in its small size."""
    made = BOMBS[request.param]
    path = tmp_path / made.file_name
    path.write_bytes(made.make(made.small))
    return path


def read(pool: Pool, path: Path, limits: Limits = Limits(memory=700 * MEBIBYTE)) -> ReadFile:
    """Read a file in the pool."""
    with ReadingPool(limits, pool=pool) as readers:
        return readers.begin(path).result()


def reason_for(pool: Pool, path: Path, limits: Limits = Limits(memory=700 * MEBIBYTE)) -> Reason:
    """Why a file is set aside."""
    with pytest.raises(UnreadableFile) as caught:
        read(pool, path, limits)
    assert caught.value.path == path
    return caught.value.reason


@pytest.mark.parametrize(("bomb", "reason"), REFUSED.items(), indirect=["bomb"])
def test_a_bomb_is_set_aside(pool: Pool, bomb: Path, reason: Reason) -> None:
    """It is refused with a reason before it takes time or memory."""
    assert reason_for(pool, bomb) is reason


@pytest.mark.parametrize("bomb", UNSAFE, indirect=True)
def test_xml_with_entities_of_its_own_is_set_aside(pool: Pool, bomb: Path) -> None:
    """Wherever in an Office file it stands; no text is left out in silence, and no other file is read."""
    assert reason_for(pool, bomb) is Reason.UNSAFE


@pytest.mark.parametrize("bomb", HARMLESS, indirect=True)
def test_what_only_looks_dangerous_is_read(pool: Pool, bomb: Path) -> None:
    """Loops that a reader does not follow, archives that it does not open."""
    assert read(pool, bomb).passages


@pytest.mark.parametrize("bomb", ENDLESS, indirect=True)
def test_a_file_that_takes_too_long_is_set_aside(pool: Pool, bomb: Path, tmp_path: Path) -> None:
    """The process is ended, and the next file is read."""
    good = tmp_path / "nota.txt"
    good.write_text(GOOD)

    assert reason_for(pool, bomb, Limits(seconds=1)) is Reason.TOO_SLOW
    assert read(pool, good).document.text == GOOD


@pytest.mark.parametrize("bomb", ["words.docx", "long-line.txt"], indirect=True)
def test_a_file_that_fills_the_memory_is_set_aside(bomb: Path, tmp_path: Path) -> None:
    """Also where a library that gets no memory says that the file is damaged; and the next file is read."""
    good = tmp_path / "nota.txt"
    good.write_text(GOOD)
    pool = Pool(1)

    assert reason_for(pool, bomb, Limits(memory=300 * MEBIBYTE)) is Reason.TOO_MUCH_MEMORY
    assert read(pool, good).document.text == GOOD
    pool.close()


def test_every_kind_of_bomb_is_tried() -> None:
    """PDF and Office bombs all have a place in the tests above."""
    tried = {*REFUSED, *HARMLESS, *ENDLESS, *UNSAFE}
    left = {bomb.file_name for bomb in (*PDF_BOMBS, *OFFICE_BOMBS)} - tried

    assert left == {"forms-in-forms.pdf", "saved-states.pdf", "nested-arrays.pdf", "rows.xlsx"}
