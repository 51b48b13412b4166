"""OpenDocument slide decks, as LibreOffice writes them. A slide is a page; hidden slides are read too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.raw import RawBlock, RawDocument, RawPage, page_from_blocks
from ingest.readers.blockstream import block, blocks_in
from ingest.readers.odf import DRAW, OFFICE, PRESENTATION, SVG, Package
from ingest.readers.odfblocks import Walker
from ingest.readers.odfstyles import Styles, points
from ingest.readers.odftext import Inline
from ingest.readers.safexml import Element
from ingest.readers.slideorder import Placed, reading_order
from ingest.readers.slidetitles import with_title
from ingest.types import BlockKind

EDGES = {"page-number", "footer", "header", "date-time"}
NOT_ON_THE_SLIDE = (PRESENTATION, OFFICE)  # notes, animations, comments
MOVED = re.compile(r"translate\s*\(\s*([\d.]+\w+)[\s,]+([\d.]+\w+)")


def read(path: Path, data: bytes) -> RawDocument:
    """The slides of a deck. Raises UnreadableFile PASSWORD or DAMAGED, and what the XML parser raises."""
    package = Package.of(path, data)
    content, common = package.content(), package.part("styles.xml")
    styles = Styles.of(
        common.find(f"{OFFICE}styles"),
        common.find(f"{OFFICE}automatic-styles"),
        content.find(f"{OFFICE}automatic-styles"),
    )
    slides = content.findall(f"{OFFICE}body/{OFFICE}presentation/{DRAW}page")
    reader = _Reader(Inline(styles, package.embedded))
    return RawDocument(
        "odp", tuple(reader.page(number, slide) for number, slide in enumerate(slides, start=1)), package.info()
    )


class _Reader:
    """Reads the slides of one deck."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline

    def page(self, number: int, slide: Element) -> RawPage:
        """A slide: its title, its shapes in reading order, its notes, its edges."""
        shapes = [child for child in slide if not child.tag.startswith(NOT_ON_THE_SLIDE)]
        titles = [shape for shape in shapes if _role(shape) == "title"]
        edges = [shape for shape in shapes if _role(shape) in EDGES]
        others = _ordered(shape for shape in shapes if shape not in titles and shape not in edges)
        heading = [item for shape in titles for item in self._title(shape)]
        body = [item for shape in others for item in self._shape(shape)]
        running = [replace(item, kind=BlockKind.BOILERPLATE, level=0) for shape in edges for item in self._shape(shape)]
        return page_from_blocks(
            number, [*(heading + body if heading else with_title(body)), *self._notes(slide), *running]
        )

    def _title(self, shape: Element) -> Iterator[RawBlock]:
        yield from block(BlockKind.HEADING, "\n".join(item.text for item in self._shape(shape)), 1)

    def _notes(self, slide: Element) -> Iterator[RawBlock]:
        for shape in slide.findall(f"{PRESENTATION}notes/*"):
            if _role(shape) == "notes":
                yield from (replace(item, kind=BlockKind.NOTE, level=0) for item in self._shape(shape))

    def _shape(self, shape: Element) -> Iterator[RawBlock]:
        """The blocks of one shape; a group is read as a slide within the slide."""
        if shape.get(f"{PRESENTATION}placeholder") == "true":  # "Click to add text"
            return
        if shape.tag in (f"{DRAW}g", f"{DRAW}a"):
            for member in _ordered(shape):
                yield from self._shape(member)
            return
        yield from blocks_in(Walker(self._inline).stream([shape]))


def _role(shape: Element) -> str:
    """What a shape is for on its slide: "title", "outline", "footer", "notes"."""
    return shape.get(f"{PRESENTATION}class", "")


def _ordered(shapes: Iterable[Element]) -> list[Element]:
    return reading_order([_placed(shape) for shape in shapes])


def _placed(shape: Element) -> Placed[Element]:
    """A shape with its place in points; a group reaches around its members."""
    members = [_placed(member) for member in shape] if shape.tag == f"{DRAW}g" else []
    if members:
        left, top = min(member.left for member in members), min(member.top for member in members)
        right = max(member.left + member.width for member in members)
        bottom = max(member.top + member.height for member in members)
        return Placed(shape, left, top, right - left, bottom - top)
    moved = MOVED.search(shape.get(f"{DRAW}transform", ""))
    place = (moved[1], moved[2]) if moved else (shape.get(f"{SVG}x", ""), shape.get(f"{SVG}y", ""))
    size = (shape.get(f"{SVG}width", ""), shape.get(f"{SVG}height", ""))
    return Placed(shape, *(points(length) or 0.0 for length in (*place, *size)))
