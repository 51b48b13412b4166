"""Slide decks: a slide is a page, read in the order in which people read it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pptx
from lxml.etree import tostring as etree_text
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
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


def test_numbers_that_powerpoint_shows_are_text() -> None:
    """They count on at their own level, and begin anew after a text without a number."""
    deck = pptx.Presentation()
    frame = _box(_slide(deck, BLANK).shapes, "x", 1, 1).text_frame
    steps = [
        (0, "romanUcPeriod"), (1, "alphaLcParenR"), (1, "alphaLcParenR"), (0, "romanUcPeriod"), (1, "alphaLcParenR"),
        (0, None), (0, 'arabicParenBoth" startAt="5'),
    ]  # fmt: skip
    for place, (level, kind) in enumerate(steps):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = "x", level
        bullet = f'<a:buAutoNum xmlns:a="{A}" type="{kind}"/>' if kind else f'<a:buNone xmlns:a="{A}"/>'
        paragraph._p.get_or_add_pPr().append(parse_xml(bullet))

    assert [block.text for block in _blocks(deck)] == ["I. x", "a) x", "b) x", "II. x", "a) x", "x", "(5) x"]


def test_raised_digits_stay_raised() -> None:
    """A mark of a note is no part of the year before it."""
    deck = pptx.Presentation()
    frame = _box(_slide(deck, BLANK).shapes, "In 2021", 1, 1).text_frame
    mark = frame.paragraphs[0].add_run()
    mark.text = "3"
    mark._r.get_or_add_rPr().set("baseline", "30000")

    assert [block.text for block in _blocks(deck)] == ["In 2021³"]


def test_a_chart_is_read_as_a_table() -> None:
    """Its title, that of a slide without one too, and its figures under the names of its series."""
    deck = pptx.Presentation()
    data = CategoryChartData(number_format="0")
    data.categories = ["Gent", "Brugge"]
    data.add_series("2020", (12, 7))
    data.add_series("2021", (14, 9))
    place = (Cm(1), Cm(1), Cm(9), Cm(9))
    chart = _slide(deck, BLANK).shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Leerlingen"

    assert _blocks(deck) == [
        RawBlock(HEADING, "Leerlingen", 1),
        RawBlock(BlockKind.TABLE_ROW, " | 2020 | 2021", HEADER_ROW),
        RawBlock(BlockKind.TABLE_ROW, "Gent | 12 | 14"),
        RawBlock(BlockKind.TABLE_ROW, "Brugge | 7 | 9"),
    ]


def test_what_stands_beside_the_slide_or_is_hidden_does_not_show() -> None:
    """Makers leave drafts beside their slides."""
    deck = pptx.Presentation()
    shapes = _slide(deck, BLANK).shapes
    _box(shapes, "Getoond", 1, 1)
    _box(shapes, "Ernaast", -9, 1)
    _box(shapes, "Verborgen", 1, 5)._element.nvSpPr.cNvPr.set("hidden", "1")

    assert [block.text for block in _blocks(deck)] == ["Getoond"]


def test_what_the_layout_shows_is_boilerplate_on_the_first_slide_that_shows_it() -> None:
    """The address of a site at the foot says whose deck it is. Prompts in empty placeholders do not show."""
    deck = pptx.Presentation()
    layout = deck.slide_layouts[TITLE_ONLY]
    box = _box(_slide(deck, BLANK).shapes, "www.dienst.be", 1, 17)
    layout.shapes._spTree.append(box._element)
    for title in ("Een", "Twee"):
        _slide(deck, TITLE_ONLY).shapes.title.text_frame.text = title
    _slide(deck, TITLE_AND_CONTENT).shapes.title.text_frame.text = "Drie"

    assert [(block.kind, block.text) for block in _blocks(deck)] == [
        (HEADING, "Een"),
        (BlockKind.BOILERPLATE, "www.dienst.be"),
        (HEADING, "Twee"),
        (HEADING, "Drie"),
    ]


def test_a_shape_in_several_forms_is_read_once_with_its_formula() -> None:
    """PowerPoint keeps a picture of a formula for older programs."""
    deck = pptx.Presentation()
    slide = _slide(deck, BLANK)
    box = _box(slide.shapes, "Dus ", 1, 1)
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f"<a14:m xmlns:a14='urn:x' xmlns:m='{math}'><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></a14:m>"
    box.text_frame.paragraphs[0]._p.append(parse_xml(formula))
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    forms = parse_xml(
        f"<mc:AlternateContent xmlns:mc='{compatibility}'><mc:Choice/><mc:Fallback/></mc:AlternateContent>"
    )
    box._element.addprevious(forms)
    forms[1].append(parse_xml(etree_text(box._element)))
    forms[0].append(box._element)

    assert [block.text for block in _blocks(deck)] == ["Dus x=1"]


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
