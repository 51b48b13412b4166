"""How far an ingest is: what it tells to who wants to know, a terminal or a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kb.types import FileReport


class Progress(Protocol):
    """Who wants to know how far an ingest is."""

    def start(self, sizes: Sequence[int]) -> None:
        """So many files (or documents) will be looked at; their sizes tell how much work each of them is."""

    def begin(self, name: str) -> None:
        """Next is the file or document of this name. What this raises ends an ingest, between two files."""

    def count_pages(self, number: int) -> None:
        """It turned out to have so many pages."""

    def report(self, file: FileReport) -> None:
        """What became of the file; of a document that was there already there is no such report."""

    def finish(self) -> None:
        """It is done."""

    def publish(self) -> None:
        """All are done; the vector index is brought up to date."""


class Silence:
    """Progress that nobody watches."""

    def start(self, sizes: Sequence[int]) -> None:
        """Say nothing."""

    def begin(self, name: str) -> None:
        """Say nothing."""

    def count_pages(self, number: int) -> None:
        """Say nothing."""

    def report(self, file: FileReport) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""

    def publish(self) -> None:
        """Say nothing."""


SILENCE = Silence()
