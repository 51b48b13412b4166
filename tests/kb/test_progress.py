"""What a person sees while files are read."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from ingest.reading import read_document
from kb.cli.progress import ProgressBar
from kb.home import Home
from kb.library import ingest
from kb.testing import WordEncoder


def terminal() -> Console:
    """A screen of 100 characters that keeps what is written on it."""
    return Console(file=io.StringIO(), force_terminal=True, width=100)


def shown(console: Console) -> str:
    """All that was on the screen."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_files_and_pages_are_counted(home: Home, starter_corpus: Path, tmp_path: Path, encoder: WordEncoder) -> None:
    """The bar tells how many files are done, and how many pages were in them."""
    (tmp_path / "leeg.txt").write_text("")
    (pdf, *_) = starter_corpus.glob("*.pdf")
    pages = len(read_document(pdf).pages)
    console = terminal()

    with ProgressBar(console) as progress:
        ingest(home, [tmp_path / "leeg.txt", pdf], encoder=encoder, progress=progress)

    assert f"2/2 bestanden, {pages} pagina's" in shown(console)
    assert "zoekindex bijwerken" in shown(console)


def test_a_large_file_counts_for_more_than_a_small_one() -> None:
    """The bar and the time left go by size: after the leaflet, almost all is still to do."""
    console = terminal()
    with ProgressBar(console) as progress:
        progress.start([999, 99_999])
        progress.begin("folder.pdf")
        progress.finish()
        (task,) = progress._bar.tasks

    assert task.percentage < 2


def test_nothing_is_written_where_nobody_looks() -> None:
    """The error output of a script holds errors only."""
    console = Console(file=io.StringIO())
    with ProgressBar(console) as progress:
        progress.start([1])
        progress.finish()

    assert shown(console) == ""
