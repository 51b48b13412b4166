"""Attacks on the proof: statements that are not what the documents say, made from what they do say.

Most edits come in two forms. The statement says it and cites the honest quote ("said"); or the passage itself was
changed too, so that the quote is a slice of it and only the raw page can tell ("forged").
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.files import find_files
from ingest.passages import split_passages
from ingest.reading import read_document
from ingest.repair import letters_and_digits
from ingest.types import Document, Passage, Span
from kb.proof import proven
from kb.types import Citation, DocumentCard, PageMark, Statement, StoredPassage

LONG_ENOUGH = 30  # characters of a quote: a heading of two words may well stand on another page too
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
UNITS = {"uur": "dagen", "dagen": "weken", "weken": "maanden", "jaar": "maanden", "euro": "dollar", "%": "‰"}
LOOK_ALIKES = str.maketrans("aeopcxAEOPCBHKMT", "аеорсхАЕОРСВНКМТ")  # Cyrillic
FULL_WIDTH = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DENIALS = r"\b(?:niet|geen|nooit|noch|zonder)\b"

Edit = Callable[[random.Random, str], str | None]


@dataclass(frozen=True, slots=True)
class Library:
    """Documents with their passages; ``raw`` are the texts of the pages of each, by the document's key."""

    quotes: tuple[Citation, ...]
    raw: dict[int, tuple[str, ...]]

    def raw_pages(self, citation: Citation) -> Sequence[str]:
        """The raw texts of the pages that a citation names, as a catalogue gives them."""
        pages = citation.document.pages
        first, last = pages.index(citation.page), pages.index(citation.last_page)
        return self.raw[citation.document.key][first : last + 1]

    def accepts(self, statement: Statement) -> bool:
        """Whether a statement passes the proof with all that it cites."""
        return any(kept == statement for kept in proven([statement], self.raw_pages))


@dataclass(frozen=True, slots=True)
class Attack:
    """A statement that must not pass; ``kind`` says what is wrong with it."""

    kind: str
    statement: Statement


def library_of(*places: Path) -> Library:
    """The quotes of documents, of whole folders too: every sentence, item and row."""
    documents = [read_document(Path(path)) for path in find_files(list(places))]
    quotes = [quote for key, document in enumerate(documents) for quote in _quotes(key, document)]
    return Library(tuple(quotes), {key: tuple(page.raw for page in one.pages) for key, one in enumerate(documents)})


def _quotes(key: int, document: Document) -> Iterator[Citation]:
    marks = tuple(PageMark(page.number, page.start) for page in document.pages)
    card = DocumentCard(key, document.id, document.file_name, document.format, document.digest, document.findings,
                        marks, 1, datetime.now(UTC))  # fmt: skip
    for position, passage in enumerate(split_passages(document)):
        stored = StoredPassage(1000 * key + position, position, passage, card)
        yield from (Citation(stored, unit.start, unit.end) for unit in passage.units)


def honest(quote: Citation) -> Statement:
    """The statement that is a quote."""
    return Statement(quote.quote, (quote,))


def attacks(library: Library, seed: int) -> Iterator[Attack]:
    """Attacks without end, of every kind in turn, always the same for a seed."""
    chance = random.Random(seed)
    quotes = [quote for quote in library.quotes if quote.end - quote.start >= LONG_ENOUGH]
    while True:
        for kind, make in KINDS.items():
            tries = (make(chance, library, chance.choice(quotes)) for _ in range(400))
            statement = next((one for one in tries if one is not None), None)
            if statement is not None:
                yield Attack(kind, statement)


# --- what is edited ------------------------------------------------------------------------------------


def _replaced(pattern: str, change: Callable[[random.Random, re.Match[str]], str]) -> Edit:
    """An edit of one of the matches of a pattern that stand within a text, not at its edges."""

    def edit(chance: random.Random, text: str) -> str | None:
        found = [match for match in re.finditer(pattern, text) if match.start() > 0 and match.end() < len(text)]
        if not found:
            return None
        match = chance.choice(found)
        edited = text[: match.start()] + change(chance, match) + text[match.end() :]
        return edited if edited != text else None

    return edit


def _other_digit(chance: random.Random, match: re.Match[str]) -> str:
    return chance.choice([digit for digit in "0123456789" if digit != match[0]])


def _swapped(pattern: str) -> Edit:
    """Two different matches change places."""

    def edit(chance: random.Random, text: str) -> str | None:
        found = list(re.finditer(pattern, text))
        pairs = [(one, other) for one in found for other in found if one.end() <= other.start() and one[0] != other[0]]
        if not pairs:
            return None
        one, other = chance.choice(pairs)
        return "".join((text[: one.start()], other[0], text[one.end() : other.start()], one[0], text[other.end() :]))

    return edit


