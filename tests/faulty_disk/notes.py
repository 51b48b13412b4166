"""Small documents of which every word is known: of each its number, its version, and the words that only it has."""

from __future__ import annotations

from pathlib import Path

PARTS = 3


def name(number: int) -> str:
    """The id of a note."""
    return f"nota-{number}"


def words(number: int, version: int) -> list[str]:
    """The words that only this version of this note has: one for each part, of letters alone."""
    return [f"kenwoord{_letters(number)}x{_letters(version)}x{_letters(part)}" for part in range(PARTS)]


def text(number: int, version: int) -> str:
    """What stands in the file."""
    parts = (
        f"## Deel {part + 1}\n\nDe minister keurt de begroting van {word} goed. De raad vraagt voor {word} meer tijd.\n"
        for part, word in enumerate(words(number, version))
    )
    return "\n".join((f"# Nota {number}\n", *parts))


def write(folder: Path, versions: dict[int, int]) -> None:
    """Write notes: of each number this version."""
    folder.mkdir(exist_ok=True)
    for number, version in versions.items():
        (folder / f"{name(number)}.md").write_text(text(number, version), encoding="utf8")


def question(number: int, version: int) -> str:
    """A question that only this version answers."""
    return f"Wat keurt de minister goed van {words(number, version)[0]}?"


def _letters(number: int) -> str:
    """A number in letters, so that no analysis takes it for a figure."""
    return "".join("bcdfghjklm"[int(digit)] for digit in str(number))
