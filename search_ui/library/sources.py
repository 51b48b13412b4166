"""Of which document a file that arrives through the page is a version.

A file that was chosen by itself is known by its name, one of a folder by its path in that folder. The first of the
same name or path that arrives is a new document, the next one a new version of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePosixPath

from kb.types import DocumentCard
from kb.wording import say

UPLOADED = "upload:"


class SameName(StrEnum):
    """What becomes of a file whose name a document has already."""

    REPLACE = "replace"  # it is a new version of that document
    BESIDE = "beside"  # it is another document


def sources_for(names: Sequence[str], known: Mapping[str, DocumentCard], same_name: SameName) -> list[str]:
    """The source of each file, by its name or its path in a folder; ``known`` are the documents by source.

    A loose file is also a new version of the one document of its file name that was added in another way. Of two
    files of one name in the same batch, and where two documents have the name, nothing tells which: they are added.
    """
    matches = [None] * len(names) if same_name is SameName.BESIDE else _matches(names, known)
    taken = set(known)
    return [match or _free(name, taken) for name, match in zip(names, matches, strict=True)]


def _matches(names: Sequence[str], known: Mapping[str, DocumentCard]) -> list[str | None]:
    """The source of the document that each is a new version of; None for a new document."""
    by_name = _only_one_each((card.file_name, source) for source, card in known.items())
    by_path = {UPLOADED + name for name in names if _is_in_folder(name)} & set(known)
    often = {name for name, count in Counter(names).items() if count > 1}
    found = (UPLOADED + name if UPLOADED + name in by_path else by_name.get(name) for name in names)
    return [None if name in often else source for name, source in zip(names, found, strict=True)]


def shown_source(source: str, *, language: str) -> str:
    """Where a document came from, for a reader."""
    if not source.startswith(UPLOADED):
        return source
    return say("ui.library.document.uploaded", language=language, name=source.removeprefix(UPLOADED))


def came_from_a_folder(source: str) -> bool:
    """Whether a document was read from a place on the disk, where its file may still stand."""
    return not source.startswith(UPLOADED)


def _is_in_folder(name: str) -> bool:
    return len(PurePosixPath(name).parts) > 1


def _only_one_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose first half stands alone."""
    pairs = list(pairs)
    count = Counter(name for name, _ in pairs)
    return {name: source for name, source in pairs if count[name] == 1}


def _free(name: str, taken: set[str]) -> str:
    """A source that no document has, from now on taken: "upload:nota.pdf", "upload:nota.pdf (2)"."""
    number, candidate = 1, UPLOADED + name
    while candidate in taken:
        number += 1
        candidate = f"{UPLOADED}{name} ({number})"
    taken.add(candidate)
    return candidate
