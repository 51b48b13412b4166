"""Slide decks: a slide is a page, read in the order in which people read it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.util import Cm

from ingest.raw import RawBlock, RawDocument
from ingest.readers.pptx import read
from ingest.readers.slideorder import Placed, reading_order
from ingest.tables import HEADER_ROW
from ingest.types import BlockKind

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
TITLE_ONLY, TITLE_AND_CONTENT, COMPARISON, BLANK = 5, 1, 4, 6
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _slide(deck: Presentation, layout: int) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[layout])


def _box(shapes: Any, text: str, left: float, top: float, width: float = 5, height: float = 2) -> Any:
    box = shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    box.text_frame.text = text
    return box


def _read_back(deck: Presentation) -> RawDocument:
    stream = io.BytesIO()
    deck.save(stream)
    return read(Path("deck.pptx"), stream.getvalue())


def _blocks(deck: Presentation) -> list[RawBlock]:
    return [block for page in _read_back(deck).pages for block in page.blocks]


def test_a_slide_has_its_title_as_heading_and_its_bullets_as_list() -> None:
    """A body placeholder shows bullets unless it says otherwise."""
    deck = pptx.Presentation()
    slide = _slide(deck, TITLE_AND_CONTENT)
    slide.shapes.title.text_frame.text = "Wat is leren?"
    frame = slide.placeholders[1].text_frame
    frame.text = "Doen"
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "met de handen", 1
    plain = frame.add_paragraph()
    plain.text = "Zonder bolletje."
    plain._p.get_or_add_pPr().insert(0, parse_xml(f'<a:buNone xmlns:a="{A}"/>'))

    assert _blocks(deck) == [
        RawBlock(HEADING, "Wat is leren?", 1),
        RawBlock(ITEM, "Doen", 0),
        RawBlock(ITEM, "met de handen", 1),
        RawBlock(PARAGRAPH, "Zonder bolletje."),
    ]


def test_each_slide_is_a_page_hidden_ones_too() -> None:
    """Numbers are those of the slides; they are stated, not inferred."""
    deck = pptx.Presentation()
    for title in ("Een", "Twee", "Drie"):
        _slide(deck, TITLE_ONLY).shapes.title.text_frame.text = title
    deck.slides[1]._element.set("show", "0")

    pages = _read_back(deck).pages

    assert [(page.number, page.text, page.inferred) for page in pages] == [
        (1, "Een", False),
        (2, "Twee", False),
        (3, "Drie", False),
    ]


def test_a_slide_that_compares_is_read_column_by_column() -> None:
    """What stands under "is niet" must not end up under "is"."""
    deck = pptx.Presentation()
    slide = _slide(deck, COMPARISON)
    slide.shapes.title.text_frame.text = "Leren"
    for index, text in zip((1, 2, 3, 4), ("Is", "doen", "Is niet", "stilzitten"), strict=True):
        slide.placeholders[index].text_frame.text = text

    assert [block.text for block in _blocks(deck)] == ["Leren", "Is", "doen", "Is niet", "stilzitten"]


def test_boxes_are_read_by_place_and_groups_from_within() -> None:
    """The order in which boxes were drawn says nothing."""
    deck = pptx.Presentation()
    slide = _slide(deck, TITLE_ONLY)
    slide.shapes.title.text_frame.text = "Titel"
    _box(slide.shapes, "onder", 1, 15)
    group = slide.shapes.add_group_shape()
    _box(group.shapes, "rechts", 10, 8)
    _box(group.shapes, "links", 1, 8)
    _box(slide.shapes, "boven", 1, 4)

    assert [block.text for block in _blocks(deck)] == ["Titel", "boven", "links", "rechts", "onder"]


def test_a_slide_without_a_title_has_its_first_short_text_as_heading() -> None:
    """Else it would be read as part of the slide before."""
    deck = pptx.Presentation()
    slide = _slide(deck, BLANK)
    _box(slide.shapes, "Wie zijn wij", 1, 1)
    _box(slide.shapes, "Wij zijn een netwerk van scholen en bedrijven.", 1, 5)

    assert [block.kind for block in _blocks(deck)] == [HEADING, PARAGRAPH]


def test_rows_notes_and_edges_have_their_own_kinds() -> None:
    """A table row is read as one, a speaker's note after the slide, a slide number as boilerplate."""
    deck = pptx.Presentation()
    slide = _slide(deck, TITLE_ONLY)
    slide.shapes.title.text_frame.text = "Cijfers"
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(5), Cm(10), Cm(3)).table
    for place, text in zip(((0, 0), (0, 1), (1, 0)), ("Jaar", "Aantal", "Samen 12"), strict=True):
        table.cell(*place).text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    slide.notes_slide.notes_text_frame.text = "Vertel over vorig jaar."
    layout = slide.slide_layout.placeholders
    number = next(shape for shape in layout if shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER)
    slide.shapes.clone_placeholder(number)
    slide.placeholders[number.placeholder_format.idx].text_frame.text = "7"

    assert _blocks(deck) == [
        RawBlock(HEADING, "Cijfers", 1),
        RawBlock(BlockKind.TABLE_ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(BlockKind.TABLE_ROW, "Samen 12"),
        RawBlock(BlockKind.NOTE, "Vertel over vorig jaar."),
        RawBlock(BlockKind.BOILERPLATE, "7"),
    ]


def test_properties_come_with_the_deck() -> None:
    """A title is handed on as it stands; whether it can be trusted is judged elsewhere."""
    deck = pptx.Presentation()
    deck.core_properties.title = "PowerPoint-presentatie"

    assert _read_back(deck).info.title == "PowerPoint-presentatie"


def test_reading_order_follows_bands_and_columns() -> None:
    """Narrow labels belong to what stands beside them; columns of equal width are read one by one."""
    labels = [
        Placed("label 1", 0, 0, 2, 1),
        Placed("tekst 1", 3, 0, 9, 1),
        Placed("label 2", 0, 2, 2, 1),
        Placed("tekst 2", 3, 2, 9, 1),
    ]
    steps = [Placed(f"stap {step}", step * 2.1, 1 - step / 100, 3.3, 3) for step in range(4)]

    assert reading_order(labels) == ["label 1", "tekst 1", "label 2", "tekst 2"]
    assert reading_order(steps) == ["stap 0", "stap 1", "stap 2", "stap 3"]
