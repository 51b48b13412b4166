"""Slide decks, through python-pptx: the only module that imports it. A slide is a page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.package import PartFactory
from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from ingest.raw import RawBlock, RawDocument, RawPage, page_from_blocks
from ingest.readers.properties import info_from_properties
from ingest.readers.slideorder import Placed, reading_order
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
Chart: TypeAlias = Any
Paragraph: TypeAlias = Any
Properties: TypeAlias = Any
Placeholder: TypeAlias = Any
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BULLETS = (f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip")

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
EDGES = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.DATE)
BODIES = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)


def read(path: Path, data: bytes) -> RawDocument:  # noqa: ARG001 - readers share one signature
    """The slides of a deck, hidden ones too. Raises what python-pptx and lxml raise for a damaged file."""
    package = Package.open(io.BytesIO(data))
    presentation = package.presentation_part.presentation
    pages = tuple(_page(number, slide) for number, slide in enumerate(presentation.slides, start=1))
    return RawDocument("pptx", pages, info_from_properties(package))


def _page(number: int, slide: Slide) -> RawPage:
    shapes = list(slide.shapes)
    titles = [shape for shape in shapes if _placeholder(shape) in TITLES]
    edges = [shape for shape in shapes if _placeholder(shape) in EDGES]
    others = _ordered(shape for shape in shapes if shape not in titles and shape not in edges)
    heading = [block for shape in titles for block in _title(shape)]
    body = [block for shape in others for block in _shape_blocks(shape)]
    running = [replace(block, kind=BlockKind.BOILERPLATE) for shape in edges for block in _shape_blocks(shape)]
    return page_from_blocks(number, [*(heading + body if heading else with_title(body)), *_notes(slide), *running])


def _placeholder(shape: Shape) -> Placeholder:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _title(shape: Shape) -> Iterator[RawBlock]:
    lines = [text for text, _ in _lines(shape)] if shape.has_text_frame else []
    yield from _block(BlockKind.HEADING, "\n".join(lines), 1)


def _notes(slide: Slide) -> Iterator[RawBlock]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    for paragraph in frame.paragraphs if frame is not None else ():
        yield from _block(BlockKind.NOTE, _text(paragraph))


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
        yield from _chart_title(shape.chart)
    elif shape.has_text_frame:
        for text, depth in _lines(shape):
            kind = BlockKind.PARAGRAPH if depth is None else BlockKind.LIST_ITEM
            yield from _block(kind, text, depth or 0)
    else:
        yield from _diagram(shape)


def _table(table: Table) -> Iterator[RawBlock]:
    rows = [["" if cell.is_spanned else _cell_text(cell) for cell in row.cells] for row in table.rows]
    levels = row_levels(rows, declared=int(table.first_row))
    for row, level in zip(rows, levels, strict=True):
        yield from _block(BlockKind.TABLE_ROW, row_text(row), level)


def _cell_text(cell: Cell) -> str:
    return "\n".join(map(_text, cell.text_frame.paragraphs)).strip()


def _chart_title(chart: Chart) -> Iterator[RawBlock]:
    if chart.has_title and chart.chart_title.has_text_frame:
        yield from _block(BlockKind.PARAGRAPH, chart.chart_title.text_frame.text)


def _diagram(shape: Shape) -> Iterator[RawBlock]:
    """The texts of a SmartArt drawing, which lie in a part of their own."""
    for ids in shape._element.iter(f"{DIAGRAM}relIds"):  # noqa: SLF001 - python-pptx has no door to diagrams
        data = shape.part.related_part(ids.get(f"{RELATION}dm")).blob
        for point in parse_xml(data).iter(f"{DIAGRAM}t"):
            texts = ["".join(run.text or "" for run in line.iter(f"{A}t")) for line in point.iter(f"{A}p")]
            yield from _block(BlockKind.LIST_ITEM, "\n".join(texts))


def _lines(shape: Shape) -> Iterator[tuple[str, int | None]]:
    """The paragraphs of a shape with the depth of those that are list items."""
    for paragraph in shape.text_frame.paragraphs:
        is_item = _has_bullet(shape, paragraph)
        yield _text(paragraph), paragraph.level if is_item else None


def _text(paragraph: Paragraph) -> str:
    """The text of a paragraph: runs, fields and line breaks, which python-pptx gives as vertical tabs."""
    return str(paragraph.text).replace("\v", "\n")


def _has_bullet(shape: Shape, paragraph: Paragraph) -> bool:
    """Whether a paragraph shows a bullet: by itself, or by its place in a body placeholder."""
    for properties in _properties(shape, paragraph):
        names = {child.tag for child in properties}
        if names & {f"{A}buNone"}:
            return False
        if names.intersection(BULLETS):
            return True
    return False


def _properties(shape: Shape, paragraph: Paragraph) -> Iterator[Properties]:
    """What says how a paragraph looks, the nearest first: itself, its shape, the layout, the master."""
    level = f"{A}lvl{paragraph.level + 1}pPr"
    own = paragraph._p.find(f"{A}pPr")  # noqa: SLF001 - bullets have no other door
    places = [] if own is None else [own]
    for frame in _frames(shape):
        places += frame.findall(f"{A}lstStyle/{level}")
    if _placeholder(shape) in BODIES:
        master = shape.part.slide_layout.slide_master
        places += master._element.findall(f"{P}txStyles/{P}bodyStyle/{level}")  # noqa: SLF001
    yield from places


def _frames(shape: Shape) -> Iterator[Properties]:
    """The text body of a shape and of the placeholders that it rests on."""
    current = shape
    while current is not None and current.has_text_frame:
        yield current.text_frame._txBody  # noqa: SLF001
        current = getattr(current, "_base_placeholder", None)


def _block(kind: BlockKind, text: str, level: int = 0) -> Iterator[RawBlock]:
    if any(character.isalnum() for character in text):
        yield RawBlock(kind, text, level)
