"""Which document takes the place of which: as people and documents say, else guessed from titles, names and versions.

A guess is shown with its confidence. It never hides a document: what answers stays, and the reader is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from ingest.types import Finding, Origin
from kb.types import DocumentCard, Notice, Succession

SERIES = frozenset(  # of which each stands beside the one before
    "verslag jaarverslag agenda nieuwsbrief presentatie persbericht brief advies evaluatie".split()
)
VERSION = re.compile(
    r"(?<![^\W_])(?:v\.?|versie[ _.-]?)\d{1,2}(?:\.\d{1,2}){0,2}(?![^\W_])|"
    r"(?<![^\W_])(?:ontwerp|draft|concept|voorlopig|definitieve?|def|final|versie|kopie|copy)(?![^\W_])|\(\d\)",
    re.I,
)
NUMBER = re.compile(r"\d+")
DRAFTS = ("draft", "ontwerp", "concept", "voorlopig")
MIN_LETTERS, MIN_WORDS = 10, 2  # of a title or name that two documents may be known by
MAX_ALIKE = 50  # a title that more share names none of them
BY_NUMBER, BY_STATUS, BY_DATE = 0.8, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells whether a document is an earlier or later one of another: as known, and what it and people say."""

    key: int
    id: str
    file_name: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    kind: str | None = None
    reference: str | None = None
    version: str | None = None
    replaced_by: Finding | None = None
    replaces: Finding | None = None


def successions(editions: Sequence[Edition]) -> dict[int, Succession]:
    """Which documents have a successor, by their keys. Of several, what was said comes first, then the surest."""
    names = _names(editions)
    best: dict[int, Succession] = {}
    silenced = {edition.key for edition in editions if edition.replaced_by and not edition.replaced_by.value}
    for found in (*_said(editions, names), *_guessed(editions)):
        known = best.get(found.replaced)
        if found.replaced not in silenced and (known is None or _rank(found) > _rank(known)):
            best[found.replaced] = found
    return best


def notice_of(document: DocumentCard, successor: DocumentCard, succession: Succession) -> Notice:
    """What the reader of a citation to a replaced document should know."""
    names = (document.title, successor.title)
    if names[0] == names[1]:
        names = (document.file_name, successor.file_name)
    values = (("document", names[0]), ("by", names[1]), ("document_id", document.id), ("by_id", successor.id))
    return Notice("maybe_replaced" if succession.is_guess else "replaced", values)


def _rank(succession: Succession) -> tuple[bool, float]:
    return succession.origin is not Origin.COLLECTION, succession.confidence


# --- what is said ----------------------------------------------------------------------------------


def _said(editions: Sequence[Edition], names: Mapping[str, int]) -> Iterator[Succession]:
    for edition in editions:
        for finding, is_replaced in ((edition.replaced_by, True), (edition.replaces, False)):
            other = _named(finding.value, names) if finding else None
            if finding and other is not None and other != edition.key:
                pair = (edition.key, other) if is_replaced else (other, edition.key)
                yield Succession(*pair, finding.confidence, finding.origin)


def _names(editions: Sequence[Edition]) -> dict[str, int]:
    """The key of each document by everything that it may be called; what two share names neither."""
    called: dict[str, set[int]] = defaultdict(set)
    for edition in editions:
        stem = edition.file_name.rsplit(".", 1)[0]
        for name in (edition.id, edition.file_name, stem, edition.title, edition.reference):
            if name:
                called[_plain(name)].add(edition.key)
    return {name: keys.pop() for name, keys in called.items() if len(keys) == 1 and name}


def _named(text: str, names: Mapping[str, int]) -> int | None:
    """The one document that a text names: wholly, or by the longest name that stands in it."""
    plain = _plain(text)
    if plain in names:
        return names[plain]
    within = [name for name in names if len(name) >= MIN_LETTERS and name in plain]
    return names[max(within, key=len)] if within else None


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


# --- what can be guessed ---------------------------------------------------------------------------


def _guessed(editions: Sequence[Edition]) -> Iterator[Succession]:
    """Among documents of one title, or one file name but for its version, each but the last has a successor."""
    for base_of in (lambda edition: edition.title, lambda edition: edition.file_name.rsplit(".", 1)[0]):
        for group in _alike(editions, base_of):
            for earlier, later in permutations(group, 2):
                confidence = _confidence(earlier, later)
                if confidence and not any(_confidence(later, last) for last in group if last is not later):
                    yield Succession(earlier.key, later.key, confidence, Origin.COLLECTION)


def _alike(editions: Iterable[Edition], base_of: Callable[[Edition], str | None]) -> list[list[Edition]]:
    groups: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        base = VERSION.sub(" ", (base_of(edition) or "").replace("_", " "))
        if len(re.findall(r"[^\W\d_]{3,}", base)) >= MIN_WORDS and len(_plain(base)) >= MIN_LETTERS:
            groups[_plain(base)].append(edition)
    return [group for group in groups.values() if 1 < len(group) <= MAX_ALIKE]


def _confidence(earlier: Edition, later: Edition) -> float:
    """How sure it is that one takes the place of the other; 0 where it does not, or nothing says so."""
    if _differ(earlier.publisher, later.publisher) or _differ(earlier.kind, later.kind):
        return 0.0
    if _is_before(later.date, earlier.date):
        return 0.0
    numbers = _number(earlier), _number(later)
    if all(numbers) and numbers[0] != numbers[1]:
        return BY_NUMBER if numbers[0] < numbers[1] else 0.0
    drafts = _is_draft(earlier), _is_draft(later)
    if drafts[0] != drafts[1]:
        return BY_STATUS if drafts[0] else 0.0
    in_series = SERIES & {earlier.kind, later.kind}
    return BY_DATE if _is_before(earlier.date, later.date) and not in_series else 0.0


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _is_before(one: str | None, other: str | None) -> bool:
    """Whether a date lies before another, as far as both are known: "2018" is not before "2018-07"."""
    if not one or not other:
        return False
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _number(edition: Edition) -> tuple[int, ...]:
    return tuple(int(number) for number in NUMBER.findall(edition.version or ""))


def _is_draft(edition: Edition) -> bool:
    return any(word in (edition.version or "").lower() for word in DRAFTS)
