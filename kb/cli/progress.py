"""A progress bar on a terminal; nothing where the output goes elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from kb.types import FileReport
from kb.wording import say


class ProgressBar:
    """Files done, pages read, the file at hand, and about how long the rest will take. A ``kb.progress.Progress``.

    The bar and the time go by the sizes of the files: ten leaflets are done sooner than one book.
    """

    def __init__(self, console: Console | None = None) -> None:
        console = console or Console(stderr=True)
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.fields[counts]}", markup=False),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, counts="")
        self._sizes: deque[int] = deque()
        self._total = self._files = self._pages = 0

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def start(self, sizes: Sequence[int]) -> None:
        """So many files will be looked at; each counts for its size, and for something where that is 0."""
        self._sizes = deque(size + 1 for size in sizes)
        self._total = len(self._sizes)
        self._bar.update(self._task, total=sum(self._sizes), counts=self._counts())

    def begin(self, name: str) -> None:
        """Show the name of the file at hand."""
        self._bar.update(self._task, description=name)

    def count_pages(self, number: int) -> None:
        """Add to the pages that were read."""
        self._pages += number
        self._bar.update(self._task, counts=self._counts())

    def report(self, file: FileReport) -> None:
        """Said when all is done."""

    def finish(self) -> None:
        """Count a file as done."""
        self._files += 1
        self._bar.update(self._task, advance=self._sizes.popleft(), counts=self._counts())

    def publish(self) -> None:
        """Say that the index is being brought up to date."""
        self._bar.update(self._task, description=say("cli.publishing"))

    def _counts(self) -> str:
        key = "cli.files_and_pages" if self._pages else "cli.files"
        return say(key, done=self._files, total=self._total, pages=self._pages)
