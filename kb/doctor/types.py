"""What the doctor looks at, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kb.catalogue import Catalogue
from kb.database import Database
from kb.encoder import Encoder, load_encoder
from kb.errors import HomeError
from kb.home import Home


class Severity(StrEnum):
    """How bad a remark is. Only what is wrong makes the command fail."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


class Repair(StrEnum):
    """What can be done about it."""

    CATALOGUE = "catalogue"
    LEXICAL = "lexical"
    ORIGINAL = "original"
    REREAD = "reread"
    VECTORS = "vectors"
    WORDS = "words"
    INDEX = "index"
    DERIVED = "derived"
    TIDY = "tidy"


class Lost(StrEnum):
    """What people said, of which a damaged catalogue does not hold all any more."""

    CORRECTIONS = "corrections"
    TERMS = "terms"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the report: ``key`` names its words under [doctor]. ``subjects`` are what to repair: keys of
    versions of documents, digests of originals.
    """

    key: str
    severity: Severity
    values: tuple[tuple[str, object], ...] = ()
    repair: Repair | None = None
    subjects: tuple[int | str, ...] = ()


def good(key: str, **values: object) -> Remark:
    """All is well."""
    return Remark(key, Severity.GOOD, tuple(values.items()))


def note(key: str, **values: object) -> Remark:
    """Something to know."""
    return Remark(key, Severity.NOTE, tuple(values.items()))


def wrong(key: str, *, repair: Repair | None = None, subjects: tuple[int | str, ...] = (), **values: object) -> Remark:
    """Something to do about."""
    return Remark(key, Severity.WRONG, tuple(values.items()), repair, subjects)


@dataclass(frozen=True)
class Patient:
    """A home with its catalogue, opened. ``thorough`` looks at everything where a sample would do."""

    home: Home
    catalogue: Catalogue
    database: Database
    thorough: bool = False

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that should have made the vectors. Raises EncoderError."""
        mark = self.catalogue.encoder_mark()
        return load_encoder(mark.name if mark else None)

    @cached_property
    def is_being_changed(self) -> bool:
        """Whether a writer is at work at this moment."""
        try:
            with self.home.writer_lock():
                return False
        except HomeError as error:
            if error.key != "home_busy":
                raise
            return True


Check = Callable[[Patient], Iterator[Remark]]