EDITS: dict[str, Edit] = {
    "changed digit": _replaced(r"\d", _other_digit),
    "dropped digit": _replaced(r"(?<=\d)\d(?=\d)|\d(?=\d)", lambda *_: ""),
    "added digit": _replaced(r"(?<=\d)(?=\d)|(?<=\d)\b", lambda chance, _: chance.choice("0123456789")),
    "swapped digits": _swapped(r"\d"),
    "swapped figures": _swapped(r"\b\d+\b"),
    "split figure": _replaced(r"(?<=\d)(?=\d)", lambda *_: " "),
    "joined figures": _replaced(r"(?<=\d)\s(?=\d)", lambda *_: ""),
    "decimal sign": _replaced(r"(?<=\d)[.,](?=\d)", lambda *_: ""),
    "other decimal sign": _replaced(r"(?<=\d)[.,](?=\d)", lambda _, match: ".,"[match[0] == "."]),
    "minus": _replaced(r"(?<=\s)(?=\d)", lambda *_: "-"),
    "per cent": _replaced(r"(?<=\d)\s?%", lambda *_: ""),
    "added per cent": _replaced(r"(?<=\d)(?=\s)", lambda *_: "%"),
    "euro": _replaced(r"(?<=\s)(?=\d)", lambda *_: "€ "),
    "unit": _replaced(r"(?:\buur|\bdagen|\bweken|\bjaar|\beuro)\b|%", lambda _, match: UNITS[match[0]]),
    "month": _replaced(rf"\b(?:{'|'.join(MONTHS)})\b", lambda chance, _: chance.choice(MONTHS)),
    "year": _replaced(r"\b(?:19|20)\d\d\b", lambda chance, _: str(chance.randint(1990, 2030))),
    "dropped denial": _replaced(DENIALS + r"\s", lambda *_: ""),
    "added denial": _replaced(r"\b(?:is|zijn|wordt|worden|heeft|hebben|kan|moet|mag)\b", lambda _, m: f"{m[0]} niet"),
    "denial turned": _replaced(r"\been\b", lambda *_: "geen"),
    "swapped names": _swapped(r"\b[A-Z][\w-]+"),
    "swapped words": _swapped(r"\b\w{4,}\b"),
    "dropped word": _replaced(r"(?<=\s)\w+\s", lambda *_: ""),
    "dropped letter": _replaced(r"(?<=\w)\w(?=\w)", lambda *_: ""),
    "capitals": _replaced(r"\b[a-z]{3,}\b", lambda _, match: match[0].upper()),
    "look-alike letter": _replaced(r"[aeopcxAEOPCBHKMT]", lambda _, match: match[0].translate(LOOK_ALIKES)),
    "zero-width sign": _replaced(r"(?<=\w)(?=\w)", lambda chance, _: chance.choice("\u200b\u200d\u2060\ufeff")),
    "full-width digit": _replaced(r"\d", lambda _, match: match[0].translate(FULL_WIDTH)),
    "raised digit": _replaced(r"(?<![\w.,’”)])\d+", lambda _, match: match[0].translate(RAISED)),
}


def _said(edit: Edit) -> Callable[[random.Random, Library, Citation], Statement | None]:
    def make(chance: random.Random, _: Library, quote: Citation) -> Statement | None:
        text = edit(chance, quote.quote)
        return None if text is None else Statement(text, (quote,))

    return make


def _forged(edit: Edit) -> Callable[[random.Random, Library, Citation], Statement | None]:
    def make(chance: random.Random, _: Library, quote: Citation) -> Statement | None:
        text = edit(chance, quote.quote)
        return None if text is None else honest(_slice_of_its_own(quote, text))

    return make


def _slice_of_its_own(quote: Citation, text: str) -> Citation:
    """A citation of a passage that is nothing but this text, at the place of a quote."""
    end = quote.start + len(text)
    passage = Passage(quote.document.id, quote.start, end, text, units=(Span(quote.start, end),))
    return Citation(replace(quote.stored, passage=passage), quote.start, end)


# --- what is cut, moved and put together -------------------------------------------------------------------


def _shifted(chance: random.Random, _: Library, quote: Citation) -> Statement | None:
    passage = quote.stored.passage
    start, end = quote.start + chance.randint(-6, 6), quote.end + chance.randint(-6, 6)
    edges = {edge for unit in passage.units for edge in (unit.start, unit.end)} | {passage.start, passage.end}
    if not passage.start <= start < end <= passage.end or {start, end} <= edges:
        return None
    cut = replace(quote, start=start, end=end)
    return None if cut.quote.strip() == quote.quote else _unless_whole(cut)


