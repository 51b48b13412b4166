"""Writers killed (SIGKILL) while they add, replace and remove documents: is anything lost, in part, or in need of help?

python -m tests.bench.kills [RANDOM] [AIMED]        200 at random moments, and 50 while the vector index is written

The same home all along. A writer tells of each document that it has stored, and of each removal, once that is done;
what it told must be there, whole; what it began must be wholly there, or wholly not. After each kill the home is
looked at by an independent eye (``tests.faulty_disk.eye``), then by a reader, who may have to mend the index; the
same command is run to its end, and must find the rest; the doctor must find nothing. The aimed kills stop the
writer before a chosen operation below ``vectors/``: of Chroma's database, its graph, the pointer. They need a C
compiler.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from tests.faulty_disk import disk, notes
from tests.faulty_disk.deeds import looked_after
from tests.faulty_disk.disk import Fault, How
from tests.faulty_disk.eye import Versions
from tests.faulty_disk.warm import Outcome, Warm
from tests.faulty_disk.writers import add, remove

NOTES = 8
THOROUGH_EVERY = 25
SEED = 7


@dataclass
class Story:
    """What happened to a home so far."""

    folder: Path
    chance: random.Random
    versions: Versions = field(default_factory=dict)  # as they were acknowledged
    seconds: dict[str, float] = field(default_factory=lambda: {"add": 1.5, "remove": 1.5})  # that a deed took at last
    operations: dict[str, int] = field(
        default_factory=lambda: {"add": 300, "remove": 300}
    )  # and how many below vectors/

    @property
    def home(self) -> Path:
        """The home."""
        return self.folder / "home"

    @property
    def documents(self) -> Path:
        """Where the files stand."""
        return self.folder / "documents"


@dataclass(frozen=True, slots=True)
class Deed:
    """What a writer is about to do: note numbers with the versions that they will have; None: removed."""

    kind: str
    wanted: dict[int, int | None]


def chosen(story: Story) -> Deed:
    """A deed: some notes are new or have a new version; or some go."""
    if len(story.versions) > NOTES // 2 and story.chance.random() < 1 / 3:
        gone = story.chance.sample(sorted(story.versions), 2)
        return Deed("remove", dict.fromkeys(gone))
    numbers = story.chance.sample(range(NOTES), 3)
    return Deed("add", {number: story.versions.get(number, -1) + 1 for number in sorted(numbers)})


def killed(warm: Warm, story: Story, deed: Deed, *, aimed: bool) -> Outcome:
    """Let a writer do a deed, and kill it on the way."""
    told = story.folder / "told"
    told.write_text("")
    for path in story.documents.glob("*"):
        path.unlink()
    if deed.kind == "add":
        notes.write(
            story.documents, {number: version for number, version in deed.wanted.items() if version is not None}
        )
        call = (add, story.home, story.documents, told)
    else:
        call = (remove, story.home, [notes.name(number) for number in deed.wanted], told)
    if not aimed:
        return warm.call(*call, None, kill_after=story.chance.uniform(0, 1.05 * story.seconds[deed.kind]))
    at = story.chance.randint(1, story.operations[deed.kind])
    return warm.call(*call, Fault(story.home / "vectors", at, How.KILLED))


def judged(story: Story, deed: Deed, found: Versions) -> Iterator[str]:
    """What was lost, or is there that nobody asked for."""
    told = {int(line) for line in (story.folder / "told").read_text("utf8").split()}
    for number in range(NOTES):
        old, new = story.versions.get(number), deed.wanted.get(number, story.versions.get(number))
        is_there = found.get(number)
        if number in told and is_there != new:
            yield f"LOST: {notes.name(number)} was acknowledged as {new}, and is {is_there}"
        elif is_there not in (old, new):
            yield f"LOST: {notes.name(number)} was {old}, should become {new}, and is {is_there}"


def after(warm: Warm, story: Story, deed: Deed, *, thorough: bool) -> list[str]:
    """What is wrong after a kill; the deed is done to its end."""
    rest = ["ingest", str(story.documents)] if deed.kind == "add" else ["documents"]
    found, finished, wrong = warm.call(looked_after, story.home, rest, thorough).result
    wrong += judged(story, deed, found)
    expected = story.versions | {n: v for n, v in deed.wanted.items() if v is not None}
    if deed.kind == "add" and finished != expected:
        wrong.append(f"not resumed: {finished}, not {expected}")
    story.versions = finished
    return wrong


def main(number_random: int, number_aimed: int) -> None:
    """Kill, look, and count."""
    console = Console(width=180, highlight=False)
    with tempfile.TemporaryDirectory(prefix="bronvast-kills-") as name:
        story = Story(Path(name), random.Random(SEED))
        story.documents.mkdir()
        library = disk.build(story.folder)
        if library is None:
            console.print(f"no aimed kills: {disk.NO_COMPILER}")
        kinds = [False] * number_random + [True] * (number_aimed if library else 0)
        story.chance.shuffle(kinds)
        with Warm(library) as warm:
            print_counts(console, run(console, warm, story, kinds))


def run(console: Console, warm: Warm, story: Story, kinds: list[bool]) -> Counter[str]:
    """One deed after the other, each killed at random, or (True) aimed."""
    counts, began = Counter[str](), time.monotonic()
    for turn, aimed in enumerate(kinds, start=1):
        deed = chosen(story)
        outcome = killed(warm, story, deed, aimed=aimed)
        if outcome.code == 0:  # it was done before its time came
            story.seconds[deed.kind] = outcome.seconds
            story.operations[deed.kind] = outcome.operations or story.operations[deed.kind]
        wrong = after(warm, story, deed, thorough=turn % THOROUGH_EVERY == 0)
        kind = "aimed" if aimed else "random"
        counts[f"{kind}, {'killed' if outcome.code else 'done before it was killed'}"] += 1
        counts["WRONG"] += bool(wrong)
        counts["acknowledged"] += len((story.folder / "told").read_text("utf8").split())
        for one in wrong:
            console.print(f"{turn}, {kind} {deed}: {one}", style="bold red", markup=False)
        if turn % THOROUGH_EVERY == 0:
            console.print(f"{turn}: {dict(counts)}, {time.monotonic() - began:.0f} s", markup=False)
    return counts


def print_counts(console: Console, counts: Counter[str]) -> None:
    """The figures."""
    console.print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())), markup=False)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [200, 50][len(numbers) :]))
