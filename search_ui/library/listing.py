"""The list of documents: what the address asks for, and the documents that answer to it, sorted and cut into pages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ingest.types import DocumentInfo
from kb.types import DocumentCard, State, Succession

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

PAGE_SIZE = 50
MAX_TEXT = 200


class Condition(StrEnum):
    """How a document fares; its value names its text in ``ui.library.condition``."""

    READY = "ready"
    REPLACED = "replaced"  # by another document, as was said or as it seems
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the list, with what takes its place."""

    card: DocumentCard
    succession: Succession | None = None
    successor: DocumentCard | None = None
    info: DocumentInfo = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "info", self.card.info)  # asked for thousands of times to sort and to count

    @property
    def title(self) -> str:
        """What it is called."""
        return self.info.title or self.card.file_name

    @property
    def condition(self) -> Condition:
        """How it fares."""
        if self.card.state is State.WITHDRAWN:
            return Condition.WITHDRAWN
        return Condition.REPLACED if self.succession else Condition.READY


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address of the list asks for. Empty fields ask for nothing."""

    search: str = ""
    kind: str = ""
    publisher: str = ""
    year: str = ""
    condition: str = ""
    region: str = ""
    level: str = ""
    sort: str = "title"
    descending: bool = False
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves documents out."""
        return any((self.search, *(getattr(self, name) for name in FILTERS)))

    @property
    def query(self) -> str:
        """The query of an address that asks the same, without what goes by itself."""
        pairs = [(_PARAMETERS[one.name], getattr(self, one.name), one.default) for one in fields(self)]
        return urlencode([(name, "1" if value is True else value) for name, value, usual in pairs if value != usual])


_PARAMETERS = {
    "search": "zoek",
    "kind": "soort",
    "publisher": "uitgever",
    "year": "jaar",
    "condition": "staat",
    "region": "regio",
    "level": "niveau",
    "sort": "op",
    "descending": "af",
    "page": "blz",
}
# Each filter with what it looks at.
FILTERS: dict[str, Callable[[Entry], str | None]] = {
    "kind": lambda entry: entry.info.kind,
    "publisher": lambda entry: entry.info.publisher,
    "year": lambda entry: str(entry.info.year) if entry.info.year else None,
    "condition": lambda entry: entry.condition.value,
    "region": lambda entry: entry.info.region,
    "level": lambda entry: entry.info.education_level,
}
# Each column with what it sorts by; what is not known comes last.
SORTS: dict[str, Callable[[Entry], object]] = {
    "title": lambda entry: folded(entry.title),
    "publisher": lambda entry: folded(entry.info.publisher or ""),
    "date": lambda entry: entry.info.date,
    "kind": lambda entry: entry.info.kind,
    "pages": lambda entry: page_count(entry.card),
    "passages": lambda entry: entry.card.passage_count,
    "added": lambda entry: entry.card.added_at,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list: its entries, how many there are on all pages, and how many pages."""

    wish: Wish
    entries: tuple[Entry, ...]
    found: int
    pages: int


def parameter(field: str) -> str:
    """What a field of a wish is called in the address."""
    return _PARAMETERS[field]


def wish_of(parameters: Mapping[str, str]) -> Wish:
    """The wish of an address; what is not understood is left out."""
    given = {name: parameters.get(parameter, "").strip()[:MAX_TEXT] for name, parameter in _PARAMETERS.items()}
    page = given["page"]
    return Wish(
        **{name: given[name] for name in ("search", *FILTERS)},
        sort=given["sort"] if given["sort"] in SORTS else "title",
        descending=given["descending"] == "1",
        page=int(page) if page.isascii() and page.isdigit() else 1,
    )


def entries_of(knowledge_base: KnowledgeBase) -> tuple[Entry, ...]:
    """All documents of a knowledge base that were not removed."""
    with knowledge_base.catalogue.snapshot():
        cards = {card.key: card for card in knowledge_base.catalogue.sources().values()}
        successions = knowledge_base.successions()
    found = ((card, successions.get(key)) for key, card in cards.items())
    return tuple(Entry(card, one, cards.get(one.by) if one else None) for card, one in found)


def listed(entries: Sequence[Entry], wish: Wish) -> Listed:
    """The page of the list that is wished for; the last one where there are fewer."""
    found = _sorted([entry for entry in entries if _fits(entry, wish)], wish)
    pages = max(-(-len(found) // PAGE_SIZE), 1)
    page = min(max(wish.page, 1), pages)
    start = (page - 1) * PAGE_SIZE
    return Listed(replace(wish, page=page), tuple(found[start : start + PAGE_SIZE]), len(found), pages)


def counts(entries: Sequence[Entry], name: str) -> list[tuple[str, int]]:
    """The values of a filter with their number of documents, in order; years the latest first."""
    values = Counter(filter(None, (FILTERS[name](entry) for entry in entries)))
    return sorted(values.items(), key=lambda pair: folded(pair[0]), reverse=name == "year")


def page_count(card: DocumentCard) -> int | None:
    """How many pages; None where the format has none."""
    return len(card.pages) if card.pages[0].number is not None else None


def folded(text: str) -> str:
    """A text without what makes no difference in a list: capitals, accents, quotes before it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lstrip("“”‘’\"'«» ")


def _fits(entry: Entry, wish: Wish) -> bool:
    if any(getattr(wish, name) and look(entry) != getattr(wish, name) for name, look in FILTERS.items()):
        return False
    info = entry.info
    haystack = folded(" ".join((entry.title, info.publisher or "", entry.card.file_name, info.reference or "")))
    return all(word in haystack for word in folded(wish.search).split())


def _sorted(entries: list[Entry], wish: Wish) -> list[Entry]:
    look = SORTS[wish.sort]
    entries.sort(key=lambda entry: (folded(entry.title), entry.card.key))
    known = [entry for entry in entries if look(entry) not in (None, "")]
    unknown = [entry for entry in entries if look(entry) in (None, "")]
    known.sort(key=look, reverse=wish.descending)  # type: ignore[arg-type]
    return known + unknown
