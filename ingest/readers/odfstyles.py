"""What the styles of an OpenDocument say about its paragraphs: headings, size and weight, hidden text, page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from ingest.readers.odf import FO, STYLE, TEXT
from ingest.readers.odflists import ListStyle
from ingest.readers.safexml import Element

DEFAULT_POINTS = 12.0
LONGEST_CHAIN = 40  # styles that rest on one another
POINTS = {"pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75}
LENGTH = re.compile(r"(-?\d+(?:\.\d+)?|-?\.\d+)(pt|pc|in|cm|mm|px)")
TITLE_NAME = re.compile(r"(?:title|titel)$", re.I)
CONTENTS_NAME = re.compile(r"(?:contents|toc|inhopg|inhoudsopgave) ?(?:\d|heading|kop)?$|table of figures", re.I)
BOLD = {"bold", "600", "700", "800", "900"}

Key = tuple[str, str]  # family and name of a style


def points(length: str) -> float | None:
    """A length such as "2.54cm" in points; None for what is no length."""
    found = LENGTH.fullmatch(length.strip())
    return float(found[1]) * POINTS[found[2]] if found else None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles that hold in one part of a package, by family and name."""

    elements: dict[Key, Element]
    defaults: dict[str, Element]
    lists: dict[str, ListStyle]
    outline: ListStyle
    _found: dict[tuple[Key, str, str], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, *roots: Element | None) -> Styles:
        """The styles under some elements; of two with one name, the later holds."""
        there = [root for root in roots if root is not None]
        named = [style for root in there for style in root.iter(f"{STYLE}style")]
        outline = next((element for root in there for element in root.iter(f"{TEXT}outline-style")), None)
        return cls(
            elements={(style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")): style for style in named},
            defaults={
                style.get(f"{STYLE}family", ""): style for root in there for style in root.iter(f"{STYLE}default-style")
            },
            lists={
                style.get(f"{STYLE}name", ""): ListStyle.of(style)
                for root in there
                for style in root.iter(f"{TEXT}list-style")
            },
            outline=ListStyle({}) if outline is None else ListStyle.of(outline),
        )

    def is_title(self, paragraph: Element) -> bool:
        """Whether a paragraph is the title of the document."""
        return any(TITLE_NAME.match(name) for name in self._names(_paragraph(paragraph)))

    def is_contents(self, paragraph: Element) -> bool:
        """Whether a paragraph is a line of a table of contents, or its heading."""
        return any(CONTENTS_NAME.match(name) for name in self._names(_paragraph(paragraph)))

    def is_hidden(self, element: Element, family: str) -> bool:
        """Whether a paragraph ("paragraph") or span ("text") is not shown."""
        return self._text(_key(element, family), f"{TEXT}display") == "none"

    def opens_page(self, element: Element, family: str = "paragraph") -> bool:
        """Whether a paragraph or table begins on a new page."""
        key = _key(element, family)
        layout = self._value(key, "", f"{STYLE}master-page-name")
        return bool(layout) or self._value(key, f"{STYLE}{family}-properties", f"{FO}break-before") == "page"

    def closes_page(self, paragraph: Element) -> bool:
        """Whether the next paragraph begins on a new page."""
        return self._value(_paragraph(paragraph), f"{STYLE}paragraph-properties", f"{FO}break-after") == "page"

    def list_style(self, paragraph: Element) -> str | None:
        """The list style that a paragraph's style names; "" for one that wants no number."""
        return self._value(_paragraph(paragraph), "", f"{STYLE}list-style-name")

    def has_label(self, paragraph: Element) -> bool:
        """Whether a paragraph in a list shows its bullet or number."""
        wanted = self._value(_paragraph(paragraph), f"{STYLE}paragraph-properties", f"{TEXT}enable-numbering")
        return wanted != "false"

    def size(self, span: Element | None, paragraph: Element) -> float:
        """The size of the letters of a span, or of the text between the spans, in points."""
        return self._size(_keys(span, paragraph))

    def is_bold(self, span: Element | None, paragraph: Element) -> bool:
        """Whether a span, or the text between the spans, is bold."""
        weights = (self._text(key, f"{FO}font-weight") for key in _keys(span, paragraph))
        return next((weight for weight in weights if weight), "normal") in BOLD

    def property(self, element: Element, family: str, name: str) -> str | None:
        """A property of an element's style, such as the colour behind a cell."""
        return self._value(_key(element, family), f"{STYLE}{family}-properties", name)

    def _size(self, keys: list[Key]) -> float:
        share = 1.0
        for key in keys:
            for style in self._chain(key):
                properties = style.find(f"{STYLE}text-properties")
                size = "" if properties is None else properties.get(f"{FO}font-size", "")
                if size.endswith("%") and size[:-1].isdecimal():
                    share *= int(size[:-1]) / 100  # of what the style that it rests on says
                elif (own := points(size)) is not None:
                    return own * share
        return DEFAULT_POINTS * share

    def _text(self, key: Key, name: str) -> str | None:
        return self._value(key, f"{STYLE}text-properties", name)

    def _value(self, key: Key, group: str, name: str) -> str | None:
        """A property that a style has itself or by the styles that it rests on."""
        place = (key, group, name)
        if place not in self._found:
            self._found[place] = next(self._values(key, group, name), None)
        return self._found[place]

    def _values(self, key: Key, group: str, name: str) -> Iterator[str]:
        for style in self._chain(key):
            for element in style.findall(group) if group else [style]:
                value = element.get(name)
                if value is not None:
                    yield value

    def _chain(self, key: Key) -> Iterator[Element]:
        """A style, those that it rests on, and the default of its family."""
        family, name = key
        yield from islice(self._named_chain(family, name), LONGEST_CHAIN)
        if family in self.defaults:
            yield self.defaults[family]

    def _named_chain(self, family: str, name: str) -> Iterator[Element]:
        while (style := self.elements.get((family, name))) is not None:
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")

    def _names(self, key: Key) -> Iterator[str]:
        """The names of a style and of those that it rests on, as people read them."""
        for style in islice(self._named_chain(*key), LONGEST_CHAIN):
            yield style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name", "").replace("_20_", " ")


def _key(element: Element, family: str) -> Key:
    namespace = element.tag.partition("}")[0]
    return family, element.get(f"{namespace}}}style-name", "")


def _paragraph(paragraph: Element) -> Key:
    return _key(paragraph, "paragraph")


def _keys(span: Element | None, paragraph: Element) -> list[Key]:
    return [_paragraph(paragraph)] if span is None else [_key(span, "text"), _paragraph(paragraph)]
