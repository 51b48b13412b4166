"""Generations of the vector index: folders that are never changed once published.

    vectors/published.json    the pointer: which generation counts, what it covers, checksums of its files
    vectors/<number>/         a generation

A generation is built in a folder that no reader knows, and published by replacing the pointer in one step.
A process killed at any moment leaves the old generation or the new one, never something between.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kb import graph_files
from kb.chroma_collection import DATABASE, GRAPH_LIST, NOTED_WHEN_READ
from kb.database import contents_digest
from kb.flushing import arriving_at, flush, flush_tree

_POINTER = "published.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """What the pointer says. ``name`` None: nothing to search. ``removed`` counts the passages taken out
    since it was built from nothing, which was at revision ``built`` of the catalogue (-1: by an earlier Bronvast, which
    did not say so); ``checksums`` holds the SHA-256 of each file.
    """

    name: str | None
    revision: int
    encoder: str | None
    passages: int
    removed: int = 0
    built: int = -1
    checksums: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_outdated(self) -> bool:
        """Whether an earlier Bronvast made it, with other checksums."""
        return self.name is not None and self.built < 0


Token = tuple[int, int, int]


class Generations:
    """The folder of all generations."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where a generation stands."""
        return self.folder / name

    def token(self) -> Token | None:
        """Something that differs after every publication; None while there is none. Cheap."""
        try:
            state = (self.folder / _POINTER).stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns, state.st_size

    def published(self) -> Generation | None:
        """What the pointer says; None where there is no pointer that can be read."""
        try:
            return Generation(**json.loads((self.folder / _POINTER).read_text(encoding="utf8")))
        except (OSError, ValueError, TypeError):
            return None

    def is_whole(self, generation: Generation) -> bool:
        """Whether all files of a generation are there, as they were when it was published."""
        if generation.name is None:
            return True
        folder = self.path(generation.name)
        try:
            found = checksums(folder)
        except OSError:
            return False
        return found == generation.checksums

    @property
    def has_pointer(self) -> bool:
        """Whether anything was ever published, be it that the pointer can no longer be read."""
        return (self.folder / _POINTER).exists()

    def new_name(self) -> str:
        """A name that no generation ever had."""
        numbers = [int(entry.name) for entry in self.folder.iterdir() if entry.name.isdigit()]
        return f"{max(numbers, default=0) + 1:06d}"

    def publish(self, generation: Generation) -> None:
        """Make a finished generation the one that counts, and remove the others."""
        if generation.name is not None:
            flush_tree(self.path(generation.name))
            flush(self.folder)
        with arriving_at(self.folder / _POINTER) as arriving:
            arriving.write_text(json.dumps(asdict(generation)), encoding="utf8")
        self.remove_all_but(generation.name)

    def tidy(self) -> None:
        """Remove all generations but the one that counts, where that is known."""
        published = self.published()
        if published is not None:
            self.remove_all_but(published.name)

    def remove_all_but(self, name: str | None) -> None:
        """Remove the other generations; one that a reader still holds may stay until the next time."""
        for _ in range(2):  # what a disk refuses once may hold the vectors of a document that was removed
            for entry in self.folder.iterdir():
                if entry.name.isdigit() and entry.name != name:
                    shutil.rmtree(entry, ignore_errors=True)


def graph_is_whole(folder: Path, elements: int) -> bool:
    """Whether the graph in a folder, if one was written, holds so many elements, and all of each. Raises OSError."""
    return all(graph_files.is_whole(listed.parent, elements) for listed in folder.rglob(GRAPH_LIST))


def clear_room_of_graph(folder: Path) -> None:
    """Leave nothing behind the elements of the graph in a folder. Raises OSError."""
    for listed in folder.rglob(GRAPH_LIST):
        graph_files.clear_room(listed.parent)


def checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that no reader changes, by its path within the folder; of Chroma's database that of what
    it says, since it notes there that it was opened. Raises OSError.
    """
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and _counts(path))
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def _counts(path: Path) -> bool:
    """Whether a file holds anything: a graph that was not written yet, as a single passage is not, has no list."""
    return path.name == DATABASE or path.with_name(GRAPH_LIST).is_file()


def _digest(path: Path) -> str:
    return contents_digest(path, without=NOTED_WHEN_READ) if path.name == DATABASE else _sha256(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
