"""A draft as a slide deck: every heading of level 2 begins a slide, remarks become the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from making.archives import fix_times, set_properties
from making.draft import Block, Draft, Kind, Runs

_ACCENT = RGBColor(0x0B, 0x4F, 0x6C)  # type: ignore[no-untyped-call]
_TITLE_SLIDE, _TITLE_AND_CONTENT, _TITLE_ONLY = 0, 1, 5
_WIDTH = Inches(13.333)
_INDENT = Inches(0.55)  # of numbered items


def write_slides(draft: Draft, path: Path) -> None:
    """Write the draft as a PPTX file."""
    deck = Presentation()
    _widen(deck)
    opening, *slides = _slides(draft.blocks)
    _add_opening(deck, draft, opening)
    for blocks in slides:
        _add_slide(deck, draft, blocks)
    set_properties(deck.core_properties, draft)
    deck.save(str(path))
    fix_times(path)


def _widen(deck: Any) -> None:  # noqa: ANN401 - python-pptx has no types
    """Stretch the library's 4:3 template to 16:9."""
    factor = _WIDTH / deck.slide_width
    deck.slide_width = _WIDTH
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            if shape.element.spPr.xfrm is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


def _slides(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    slide: list[Block] = []
    for block in blocks:
        if block.kind == Kind.HEADING and slide:
            yield slide
            slide = []
        slide.append(block)
    yield slide


def _add_opening(deck: Any, draft: Draft, blocks: list[Block]) -> None:  # noqa: ANN401
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_SLIDE])
    _set_title(slide, draft.title, Pt(48))
    _set_subtitle(slide, draft.subtitle)
    _add_band(slide, top=Inches(0), height=Inches(0.5))
    _add_remarks(slide, blocks)


def _add_slide(deck: Any, draft: Draft, blocks: list[Block]) -> None:  # noqa: ANN401
    table = next((block for block in blocks if block.kind == Kind.TABLE), None)
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY if table else _TITLE_AND_CONTENT])
    _set_title(slide, blocks[0].text, Pt(34))
    if table:
        _add_table(slide, table)
    else:
        _add_items(slide.placeholders[1].text_frame, blocks)
    _add_band(slide, top=Inches(0), height=Inches(0.18))
    _add_footer(slide, draft.subtitle, len(deck.slides))
    _add_remarks(slide, blocks)


def _set_title(slide: Any, text: str, size: int) -> None:  # noqa: ANN401
    slide.shapes.title.text = text
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = size, True, _ACCENT


def _set_subtitle(slide: Any, text: str) -> None:  # noqa: ANN401
    subtitle, title = slide.placeholders[1], slide.shapes.title
    height = subtitle.height
    subtitle.left, subtitle.top = title.left, title.top + title.height
    subtitle.width, subtitle.height = title.width, height
    subtitle.text = text
    subtitle.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    subtitle.text_frame.paragraphs[0].font.size = Pt(24)


def _add_items(frame: Any, blocks: list[Block]) -> None:  # noqa: ANN401
    items = [block for block in blocks if block.kind in (Kind.BULLET, Kind.NUMBERED)]
    for position, block in enumerate(items):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        _add_runs(paragraph, block.runs)
        paragraph.font.size, paragraph.space_after = Pt(26), Pt(10)
        if block.kind == Kind.NUMBERED:
            _number(paragraph)


def _number(paragraph: Any) -> None:  # noqa: ANN401
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx has no public way to number
    properties.set("marL", str(_INDENT))
    properties.set("indent", str(-_INDENT))
    properties.append(properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"}))


def _add_runs(paragraph: Any, runs: Runs) -> None:  # noqa: ANN401
    for run in runs:
        added = paragraph.add_run()
        added.text = run.text
        added.font.bold, added.font.italic = run.bold or None, run.italic or None


def _add_table(slide: Any, block: Block) -> None:  # noqa: ANN401
    size = len(block.rows), len(block.rows[0])
    frame = slide.shapes.add_table(*size, Inches(0.7), Inches(1.9), Inches(11.9), Inches(0.7 * size[0]))
    for table_row, row in zip(frame.table.rows, block.rows, strict=True):
        for cell, runs in zip(table_row.cells, row, strict=True):
            _add_runs(cell.text_frame.paragraphs[0], runs)
            cell.text_frame.paragraphs[0].font.size = Pt(22)
    for cell in frame.table.rows[0].cells:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _ACCENT
    first, *others = frame.table.columns
    first.width = Inches(6.1)
    for column in others:
        column.width = int((Inches(11.9) - first.width) / len(others))


def _add_band(slide: Any, *, top: int, height: int) -> None:  # noqa: ANN401
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, top, _WIDTH, height)
    band.fill.solid()
    band.fill.fore_color.rgb = _ACCENT
    band.line.fill.background()


def _add_footer(slide: Any, text: str, number: int) -> None:  # noqa: ANN401
    """Footer and slide number as real placeholders, so that readers know them for what they are."""
    for holder in slide.slide_layout.placeholders:
        if holder.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            slide.shapes.element.append(deepcopy(holder.element))
    for holder in slide.placeholders:
        if holder.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            _fill_footer(holder, text)
        elif holder.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            holder.element.find(f".//{qn('a:fld')}/{qn('a:t')}").text = str(number)


def _fill_footer(holder: Any, text: str) -> None:  # noqa: ANN401
    top, height = holder.top, holder.height
    holder.left, holder.top, holder.width, holder.height = Inches(0.7), top, Inches(8), height
    holder.text_frame.text = text
    holder.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _add_remarks(slide: Any, blocks: list[Block]) -> None:  # noqa: ANN401
    remarks = [block.text for block in blocks if block.kind == Kind.REMARK]
    slide.notes_slide.notes_text_frame.text = "\n".join(remarks)
