"""Files as they come in: under a safe name, no larger than they may be, in a folder that is emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.limits import Limits
from kb.errors import UsageError
from kb.home import Home
from search_ui.library.uploads import Arrivals, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("nota.pdf", "nota.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Temp\\nota.docx", "C_/Temp/nota.docx"),
        ("a/./b/../c.md", "a/b/c.md"),
        ("con.txt", "_con.txt"),
        ("regel\neinde\x00\u202efdp.md", "regeleindefdp.md"),
        ("…", "…"),
        ("..", "bestand"),
        ("", "bestand"),
        ("Één café <b>.pdf", "Één café _b_.pdf"),
        ("x" * 400 + ".docx", "x" * 145 + ".docx"),
        ("\ud800.md", ".md"),
    ],
)
def test_names_are_made_safe_and_stay_readable(name: str, safe: str) -> None:
    """No name leads outside its folder, hides what it is, or cannot be on a disk."""
    assert safe_name(name) == safe


@pytest.mark.anyio
async def test_a_file_is_counted_as_it_comes(tmp_path: Path) -> None:
    """One that grows too large leaves nothing, however it was announced; what an ended program left is deleted."""
    home = Home(tmp_path / "home")
    home.create()
    left = home.arriving / "oud" / "nota.pdf"
    left.parent.mkdir(parents=True)
    left.write_text("van een vorige keer")
    (home.arriving / "oud.lock").touch()
    arrivals = Arrivals(home, limits=Limits(file_size=1000))
    batch = arrivals.open()

    async def endless() -> object:
        while True:
            yield b"x" * 300

    with pytest.raises(UsageError):
        await arrivals.receive(batch, "../groot.txt", endless())

    assert batch.files == []
    assert not left.exists()
    assert [path for path in home.arriving.rglob("*") if path.is_file() and path.suffix != ".lock"] == []
