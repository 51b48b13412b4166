"""Where a quote stands in another reading of its page: by its letters, whatever lies between them.

Two programs that read one page agree on most letters, not on spaces, hyphens or the order of columns and cells.
A quote is therefore looked for as a whole, and where that fails piece by piece, each next to its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.letters import Letters, alike
from ingest.types import Span

CONTEXT = 200  # letters on either side that tell one occurrence from another
NEAR = 400  # letters: how far a short piece may stand from its neighbour
TELLING = 12  # letters: a piece of this length is taken wherever it stands
ENOUGH = 0.5  # of the letters: when less is found, the quote is not there, only some of its words

Range = tuple[int, int]  # of letters: the first, and the one after the last


@dataclass(frozen=True, slots=True)
class Quote:
    """Letters ``start`` to ``end`` of ``source``, the letters of the text that is quoted from. ``words`` are the
    letters at which its words begin, in order, the first being ``start``; ``opening`` and ``closing`` the signs
    before its first letter and after its last.
    """

    source: str
    start: int
    end: int
    words: tuple[int, ...]
    opening: str = ""
    closing: str = ""

    @classmethod
    def of(cls, text: str, span: Span) -> Quote:
        """A span of a text."""
        letters = Letters.of(text)
        start, end = letters.range(span.start, span.end)
        if start == end:
            return cls(letters.text, start, end, ())
        words = [place for place in range(start, end) if place == start or _parted(text, letters, place)]
        opening = text[span.start : letters.places[start]].strip()
        closing = text[letters.places[end - 1] + 1 : span.end].strip()
        return cls(letters.text, start, end, tuple(words), opening, closing)

    @property
    def letters(self) -> str:
        """The letters of the quote."""
        return self.source[self.start : self.end]


def _parted(text: str, letters: Letters, place: int) -> bool:
    """Whether white space stands before a letter."""
    return any(map(str.isspace, text[letters.places[place - 1] : letters.places[place]]))


def locate(quote: Quote, seen: str) -> list[Range]:
    """The ranges of ``seen`` that hold the quote, in the quote's order; those that touch are one.

    Empty where less than half of it stands there; words that are not there are left out.
    """
    if not quote.letters:
        return []
    if found := _best(quote, seen, quote.start, quote.end):
        return [found]
    return _joined(_pieces(quote, seen))


def _best(quote: Quote, seen: str, start: int, end: int) -> Range | None:
    """The occurrence of some letters of the source whose surroundings are most like theirs."""
    wanted = quote.source[start:end]
    places = list(_occurrences(wanted, seen))
    if len(places) < 2:
        return (places[0], places[0] + len(wanted)) if places else None
    own = list(_occurrences(wanted, quote.source))
    share = own.index(start) / len(own)

    def likeness(rank: int) -> tuple[int, float]:
        place = places[rank]
        after = place + len(wanted)
        around = _alike_before(quote.source, start, seen, place)
        around += alike(quote.source[end : end + CONTEXT], seen[after : after + CONTEXT])
        return around, -abs(rank / len(places) - share)

    place = places[max(range(len(places)), key=likeness)]
    return place, place + len(wanted)


def _alike_before(source: str, start: int, seen: str, place: int) -> int:
    left, right = source[max(start - CONTEXT, 0) : start], seen[max(place - CONTEXT, 0) : place]
    return alike(reversed(left), reversed(right))


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)


def _pieces(quote: Quote, seen: str) -> list[Range]:
    """The longest runs of whole words that stand together, placed outward from the longest of them."""
    runs = list(_runs(quote, seen))
    if not runs:
        return []
    anchor = max(range(len(runs)), key=lambda place: runs[place][1] - runs[place][0])
    found = _best(quote, seen, *runs[anchor])
    if found is None or found[1] - found[0] < min(TELLING, ENOUGH * len(quote.letters)):
        return []
    after = _placed(quote.source, seen, runs[anchor + 1 :], found)
    before = _placed(quote.source, seen, runs[:anchor][::-1], found, backward=True)
    pieces = [*reversed(before), found, *after]
    return pieces if sum(last - first for first, last in pieces) >= ENOUGH * len(quote.letters) else []


def _runs(quote: Quote, seen: str) -> Iterator[Range]:
    """Stretches of the source from word to word, each as long as ``seen`` holds it; words it lacks are left out."""
    bounds = (*quote.words, quote.end)
    first = 0
    while first < len(bounds) - 1:
        last = first
        while last + 1 < len(bounds) and quote.source[bounds[first] : bounds[last + 1]] in seen:
            last += 1
        if last > first:
            yield bounds[first], bounds[last]
        first = max(last, first + 1)


def _placed(source: str, seen: str, runs: Sequence[Range], neighbour: Range, *, backward: bool = False) -> list[Range]:
    """Each run at its occurrence nearest to where its neighbour ends; short ones only if that is near."""
    placed = []
    for start, end in runs:
        length = end - start
        target = neighbour[0] - length if backward else neighbour[1]
        place = min(_occurrences(source[start:end], seen), key=lambda place: abs(place - target))
        if length >= TELLING or abs(place - target) <= NEAR:
            neighbour = (place, place + length)
            placed.append(neighbour)
    return placed


def _joined(ranges: Sequence[Range]) -> list[Range]:
    """The ranges, those that follow each other at once as one."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
