"""A person who may come in, and the names that people can have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from kb.errors import UsageError

LONGEST_NAME = 64  # characters
_NAME = re.compile(r"\w[\w.@+'’\\-]*(?: [\w.@+'’\\-]+)*")


class Role(StrEnum):
    """What a person may do; the value is what people type."""

    READER = "lezer"
    MANAGER = "beheerder"


@dataclass(frozen=True, slots=True)
class User:
    """A person. ``password`` is what ``kb.users.passwords`` made of it; empty where a proxy alone lets one in.
    ``stamp`` is another random text after every change: who came in under an earlier one is out.
    """

    name: str
    role: Role
    password: str
    stamp: str
    changed_at: str  # ISO 8601, UTC


def tidy_name(written: str) -> str:
    """A name in one form of its letters. Raises UsageError for what cannot be a name."""
    name = unicodedata.normalize("NFKC", written).strip()
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise UsageError("user_name", name=ascii(written[:LONGEST_NAME])[1:-1], most=LONGEST_NAME)
    return name


def folded(name: str) -> str:
    """A name as it is compared: "JAN" is "jan"."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())
