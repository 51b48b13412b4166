"""The outline of a PDF: the bookmarks that a viewer lists beside the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject, IndirectObject

MAX_BOOKMARKS = 5000
MAX_DEPTH = 20
MAX_TITLE_CHARS = 300  # a longer one is a paragraph


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline. ``level`` begins at 1; ``page`` is the place of its page among the pages."""

    title: str
    level: int
    page: int


def bookmarks_of(reader: PdfReader) -> tuple[Bookmark, ...]:
    """The bookmarks that have a title and lead to a page, in order. Raises what pypdf does for a broken outline."""
    outline = reader.root_object.get("/Outlines")
    if outline is None or not isinstance(outline := outline.get_object(), DictionaryObject):
        return ()
    names: Mapping[str, Destination] = reader.named_destinations
    pages = page_places(reader)
    found: list[Bookmark] = []
    for entry, level in islice(_entries(outline), MAX_BOOKMARKS):
        title, page = _title(entry), pages.get(_page_number(entry, names) or 0)
        if page is not None and 0 < len(title) <= MAX_TITLE_CHARS:
            found.append(Bookmark(title, level, page))
    return tuple(found)


def page_places(reader: PdfReader) -> dict[int, int]:
    """The place of each page among the pages, by the number of its object."""
    references = ((place, page.indirect_reference) for place, page in enumerate(reader.pages))
    return {reference.idnum: place for place, reference in references if reference is not None}


def _entries(outline: DictionaryObject) -> Iterator[tuple[DictionaryObject, int]]:
    """The entries of an outline with their level, each once, so that a loop ends."""
    seen: set[int] = set()
    pending = [(outline.get("/First"), 1)]
    while pending:
        entry, level = pending.pop()
        entry = entry.get_object() if entry is not None else None
        if not isinstance(entry, DictionaryObject) or id(entry) in seen or level > MAX_DEPTH:
            continue
        seen.add(id(entry))
        yield entry, level
        pending += [(entry.get("/Next"), level), (entry.get("/First"), level + 1)]


def _title(entry: DictionaryObject) -> str:
    title = entry.get("/Title")
    return " ".join(title.split()) if isinstance(title, str) else ""


def _page_number(entry: DictionaryObject, names: Mapping[str, Destination]) -> int | None:
    """The number of the object that is the page to which an entry leads; None when it leads to none."""
    target = _resolved(entry.get("/Dest"))
    action = _resolved(entry.get("/A"))
    if target is None and isinstance(action, DictionaryObject) and action.get("/S") == "/GoTo":
        target = _resolved(action.get("/D"))
    if isinstance(target, str):
        named = names.get(target)
        target = named.dest_array if named is not None else None
    elif isinstance(target, DictionaryObject):
        target = _resolved(target.get("/D"))
    page = target[0] if isinstance(target, ArrayObject) and target else None
    return page.idnum if isinstance(page, IndirectObject) else None


def _resolved(found: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    return None if found is None else found.get_object()
