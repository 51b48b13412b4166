"""Which drafts are headings, and how they stand under one another.

The outline and the tags of a file come first. Type decides where the format tells it: larger or bolder than body text.
Otherwise mark-up, numbering, capitals, the first line of a slide, and a short line by itself above a paragraph or list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.drafts import Draft
from ingest.heading_levels import ANNEX, Rank, Typed, depth, typed_ranks
from ingest.layout import Gap, Layout
from ingest.title_forms import (
    COUNTED,
    MAX_HEADING_CHARS,
    MAX_SHORT_CHARS,
    has_words,
    is_short_title,
    is_title,
)
from ingest.types import BlockKind
from ingest.wrapping import is_capitals, is_open

MAX_TYPED_LINES = 3
SET_OFF = 1.05  # times the size of body text
SMALL = 0.8  # times the size of body text: a label in a picture
MIN_COUNTED = 3
MIN_TOLD_HEADINGS = 3  # so many headings in other type or with a sign mean that the others are none

_TOP_RANK, _CAPITALS_RANK, _MARKED_RANK, _SHORT_RANK = 9, 15, 40, 50

_COUNTED_RANK = 21  # as titles with two numbers

_SLIDE_TITLE: Rank = (10.0,)


def mark_headings(drafts: Sequence[Draft], layout: Layout) -> None:
    """Turn drafts that are headings into headings with levels."""
    finder = _Finder(drafts, layout)
    ranks = {index: rank for index in range(len(drafts)) if (rank := finder.rank(index)) is not None}
    if sum(finder.is_told(index) for index in ranks) < MIN_TOLD_HEADINGS:
        ranks |= finder.short_titles(ranks)
    ranks = {index: ranks[index] for index in sorted(ranks) if not finder.is_misplaced(index)}
    if not layout.is_slides and layout.body_size is not None:
        ranks = dict(zip(ranks, typed_ranks([_typed(drafts[index]) for index in ranks]), strict=True))
    _set_levels(drafts, ranks)


def _typed(draft: Draft) -> Typed:
    told = draft.first.title.level if draft.first.title else 0
    return Typed(draft.text, round(2 * (draft.first.size or 0.0)) / 2, draft.first.bold, told)


def _set_levels(drafts: Sequence[Draft], ranks: dict[int, Rank]) -> None:
    """Level 1 for the highest rank in use."""
    order = sorted(set(ranks.values()))
    if order[:1] == [ANNEX] and len(order) > 1:  # an annex stands beside the parts of the text, not above
        ranks.update((index, order[1]) for index, rank in list(ranks.items()) if rank == ANNEX)
    _lower_titles(drafts, ranks)
    order = sorted(set(ranks.values()))
    for index, rank in ranks.items():
        drafts[index].kind = BlockKind.HEADING
        drafts[index].marker = None
        drafts[index].texts = [line.text for line in drafts[index].lines]
        drafts[index].level = order.index(rank) + 1


def _lower_titles(drafts: Sequence[Draft], ranks: dict[int, Rank]) -> None:
    """Titles that stand once, right after one another and before all else, head nothing more than the headings of the
    next rank do.
    """
    titles: list[int] = []
    for index in sorted(ranks):
        rank, others = ranks[index], {ranks[other] for other in ranks if other not in (*titles, index)}
        if depth(drafts[index].text) or not others or rank >= min(others) or (titles and index != titles[-1] + 1):
            break
        titles.append(index)
        ranks.update(dict.fromkeys(titles, min(others)))


@dataclass(frozen=True)
class _Finder:
    """Looks at drafts among their neighbours."""

    drafts: Sequence[Draft]
    layout: Layout

    def rank(self, index: int) -> Rank | None:
        """The rank of a draft that is a heading by mark-up, type, numbering, place or capitals."""
        draft = self.drafts[index]
        if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return None
        plain = self._plain_rank(index)
        if plain is None and not self.is_told(index):
            return None
        return plain or _SLIDE_TITLE

    def _plain_rank(self, index: int) -> Rank | None:
        finders = (self._marked_up, self._first_on_slide, self._numbered, self._capitals, self._counted)
        return next((rank for find in finders if (rank := find(index)) is not None), None)

    def is_told(self, index: int) -> bool:
        """Whether the file itself, type or a sign of mark-up says that the draft is a heading."""
        first = self.drafts[index].first
        return first.title is not None or bool(first.heading) or self.is_typed(index)

    def _marked_up(self, index: int) -> Rank | None:
        heading = self.drafts[index].first.heading
        return (10.0 * heading,) if heading else None

    def _numbered(self, index: int) -> Rank | None:
        draft = self.drafts[index]
        if self.layout.is_slides or not is_title(draft.text) or self._is_counted(index) or self._is_small(draft):
            return None
        found = depth(draft.text)
        return (float(found),) if found else None

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
        return _SLIDE_TITLE if draft.first.length <= MAX_SHORT_CHARS and has_words(draft.text) else None

    def _capitals(self, index: int) -> Rank | None:
        draft = self.drafts[index]
        if draft.marker is not None or not is_capitals(draft.text) or len(draft.text) > MAX_HEADING_CHARS:
            return None
        if self.layout.is_slides or (len(draft.text.split()) == 1 and not self._is_apart(index)):
            return None
        return (float(_CAPITALS_RANK if self.layout.is_marked_up else _TOP_RANK),)

    def _counted(self, index: int) -> Rank | None:
        """A title that counts with a word of its own, as its sisters do: "Ambitie 1: ...", "Ambitie 2: ..."."""
        counts = self._counts
        return (_COUNTED_RANK,) if index in counts else None

    @cached_property
    def _counts(self) -> frozenset[int]:
        """The drafts that count with a word from 1, three or more, each with text under it. Sentences that count stay
        text: they say something that is worth quoting.
        """
        rows: dict[str, list[int]] = {}
        for index, draft in enumerate(self.drafts):
            match = COUNTED.match(draft.text) if draft.kind is BlockKind.PARAGRAPH else None
            if match and is_title(draft.text):
                row = rows.setdefault(match["word"], [])
                if int(match["number"]) == len(row) + 1 and self._has_text_under(index):
                    row.append(index)
        return frozenset(index for row in rows.values() if len(row) >= MIN_COUNTED for index in row)

    def _has_text_under(self, index: int) -> bool:
        after = self._neighbour(index, 1)
        return after is not None and after.kind is BlockKind.PARAGRAPH and not COUNTED.match(after.text)

    def is_typed(self, index: int) -> bool:
        """Whether the draft is set in larger or bolder type than body text, as a title is."""
        draft = self.drafts[index]
        if not self._is_large(draft) and not self._is_bold(draft) and not self._is_set_off(index):
            return False
        if not has_words(draft.text) or len(draft.text) > MAX_HEADING_CHARS:
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
        if self._is_small(draft):
            return False
        return all(line.bold for line in draft.lines) and not draft.last.text.endswith((",", ";", "."))

    def _is_small(self, draft: Draft) -> bool:
        return (draft.first.size or 0.0) < SMALL * (self.layout.body_size or 0.0)

    def _is_set_off(self, index: int) -> bool:
        """A little larger than body text, in a size that no running text has, above text in the ordinary size."""
        draft, after = self.drafts[index], self._neighbour(index, 1)
        body, size = self.layout.body_size, draft.first.size
        if self.layout.is_slides or body is None or size is None or size < SET_OFF * body or after is None:
            return False
        is_above_text = after.page == draft.page and (after.first.size or 0.0) < size - 0.3
        is_alone = len(draft.lines) == 1 and self._is_apart(index) and is_short_title(draft.text)
        return is_alone and is_above_text and round(size, 1) not in self._text_sizes

    @cached_property
    def _text_sizes(self) -> frozenset[float]:
        """The sizes in which running text is set."""
        long = (draft for draft in self.drafts if len(draft.text) > MAX_HEADING_CHARS)
        return frozenset(round(line.size, 1) for draft in long for line in draft.lines if line.size is not None)

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
        sizes = [line.size or 0.0 for line in self.layout.pages[draft.page] if has_words(line.text)]
        return (draft.first.size or 0.0) < max(sizes, default=0.0) - 0.5

    def short_titles(self, ranks: dict[int, Rank]) -> dict[int, Rank]:
        """Drafts that are headings because they are short, stand by themselves, and text follows."""
        found: dict[int, Rank] = {}
        for index, draft in enumerate(self.drafts):
            if index in ranks or draft.kind is not BlockKind.PARAGRAPH or self._is_small(draft):
                continue
            if not is_short_title(draft.text):
                continue
            if self._is_apart(index) and self._heads(index, ranks):
                found[index] = self._short_rank(draft)
        return found

    def _short_rank(self, draft: Draft) -> Rank:
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
        if self._numbered(index) or draft.first.heading or draft.first.title or self._opens_page(index):
            return False
        if after is not None and after.page == draft.page:
            return False
        if after is None and len(self.layout.pages) == 1:
            return False
        return draft.first.y is None or draft.first.y < self._text_heights[draft.page]

    @cached_property
    def _text_heights(self) -> dict[int, float]:
        """How far down each page its text begins its last line, page furniture aside."""
        heights: dict[int, float] = {}
        for draft in self.drafts:
            if draft.kind is not BlockKind.BOILERPLATE and draft.last.y is not None:
                heights[draft.page] = max(draft.last.y, heights.get(draft.page, 0.0))
        return heights

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
