"""A reader beside a writer: what was changed and asked when, and whether every answer was of its moment."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faulty_disk import notes

_WORD = re.compile(r"kenwoord[a-z]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A note became this version (None: removed). Seconds of the clock that all processes share; ``told_at`` is when
    the writer said that it was done.
    """

    number: int
    version: int | None
    begun_at: float
    told_at: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question after a version of a note, and the words of notes in what was answered."""

    number: int
    version: int
    begun_at: float
    done_at: float
    words: frozenset[str]
    notices: tuple[str, ...]


def write_and_tell(home: Path, documents: Path, told: Path, rounds: int, count: int) -> list[Change]:
    """Give notes new versions, and now and then remove one; ``told`` has the latest version of each, for the reader."""
    from kb import library
    from kb.home import Home

    changes: list[Change] = []
    while not _ready(told).exists():
        time.sleep(0.05)
    for version in range(rounds):
        numbers = [number for number in range(count) if (number + version) % 2]
        changes += _changed(lambda: library.ingest(Home(home), [documents]), documents, numbers, version, told)
        gone = (3 * version) % count
        begun = time.monotonic()
        (documents / f"{notes.name(gone)}.md").unlink(missing_ok=True)
        if any(change.number == gone for change in changes):
            library.remove(Home(home), [notes.name(gone)])
            changes.append(Change(gone, None, begun, time.monotonic()))
        else:
            changes += _changed(lambda: library.ingest(Home(home), [documents]), documents, [gone], version, told)
        _tell(told, changes)
    return changes


def _ready(told: Path) -> Path:
    """There once the reader is open."""
    return told.with_suffix(".ready")


def _changed(
    ingest: Callable[[], object], documents: Path, numbers: Sequence[int], version: int, told: Path
) -> list[Change]:
    begun = time.monotonic()
    notes.write(documents, dict.fromkeys(numbers, version))
    ingest()
    return [Change(number, version, begun, time.monotonic()) for number in numbers]


def _tell(told: Path, changes: Sequence[Change]) -> None:
    latest = {change.number: change.version for change in changes}
    lines = [f"{number} {version}" for number, version in latest.items() if version is not None]
    arriving = told.with_suffix(".part")
    arriving.write_text("\n".join(lines))
    arriving.replace(told)


def ask_until(home: Path, told: Path, stop: Path) -> list[Asked]:
    """Ask of one note after the other, in a knowledge base that stays open, until a file is there."""
    from kb.knowledge_base import KnowledgeBase

    asked: list[Asked] = []
    with KnowledgeBase.open(home, told=lambda _: None) as opened:
        opened.wait_for_index()
        _ready(told).touch()
        while not stop.exists():
            for line in told.read_text().splitlines():
                number, version = map(int, line.split())
                begun = time.monotonic()
                answer = opened.ask(notes.question(number, version))
                said = " ".join(statement.text for statement in answer.statements)
                words = frozenset(_WORD.findall(said))
                notices = tuple(notice.key for notice in answer.warnings)
                asked.append(Asked(number, version, begun, time.monotonic(), words, notices))
    return asked


def untimely(changes: Sequence[Change], asked: Sequence[Asked], versions: int) -> Iterator[str]:
    """Answers that are lost, stale or mixed."""
    owner = {word: (n, v) for n in {c.number for c in changes} for v in range(versions) for word in notes.words(n, v)}
    for one in asked:
        seen: dict[int, set[int]] = {}
        for word in one.words:
            number, version = owner.get(word, (-1, -1))
            seen.setdefault(number, set()).add(version)
        for number, found in seen.items():
            allowed = _allowed(changes, number, one)
            if len(found) > 1:
                yield f"MIXED: {notes.name(number)} in versions {sorted(found)}: {one}"
            elif not found <= allowed:
                yield f"STALE: {notes.name(number)} in version {sorted(found)}, not {allowed}: {one}"
        if _allowed(changes, one.number, one) == {one.version} and one.version not in seen.get(one.number, set()):
            yield f"LOST: {notes.name(one.number)} in version {one.version}: {one}"


def _allowed(changes: Sequence[Change], number: int, asked: Asked) -> set[int | None]:
    """The versions of a note that counted at some moment of a question, None where it may have been away."""
    those = [change for change in changes if change.number == number]
    found: set[int | None] = set()
    for position, change in enumerate(those):
        ended_at = those[position + 1].told_at if position + 1 < len(those) else float("inf")
        if change.begun_at <= asked.done_at and ended_at >= asked.begun_at:
            found.add(change.version)
    if not those or those[0].told_at >= asked.begun_at:
        found.add(None)
    return found
