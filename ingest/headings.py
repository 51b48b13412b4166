"""Which drafts are headings, and how they stand under one another.

Type decides where the format tells it: larger or bolder than body text. Otherwise mark-up, numbering,
capitals, the first line of a slide, and a short line by itself above a paragraph or list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.drafts import Draft
from ingest.layout import Gap, Layout
from ingest.types import BlockKind
from ingest.wrapping import begins_lower, is_capitals, is_open, is_unfinished

MAX_HEADING_CHARS = 150
MAX_SHORT_CHARS = 80
MAX_SHORT_WORDS = 10
MAX_TYPED_LINES = 3
MIN_TOLD_HEADINGS = 3  # so many headings in other type or with a sign mean that the others are none

_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[“‘\"']?[A-ZÀ-Þ]")
_NAMED = re.compile(
    r"\s*(?P<name>deel|boek|titel|hoofdstuk|afdeling|onderafdeling|artikel|art\.|bijlage|annex)\s+"
    r"(?:\d+|[IVX]+|[A-Z])\b\s*(?:[:.–-]|$|(?-i:[A-Z]))",
    re.I,
)
_NAME_RANKS = {
    "bijlage": 0.5,
    "annex": 0.5,
    "boek": 1,
    "deel": 2,
    "titel": 3,
    "hoofdstuk": 4,
    "afdeling": 5,
    "onderafdeling": 6,
}
_ARTICLE_RANK = 30
_TOP_RANK, _CAPITALS_RANK, _MARKED_RANK, _SHORT_RANK = 9, 15, 40, 50

_ADDRESSES_SOMEONE = re.compile(r"\s*(?:geachte|beste|mevrouw|mijnheer|de heer|hoogachtend|met vriendelijke)\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"@|https?://|www\.")
_NO_TITLE = re.compile(r"^\s*[—–-]|[:,;]\s*$")

Rank = tuple[float, ...]
_SLIDE_TITLE: Rank = (10.0,)
_ANNEX: Rank = (0.5,)


def mark_headings(drafts: Sequence[Draft], layout: Layout) -> None:
    """Turn drafts that are headings into headings with levels."""
    finder = _Finder(drafts, layout)
    ranks = {index: rank for index in range(len(drafts)) if (rank := finder.rank(index)) is not None}
    if sum(finder.is_told(index) for index in ranks) < MIN_TOLD_HEADINGS:
        ranks |= finder.short_titles(ranks)
    ranks = {index: rank for index, rank in ranks.items() if not finder.is_misplaced(index)}
    _set_levels(drafts, ranks)


def _set_levels(drafts: Sequence[Draft], ranks: dict[int, Rank]) -> None:
    """Level 1 for the highest rank in use. A title that stands once, before all else, heads nothing more than
    the headings of the next rank do.
    """
    order = sorted(set(ranks.values()))
    if order[:1] == [_ANNEX] and len(order) > 1:  # an annex stands beside the parts of the text, not above
        ranks.update((index, order[1]) for index, rank in list(ranks.items()) if rank == _ANNEX)
        order = order[1:]
    tops = [index for index, rank in ranks.items() if rank == order[0]]
    if len(tops) == 1 and len(order) > 1 and tops[0] == min(ranks) and not _depth(drafts[tops[0]].text):
        ranks[tops[0]] = order[1]
        order = order[1:]
    for index, rank in ranks.items():
        drafts[index].kind = BlockKind.HEADING
        drafts[index].marker = None
        drafts[index].texts = [line.text for line in drafts[index].lines]
        drafts[index].level = order.index(rank) + 1


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks at drafts among their neighbours."""

    drafts: Sequence[Draft]
    layout: Layout

    def rank(self, index: int) -> Rank | None:
        """The rank of a draft that is a heading by mark-up, type, numbering, place or capitals."""
        draft = self.drafts[index]
        if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return None
        plain = self._marked_up(draft) or self._first_on_slide(index) or self._numbered(index) or self._capitals(index)
        if plain is None and not self.is_typed(index):
            return None
        return plain if draft.first.size is None else self._typed_rank(draft)

    def is_told(self, index: int) -> bool:
        """Whether type or a sign of mark-up says that the draft is a heading."""
        return bool(self.drafts[index].first.heading) or self.is_typed(index)

    def _marked_up(self, draft: Draft) -> Rank | None:
        return (10.0 * draft.first.heading,) if draft.first.heading else None

    def _numbered(self, index: int) -> Rank | None:
        draft = self.drafts[index]
        if self.layout.is_slides or not _is_title(draft.text) or self._is_counted(index):
            return None
        depth = _depth(draft.text)
        return (float(depth),) if depth else None

    def _is_counted(self, index: int) -> bool:
        """Whether the draft is one of a row of numbered items."""
        draft = self.drafts[index]
        if draft.marker is None:
            return False
        around = [self._neighbour(index, step) for step in (-1, 1)]
        before, after = (neighbour.marker if neighbour else None for neighbour in around)
        is_item = around[0] is not None and around[0].kind is BlockKind.LIST_ITEM
        return (is_item and draft.marker.follows(before)) or bool(after and after.follows(draft.marker))

    def _first_on_slide(self, index: int) -> Rank | None:
        draft = self.drafts[index]
        is_first = index == 0 or self.drafts[index - 1].page != draft.page
        if not (self.layout.is_slides and is_first and draft.marker is None) or self._has_larger_type(draft):
            return None
        return _SLIDE_TITLE if draft.first.length <= MAX_SHORT_CHARS and _has_words(draft.text) else None

    def _capitals(self, index: int) -> Rank | None:
        draft = self.drafts[index]
        if draft.marker is not None or not is_capitals(draft.text) or len(draft.text) > MAX_HEADING_CHARS:
            return None
        if self.layout.is_slides or (len(draft.text.split()) == 1 and not self._is_apart(index)):
            return None
        return (float(_CAPITALS_RANK if self.layout.is_marked_up else _TOP_RANK),)

    def is_typed(self, index: int) -> bool:
        """Whether the draft is set in larger or bolder type than body text, as a title is."""
        draft = self.drafts[index]
        if not self._is_large(draft) and not self._is_bold(draft):
            return False
        if not _has_words(draft.text) or len(draft.text) > MAX_HEADING_CHARS:
            return False
        return self._stacked_lines(index) <= MAX_TYPED_LINES and not self._is_counted(index)

    def _is_large(self, draft: Draft) -> bool:
        """Larger than body text; on a slide the largest."""
        if not all(self.layout.is_large(line) for line in draft.lines) or draft.last.text.endswith((",", ";")):
            return False
        return not (self.layout.is_slides and self._has_larger_type(draft))

    def _is_bold(self, draft: Draft) -> bool:
        is_bullet = draft.marker is not None and draft.marker.value is None
        if self.layout.is_slides or self.layout.bold_body or is_bullet:
            return False
        return all(line.bold for line in draft.lines) and not draft.last.text.endswith((",", ";", "."))

    def _stacked_lines(self, index: int) -> int:
        """The number of lines in one letter that stand right under one another here: a list of names, say."""
        count = len(self.drafts[index].lines)
        for step in (-1, 1):
            place = index
            while (place := place + step) in range(len(self.drafts)):
                upper, lower = self.drafts[min(place, place - step)], self.drafts[max(place, place - step)]
                if lower.first.gap is not Gap.TIGHT or not upper.last.looks_like(lower.first):
                    break
                count += len(self.drafts[place].lines)
        return count

    def _has_larger_type(self, draft: Draft) -> bool:
        sizes = [line.size or 0.0 for line in self.layout.pages[draft.page] if _has_words(line.text)]
        return (draft.first.size or 0.0) < max(sizes, default=0.0) - 0.5

    def _typed_rank(self, draft: Draft) -> Rank:
        if self.layout.is_slides:
            return _SLIDE_TITLE
        size = round(2 * (draft.first.size or 0.0)) / 2
        return (-size, float(not draft.first.bold), float(_depth(draft.text)))

    def short_titles(self, ranks: dict[int, Rank]) -> dict[int, Rank]:
        """Drafts that are headings because they are short, stand by themselves, and text follows."""
        found: dict[int, Rank] = {}
        for index, draft in enumerate(self.drafts):
            if index in ranks or draft.kind is not BlockKind.PARAGRAPH or not _is_short_title(draft):
                continue
            if self._is_apart(index) and self._heads(index, ranks):
                found[index] = self._short_rank(draft)
        return found

    def _short_rank(self, draft: Draft) -> Rank:
        if draft.first.size is not None and not self.layout.is_slides:
            return (*self._typed_rank(draft)[:2], 99.0)
        if draft.first.marked:
            return (float(_MARKED_RANK),)
        opens_page = draft.page > 0 and draft.first is next(iter(self.layout.pages[draft.page]), None)
        return (float(_TOP_RANK if opens_page else _SHORT_RANK),)

    def _is_apart(self, index: int) -> bool:
        draft = self.drafts[index]
        opens_page = index == 0 or self.drafts[index - 1].page != draft.page
        return opens_page or draft.first.gap is Gap.APART or draft.first.marked

    def _heads(self, index: int, ranks: dict[int, Rank]) -> bool:
        """Whether what follows is text that a title can stand above."""
        draft, after = self.drafts[index], self._neighbour(index, 1)
        if after is None or after.page != draft.page:
            return False
        if after.kind is BlockKind.LIST_ITEM:
            return True
        if draft.first.marked:
            return after.kind is BlockKind.PARAGRAPH
        if self.layout.is_slides:
            return False
        if index + 1 in ranks:
            return self._numbered(index + 1) is not None
        is_text = after.kind is BlockKind.PARAGRAPH and (len(after.text) > MAX_SHORT_CHARS or not is_open(after.text))
        return is_text and len(after.text) > len(draft.text)

    def is_misplaced(self, index: int) -> bool:
        """Whether the title stands after the text that it heads: drawn last, though seen first."""
        draft, after = self.drafts[index], self._neighbour(index, 1)
        if self._numbered(index) or draft.first.heading or self._opens_page(index):
            return False
        if after is not None and after.page == draft.page:
            return False
        if after is None and len(self.layout.pages) == 1:
            return False
        above = [line.y for line in self.layout.pages[draft.page] if line.y is not None]
        return draft.first.y is None or draft.first.y < max(above)

    def _opens_page(self, index: int) -> bool:
        before = self._neighbour(index, -1)
        return before is None or before.page != self.drafts[index].page

    def _neighbour(self, index: int, step: int) -> Draft | None:
        """The next draft in a direction, furniture left out."""
        index += step
        while 0 <= index < len(self.drafts):
            if self.drafts[index].kind is not BlockKind.BOILERPLATE:
                return self.drafts[index]
            index += step
        return None


def _depth(text: str) -> float:
    """How deep a title stands by its number or name; 0 when it has none."""
    if named := _NAMED.match(text):
        name = named["name"].lower()
        return _NAME_RANKS.get(name, _ARTICLE_RANK)
    numbered = _NUMBERED.match(text)
    return 10 * (numbered["number"].count(".") + 1) + 1 if numbered else 0


def _is_title(text: str) -> bool:
    """Whether the text has the form of a title: short, and not a sentence."""
    if len(text) > MAX_HEADING_CHARS or not _has_words(text) or is_unfinished(text) or _ADDRESS.search(text):
        return False
    return is_open(text) or text.endswith("?") or bool(_NAMED.fullmatch(text))


def _is_short_title(draft: Draft) -> bool:
    text = draft.text
    if len(text) > MAX_SHORT_CHARS or len(text.split()) > MAX_SHORT_WORDS or not _is_title(text):
        return False
    if begins_lower(text) or _NO_TITLE.search(text) or _ADDRESSES_SOMEONE.match(text):
        return False
    return text[:1].isalpha() or text[:1] in "“‘\"'"


def _has_words(text: str) -> bool:
    return bool(_WORD.search(text))
