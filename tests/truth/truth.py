"""Truth files: what a person saw on the pages of a document, kept without its words."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.repair import letters_and_digits

FOLDER = Path(__file__).parent
SHARED = FOLDER.parents[2] / "shared"
DIGEST_CHARS = 12
_NUMBERING = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Print:
    """Some words, without the words: how many letters and digits they have, and what these hash to."""

    letters: int
    sha: str

    @classmethod
    def of(cls, words: str) -> Print:
        """The print of some words."""
        plain = letters_and_digits(words)
        return cls(len(plain), _sha(plain))

    def is_whole(self, plain: str) -> bool:
        """Whether these letters and digits are those of the words."""
        return len(plain) == self.letters and _sha(plain) == self.sha

    def opens(self, plain: str) -> bool:
        """Whether these letters and digits begin with the words."""
        return self.letters <= len(plain) and _sha(plain[: self.letters]) == self.sha

    def closes(self, plain: str) -> bool:
        """Whether these letters and digits end with the words."""
        return self.letters <= len(plain) and _sha(plain[len(plain) - self.letters :]) == self.sha

    def places(self, plain: str) -> Iterator[int]:
        """Where the words begin among these letters and digits."""
        return (start for start in range(len(plain) - self.letters + 1) if self.opens(plain[start:][: self.letters]))


@dataclass(frozen=True, slots=True)
class SeenHeading:
    """A heading without its number; ``forms`` has more than one where its end is a matter of taste."""

    page: int
    level: int
    forms: tuple[Print, ...]

    def is_text(self, text: str) -> bool:
        """Whether a heading with this text is this one."""
        plain = letters_and_digits(without_number(text))
        return any(form.is_whole(plain) for form in self.forms)


@dataclass(frozen=True, slots=True)
class SeenList:
    """A list: the end of what introduces it, the beginnings of its first and last item, how many items it has at its
    own depth. ``page`` is that of the first item.
    """

    page: int
    lead_in: Print
    first: Print
    last: Print
    items: int


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A footnote: its number, the end of the text before its mark, and how the note begins after its number."""

    page: int
    number: int
    before: Print
    start: Print


@dataclass(frozen=True, slots=True)
class Truth:
    """All that was noted of one document. ``file`` is a pattern under ../shared; ``page`` 0 means that the file does
    not say where its pages end. ``doubtful`` are titles that one may or may not call a heading.
    """

    name: str
    file: str
    split: str
    headings: tuple[SeenHeading, ...]
    doubtful: tuple[SeenHeading, ...]
    lists: tuple[SeenList, ...]
    notes: tuple[SeenNote, ...]

    @property
    def path(self) -> Path:
        """The document itself. Raises FileNotFoundError where ../shared does not hold it."""
        for path in SHARED.glob(self.file):
            return path
        raise FileNotFoundError(f"{SHARED / self.file}: the truth file {self.name}.toml is about it")


def truths() -> list[Truth]:
    """All truth files, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.toml"))]


def without_number(text: str) -> str:
    """A title or item without the number before it, which some formats keep apart from the text."""
    return _NUMBERING.sub("", text, count=1)


def _read(path: Path) -> Truth:
    noted = tomllib.loads(path.read_text("utf8"))
    return Truth(
        name=path.stem,
        file=noted["file"],
        split=noted["split"],
        headings=tuple(map(_heading, noted.get("headings", []))),
        doubtful=tuple(map(_heading, noted.get("doubtful", []))),
        lists=tuple(SeenList(page, *map(_print, prints), items) for page, *prints, items in noted.get("lists", [])),
        notes=tuple(SeenNote(page, number, *map(_print, prints)) for page, number, *prints in noted.get("notes", [])),
    )


def _heading(entry: list[Any]) -> SeenHeading:
    page, level, *forms = entry
    return SeenHeading(page, level, tuple(map(_print, forms)))


def _print(stored: str) -> Print:
    letters, _, sha = stored.partition(":")
    return Print(int(letters), sha)


def _sha(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGEST_CHARS]
