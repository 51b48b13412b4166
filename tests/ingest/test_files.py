"""Finding files: everything a person would want read, in a stable order, each once."""

from __future__ import annotations

from pathlib import Path

from ingest.files import find_files


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("tekst")


def _names(folder: Path, paths: list[Path]) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_gives_its_files_in_order_with_those_below(tmp_path: Path) -> None:
    """The order does not depend on the file system; unknown kinds are handed on, to be reported."""
    _make(tmp_path, "b.txt", "A.pdf", "deel/c.md", "foto.jpg")

    assert _names(tmp_path, find_files([tmp_path])) == ["A.pdf", "b.txt", "deel/c.md", "foto.jpg"]


def test_what_is_no_document_is_left_out(tmp_path: Path) -> None:
    """Hidden files, lock files of Office and files of the system are nobody's documents."""
    _make(tmp_path, ".verborgen", ".git/config", "~$nota.docx", "Thumbs.db", "sources.toml", "README.md", "nota.docx")
    (tmp_path / "sources.toml").write_text("")

    assert _names(tmp_path, find_files([tmp_path])) == ["nota.docx"]


def test_a_manifest_says_what_to_ignore(tmp_path: Path) -> None:
    """Patterns hold for files and folders below the manifest, at any depth."""
    _make(tmp_path, "a.txt", "a.bak", "concept/b.txt", "deel/c.txt", "deel/d.bak")
    (tmp_path / "sources.toml").write_text('ignore = ["*.bak", "concept"]')

    assert _names(tmp_path, find_files([tmp_path])) == ["a.txt", "deel/c.txt"]


def test_a_broken_manifest_is_handed_on_and_stops_nothing(tmp_path: Path) -> None:
    """Reading it says what is wrong; the good files are read without it."""
    _make(tmp_path, "a.txt")
    (tmp_path / "sources.toml").write_text("ignore = [")

    assert _names(tmp_path, find_files([tmp_path])) == ["sources.toml", "a.txt"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    """A file and its folder may both be given."""
    _make(tmp_path, "a.txt", "b.txt")

    assert _names(tmp_path, find_files([tmp_path / "b.txt", tmp_path])) == ["b.txt", "a.txt"]


def test_links_that_lead_round_end(tmp_path: Path) -> None:
    """A link to a folder above would never come to an end."""
    _make(tmp_path, "deel/a.txt")
    (tmp_path / "deel" / "rond").symlink_to(tmp_path)

    assert _names(tmp_path, find_files([tmp_path])) == ["deel/a.txt"]
