"""A hand-out as a file. What is there already is never replaced unasked."""

from __future__ import annotations

from pathlib import Path

from kb.errors import UsageError
from kb.hand_out.formats import FORMATS, Format
from kb.hand_out.types import HandOut


def format_of(path: Path) -> Format:
    """The form that the ending of a file's name asks for. Raises UsageError for one that is not known."""
    known = FORMATS.get(path.suffix.lower().removeprefix("."))
    if known is None:
        raise UsageError("save_ending", path=path, endings=", ".join(f".{ending}" for ending in FORMATS))
    return known


def check_target(path: Path, *, replace: bool = False) -> None:
    """Raises UsageError as ``save`` would, before any work is done for it."""
    format_of(path)
    if path.exists() and not replace:
        raise UsageError("save_exists", path=path)


def save(hand_out: HandOut, path: Path, *, replace: bool = False) -> None:
    """Write a hand-out in the form of the file's ending.

    Raises UsageError for an unknown ending, for a file that exists unless it may be replaced, and for references where
    nothing was cited; OSError where it cannot be written.
    """
    written = contents(hand_out, format_of(path))
    try:
        with path.open("wb" if replace else "xb") as file:
            file.write(written)
    except FileExistsError as error:
        raise UsageError("save_exists", path=path) from error


def contents(hand_out: HandOut, form: Format) -> bytes:
    """What the file holds. Raises UsageError for references where nothing was cited: an empty file tells nobody why."""
    if form.only_sources and not hand_out.documents:
        raise UsageError("no_references")
    return form.write(hand_out)
