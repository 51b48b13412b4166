"""The Nth thing asked of the disk fails, for every N of a deed: is what is left the old state or the new one?

python -m tests.bench.nth_fault [--every NUMBER] [--only DEED] [--messages]

Twice over: once the Nth operation fails with EIO and the next ones work (a bad sector, a network disk), once it and
all that take room fail with ENOSPC (a full disk). Operations are what the process asks below the folder: open,
write, fsync, ftruncate, rename, link, unlink, mkdir, of SQLite and of Chroma's own library too. Right is: the old
state or the new one, whole; the new one where the command said that all went well; else one line and exit 1; and
the next run does what this one could not.
"""

from __future__ import annotations

import argparse
import errno
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from rich.console import Console

from tests.faulty_disk import disk
from tests.faulty_disk.deeds import Said, command
from tests.faulty_disk.disk import Fault, How
from tests.faulty_disk.states import DEEDS, Deed, Ground, State, judged
from tests.faulty_disk.warm import Warm

PROCESSES = 2
KINDS = {"EIO": (How.FAILS, errno.EIO), "ENOSPC": (How.FAILS_FROM_THERE, errno.ENOSPC)}


@dataclass(frozen=True, slots=True)
class Trial:
    """One operation of one deed that fails."""

    deed: Deed
    at: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it; ``wrong`` is empty where all is right."""

    state: State
    said: Said
    wrong: tuple[str, ...]


def tried(warm: Warm, ground: Ground, trial: Trial, folder: Path) -> Verdict:
    """Do a deed on a disk that fails, and look at what is left; in a folder that is there for nothing else."""
    deed = trial.deed
    deed.lay(ground, folder)
    how, error = KINDS[trial.kind]
    said: Said = warm.call(command, Fault(folder, trial.at, how, error), *deed.arguments(ground, folder)).result
    state, wrong = judged(warm, ground, deed, folder)
    wrong = [*_wrongly_said(said, state), *wrong]
    return Verdict(state, said, tuple(wrong))


def _wrongly_said(said: Said, state: State) -> Iterator[str]:
    if said.trace:
        yield f"no words for it: {said.trace.splitlines()[-1]}"
    elif said.code not in (0, 1):
        yield f"exit {said.code}"
    if said.code == 0 and state is State.OLD:
        yield "it says that all went well"
    if said.code and not said.trace and len(said.error.strip().splitlines()) != 1:
        yield f"not one line: {said.error!r}"


def operations_of(warm: Warm, ground: Ground, deed: Deed, folder: Path) -> int:
    """How many operations a deed takes where nothing fails."""
    deed.lay(ground, folder)
    done = warm.call(command, Fault(folder), *deed.arguments(ground, folder))
    if done.result.code or done.result.trace:
        raise RuntimeError(f"{deed.name}: {done.result}")
    return done.operations


def trials(warm: Warm, ground: Ground, deed: Deed, folder: Path, every: int) -> list[Trial]:
    """Each operation of a deed, or of each so many one, in both ways."""
    count = operations_of(warm, ground, deed, folder)
    shutil.rmtree(folder)
    return [Trial(deed, at, kind) for kind in KINDS for at in range(1, count + 1, every)]


def main(every: int, only: Sequence[str], *, all_messages: bool = False) -> None:
    """Try all, and count."""
    console = Console(width=240, highlight=False)
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bronvast-nth-", dir=in_memory())))
        library = disk.build(top)
        if library is None:
            console.print(disk.NO_COMPILER)
            return
        idle: SimpleQueue[Warm] = SimpleQueue()
        warm = [stack.enter_context(Warm(library)) for _ in range(PROCESSES)]
        for one in warm:
            idle.put(one)
        ground = Ground(top / "ground")
        ground.prepare(warm[0])
        for deed in DEEDS:
            if only and deed.name not in only:
                continue
            wanted = trials(warm[0], ground, deed, top / "count", every)
            counts, messages = Counter[str](), Counter[str]()
            with ThreadPoolExecutor(PROCESSES) as threads:
                for trial, verdict in zip(wanted, threads.map(_trying(idle, ground, top), wanted), strict=True):
                    counts[f"{trial.kind} {verdict.state}"] += 1
                    counts["exit 1"] += verdict.said.code == 1
                    counts["WRONG"] += bool(verdict.wrong)
                    messages[f"{trial.kind}: {_without_paths(verdict.said.error.strip(), top)}"] += 1
                    for wrong in verdict.wrong:
                        console.print(f"  {deed.name} {trial.kind} at {trial.at}: {wrong}", style="bold red")
            said = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
            console.print(f"{deed.name}: {len(wanted)} trials over {len(wanted) // len(KINDS)} operations: {said}")
            for message, count in messages.most_common() if all_messages else ():
                console.print(f"  {count:4d} said {message}", markup=False)


def _without_paths(message: str, top: Path) -> str:
    return re.sub(rf"{re.escape(str(top))}[^ ;)]*", "PATH", message)


def _trying(idle: SimpleQueue[Warm], ground: Ground, top: Path) -> Callable[[Trial], Verdict]:
    def do(trial: Trial) -> Verdict:
        warm = idle.get()
        folder = top / f"{trial.deed.name}-{trial.kind}-{trial.at}"
        try:
            return tried(warm, ground, trial, folder)
        finally:
            shutil.rmtree(folder)
            idle.put(warm)

    return do


def in_memory() -> Path | None:
    """A place in memory, where there is one: nothing is learned from waiting for a real disk."""
    place = Path("/dev/shm")  # noqa: S108
    return place if place.is_dir() else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--messages", action="store_true", help="what was said, with paths left out, and how often")
    chosen = parser.parse_args()
    main(chosen.every, chosen.only, all_messages=chosen.messages)
