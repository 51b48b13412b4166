"""What a reader should know of a document that was not read wholly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.types import Document, TextSource
from kb.types import DocumentCard, Notice


def notices_of(document: Document | DocumentCard) -> tuple[Notice, ...]:
    """The warnings of a document; each knows the numbers of the pages that could not be read."""
    unread = [page.number for page in document.pages if page.source is TextSource.NONE and page.number is not None]
    values = (("pages", ranges(unread)),) if unread else ()
    return tuple(Notice(key, values) for key in document.warnings)


def ranges(numbers: Iterable[int]) -> str:
    """Rising numbers, as short as people write them: "2, 5-7"."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in _runs(numbers))


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    run: tuple[int, int] | None = None
    for number in numbers:
        if run is not None and number == run[1] + 1:
            run = (run[0], number)
        else:
            if run is not None:
                yield run
            run = (number, number)
    if run is not None:
        yield run
