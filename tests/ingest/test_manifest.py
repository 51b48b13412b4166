"""``sources.toml``: what people know about their documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.manifest import info_for, read_manifest
from ingest.types import DocumentInfo


def _manifest(folder: Path, text: str) -> Path:
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_table_describes_the_file_it_is_named_after(tmp_path: Path) -> None:
    """The keys that are known are read, those on provenance are welcome and left alone."""
    _manifest(
        tmp_path,
        """
        ["nota.pdf"]
        title = "Nota over leren"
        publisher = "Stad Gent"
        date = 2021-03-04
        kind = "nota"
        language = "nl"
        region = "Gent"
        licence = "CC-BY 4.0"
        reports_on = ["iets anders"]
        """,
    )

    assert info_for(tmp_path / "nota.pdf") == DocumentInfo(
        "Nota over leren", "Stad Gent", "2021-03-04", "nota", "nl", "Gent"
    )
    assert info_for(tmp_path / "andere.pdf") == DocumentInfo()


@pytest.mark.parametrize(("written", "read"), [('"2021-03"', "2021-03"), ('"2021"', "2021"), ("2021", "2021")])
def test_a_date_may_be_cut_short(tmp_path: Path, written: str, read: str) -> None:
    """People often know the year only."""
    assert info_for(_manifest(tmp_path, f'["a.txt"]\ndate = {written}') / "a.txt").date == read


def test_a_folder_without_a_manifest_says_nothing(tmp_path: Path) -> None:
    """No manifest is no error."""
    assert read_manifest(tmp_path).info_for(tmp_path / "a.txt") == DocumentInfo()


@pytest.mark.parametrize(
    "text",
    [
        "dit is geen toml",
        'titel = "los"',
        'ignore = "concept"',
        '["a.txt"]\ntitle = 3',
        '["a.txt"]\ndate = "gisteren"',
        '["a.txt"]\ndate = "2021-13"',
        '["a.txt"]\ndate = true',
    ],
)
def test_a_manifest_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    """What is wrong is said, and the documents beside it are read without it."""
    _manifest(tmp_path, text)

    with pytest.raises(UnreadableFile) as caught:
        read_manifest(tmp_path)

    assert caught.value.path == tmp_path / "sources.toml"
    assert caught.value.reason is Reason.BAD_MANIFEST
    assert caught.value.detail
    assert info_for(tmp_path / "a.txt") == DocumentInfo()


def test_a_changed_manifest_is_read_again(tmp_path: Path) -> None:
    """A running program sees what people add."""
    _manifest(tmp_path, '["a.txt"]\ntitle = "Eerst"')
    assert info_for(tmp_path / "a.txt").title == "Eerst"

    _manifest(tmp_path, '["a.txt"]\ntitle = "Daarna en langer"')
    assert info_for(tmp_path / "a.txt").title == "Daarna en langer"
