"""What a web page says of itself: its title, who publishes it, when, in which language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.raw import RawBlock
from ingest.types import BlockKind, DocumentInfo

Element = Any  # lxml's

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
TITLE_NAMES = ("og:title", "dcterms.title", "dc.title")
PUBLISHER_NAMES = ("dcterms.publisher", "dc.publisher", "publisher", "og:site_name", "application-name")
DATE_NAMES = (
    "dcterms.issued", "dcterms.date", "dc.date", "article:published_time", "datepublished", "date", "dcterms.modified",
    "article:modified_time",
)  # fmt: skip
TITLE_PARTS = re.compile(r"\s+[|–—·»-]\s+")


def info_of(root: Element, blocks: Sequence[RawBlock]) -> DocumentInfo:
    """What the head of a page says, and its first heading where that helps."""
    meta = dict(_meta(root))
    publisher = _first(meta, PUBLISHER_NAMES)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    return DocumentInfo(
        title=_first(meta, TITLE_NAMES) or _title(root, blocks, publisher),
        publisher=publisher,
        date=_date(_first(meta, DATE_NAMES)),
        language=language if language.isalpha() and len(language) == 2 else None,
    )


def _meta(root: Element) -> Iterator[tuple[str, str]]:
    for element in reversed(list(root.iter("meta"))):  # of two with one name, the first counts
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            yield name.lower(), content


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _title(root: Element, blocks: Sequence[RawBlock], site: str | None) -> str | None:
    """The page's title without the name of the site, which stands before or after it."""
    title = " ".join((root.findtext(".//title") or "").split())
    parts = TITLE_PARTS.split(title)
    tops = [" ".join(block.text.split()) for block in blocks if block.kind is BlockKind.HEADING and block.level == 1]
    named = next((top for top in tops if top in parts), None)
    return named or next((part for part in parts if part and part != site), None)


def _date(value: str | None) -> str | None:
    found = DATE.match(value or "")
    return "-".join(filter(None, found.groups())) if found else None
