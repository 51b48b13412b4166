"""The work of taking files in: one batch at a time, in a thread of its own, watched by the page."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.files import find_files
from ingest.limits import Limits
from kb.errors import HomeError, KnowledgeBaseError
from kb.library import ingest
from kb.types import FileReport
from search_ui.library.sources import sources_for
from search_ui.library.uploads import Batch

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

KEPT_JOBS = 5  # so many that are over are still shown
RETRY_SECONDS = 1.0  # while another program writes

_log = logging.getLogger(__name__)


class Stage(StrEnum):
    """How far a job is; its value names its text in ``ui.library.stage``."""

    WAITING = "waiting"  # for its turn
    HELD_UP = "held_up"  # another program is writing
    READING = "reading"
    PUBLISHING = "publishing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self in (Stage.DONE, Stage.STOPPED, Stage.FAILED)


@dataclass(frozen=True, slots=True)
class JobFile:
    """One file of a job: its name, and what became of it. ``skipped``: a folder's file that is never read."""

    name: str
    report: FileReport | None = None
    skipped: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it had its turn."""
        return self.skipped or self.report is not None


@dataclass(frozen=True, slots=True)
class Job:
    """A batch on its way into the catalogue, as it is at one moment."""

    number: int
    files: tuple[JobFile, ...]
    stage: Stage = Stage.WAITING
    at_work_on: str | None = None
    pages: int = 0
    problem: KnowledgeBaseError | None = None

    @property
    def done(self) -> int:
        """How many files had their turn."""
        return sum(file.is_done for file in self.files)


class _StoppedError(Exception):
    """Somebody asked to stop."""


@dataclass(slots=True)
class _Work:
    """A job under way: how it stands, its files, who began it, and whether it should stop."""

    batch: Batch
    job: Job
    context: Context = field(default_factory=copy_context)
    stop: threading.Event = field(default_factory=threading.Event)


class Intake:
    """Takes batches into a knowledge base. Safe from any thread."""

    def __init__(self, knowledge_base: KnowledgeBase, *, limits: Limits = Limits()) -> None:
        self._knowledge_base = knowledge_base
        self._limits = limits
        self._guard = threading.Lock()
        self._waiting: deque[_Work] = deque()
        self._known: deque[_Work] = deque()
        self._count = 0
        self._thread: threading.Thread | None = None

    def begin(self, batch: Batch) -> Job:
        """Put a batch in the queue; its work begins as soon as those before it are done."""
        with self._guard:
            self._count += 1
            job = Job(self._count, tuple(JobFile(file.name) for file in batch.files))
            work = _Work(batch, job)
            self._waiting.append(work)
            self._known.appendleft(work)
            self._forget_old()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work_off, name="intake", daemon=True)
                self._thread.start()
        return job

    def jobs(self) -> tuple[Job, ...]:
        """The jobs that are known, the newest first."""
        with self._guard:
            return tuple(work.job for work in self._known)

    @property
    def is_busy(self) -> bool:
        """Whether anything is still to be done."""
        return any(not job.stage.is_over for job in self.jobs())

    def stop(self) -> None:
        """Stop after the file at hand, and take no other; what is in stays in."""
        with self._guard:
            for work in self._known:
                work.stop.set()

    def join(self, seconds: float) -> None:
        """Wait until nothing is to be done."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _forget_old(self) -> None:
        over = [work for work in self._known if work.job.stage.is_over]
        for work in over[KEPT_JOBS:]:
            self._known.remove(work)

    def _work_off(self) -> None:
        while True:
            with self._guard:
                if not self._waiting:
                    self._thread = None
                    return
                work = self._waiting.popleft()
            try:
                work.context.run(self._take_in, work)
            finally:
                work.batch.discard()

    def _take_in(self, work: _Work) -> None:
        watch = _Watch(self._guard, work)
        try:
            self._ingest(work, watch)
            watch.change(stage=Stage.DONE)
        except _StoppedError:
            watch.change(stage=Stage.STOPPED)
        except KnowledgeBaseError as error:
            watch.change(stage=Stage.FAILED, problem=error)
        except Exception:  # noqa: BLE001 - whatever it is, the page must say that it is over
            _log.exception("files could not be taken in")
            watch.change(stage=Stage.FAILED, problem=HomeError("intake_failed"))
        finally:
            watch.change(at_work_on=None)

    def _ingest(self, work: _Work, watch: _Watch) -> None:
        files = find_files(work.batch.roots())
        watch.skip_all_but(files)
        if not files:
            return
        while True:
            try:
                ingest(
                    self._knowledge_base.catalogue.home,
                    files,
                    encoder=self._knowledge_base.encoder,
                    progress=watch,
                    limits=self._limits,
                    source_of=self._sources(work.batch).__getitem__,
                )
            except HomeError as error:
                if error.key != "home_busy":
                    raise
                watch.change(stage=Stage.HELD_UP)
                if work.stop.wait(RETRY_SECONDS):
                    raise _StoppedError from error
            else:
                return

    def _sources(self, batch: Batch) -> dict[Path, str]:
        """Of which document each file is a version, as the catalogue is now."""
        if batch.source is not None:
            return {file.path: batch.source for file in batch.files}
        known = self._knowledge_base.catalogue.sources()
        found = sources_for([file.name for file in batch.files], known, batch.same_name)
        return {file.path: source for file, source in zip(batch.files, found, strict=True)}


class _Watch:
    """A ``kb.progress.Progress`` that keeps a job as it stands."""

    def __init__(self, guard: threading.Lock, work: _Work) -> None:
        self._guard = guard
        self._work = work
        self._places = {file.path: place for place, file in enumerate(work.batch.files)}

    def change(self, **changes: object) -> None:
        """Let the job stand otherwise."""
        with self._guard:
            self._work.job = replace(self._work.job, **changes)  # type: ignore[arg-type]

    def skip_all_but(self, read: Sequence[Path]) -> None:
        """Mark the files that are in the chosen folders, and never read."""
        wanted = set(read)
        files = zip(self._work.batch.files, self._work.job.files, strict=True)
        self.change(files=tuple(replace(one, skipped=file.path not in wanted) for file, one in files))

    def start(self, sizes: Sequence[int]) -> None:
        """The number of files is known already."""

    def begin(self, name: str) -> None:
        """Say which file is at hand, unless somebody asked to stop."""
        if self._work.stop.is_set():
            raise _StoppedError
        self.change(stage=Stage.READING, at_work_on=name)

    def count_pages(self, number: int) -> None:
        """Add to the pages that were read."""
        self.change(pages=self._work.job.pages + number)

    def report(self, file: FileReport) -> None:
        """Keep what became of a file."""
        files = list(self._work.job.files)
        place = self._places[Path(file.path)]
        files[place] = replace(files[place], report=file)
        self.change(files=tuple(files))

    def finish(self) -> None:
        """The report said it."""

    def publish(self) -> None:
        """All are read."""
        self.change(stage=Stage.PUBLISHING, at_work_on=None)
