"""Word documents: everything a reader sees, in order, with its kind and page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt

from ingest.raw import RawBlock, RawDocument
from ingest.readers.docx import read
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _xml(text: str) -> Any:
    """An element, or several in a wrapper that is no part of the format."""
    return parse_xml(f"<w:body {NAMESPACES}>{text}</w:body>")


def _with_body(text: str) -> Document:
    """A document whose body is written out."""
    document = docx.Document()
    for position, child in enumerate(list(_xml(text))):
        document.element.body.insert(position, child)
    return document


def _paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"


def _read_back(document: Document) -> RawDocument:
    stream = io.BytesIO()
    document.save(stream)
    return read(Path("nota.docx"), stream.getvalue())


def _blocks(document: Document) -> list[RawBlock]:
    return [block for page in _read_back(document).pages for block in page.blocks]


def _texts(document: Document) -> list[str]:
    return [block.text for block in _blocks(document)]


def test_styles_tell_headings_and_lists() -> None:
    """A heading has the level of its style, a list item the depth of its own."""
    document = docx.Document()
    document.add_paragraph("Nota over leren", style="Title")
    document.add_heading("Doel", 1)
    document.add_paragraph("Wij willen leren.")
    document.add_paragraph("eerst", style="List Bullet")
    document.add_paragraph("dan", style="List Bullet 2")
    document.add_heading("Middelen", 2)

    assert _blocks(document) == [
        RawBlock(HEADING, "Nota over leren", 1),
        RawBlock(HEADING, "Doel", 1),
        RawBlock(PARAGRAPH, "Wij willen leren."),
        RawBlock(ITEM, "eerst", 0),
        RawBlock(ITEM, "dan", 1),
        RawBlock(HEADING, "Middelen", 2),
    ]


def test_a_style_of_ones_own_inherits_that_it_is_a_heading() -> None:
    """Organisations base their styles on Word's, under any name."""
    document = docx.Document()
    own = document.styles.add_style("Huisstijl kop", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Werking", style=own)

    assert _blocks(document) == [RawBlock(HEADING, "Werking", 2)]


def test_an_outline_level_makes_a_heading() -> None:
    """Word's outline knows headings that no style names."""
    document = _with_body(_paragraph("Werking", '<w:outlineLvl w:val="2"/>') + _paragraph("Tekst."))

    assert _blocks(document)[0] == RawBlock(HEADING, "Werking", 3)


def test_type_makes_a_heading_where_styles_do_not() -> None:
    """Many notes are set by hand: larger, or bold on a line alone. Bold on several lines in a row is an address."""
    document = docx.Document()
    title = document.add_paragraph().add_run("Over leren")
    title.font.size = Pt(20)
    for line in ("Dienst Onderwijs", "Havenlaan 1"):
        document.add_paragraph().add_run(line).bold = True
    document.add_paragraph("Dit is gewone tekst van de nota, met een punt aan het eind.")
    document.add_paragraph().add_run("Waarom leren?").bold = True
    document.add_paragraph("Omdat het kan, en omdat het mag van iedereen die het wil.")
    document.add_paragraph().add_run("Dit is een vette zin.").bold = True
    document.add_paragraph("En dit is de laatste gewone alinea van de hele nota.")

    found = [(block.text, block.level) for block in _blocks(document) if block.kind is HEADING]

    assert found == [("Over leren", 1), ("Havenlaan 1", 2), ("Waarom leren?", 2)]


def test_rows_of_a_table_are_read_with_their_cells_side_by_side() -> None:
    """A merged cell is read once, a table within a cell where it stands."""
    inner = f"<w:tbl><w:tr>{_cell(_paragraph('x'))}{_cell(_paragraph('y'))}</w:tr></w:tbl>"
    document = _with_body(
        "<w:tbl>"
        f"<w:tr>{_cell(_paragraph('Naam'))}{_cell(_paragraph('Aantal'))}</w:tr>"
        f"<w:tr>{_cell(_paragraph('Gent'), '<w:vMerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}"
        f"{_cell(_paragraph('12') + _paragraph('lopend'))}</w:tr>"
        f"<w:tr>{_cell(_paragraph('Gent'), '<w:vMerge/>')}{_cell(inner)}</w:tr>"
        "</w:tbl>"
    )

    assert _blocks(document) == [
        RawBlock(ROW, "Naam | Aantal", FIRST_ROW),
        RawBlock(ROW, "Gent | 12\nlopend"),
        RawBlock(ROW, "x | y", FIRST_ROW),
    ]


def test_the_header_of_a_table_is_known() -> None:
    """By what Word repeats on each page, by bold, by the style of the table, or by figures under names."""
    repeated = "<w:trPr><w:tblHeader/></w:trPr>"
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    names = _cell(_paragraph("Naam")) + _cell(_paragraph("Functie"))
    bold_names = _cell(bold.format("Naam")) + _cell(bold.format("Functie"))
    row = f"<w:tr>{_cell(_paragraph('An'))}{_cell(_paragraph('mentor'))}</w:tr>"
    figures = f"<w:tr>{_cell(_paragraph('2021'))}{_cell(_paragraph('12'))}</w:tr>"
    document = _with_body(
        f"<w:tbl><w:tr>{repeated}{names}</w:tr>{row}</w:tbl>{_paragraph('Tussenin.')}"
        f"<w:tbl><w:tr>{bold_names}</w:tr>{row}</w:tbl>{_paragraph('Tussenin.')}"
        f"<w:tbl><w:tr>{names}</w:tr>{figures}</w:tbl>{_paragraph('Tussenin.')}"
        f"<w:tbl><w:tr>{names}</w:tr>{row}</w:tbl>"
    )
    styled = document.add_table(2, 2, style="Light Grid Accent 1")
    for cell, text in zip(styled._cells, ("Naam", "Functie", "An", "mentor"), strict=True):
        cell.text = text

    levels = [block.level for block in _blocks(document) if block.kind is ROW]

    assert levels == [*[HEADER_ROW, BODY_ROW] * 3, FIRST_ROW, BODY_ROW, HEADER_ROW, BODY_ROW]


def test_merged_and_missing_cells_keep_their_columns() -> None:
    """A figure stands under the name of its column, whatever is merged beside it."""
    two, three = '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = _with_body(
        f"<w:tbl><w:tr>{_cell(_paragraph('Leerlingen per jaar'), three)}</w:tr>"
        f"<w:tr>{_cell(_paragraph('Plaats'))}{_cell(_paragraph('Leerlingen'), two)}</w:tr>"
        f"<w:tr>{_cell(_paragraph('Gent'), down)}{_cell(_paragraph('12'))}{_cell(_paragraph('13'))}</w:tr>"
        f"<w:tr>{_cell(_paragraph(''), more)}{_cell(_paragraph('14'))}{_cell(_paragraph('15'))}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{_cell(_paragraph('16'))}</w:tr></w:tbl>"
    )

    assert [(block.text, block.level) for block in _blocks(document)] == [
        ("Leerlingen per jaar", FIRST_ROW),
        ("Plaats | Leerlingen", HEADER_ROW),
        ("Gent | 12 | 13", BODY_ROW),
        (" | 14 | 15", BODY_ROW),
        (" |  | 16", BODY_ROW),
    ]