def _cut_at(pattern: str) -> Callable[[random.Random, Library, Citation], Statement | None]:
    """A quote that begins or ends at a match of a pattern within it."""

    def make(chance: random.Random, _: Library, quote: Citation) -> Statement | None:
        places = [quote.start + match.start() for match in re.finditer(pattern, quote.quote)]
        inside = [place for place in places if quote.start < place < quote.end]
        if not inside:
            return None
        side = {chance.choice(("start", "end")): chance.choice(inside)}
        return _unless_whole(replace(quote, **side))

    return make


def _unless_whole(cut: Citation) -> Statement | None:
    """The statement of a cut quote; None where the cut falls between sentences or lines."""
    before = cut.stored.passage.text[: cut.start - cut.stored.passage.start]
    after = cut.stored.passage.text[cut.end - cut.stored.passage.start :]
    ends = [unit.end for unit in cut.stored.passage.units]
    starts = [unit.start for unit in cut.stored.passage.units]
    begins_well = not before.strip() or before.endswith("\n") or cut.start in starts
    ends_well = not after.strip() or after.startswith("\n") or cut.end in ends
    return None if (begins_well and ends_well) or not cut.quote.strip() else honest(cut)


def _other_page(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    """The right words with the number of another page: the pages are said to begin elsewhere."""
    pages, raw = quote.document.pages, library.raw[quote.document.key]
    at = pages.index(quote.page)
    others = [other for other in range(len(pages)) if other != at and not _holds(raw[other], quote)]
    if not others:
        return None
    other = chance.choice(others)
    moved = tuple(replace(mark, start=0 if i <= other else quote.end + i) for i, mark in enumerate(pages))
    return honest(_in_document(quote, replace(quote.document, pages=moved)))


def _other_document(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    other = chance.choice(library.quotes)
    raw = "".join(library.raw[other.document.key])
    if other.document.key == quote.document.key or _holds(raw, quote):
        return None
    return honest(_in_document(quote, other.document))


def _other_quote(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    other = chance.choice(library.quotes)
    return None if other.quote == quote.quote else Statement(quote.quote, (other,))


def _added_sentence(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    other = chance.choice(library.quotes)
    return Statement(f"{quote.quote} {other.quote}", (quote,))


def _glued(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    """Sentences of two documents, or of one in the wrong order, as one statement."""
    other = chance.choice(library.quotes)
    if other.document.key == quote.document.key and other.start >= quote.end:
        return None
    return Statement(f"{quote.quote} {other.quote}", (quote, other))


def _glued_halves(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    other = chance.choice([one for one in library.quotes if one.end - one.start >= LONG_ENOUGH])
    spaces = [[match.start() for match in re.finditer(" ", one.quote)] for one in (quote, other)]
    if not all(spaces):
        return None
    first = replace(quote, end=quote.start + chance.choice(spaces[0]))
    second = replace(other, start=other.start + chance.choice(spaces[1]) + 1)
    if _unless_whole(first) is None or _unless_whole(second) is None:
        return None
    return Statement(f"{first.quote} {second.quote}", (first, second))


def _disagreeing(chance: random.Random, library: Library, quote: Citation) -> Statement | None:
    """A second citation with another figure, which is said to say it too."""
    text = EDITS["changed digit"](chance, quote.quote)
    return None if text is None else Statement(quote.quote, (quote,), also=(_slice_of_its_own(quote, text),))


def _in_document(quote: Citation, card: DocumentCard) -> Citation:
    return replace(quote, stored=replace(quote.stored, document=card))


def _holds(raw: str, quote: Citation) -> bool:
    return letters_and_digits(quote.quote) in letters_and_digits(raw)


KINDS: dict[str, Callable[[random.Random, Library, Citation], Statement | None]] = {
    **{f"{name}, said": _said(edit) for name, edit in EDITS.items()},
    **{f"{name}, forged": _forged(edit) for name, edit in EDITS.items()},
    "shifted": _shifted,
    "cut in a figure": _cut_at(r"(?<=\d)(?=[\d.,%])"),
    "cut in a word": _cut_at(r"(?<=\w)(?=\w)"),
    "cut in a sentence": _cut_at(r"(?<=\w) (?=\w)"),
    "cut at a denial": _cut_at(rf"(?={DENIALS})|(?<=niet) |(?<=geen) "),
    "other page": _other_page,
    "other document": _other_document,
    "other quote": _other_quote,
    "added sentence": _added_sentence,
    "glued": _glued,
    "glued halves": _glued_halves,
    "disagreeing citation": _disagreeing,
}
