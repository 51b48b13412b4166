"""Whether a quote stands on its pages, in the text as the file gave it.

Compared are letters, digits and the signs that change a figure (minus, decimal comma, per cent, euro); white space,
hyphens at a line's end and bullets are the repair's. Letters are compared as they are, in composed form: a look-alike
of another alphabet, a full-width digit, a capital for a small letter is another sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.repair import without_unseen
from kb.types import Citation

# Signs that change a figure: within it, before it, and those that say what it is a figure of.
_SIGNS = re.compile(r"(?<=\d)[.,:/'’](?=\d)|(?<![^\W\d])[-−–](?=\d)|(?<=\d)[-−–](?=\s*\d)|[%‰€$£±≤≥]")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# A mark that is raised on the page is raised in the text, and may be an ordinary number in the raw extraction. By
# itself or behind a figure it is no mark, but another figure.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡ"
_LOWERED = str.maketrans(_RAISED, unicodedata.normalize("NFKC", _RAISED))
_MARK = re.compile(rf"(?<=[^\s\d(\[{_RAISED}])[{_RAISED}]+")
_CUT_WORD = re.compile(r"\w[-‐\u00ad]\s*\n\s*\w")  # a word that goes on after the end of its line
_THOUSANDS = re.compile(r"\d[ \u00a0\u202f]\d{3}(?!\d)")
_WORD = re.compile(r"[^\W_]+")
_LETTER_BULLET = re.compile(r"^[ \t]*[Åω](?=[\s\dA-Z])", re.MULTILINE)  # extracted as a letter: repair drops it


def stands_on(citation: Citation, raw_pages: Sequence[str]) -> bool:
    """Whether each part of a quote stands on its own page, given the raw texts of its pages in order.

    A quote that goes on over a page's end must go on to the end of a line there, and from the beginning of one.
    """
    parts = list(_parts(citation))
    if len(parts) != len(raw_pages) or without_unseen(citation.quote) != citation.quote:
        return False
    filled = [(signs, raw) for part, raw in zip(parts, raw_pages, strict=True) if (signs := Signs.of(part)).text]
    if len(filled) == 1 and _stands_nearby(*filled[0]):
        return True
    last = len(filled) - 1
    return bool(filled) and all(
        Signs.of(raw).hold(signs, goes_on_before=at > 0, goes_on_after=at < last)
        for at, (signs, raw) in enumerate(filled)
    )


def without_letter_bullets(raw: str) -> str:
    """A page as it was extracted, without the letters at line starts that repair knows to be bullets."""
    return _LETTER_BULLET.sub("", raw)


def _parts(citation: Citation) -> Iterator[str]:
    """The parts of a quote, page by page from its first to its last; the part of an empty page is empty."""
    pages = citation.document.pages
    first, last = pages.index(citation.page), pages.index(citation.last_page)
    for at in range(first, last + 1):
        start = max(citation.start, pages[at].start) if at > first else citation.start
        end = min(citation.end, pages[at + 1].start) if at < last else citation.end
        yield citation.stored.passage.slice(start, end) if start < end else ""


def _stands_nearby(quote: Signs, raw: str) -> bool:
    """Whether a quote stands on a page where its words follow one another: a long page need not be read as a whole.

    False says nothing: a word may be cut at a line's end, or have a mark of its own.
    """
    near = (Signs.of_part(raw, start, end) for start, end in _stretches_with(_WORD.findall(quote.source), raw))
    return any(part.hold(quote, goes_on_before=False, goes_on_after=False) for part in near)


def _stretches_with(words: Sequence[str], raw: str) -> Iterator[tuple[int, int]]:
    """The stretches of a page in which these words follow one another, with the word before and the one after them."""
    at = raw.find(words[0]) if words else -1
    while at >= 0:
        there = _WORD.finditer(raw, at)
        if all(word == found[0] for word, found in zip(words, there, strict=False)):
            after = next(there, None)
            yield _start_of_word_before(raw, at), after.end() if after else len(raw)
        at = raw.find(words[0], at + 1)


def _start_of_word_before(raw: str, at: int) -> int:
    while at and not raw[at - 1].isalnum():
        at -= 1
    while at and raw[at - 1].isalnum():
        at -= 1
    return at


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of a text that must be equal, and for each where it stands in ``source``, the text made plain.

    ``is_cut_before`` and ``is_cut_after`` tell that the text was cut from a longer one, where its last word may go on.
    """

    text: str
    places: tuple[int, ...]
    source: str
    is_cut_before: bool = False
    is_cut_after: bool = False

    @classmethod
    def of(cls, text: str) -> Signs:
        """Those of a text, whose characters that nobody sees are left out."""
        source = unicodedata.normalize("NFC", without_unseen(text)).translate(_LIGATURES)
        figures = {match.start() for match in _SIGNS.finditer(source)}
        places = tuple(at for at, character in enumerate(source) if character.isalnum() or at in figures)
        return cls("".join(source[at] for at in places), places, source)

    @classmethod
    def of_part(cls, text: str, start: int, end: int) -> Signs:
        """Those of a part of a text that begins and ends with a whole word, or where the text does."""
        return replace(cls.of(text[start:end]), is_cut_before=start > 0, is_cut_after=end < len(text))

    def hold(self, quote: Signs, *, goes_on_before: bool, goes_on_after: bool) -> bool:
        """Whether a quote stands here as whole words and figures; where it goes on elsewhere, to a line's edge."""
        return any(
            (self._begins_line(at) if goes_on_before else self._is_edge(at))
            and (self._ends_line(end) if goes_on_after else self._is_edge(end))
            for at, end in self._places_of(quote)
        )

    def _places_of(self, quote: Signs) -> Iterator[tuple[int, int]]:
        """Where a quote begins and ends among the signs."""
        lowered, wanted = self.text.translate(_LOWERED), quote.text.translate(_LOWERED)
        may_differ, glued = quote.marks(), quote._glued_digits(0, len(wanted))
        at = lowered.find(wanted)
        while at >= 0:
            pairs = zip(self.text[at : at + len(wanted)], quote.text, strict=True)
            differ = {place for place, (own, sign) in enumerate(pairs) if own != sign}
            if differ <= may_differ and self._glued_digits(at, at + len(wanted)) == glued:
                yield at, at + len(wanted)
            at = lowered.find(wanted, at + 1)

    def _glued_digits(self, start: int, end: int) -> list[int]:
        """Which of these signs, from 0, are digits with another right behind: "2018" is not "20 18"."""
        pairs = zip(self.places[start:end], self.places[start + 1 : end], strict=False)
        return [
            at
            for at, (one, other) in enumerate(pairs)
            if other - one == 1 and self.source[one].isdecimal() and self.source[other].isdecimal()
        ]

    def marks(self) -> frozenset[int]:
        """Which of the signs are raised marks."""
        raised = {place for match in _MARK.finditer(self.source) for place in range(*match.span())}
        return frozenset(at for at, place in enumerate(self.places) if place in raised)

    def _is_edge(self, at: int) -> bool:
        """Whether a word or figure may begin at a sign, and the one before it end there."""
        if at == 0:
            return not self.is_cut_before
        if at == len(self.text):
            return not self.is_cut_after
        first, last = self.places[at - 1], self.places[at]
        between = self.source[first : last + 1]
        is_apart = last - first > 1 and not _CUT_WORD.fullmatch(between)
        return is_apart and not _THOUSANDS.match(self.source, first)

    def _begins_line(self, at: int) -> bool:
        return at == 0 or "\n" in self.source[self.places[at - 1] : self.places[at]]

    def _ends_line(self, end: int) -> bool:
        return end == len(self.text) or "\n" in self.source[self.places[end - 1] : self.places[end]]
