"""The automatic numbers of a Word document, as Word shows them before a paragraph: "3.2.1", "a)", "Artikel 4".

A list is an instance (``w:num``) of an abstract list, which counts for all its instances; an instance may count anew or
look different. See ECMA-376, part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.readers.numerals import letter, roman
from ingest.readers.typography import HAS_A_WORD
from ingest.readers.wordml import COMPATIBILITY, Element, W, is_on, style_of
from ingest.readers.wordstyles import LIST_DEPTH, Styles

MAX_LEVEL = 8
PART = re.compile(r"%([1-9])")
NO_NUMBERS = ("none", "bullet")

FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "numberInDash": lambda number: f"- {number} -",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks. ``text`` holds "%1" for the number of the first level, and so on;
    ``restart`` is the number of levels whose paragraphs let this one begin anew, None for all above it.
    """

    start: int = 1
    format: str = "decimal"
    digits: int = 1
    text: str = ""
    glue: str = " "
    restart: int | None = None
    is_legal: bool = False  # all its numbers in digits, whatever the format of the levels above
    style: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """An instance of an abstract list; ``starts`` are the levels that it counts anew, from which number."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, level: int) -> int:
        """The first number of a level."""
        return self.starts.get(level, self.levels[level].start if level in self.levels else 1)

    def level_of_style(self, style_ids: Iterator[str]) -> int | None:
        """The level that is linked to one of these styles of paragraphs."""
        linked = {level.style: place for place, level in self.levels.items() if level.style}
        return next((linked[style] for style in style_ids if style in linked), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list."""

    id: str
    list: List
    level: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted: ask for the labels in the order of the text."""

    styles: Styles
    lists: dict[str, List]
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None, styles: Styles) -> Numbering:
        """The lists of a ``w:numbering`` tree; none where the document has no such part."""
        return cls(styles, {} if root is None else dict(_lists(root, styles)))

    def place(self, paragraph: Element) -> Place | None:
        """The place of a paragraph in a list; None for one outside lists."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        own_id, own_level = _value(own, "numId"), _value(own, "ilvl")
        styled = next(self._numberings_by_style(paragraph), None)
        number_id = own_id or _value(styled, "numId")
        if number_id is None or number_id not in self.lists:
            return None
        found = self.lists[number_id]
        if own_level is None and own_id is None:
            linked = found.level_of_style(self.styles.ids(style_of(paragraph, "pStyle")))
            level = int(_value(styled, "ilvl") or 0) if linked is None else linked
        else:
            level = int(own_level or 0)
        return Place(number_id, found, min(level, MAX_LEVEL))

    def depth(self, paragraph: Element) -> int | None:
        """The depth of a list item from 0; None for other text. A style of lists may say it in its name."""
        place = self.place(paragraph)
        if place is None:
            return None
        named = (LIST_DEPTH.search(name) for name in self.styles.names(style_of(paragraph, "pStyle")))
        return next((int(match[1]) - 1 for match in named if match), place.level)

    def is_named(self, paragraph: Element) -> bool:
        """Whether the label of a paragraph holds a word: "Artikel 4"."""
        place = self.place(paragraph)
        return place is not None and bool(HAS_A_WORD.search(self._text(place)))

    def label(self, paragraph: Element) -> str:
        """What Word shows before a paragraph, with the space after it; "" for a bullet or nothing. Counts on."""
        place = self.place(paragraph)
        if place is None or place.level not in place.list.levels:
            return ""
        counters = self._count(place)
        level = place.list.levels[place.level]
        shown = PART.sub(lambda part: self._number(place, counters, int(part[1]) - 1), self._text(place))
        return f"{shown}{level.glue}" if any(character.isalnum() for character in shown) else ""

    def _text(self, place: Place) -> str:
        level = place.list.levels.get(place.level)
        return "" if level is None or level.format == "bullet" else level.text

    def _count(self, place: Place) -> dict[int, int]:
        """The counters of the list after this paragraph. A level above it that has no paragraph yet counts as begun."""
        counters = self._counters.setdefault(place.list.abstract, {})
        for above in range(place.level):
            counters.setdefault(above, place.list.start(above))
        counts_anew = place.level in place.list.starts and (place.id, place.level) not in self._begun
        goes_on = place.level in counters and not counts_anew
        counters[place.level] = counters[place.level] + 1 if goes_on else place.list.start(place.level)
        self._begun.add((place.id, place.level))
        for deeper in [level for level in counters if level > place.level]:
            restart = place.list.levels[deeper].restart if deeper in place.list.levels else None
            if restart is None or place.level < restart:
                del counters[deeper]
        return counters

    def _number(self, place: Place, counters: dict[int, int], level: int) -> str:
        own, shown = place.list.levels[place.level], place.list.levels.get(level)
        number = counters.get(level, place.list.start(level))
        if shown is None or own.is_legal:
            return str(number)
        if shown.format in NO_NUMBERS:
            return ""
        if shown.format == "ordinal":
            return _ordinal(number, self.styles.language)
        in_format = FORMATS.get(shown.format)
        return in_format(number) if in_format else f"{number:0{shown.digits}d}"

    def _numberings_by_style(self, paragraph: Element) -> Iterator[Element]:
        style_id = style_of(paragraph, "pStyle") or self.styles.default_id
        numberings = (style.find(f"{W}pPr/{W}numPr") for style in self.styles.chain(style_id))
        return (numbering for numbering in numberings if _value(numbering, "numId"))