def test_a_table_that_only_places_text_is_read_as_text() -> None:
    """A long row, or a single cell, is lay-out: its headings and lists stay what they are."""
    long = "Dit is een lange zin over leren. " * 20
    document = _with_body(
        f"<w:tbl><w:tr>{_cell(_paragraph('Kader', '<w:outlineLvl w:val=' + chr(34) + '0' + chr(34) + '/>'))}</w:tr>"
        f"<w:tr>{_cell(_paragraph(long))}{_cell(_paragraph(long))}</w:tr></w:tbl>"
    )

    assert [block.kind for block in _blocks(document)] == [HEADING, PARAGRAPH, PARAGRAPH]


def test_what_a_reader_sees_is_kept_and_what_is_deleted_or_hidden_is_not() -> None:
    """Hyperlinks, insertions and content controls are text; deletions, hidden text and field codes are not."""
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    document = _with_body(
        f"<w:p>{run.format('een ')}<w:hyperlink>{run.format('link ')}</w:hyperlink>"
        f"<w:ins>{run.format('erbij ')}</w:ins>"
        f"<w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r>"
        f"<w:sdt><w:sdtContent>{run.format('veld')}</w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{_paragraph('Blok')}</w:sdtContent></w:sdt>"
    )

    assert _texts(document) == ["een link erbij veld", "Blok"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    """Word keeps a second copy of each text box for older programs."""
    box = f"<w:txbxContent>{_paragraph('In de kader.')}</w:txbxContent>"
    document = _with_body(
        "<w:p><w:r><w:t>Ernaast.</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert _texts(document) == ["Ernaast.", "In de kader."]


def test_a_footnote_follows_the_block_that_refers_to_it() -> None:
    """Notes lie in a part of their own, and show the raised number that their mark shows; the separator is no note."""
    document = _with_body(
        "<w:p><w:r><w:t>Zie de studie</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        + _paragraph("Verder.")
    )
    notes = (
        f"<w:footnotes {NAMESPACES}><w:footnote w:type='separator' w:id='0'>{_paragraph('streep')}</w:footnote>"
        f"<w:footnote w:id='2'>{_paragraph('KU Leuven, 2021.')}</w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert [(block.kind, block.text) for block in _blocks(document)] == [
        (PARAGRAPH, "Zie de studie¹"),
        (BlockKind.FOOTNOTE, "¹ KU Leuven, 2021."),
        (PARAGRAPH, "Verder."),
    ]


def test_an_endnote_is_counted_in_roman_and_a_mark_of_the_author_stays() -> None:
    """As Word shows them: endnotes by themselves, and no number where the author typed a sign."""
    document = _with_body(
        "<w:p><w:r><w:t>Zie</w:t></w:r><w:r><w:endnoteReference w:id='5'/></w:r>"
        "<w:r><w:t xml:space='preserve'> en dit</w:t></w:r><w:r><w:endnoteReference w:id='6' w:customMarkFollows='1'/>"
        "<w:t>*</w:t></w:r></w:p>"
    )
    notes = (
        f"<w:endnotes {NAMESPACES}><w:endnote w:id='5'>{_paragraph('Bron een.')}</w:endnote>"
        f"<w:endnote w:id='6'>{_paragraph('* Bron twee.')}</w:endnote></w:endnotes>"
    )
    part = Part(PackURI("/word/endnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)

    assert _texts(document) == ["Zieⁱ en dit*", "ⁱ Bron een.", "* Bron twee."]


def test_a_table_of_contents_is_told_from_the_text() -> None:
    """By the gallery it was taken from, or by the style of its lines; its heading belongs to it."""
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    document = _with_body(
        _paragraph("Inhoud", "<w:outlineLvl w:val='0'/>")
        + f"<w:sdt>{gallery}<w:sdtContent>{_paragraph('1 Doel 3')}</w:sdtContent></w:sdt>"
        + _paragraph("Doel", "<w:outlineLvl w:val='0'/>")
    )

    assert [(block.kind, block.text) for block in _blocks(document)] == [
        (BlockKind.TOC, "Inhoud"),
        (BlockKind.TOC, "1 Doel 3"),
        (HEADING, "Doel"),
    ]


def test_headers_and_footers_are_boilerplate_and_read_once() -> None:
    """They stand on every page and often say who wrote the document."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Dienst Onderwijs"
    document.sections[0].footer.paragraphs[0].text = "www.dienst.be"
    document.add_paragraph("Tekst.")

    assert _blocks(document) == [
        RawBlock(BlockKind.BOILERPLATE, "Dienst Onderwijs"),
        RawBlock(PARAGRAPH, "Tekst."),
        RawBlock(BlockKind.BOILERPLATE, "www.dienst.be"),
    ]


RENDERED = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"


def _pages(document: Document) -> list[tuple[int | None, bool, list[tuple[str, bool]]]]:
    return [
        (page.number, page.inferred, [(block.text, block.continues) for block in page.blocks])
        for page in _read_back(document).pages
    ]


def test_pages_are_those_of_words_last_layout() -> None:
    """A paragraph that runs over the end of a page goes on with itself on the next."""
    document = _with_body(
        f"<w:p><w:r><w:t>Dit loopt </w:t></w:r>{RENDERED.format('verder.')}</w:p><w:p>{RENDERED.format('Derde.')}</w:p>"
    )

    assert _pages(document) == [
        (1, True, [("Dit loopt ", False)]),
        (2, True, [("verder.", True)]),
        (3, True, [("Derde.", False)]),
    ]


def test_a_break_that_the_author_sets_counts_once() -> None:
    """Word marks the page that it opens once more."""
    document = _with_body(
        f"{_paragraph('Een.')}<w:p><w:r><w:br w:type='page'/></w:r></w:p><w:p>{RENDERED.format('Twee.')}</w:p>"
    )

    assert [number for number, _, _ in _pages(document)] == [1, 2]


def test_without_trustworthy_breaks_there_are_no_page_numbers() -> None:
    """One break in a long text does not say where the other pages begin."""
    document = _with_body(
        "".join(_paragraph("Dit is een zin die een regel vult op de pagina. " * 10) for _ in range(12))
        + f"<w:p><w:r><w:br w:type='page'/></w:r></w:p>{_paragraph('Slot.')}"
    )

    assert [number for number, _, _ in _pages(document)] == [None]


def test_the_raw_text_of_a_page_is_that_of_its_blocks() -> None:
    """Quotes are proven against it."""
    document = docx.Document()
    document.add_heading("Doel", 1)
    document.add_paragraph("Wij willen leren.")

    assert [page.text for page in _read_back(document).pages] == ["Doel\nWij willen leren."]


def test_properties_are_those_of_the_file_and_none_are_made_up() -> None:
    """A year counts only when making and saving agree on it."""
    document = docx.Document()
    document.add_paragraph("Tekst.")
    document.core_properties.title = "Nota over leren"
    document.core_properties.created = document.core_properties.created.replace(year=2019)
    document.core_properties.modified = document.core_properties.created.replace(year=2021)

    info = _read_back(document).info

    assert (info.title, info.date) == ("Nota over leren", None)
