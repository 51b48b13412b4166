"""What people say of terms: checked, and kept. It wins from what was found, and outlives every document."""

from __future__ import annotations

from kb.errors import UsageError
from kb.glossary.types import OwnTerm, TermKind
from kb.home import Home
from kb.library import writing
from kb.progress import SILENCE

MOST_CHARS = {"name": 80, "meaning": 1000, "source": 300}  # by field of OwnTerm


def problems(said: OwnTerm) -> dict[str, UsageError]:
    """What is wrong with each field of what a person says of a term; nothing where it can be kept."""
    found = {}
    for field, most in MOST_CHARS.items():
        value = getattr(said, field)
        if not value and field != "source":
            found[field] = UsageError(f"term_without_{field}")
        elif len(value) > most:
            found[field] = UsageError("term_too_long", most=most, length=len(value))
    if "name" not in found and said.kind is TermKind.ACRONYM and " " in said.name:
        found["name"] = UsageError("acronym_of_words", name=said.name)
    return found


def keep_term(home: Home, said: OwnTerm) -> None:
    """Keep what a person says a term means. Raises UsageError for what cannot be kept, HomeError."""
    for problem in problems(said).values():
        raise problem
    with writing(home, SILENCE) as catalogue:
        catalogue.keep_term(said)


def hide_term(home: Home, name: str) -> None:
    """Show a term no longer, and let it expand nothing. Raises UsageError without a name, HomeError."""
    if not name:
        raise UsageError("term_without_name")
    with writing(home, SILENCE) as catalogue:
        catalogue.keep_term(OwnTerm(name, TermKind.CONCEPT, ""))


def forget_term(home: Home, name: str) -> None:
    """Take back what a person said of a term, also that it is hidden. Raises UsageError where nobody did, HomeError."""
    with writing(home, SILENCE) as catalogue:
        if not catalogue.forget_term(name):
            raise UsageError("no_own_term", name=name)
