"""Slide decks, through python-pptx: the only module that imports it. A slide is a page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.package import PartFactory
from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from ingest.raw import RawBlock, RawDocument, RawPage, page_from_blocks
from ingest.readers.drawings import DIAGRAM, chart_blocks, diagram_blocks
from ingest.readers.properties import info_from_properties
from ingest.readers.slideorder import Placed, reading_order
from ingest.readers.slidetext import COMPATIBILITY, A, Element, blocks_of, level_of, text_of
from ingest.readers.slidetitles import with_title
from ingest.tables import row_levels, row_text
from ingest.types import BlockKind

MACRO_TYPES = (
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
)
for content_type in MACRO_TYPES:
    PartFactory.part_type_for.setdefault(content_type, PresentationPart)

Shape: TypeAlias = Any  # python-pptx has no types
Slide: TypeAlias = Any
Table: TypeAlias = Any
Cell: TypeAlias = Any
Frame: TypeAlias = Any
Placeholder: TypeAlias = Any
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
EDGES = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.DATE)
BODIES = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)


def read(path: Path, data: bytes) -> RawDocument:  # noqa: ARG001 - readers share one signature
    """The slides of a deck, hidden ones too. Raises what python-pptx and lxml raise for a damaged file."""
    package = Package.open(io.BytesIO(data))
    presentation = package.presentation_part.presentation
    area = (presentation.slide_width or 0, presentation.slide_height or 0)
    seen: set[str] = set()
    pages = tuple(_page(number, slide, area, seen) for number, slide in enumerate(presentation.slides, start=1))
    return RawDocument("pptx", pages, info_from_properties(package))


def _page(number: int, slide: Slide, area: tuple[int, int], seen: set[str]) -> RawPage:
    """A slide; ``seen`` are the texts that layouts showed on the slides before."""
    _choose_alternatives(slide)
    shapes = [shape for shape in slide.shapes if _is_shown(shape, area)]
    titles = [shape for shape in shapes if _placeholder(shape) in TITLES]
    edges = [shape for shape in shapes if _placeholder(shape) in EDGES]
    others = _ordered(shape for shape in shapes if shape not in titles and shape not in edges)
    heading = [block for shape in titles for block in _title(shape)]
    body = [block for shape in others for block in _shape_blocks(shape)]
    running = [block for shape in edges for block in _shape_blocks(shape)] + list(_behind(slide, seen))
    framed = [RawBlock(BlockKind.BOILERPLATE, block.text) for block in running]
    return page_from_blocks(number, [*(heading + body if heading else with_title(body)), *_notes(slide), *framed])


def _choose_alternatives(slide: Slide) -> None:
    """Put the first of several forms of one shape in its place; python-pptx sees none of them."""
    for alternate in list(slide._element.iter(f"{COMPATIBILITY}AlternateContent")):  # noqa: SLF001
        parent = alternate.getparent()
        if parent.tag in (f"{P}spTree", f"{P}grpSp") and len(alternate):
            for chosen in alternate[0]:
                alternate.addprevious(chosen)
            parent.remove(alternate)


def _is_shown(shape: Shape, area: tuple[int, int]) -> bool:
    """Whether a shape stands on the slide, at least in part, and is not hidden."""
    named = next(shape._element.iter(f"{P}cNvPr"), None)  # noqa: SLF001
    if named is not None and named.get("hidden") in ("1", "true"):
        return False
    sides = (shape.left, shape.top, shape.width, shape.height)
    if None in sides or 0 in area:
        return True
    left, top, width, height = sides
    return bool(left < area[0] and top < area[1] and left + width >= 0 and top + height >= 0)


def _behind(slide: Slide, seen: set[str]) -> Iterator[RawBlock]:
    """What the layout and the master show on a slide, on the first slide that shows it."""
    layout = slide.slide_layout
    sources = [slide, layout, layout.slide_master]
    for above, source in pairwise(sources):
        if above._element.get("showMasterSp") in ("0", "false"):  # noqa: SLF001
            return
        for shape in _ordered(shape for shape in source.shapes if not shape.is_placeholder):
            for block in _shape_blocks(shape):
                if block.text not in seen:
                    seen.add(block.text)
                    yield block


def _placeholder(shape: Shape) -> Placeholder:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _title(shape: Shape) -> Iterator[RawBlock]:
    lines = map(text_of, _paragraphs(shape.text_frame)) if shape.has_text_frame else ()
    yield from _block(BlockKind.HEADING, "\n".join(lines), 1)


def _notes(slide: Slide) -> Iterator[RawBlock]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    for paragraph in [] if frame is None else _paragraphs(frame):
        yield from _block(BlockKind.NOTE, text_of(paragraph))


def _paragraphs(frame: Frame) -> list[Element]:
    return list(frame._txBody.iterchildren(f"{A}p"))  # noqa: SLF001 - python-pptx leaves out formulas


def _ordered(shapes: Iterable[Shape]) -> list[Shape]:
    return reading_order(
        [Placed(shape, shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0) for shape in shapes]
    )


def _shape_blocks(shape: Shape) -> Iterator[RawBlock]:
    """The blocks of one shape; a group is read as a slide within the slide."""
    if hasattr(shape, "shapes"):
        for member in _ordered(shape.shapes):
            yield from _shape_blocks(member)
    elif getattr(shape, "has_table", False):
        yield from _table(shape.table)
    elif getattr(shape, "has_chart", False):
        yield from chart_blocks(shape.chart._chartSpace)  # noqa: SLF001 - it has no text of a whole chart
    elif shape.has_text_frame:
        yield from blocks_of(_paragraphs(shape.text_frame), lambda paragraph: _looks(shape, paragraph))
    else:
        yield from _diagram(shape)


def _table(table: Table) -> Iterator[RawBlock]:
    rows = [["" if cell.is_spanned else _cell_text(cell) for cell in row.cells] for row in table.rows]
    levels = row_levels(rows, declared=int(table.first_row))
    for row, level in zip(rows, levels, strict=True):
        yield from _block(BlockKind.TABLE_ROW, row_text(row), level)


def _cell_text(cell: Cell) -> str:
    return "\n".join(map(text_of, _paragraphs(cell.text_frame))).strip()


def _diagram(shape: Shape) -> Iterator[RawBlock]:
    """The texts of a SmartArt drawing, which lie in a part of their own."""
    for ids in shape._element.iter(f"{DIAGRAM}relIds"):  # noqa: SLF001 - python-pptx has no door to diagrams
        yield from diagram_blocks(parse_xml(shape.part.related_part(ids.get(f"{RELATION}dm")).blob))


def _looks(shape: Shape, paragraph: Element) -> list[Element]:
    """What says how a paragraph looks, the nearest first: itself, its shape, the layout, the master."""
    level = f"{A}lvl{level_of(paragraph) + 1}pPr"
    places = list(paragraph.iterchildren(f"{A}pPr"))
    for frame in _frames(shape):
        places += frame.findall(f"{A}lstStyle/{level}")
    if _placeholder(shape) in BODIES:
        master = shape.part.slide_layout.slide_master
        places += master._element.findall(f"{P}txStyles/{P}bodyStyle/{level}")  # noqa: SLF001
    return places


def _frames(shape: Shape) -> Iterator[Element]:
    """The text body of a shape and of the placeholders that it rests on."""
    current = shape
    while current is not None and current.has_text_frame:
        yield current.text_frame._txBody  # noqa: SLF001
        current = getattr(current, "_base_placeholder", None)


def _block(kind: BlockKind, text: str, level: int = 0) -> Iterator[RawBlock]:
    if any(character.isalnum() for character in text):
        yield RawBlock(kind, text, level)
