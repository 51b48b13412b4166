"""A progress bar on a terminal; nothing where the output goes elsewhere."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kb.wording import say


class ProgressBar:
    """Files done, the one at hand, and about how long the rest will take. A ``kb.library.Progress``."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def start(self, total: int) -> None:
        """So many files will be looked at."""
        self._bar.update(self._task, total=total)

    def begin(self, name: str) -> None:
        """Show the name of the file at hand."""
        self._bar.update(self._task, description=name)

    def finish(self) -> None:
        """Count a file as done."""
        self._bar.advance(self._task)

    def publish(self) -> None:
        """Say that the index is being brought up to date."""
        self._bar.update(self._task, description=say("cli.publishing"))