def _lists(root: Element, styles: Styles) -> Iterator[tuple[str, List]]:
    abstracts = {abstract.get(f"{W}abstractNumId", ""): abstract for abstract in root.iter(f"{W}abstractNum")}
    instances = {instance.get(f"{W}numId", ""): instance for instance in root.iter(f"{W}num")}
    for key, instance in instances.items():
        abstract_id = _defining(_value(instance, "abstractNumId") or "", abstracts, instances, styles)
        if abstract_id in abstracts:
            levels = dict(_levels(abstracts[abstract_id]))
            overrides = list(instance.iter(f"{W}lvlOverride"))
            for override in overrides:
                levels.update(_levels(override))
            yield key, List(abstract_id, levels, dict(_starts(overrides)))


def _defining(abstract_id: str, abstracts: dict[str, Element], instances: dict[str, Element], styles: Styles) -> str:
    """The abstract list that says how the list looks: another one where a style of lists stands between."""
    link = _value(abstracts.get(abstract_id), "numStyleLink")
    style = styles.elements.get(link or "")
    number_id = None if style is None else _value(style.find(f"{W}pPr/{W}numPr"), "numId")
    return _value(instances.get(number_id or ""), "abstractNumId") or abstract_id


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for level in parent.findall(f"{W}lvl"):
        form = level.find(f"{W}numFmt")
        if form is None:
            form = level.find(f"{COMPATIBILITY}AlternateContent/{COMPATIBILITY}Choice/{W}numFmt")
        restart = _value(level, "lvlRestart")
        yield (
            int(level.get(f"{W}ilvl", "0")),
            Level(
                start=int(_value(level, "start") or 0),
                format="decimal" if form is None else form.get(f"{W}val", "decimal"),
                digits=1 if form is None else len(form.get(f"{W}format", "1").split(",")[0].strip()),
                text=_value(level, "lvlText") or "",
                glue="" if _value(level, "suff") == "nothing" else " ",
                restart=None if restart is None else int(restart),
                is_legal=is_on(level.find(f"{W}isLgl")),
                style=_value(level, "pStyle"),
            ),
        )


def _starts(overrides: list[Element]) -> Iterator[tuple[int, int]]:
    for override in overrides:
        start = _value(override, "startOverride")
        if start is not None:
            yield int(override.get(f"{W}ilvl", "0")), int(start)


def _value(parent: Element | None, name: str) -> str | None:
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _ordinal(number: int, language: str | None) -> str:
    """The number as Word writes an ordinal in a language: 1e in Dutch, 1st in English."""
    if language == "nl":
        return f"{number}e"
    if language != "en":
        return f"{number}."
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
