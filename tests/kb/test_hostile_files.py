"""An ingest among files that hang, fill the memory or are broken: nothing stops it, and nothing else is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.errors import Reason
from ingest.limits import Limits
from kb.catalogue import Catalogue
from kb.home import Home
from kb.library import ingest
from kb.progress import Silence
from kb.testing import WordEncoder
from kb.types import Outcome
from tests.hostile.bombs import BOMBS
from tests.hostile.mutations import mutate

NOTE = "# Nota\n\nDe minister keurt de begroting goed.\n"
HANGS = "brackets.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an advice, a file that nobody can read to its end, and a note."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "advies.md").write_text("# Advies\n\nDe raad geeft advies over het plan.\n")
    (made / HANGS).write_bytes(BOMBS[HANGS].make(BOMBS[HANGS].small))
    (made / "nota.md").write_text(NOTE)
    return made


def test_a_file_that_hangs_is_set_aside(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """With its reason; what stands before and after it goes in."""
    report = ingest(home, [folder], encoder=encoder, limits=Limits(seconds=2))

    assert [(Path(file.path).name, file.outcome, file.reason) for file in report.files] == [
        ("advies.md", Outcome.ADDED, None),
        (HANGS, Outcome.SET_ASIDE, Reason.TOO_SLOW),
        ("nota.md", Outcome.ADDED, None),
    ]


class Impatience(Silence):
    """Somebody who presses Ctrl+C while a file hangs."""

    def begin(self, name: str) -> None:
        """Interrupt."""
        if name == HANGS:
            raise KeyboardInterrupt


def test_an_interruption_does_not_wait_for_the_file_at_hand(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Reading ends at once, however long it would take; what was committed stays, and the next run goes on."""
    patient = Limits(seconds=100_000, most_seconds=100_000)
    with pytest.raises(KeyboardInterrupt):
        ingest(home, [folder], encoder=encoder, progress=Impatience(), limits=patient)
    with Catalogue.open(home) as catalogue:
        kept = [card.id for card in catalogue.documents()]
    report = ingest(home, [folder / "advies.md", folder / "nota.md"], encoder=encoder)

    assert kept == ["advies"]
    assert [file.outcome for file in report.files] == [Outcome.UNCHANGED, Outcome.ADDED]


def test_changed_bytes_stop_nothing(home: Home, starter_corpus: Path, tmp_path: Path, encoder: WordEncoder) -> None:
    """Files with bytes flipped, lost or put in are read or set aside; the whole ones among them all go in."""
    originals = [path for kind in ("pdf", "docx", "pptx", "html") for path in sorted(starter_corpus.glob(f"*.{kind}"))]
    changed = mutate(originals, tmp_path, number=20, seed=1)
    good = tmp_path / "nota.md"
    good.write_text(NOTE)

    report = ingest(home, [*changed[:10], good, *changed[10:]], encoder=encoder)

    assert len(report.files) == 21
    assert report.files[10].outcome is Outcome.ADDED
    assert all(file.reason for file in report.files if file.outcome is Outcome.SET_ASIDE)


def test_a_pipe_is_not_waited_for(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """What has no end is not opened; neither is what is too large."""
    os.mkfifo(folder / "buis.txt")
    with (folder / "film.mp4").open("wb") as film:
        film.truncate(Limits().file_size + 1)
    (folder / HANGS).unlink()

    report = ingest(home, [folder], encoder=encoder)

    assert {Path(file.path).name: file.reason for file in report.files} == {
        "advies.md": None,
        "buis.txt": Reason.UNKNOWN_FORMAT,
        "film.mp4": Reason.TOO_LARGE,
        "nota.md": None,
    }


@pytest.mark.parametrize("content", ["a = " + "[" * 100_000, "# " + "a" * 5_000_000])
def test_a_hostile_manifest_is_set_aside(home: Home, folder: Path, encoder: WordEncoder, content: str) -> None:
    """It is named, and the documents beside it go in."""
    (folder / "sources.toml").write_text(content)
    (folder / HANGS).unlink()

    report = ingest(home, [folder], encoder=encoder)

    reasons = {Path(file.path).name: file.reason for file in report.files}
    assert reasons == {"sources.toml": Reason.BAD_MANIFEST, "advies.md": None, "nota.md": None}
