"""Two folders that take each other's place, in one step where the system can do that."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # Linux's AT_FDCWD
_EXCHANGE = 2  # both Linux's RENAME_EXCHANGE and macOS's RENAME_SWAP


def exchange(one: Path, other: Path) -> None:
    """Let two folders of one file system take each other's place. Raises OSError; nothing has changed then.

    Linux and macOS do so in one step (``renameat2``, ``renamex_np``). Elsewhere there is a moment in which ``other`` is
    not there.
    """
    if _exchanged_at_once(one, other):
        return
    aside = other.with_name(f".{other.name}.aside-{os.getpid()}")
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)


def _exchanged_at_once(one: Path, other: Path) -> bool:
    """Whether the system could: an old kernel or a file system of another kind cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False
