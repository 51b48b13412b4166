"""What the styles of a Word document say about its paragraphs: headings, lists, contents, size and weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.readers.wordml import Element, W, is_on, style_of

DEFAULT_HALF_POINTS = 20
BODY_OUTLINE = 9  # an outline level for running text
HEADING_NAME = re.compile(r"(?:heading|kop|titre|überschrift) ?(\d)", re.I)
TITLE_NAME = re.compile(r"(?:title|titel)$", re.I)
CONTENTS_NAME = re.compile(
    r"(?:toc|inhopg|inhoudsopgave) ?(?:\d|heading|kop)?$|kopvaninhoudsopgave|table of figures", re.I
)
LIST_DEPTH = re.compile(r"(?:list|lijst)\D*(\d)$", re.I)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document by id."""

    elements: dict[str, Element]
    default_id: str | None
    default_size: int
    language: str | None = None
    _heading_levels: dict[str | None, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> Styles:
        """The styles of a ``w:styles`` tree."""
        elements = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        default = next((key for key, style in elements.items() if _is_default_paragraph(style)), None)
        size = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        return cls(
            elements,
            default,
            DEFAULT_HALF_POINTS if size is None else _number(size),
            None if language is None else language.get(f"{W}val", "")[:2].lower() or None,
        )

    def heading_level(self, paragraph: Element) -> int | None:
        """The level of a heading from 1, by outline level or by the name of its style; None for other text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return _outline(own)
        style_id = style_of(paragraph, "pStyle")
        if style_id not in self._heading_levels:
            self._heading_levels[style_id] = self._level_by_style(style_id)
        return self._heading_levels[style_id]

    def is_contents(self, paragraph: Element) -> bool:
        """Whether a paragraph is a line of a table of contents, or its heading."""
        return any(CONTENTS_NAME.match(name) for name in self.names(style_of(paragraph, "pStyle")))

    def starts_page(self, paragraph: Element) -> bool:
        """Whether a paragraph asks for a new page."""
        return is_on(self._first(paragraph, "pStyle", f"{W}pPr/{W}pageBreakBefore"))

    def sets_first_row_apart(self, style_id: str | None) -> bool:
        """Whether a style of tables shows the first row in bold or on a colour."""
        parts = (part for style in self.chain(style_id) for part in style.findall(f"{W}tblStylePr"))
        first = next((part for part in parts if part.get(f"{W}type") == "firstRow"), None)
        return first is not None and (is_on(first.find(f"{W}rPr/{W}b")) or first.find(f"{W}tcPr/{W}shd") is not None)

    def hidden_runs(self, roots: Iterable[Element]) -> set[Element]:
        """The runs under these elements that do not show, by themselves or by their style."""
        roots = list(roots)
        if not any(True for root in (*self.elements.values(), *roots) for _ in root.iter(f"{W}vanish")):
            return set()
        return {
            run
            for root in roots
            for paragraph in root.iter(f"{W}p")
            for run in paragraph.iter(f"{W}r")
            if is_on(self._run_property(run, paragraph, "vanish"))
        }

    def size(self, run: Element, paragraph: Element) -> int:
        """The size of a run's letters in half points."""
        found = self._run_property(run, paragraph, "sz")
        return self.default_size if found is None else _number(found)

    def is_bold(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is bold."""
        return is_on(self._run_property(run, paragraph, "b"))

    def _run_property(self, run: Element, paragraph: Element, name: str) -> Element | None:
        path = f"{W}rPr/{W}{name}"
        own = self._first(run, "rStyle", path)
        return self._by_style(style_of(paragraph, "pStyle") or self.default_id, path) if own is None else own

    def _first(self, element: Element, style_name: str, path: str) -> Element | None:
        """A property set on an element itself, or by its style or the styles that this rests on."""
        own = element.find(path)
        return self._by_style(style_of(element, style_name), path) if own is None else own

    def _by_style(self, style_id: str | None, path: str) -> Element | None:
        found = (style.find(path) for style in self.chain(style_id))
        return next((element for element in found if element is not None), None)

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """The elements of a style and of those that it rests on."""
        seen: set[str] = set()
        while style_id in self.elements and style_id not in seen:
            seen.add(style_id)
            yield self.elements[style_id]
            based_on = self.elements[style_id].find(f"{W}basedOn")
            style_id = None if based_on is None else based_on.get(f"{W}val")

    def ids(self, style_id: str | None) -> Iterator[str]:
        """The ids of a style and of those that it rests on."""
        return (str(style.get(f"{W}styleId")) for style in self.chain(style_id))

    def names(self, style_id: str | None) -> Iterator[str]:
        """The names of a style and of those that it rests on."""
        for style in self.chain(style_id):
            name = style.find(f"{W}name")
            if name is not None:
                yield name.get(f"{W}val", "")

    def _level_by_style(self, style_id: str | None) -> int | None:
        for style in self.chain(style_id):
            name = style.find(f"{W}name")
            named = level_by_name("" if name is None else name.get(f"{W}val", ""))
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if named is not None or outline is not None:
                return _outline(outline) if named is None else named
        return None


def level_by_name(name: str) -> int | None:
    """The level of a heading that the name of its style tells, from 1."""
    heading = HEADING_NAME.match(name)
    if heading:
        return max(int(heading[1]), 1)
    return 1 if TITLE_NAME.match(name) else None


def _outline(element: Element) -> int | None:
    level = _number(element)
    return None if level >= BODY_OUTLINE else level + 1


def _number(element: Element) -> int:
    return int(float(element.get(f"{W}val", "0")))


def _is_default_paragraph(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
