"""The tags of a PDF: which parts of its pages are headings, and of which level.

A tagged file has a tree of elements (H1, P, LI, ...) that names the parts of pages by page and number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from ingest.readers.pdf.outline import page_places

MAX_ELEMENTS = 200_000
MAX_NAMES = 10  # of one role, each standing for the next
UNKNOWN_LEVEL = 0

# Under these stands no heading. Their own parts are named, those below are not looked up: they are most of a tree.
_LOWEST = frozenset("/P /Span /Link /Figure /Caption /Lbl /TOCI /Reference /Note /Formula /Annot /Form /Code".split())
_HEADING = re.compile(r"/H(?P<level>[1-9])?")


@dataclass(frozen=True, slots=True)
class Tag:
    """What the tree says of a part of a page: the ``level`` of the heading to which it belongs, 0 where that is not
    told, None where it belongs to none. Parts of one heading have the same ``number``.
    """

    number: int = 0
    level: int | None = None


PageTags = dict[int, Tag]  # by the mark of each part

_TEXT = Tag()


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of the tree, or what stands under one, with what holds for it."""

    found: Any
    page: int | None
    tag: Tag


def tags_of(reader: PdfReader) -> dict[int, PageTags]:
    """The tags of each page, by its place among the pages: of the parts of all headings, and of most others.

    Raises what pypdf does for a broken tree.
    """
    root = _resolved(reader.root_object.get("/StructTreeRoot"))
    if not isinstance(root, DictionaryObject):
        return {}
    roles = _resolved(root.get("/RoleMap"))
    places = page_places(reader)
    tags: dict[int, PageTags] = {}
    for page, mark, tag in _parts(root, roles if isinstance(roles, DictionaryObject) else {}):
        if page in places:
            tags.setdefault(places[page], {})[mark] = tag
    return tags


def _parts(root: DictionaryObject, roles: dict[Any, Any]) -> Iterator[tuple[int, int, Tag]]:
    """The parts that the tree names: the number of the page's object, the mark, the tag. No element is met twice, so
    that loops end.
    """
    pending = [_Element(_under(root), None, _TEXT)]
    seen: set[int] = set()
    count = 0
    while pending and count < MAX_ELEMENTS:
        count += 1
        element = pending.pop()
        found = element.found
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        if isinstance(found, int):
            if element.page is not None:
                yield element.page, found, element.tag
        elif isinstance(found, ArrayObject):
            pending += [_Element(part, element.page, element.tag) for part in reversed(found)]
        elif isinstance(found, DictionaryObject):
            pending += _below(found, element, roles, count)


def _below(found: DictionaryObject, element: _Element, roles: dict[Any, Any], number: int) -> Iterator[_Element]:
    """What stands under an element, or the part to which it refers; those in forms are counted apart."""
    page = found.raw_get("/Pg") if "/Pg" in found else None
    place = page.idnum if isinstance(page, IndirectObject) else element.page
    if found.get("/Type") == "/MCR":
        if "/Stm" not in found:
            yield _Element(found.get("/MCID"), place, element.tag)
    elif "/S" in found:
        role, under = _known_role(str(found["/S"]), roles), _under(found)
        heading = _HEADING.fullmatch(role)
        tag = element.tag
        if tag.level is None and heading:
            tag = Tag(number, int(heading["level"] or UNKNOWN_LEVEL))
        elif tag.level is None and role in _LOWEST:
            under = _own_parts(under)
        yield _Element(under, place, tag)


def _known_role(role: str, roles: dict[Any, Any]) -> str:
    """The role for which a name of the file's own stands."""
    for _ in range(MAX_NAMES):
        if _HEADING.fullmatch(role) or role not in roles:
            break
        role = str(roles[role])
    return role


def _own_parts(under: Any) -> Any:  # noqa: ANN401
    """The parts of pages right under an element, without what else stands under it."""
    if isinstance(under, ArrayObject):
        return ArrayObject(part for part in under if isinstance(part, int))
    return under if isinstance(under, int) else None


def _under(found: DictionaryObject) -> Any:  # noqa: ANN401 - whatever stands in the file
    return found.raw_get("/K") if "/K" in found else None


def _resolved(found: Any) -> Any:  # noqa: ANN401
    return None if found is None else found.get_object()
