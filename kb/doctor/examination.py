"""All checks, in order; a report is a list of remarks, each with the check that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from kb.catalogue import Catalogue
from kb.database import Database
from kb.doctor.checks.found_by import lexical, vector_index, vectors, words
from kb.doctor.checks.left import derived, leftovers
from kb.doctor.checks.proofs import proofs
from kb.doctor.checks.stored import audit_lines, catalogue_file, originals, texts, users
from kb.doctor.checks.surroundings import disk, encoder, offline, programs
from kb.doctor.types import Check, Patient, Remark, Repair, wrong
from kb.errors import HomeError
from kb.home import Home
from kb.progress import SILENCE, Progress

CHECKS: tuple[Check, ...] = (
    catalogue_file, audit_lines, originals, texts, lexical, vectors, words, vector_index, encoder, proofs, derived,
    leftovers, users, disk, offline, programs,
)  # fmt: skip
_BROKEN = "catalogue_broken"
Report = list[tuple[str, Remark]]


def examine(
    home: Home, *, checks: Sequence[Check] = CHECKS, thorough: bool = False, progress: Progress = SILENCE
) -> Report:
    """Run checks on a home, also while it is used. Changes nothing. Raises HomeError where there is no home."""
    progress.start([1] * len(checks))
    try:
        with Catalogue.open(home) as catalogue, closing(Database(home.catalogue)) as database:
            patient = Patient(home, catalogue, database, thorough)
            return _once(
                [(check.__name__, remark) for check in checks for remark in _remarks(check, patient, progress)]
            )
    except HomeError as error:
        if not (error.key == "catalogue_damaged" or (error.key == "home_missing" and _was_home(home))):
            raise
        return [(catalogue_file.__name__, _broken(error))]


def _was_home(home: Home) -> bool:
    """Whether there are originals, which come after a catalogue only."""
    return home.originals.is_dir() and any(home.originals.iterdir())


def _remarks(check: Check, patient: Patient, progress: Progress) -> Iterator[Remark]:
    """What a check finds; one that a broken catalogue stands in the way of says so."""
    progress.begin(check.__name__)
    try:
        yield from check(patient)
    except HomeError as error:
        yield _broken(error)
    progress.finish()


def _once(report: Report) -> Report:
    """A report that names a broken catalogue once, whatever checks it stood in the way of."""
    first = next((pair for pair in report if pair[1].key == _BROKEN), None)
    return [pair for pair in report if pair[1].key != _BROKEN or pair is first]


def _broken(error: HomeError) -> Remark:
    return wrong(_BROKEN, repair=Repair.CATALOGUE, count=1, detail=error.values.get("detail", error))
