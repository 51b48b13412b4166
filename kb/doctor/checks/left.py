"""What was left behind by interrupted work, what was derived, and what nobody knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import LimitExceeded, NoPicture
from ingest.geometry import letters_of_pages
from ingest.isolation import run_limited
from kb.doctor.types import Patient, Remark, Repair, good, note, wrong
from kb.generations import Generations
from kb.home import Home

_OURS = {
    "originals", "derived", "vectors", "thesaurus", "arriving", "logs", "sessions", "lock", "users.json", "users.part",
    "users.lock",
}  # fmt: skip


def derived(patient: Patient) -> Iterator[Remark]:
    """Whether the pages that were made to be shown are whole."""
    bad = [path.stem for path in sorted(patient.home.derived.glob("*.pdf")) if not _is_whole(path)]
    bad += [path.stem for path in sorted(patient.home.derived.glob("*.json")) if not path.with_suffix(".pdf").exists()]
    if bad:
        yield wrong("derived_damaged", repair=Repair.DERIVED, subjects=tuple(bad), count=len(bad))
    else:
        yield good("derived_good", count=len(list(patient.home.derived.glob("*.pdf"))))


def _is_whole(pdf: Path) -> bool:
    try:
        letters: object = json.loads(pdf.with_suffix(".json").read_text("utf8"))
        return isinstance(letters, list) and [*run_limited(letters_of_pages, pdf)] == letters
    except (OSError, ValueError, NoPicture, LimitExceeded):
        return False


def leftovers(patient: Patient) -> Iterator[Remark]:
    """Whether anything stayed behind of work that was interrupted, or lies there that is not ours."""
    if patient.is_being_changed:
        yield note("leftovers_being_changed")
        return
    left = list(leftovers_of(patient.home, patient.catalogue.digests()))
    if left:
        yield wrong("leftovers_found", repair=Repair.TIDY, count=len(left), first=left[0])
    else:
        yield good("leftovers_none")
    if unknown := sorted(path.name for path in patient.home.path.iterdir() if not _is_ours(patient.home, path)):
        yield note("leftovers_unknown", names=", ".join(unknown))
    if damaged := patient.home.damaged_ones():
        yield note("leftovers_damaged", names=", ".join(path.name for path in damaged))
    if copies := patient.home.copies_of_versions():
        yield note("leftovers_copies", names=", ".join(path.name for path in copies))


def leftovers_of(home: Home, needed: set[str]) -> Iterator[Path]:
    """Files that no document needs, and folders that were being made; all of them may go. The caller knows that no
    writer is at work.
    """
    for folder in (home.originals, home.derived):
        yield from (path for path in sorted(folder.glob("*")) if _stem(path) not in needed or path.suffix == ".part")
    published = Generations(home.vectors).published()
    name = published.name if published is not None else None
    for path in sorted(home.vectors.glob("*")):
        if path.suffix == ".part" or (path.name.isdigit() and published is not None and path.name != name):
            yield path
    yield from sorted((*home.path.glob(".restoring-*"), *home.path.glob("users.part")))


def _stem(path: Path) -> str:
    return path.name.split(".")[0]


def _is_ours(home: Home, path: Path) -> bool:
    is_catalogue = path.name.startswith(home.catalogue.name)
    return (
        path.name in _OURS
        or is_catalogue
        or path in (*home.copies_of_versions(), *home.damaged_ones())
        or path.name.startswith(".restoring-")
    )
