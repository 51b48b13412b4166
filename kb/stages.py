"""How far a question has come, told to whoever waits for its answer as each stage really begins."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What is being done; its value names its text in ``ui.stage``."""

    SEARCHING = "searching"
    CHOOSING = "choosing"
    PROVING = "proving"


Listener = Callable[[Stage], None]


def nobody(_: Stage) -> None:
    """For a question whose stages nobody follows."""
