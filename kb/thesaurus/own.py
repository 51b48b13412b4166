"""The words that people add: ``<home>/thesaurus/*.ttl``, compiled when a file changes.

What was compiled is kept in ``<home>/thesaurus/compiled.json``, which may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import ThesaurusError
from kb.thesaurus import COMPILED, Concept, as_json, from_json


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The concepts of the files that could be read, and the names of those that could not."""

    concepts: tuple[Concept, ...] = ()
    unreadable: tuple[str, ...] = ()


def own_words(folder: Path) -> OwnWords:
    """What the Turtle files of a folder say; nothing where there is no folder."""
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        return OwnWords()
    mark = _mark(paths)
    kept = _kept(folder, mark)
    if kept is None:
        kept = _compiled(paths)
        _keep(folder, mark, kept)
    return kept


def _compiled(paths: Sequence[Path]) -> OwnWords:
    from kb.thesaurus.skos import concepts_in  # only now: rdflib takes longer to start than a question to answer

    concepts: list[Concept] = []
    unreadable: list[str] = []
    for path in paths:
        try:
            concepts += concepts_in(path)
        except ThesaurusError:
            unreadable.append(path.name)
    return OwnWords(tuple(concepts), tuple(unreadable))


def _mark(paths: Sequence[Path]) -> str:
    """Something that differs when a file does."""
    contents = hashlib.sha256()
    for path in paths:
        contents.update(f"{path.name}\0".encode())
        with contextlib.suppress(OSError):  # a file that cannot be read is named when it is compiled
            contents.update(path.read_bytes())
    return contents.hexdigest()


def _kept(folder: Path, mark: str) -> OwnWords | None:
    try:
        kept = json.loads((folder / COMPILED).read_text("utf8"))
        if kept["mark"] != mark:
            return None
        return OwnWords(tuple(from_json(kept["concepts"])), tuple(map(str, kept["unreadable"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(folder: Path, mark: str, found: OwnWords) -> None:
    text = json.dumps({"mark": mark, "unreadable": found.unreadable, "concepts": as_json(found.concepts)})
    arriving = folder / f"{COMPILED}.part"
    with contextlib.suppress(OSError):  # a home that nobody may write to is read again the next time
        arriving.write_text(text, "utf8")
        arriving.replace(folder / COMPILED)
