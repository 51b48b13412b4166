"""Terms, what they mean, and who says so."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from kb.types import Citation, DocumentCard


class TermKind(StrEnum):
    """What is said of a term: what its letters stand for, or what it is."""

    ACRONYM = "acronym"
    CONCEPT = "concept"


class Teller(StrEnum):
    """Who says what a term means."""

    PERSON = "person"
    DOCUMENT = "document"
    LIST = "list"  # the words that come with Bronvast, or that stand in the home's own thesaurus


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """What a person says of a term: it wins from what was found. Without ``meaning`` the term is hidden.

    ``source`` says in their own words where it comes from.
    """

    name: str
    kind: TermKind
    meaning: str
    source: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether the term is not to be shown, and expands nothing."""
        return not self.meaning


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term stands for or is. ``citations`` are the places that say so, those of the newest document first.

    ``source`` is the public source of the list, or what a person said of theirs.
    """

    kind: TermKind
    text: str
    teller: Teller
    citations: tuple[Citation, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its meanings: what a person says first, then the newest. A hidden one keeps what was found."""

    name: str
    meanings: tuple[Meaning, ...]
    hidden: bool = False

    @property
    def kind(self) -> TermKind:
        """An acronym where anybody says what its letters stand for."""
        return TermKind.ACRONYM if any(one.kind is TermKind.ACRONYM for one in self.meanings) else TermKind.CONCEPT

    @property
    def documents(self) -> tuple[DocumentCard, ...]:
        """The documents that say what it means, each once."""
        return tuple({place.document.key: place.document for one in self.meanings for place in one.citations}.values())

    @property
    def told_by_person(self) -> Meaning | None:
        """What a person says it means."""
        return next((one for one in self.meanings if one.teller is Teller.PERSON), None)

    @property
    def clear_meaning(self) -> Meaning | None:
        """The one thing that it means: what a person says, else what all who speak of it agree on, else None.

        Documents come before the list, and what an acronym stands for before what it is.
        """
        said = [one for one in self.meanings if one.kind is self.kind]
        most_trusted = [one for one in said if one.teller is said[0].teller]
        return self.told_by_person or (most_trusted[0] if len(most_trusted) == 1 else None)


def folded(name: str) -> str:
    """By what two ways of writing a term are one: without accents, capitals and double spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())
