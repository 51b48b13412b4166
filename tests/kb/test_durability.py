"""Nothing lost: the short forms of the benches that kill writers, fail the disk and cut the power (tests/bench)."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench import disk_full, kills, nth_fault, power_loss, two_of_each
from tests.faulty_disk import disk
from tests.faulty_disk.beside import Asked, Change, untimely
from tests.faulty_disk.notes import words
from tests.faulty_disk.states import DEEDS, Deed, Ground
from tests.faulty_disk.warm import Warm
from tests.needs import leave_out

BY_NAME = {deed.name: deed for deed in DEEDS}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """A warm process with a disk that fails on demand."""
    library = disk.build(tmp_path_factory.mktemp("schijf"))
    if library is None:
        leave_out(disk.NO_COMPILER)
    with Warm(library) as made:
        yield made


@pytest.fixture(scope="module")
def ground(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The homes that deeds begin with."""
    made = Ground(tmp_path_factory.mktemp("grond") / "grond")
    made.prepare(warm)
    return made


@pytest.mark.parametrize("deed", DEEDS, ids=BY_NAME)
def test_a_disk_that_fails_leaves_the_old_state_or_the_new_one(
    deed: Deed, warm: Warm, ground: Ground, tmp_path: Path
) -> None:
    """Whole, said in one line, and done by the next run; at some operations of each deed, others in every run."""
    chance = random.Random()
    count = nth_fault.operations_of(warm, ground, deed, tmp_path / "geteld")
    for number, kind in enumerate(nth_fault.KINDS):
        trial = nth_fault.Trial(deed, chance.randint(1, count), kind)

        verdict = nth_fault.tried(warm, ground, trial, tmp_path / f"geval-{number}")

        assert verdict.wrong == (), f"{trial.kind} at {trial.at}: {verdict}"


@pytest.mark.parametrize("name", ["ingest", "replace", "restore over"])
def test_a_power_cut_takes_nothing(name: str, warm: Warm, ground: Ground, tmp_path: Path) -> None:
    """What gets a name is on the disk before, and the name itself before anything counts on it."""
    count, found = power_loss.looked_at(warm, ground, BY_NAME[name], tmp_path / "gedaan")

    assert (count > 100, found) == (True, [])


def test_killed_writers_lose_nothing(warm: Warm, tmp_path: Path) -> None:
    """At random moments, and while the vector index is written."""
    story = kills.Story(tmp_path, random.Random())
    story.documents.mkdir()

    counts = kills.run(Console(), warm, story, [False, True, False, True])

    assert counts["WRONG"] == 0


def test_a_full_disk_stops_no_reader(warm: Warm, tmp_path: Path) -> None:
    """It is said, and with room again all goes in."""
    try:
        wrong, _, _ = disk_full.tried(warm, tmp_path, 1, 8)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small file system can be mounted here")

    assert wrong == []


def test_answers_beside_a_writer_are_of_their_moment(warm: Warm, tmp_path: Path) -> None:
    """Neither lost, nor stale, nor mixed."""
    with Warm() as reader:
        changes, answers, wrong = two_of_each.beside_a_writer(warm, reader, tmp_path, 2)

    assert (changes > 6, answers > 0, wrong) == (True, True, [])


def test_untimely_answers_are_seen() -> None:
    """The judge of the test above knows each kind."""
    changes = [Change(1, 0, 0, 0), Change(1, 1, 10, 12)]
    old, new = words(1, 0)[0], words(1, 1)[0]

    def judged(begun_at: float, *said: str, version: int = 1) -> list[str]:
        asked = Asked(1, version, begun_at, begun_at + 1, frozenset(said), ())
        return [one.partition(":")[0] for one in untimely(changes, [asked], 2)]

    assert (judged(13, new), judged(13, old), judged(13)) == ([], ["STALE", "LOST"], ["LOST"])
    assert (judged(11, old), judged(11, new), judged(11, old, new)) == ([], [], ["MIXED"])
    assert (judged(5, old, version=0), judged(5, new, version=0)) == ([], ["STALE", "LOST"])
