"""What a power cut would have taken: read from the notes of a disk, operation by operation.

Until a file is flushed its content may be lost; until its folder is, its name. So, at every rename: what gets the
name is on the disk, with all that stands in it; and before anything else is begun under that name, so is the name
itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faulty_disk.disk import Operation

_SCRATCH = ("-shm", "-journal", "lock", ".lock")  # made again after a crash, or followed by SQLite itself
_WRITES = ("write", "close", "ftruncate")
_NAMES = ("create", "mkdir", "link")


class Disk:
    """What is not on the disk yet: contents of files, names in folders; and names that were given by a rename."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._contents: set[Path] = set()
        self._names: set[Path] = set()
        self._renamed: set[Path] = set()

    def follow(self, operation: Operation) -> Iterator[str]:
        """Take in one operation; what is unsafe about it."""
        path = operation.path
        if path.name.endswith(_SCRATCH):
            return
        if operation.kind == "rename" and operation.other is not None:
            yield from self._rename(path, operation.other)
        elif operation.kind == "fsync":
            self._contents.discard(path)
            for names in (self._names, self._renamed):
                names -= {name for name in names if name.parent == path}
        elif operation.kind == "unlink":
            self._contents.discard(path)
            self._names.discard(path)
        elif operation.kind in _WRITES:
            yield from self._write(path)
        elif operation.kind in _NAMES:
            self._names.add(path)

    def at_the_end(self) -> Iterator[str]:
        """What a power cut after the last operation would take."""
        for path in sorted(self._contents | self._names | self._renamed):
            if path.is_relative_to(self._root) and path.exists():
                yield f"never flushed: {path.relative_to(self._root)}"

    def _rename(self, source: Path, target: Path) -> Iterator[str]:
        self._names.discard(source)
        for waiting in sorted(self._contents | self._names):
            if waiting.is_relative_to(source):
                yield f"{waiting.name} gets its name {target.name} before it is flushed"
        if target.name == "published.json":
            yield from (
                f"the pointer is published before {waiting.name} is flushed"
                for waiting in sorted(self._contents | self._names)
                if waiting.is_relative_to(target.parent)
            )
        self._contents.discard(source)
        self._renamed.add(target)

    def _write(self, path: Path) -> Iterator[str]:
        """A catalogue may only say what is on the disk: the originals with their names."""
        if path.name.endswith("-wal"):
            yield from (f"{name.name} is spoken of before its name is flushed" for name in self._renamed)
        self._contents.add(path)


def unsafe(operations: Sequence[Operation], root: Path) -> list[str]:
    """What in a row of operations a power cut could have taken, or mixed up."""
    disk = Disk(root)
    found = [f"{one.number}: {said}" for one in operations for said in disk.follow(one)]
    return [*found, *disk.at_the_end()]
