"""OpenDocument texts: everything that LibreOffice shows, in order, with the numbers that it counts itself."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.raw import RawBlock, RawDocument
from ingest.readers import docx, odt
from ingest.reading import read_document
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind
from tests.ingest.odf_samples import content, items, numbered, package, part, style

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE, TOC = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.TOC
PATH = Path("nota.odt")
BREAK = style("Breuk", '<style:paragraph-properties fo:break-before="page"/>')


def _read(body: str, styles: str = "", **parts: str) -> RawDocument:
    return odt.read(PATH, package(content(body, styles=styles), **parts))


def _blocks(body: str, styles: str = "", **parts: str) -> list[RawBlock]:
    return [block for page in _read(body, styles, **parts).pages for block in page.blocks]


def _cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def _row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def test_headings_paragraphs_and_lists_have_their_level() -> None:
    """Also a list within a list, and the title of the document."""
    body = (
        '<text:p text:style-name="P1">Nota</text:p><text:h text:outline-level="2">Doel</text:h><text:p>Leren.</text:p>'
        + items("een", f"<text:p>twee</text:p>{items('dieper')}", style="L")
    )

    title = style("Title") + style("P1", attributes='style:parent-style-name="Title"')

    assert _blocks(body, title + numbered("L", "•", "•")) == [
        RawBlock(HEADING, "Nota", 1),
        RawBlock(HEADING, "Doel", 2),
        RawBlock(PARAGRAPH, "Leren."),
        RawBlock(ITEM, "een", 0),
        RawBlock(ITEM, "twee", 0),
        RawBlock(ITEM, "dieper", 1),
    ]


def test_a_short_bold_line_above_text_is_a_heading() -> None:
    """Many texts have no headings but those that are made to look so."""
    bold = style("B", '<style:text-properties fo:font-weight="bold"/>', "text")
    body = '<text:p><text:span text:style-name="B">Doel</text:span></text:p>' + "<text:p>Wij willen leren.</text:p>" * 3

    assert [block.kind for block in _blocks(body, bold)] == [HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH]


def test_the_numbers_of_a_list_are_part_of_its_text() -> None:
    """People read them, and refer to them; the file does not hold them. A list goes on where it says so."""
    first = items("een", f"<text:p>twee</text:p>{items('diep', 'dieper')}", style="L", attributes='xml:id="a"')
    same_list = items("drie", style="L", attributes='text:continue-list="a"')
    same_style = items("vier", style="L", attributes='text:continue-numbering="true"')
    anew = items("weer een", style="L")
    body = f"{first}<text:p>Tussen.</text:p>{same_list}{same_style}{anew}"

    assert [block.text for block in _blocks(body, numbered("L", "1", "a"))] == [
        "1. een", "2. twee", "2.a. diep", "2.b. dieper", "Tussen.", "3. drie", "4. vier", "1. weer een",
    ]  # fmt: skip


def test_only_the_first_paragraph_of_an_item_has_its_number() -> None:
    """What follows belongs to it; a list header and an item of a style without labels have none."""
    body = (
        items("<text:p>een</text:p><text:p>en nog</text:p>", "<text:p/>", "drie", style="L")
        + '<text:list text:style-name="L"><text:list-header><text:p>Vooraf</text:p></text:list-header></text:list>'
        + items("los", style="Geen")
    )
    styles = numbered("L", "1") + numbered("Geen", " ")

    assert [(block.kind, block.text) for block in _blocks(body, styles)] == [
        (ITEM, "1. een"),
        (ITEM, "en nog"),
        (ITEM, "3. drie"),
        (ITEM, "Vooraf"),
        (PARAGRAPH, "los"),
    ]


def test_headings_are_counted_by_the_outline() -> None:
    """Chapters are numbered by a style of the whole document; one that wants no number is not counted."""
    levels = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-format="{form}" loext:num-list-format="{pattern}"/>'
        for level, form, pattern in ((1, "I", "Deel %1%:"), (2, "1", "%1%.%2%"))
    )
    styles_xml = part(
        "document-styles",
        f'<office:styles><text:outline-style style:name="O">{levels}</text:outline-style></office:styles>',
    )
    body = "".join(
        f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'
        for level, text, more in (
            (1, "Doel", ""), (2, "Waarom", ""), (2, "Hoe", ""), (1, "Bijlage", 'text:is-list-header="true"'),
            (1, "Plan", ""), (2, "Wie", ""),
        )
    )  # fmt: skip

    assert [block.text for block in _blocks(body, styles_xml=styles_xml)] == [
        "Deel I: Doel", "I.1 Waarom", "I.2 Hoe", "Bijlage", "Deel II: Plan", "II.1 Wie",
    ]  # fmt: skip


def test_rows_keep_their_columns_and_know_their_header() -> None:
    """Merged and repeated cells keep their place; a header that the author declared is one."""
    header = f"<table:table-header-rows>{_row(_cell('Naam'), _cell('Taak'), _cell('Jaar'))}</table:table-header-rows>"
    covered = "<table:covered-table-cell/>"
    merged = _row(_cell("Samen", 'table:number-columns-spanned="2"'), covered, _cell("2021"))
    repeated = _row(_cell("ja", 'table:number-columns-repeated="2"'), _cell("2022"))
    first = f"<table:table>{header}{merged}{repeated}</table:table>"
    second = f"<table:table>{_row(_cell('a'), _cell('b'))}</table:table>"

    assert _blocks(first + second) == [
        RawBlock(ROW, "Naam | Taak | Jaar", HEADER_ROW),
        RawBlock(ROW, "Samen |  | 2021", BODY_ROW),
        RawBlock(ROW, "ja | ja | 2022", BODY_ROW),
        RawBlock(ROW, "a | b", FIRST_ROW),
    ]


def test_a_million_repeated_rows_are_no_million_rows() -> None:
    """Some bytes may ask for more copies than memory holds."""
    many = _row(
        _cell("weg", 'table:number-columns-repeated="1000000"'), attributes='table:number-rows-repeated="1000000"'
    )

    blocks = _blocks(f"<table:table>{many}</table:table>")

    assert 0 < len(blocks) < 100
    assert len(blocks[0].text) < 1000


def test_footnotes_follow_their_paragraph() -> None:
    """The body of a note is not read in the middle of a sentence; it shows the raised number of its mark."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Zie het decreet.</text:p></text:note-body></text:note>"
    )

    blocks = _blocks(f"<text:p>Werkenden{note} leren.</text:p><text:p>Na.</text:p>")

    assert [(block.kind, block.text) for block in blocks] == [
        (PARAGRAPH, "Werkenden¹ leren."),
        (NOTE, "¹ Zie het decreet."),
        (PARAGRAPH, "Na."),
    ]


def test_text_boxes_and_shapes_follow_the_paragraph_that_they_hang_on() -> None:
    """Also those of a group, and those that hang on a page and stand before all text."""
    shape = "<draw:custom-shape><text:p>{}</text:p><draw:enhanced-geometry/></draw:custom-shape>"
    box = f"<draw:frame><draw:text-box>{items('punt', style='L')}</draw:text-box></draw:frame>"
    body = (
        f"{shape.format('vooraan')}<text:p>Leren{box}<draw:g>{shape.format('een')}{shape.format('twee')}</draw:g>"
        " en doen.</text:p><text:p>Na.</text:p>"
    )

    assert [block.text for block in _blocks(body, numbered("L", "•"))] == [
        "vooraan", "Leren en doen.", "punt", "een", "twee", "Na.",
    ]  # fmt: skip


def test_what_is_deleted_hidden_or_remarked_is_not_read() -> None:
    """A reader of the page does not see it either."""
    hidden = style("H", '<style:text-properties text:display="none"/>', "text")
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>geschrapt</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Leren <text:span text:style-name="H">geheim</text:span>is<text:change text:change-id="c"/> '
        "<office:annotation><text:p>waarom?</text:p></office:annotation>doen.</text:p>"
        '<text:section text:display="none"><text:p>verborgen deel</text:p></text:section>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>verborgen</text:p>'
    )

    assert [" ".join(block.text.split()) for block in _blocks(body, hidden)] == ["Leren is doen."]


def test_white_space_is_read_as_it_is_shown() -> None:
    """Runs of spaces, tabs and line ends are elements; line ends in the file mean nothing."""
    body = '<text:p>Leren\n   en<text:s text:c="3"/>doen<text:tab/>samen<text:line-break/>op de\u00adwerkplek</text:p>'

    assert [block.text for block in _blocks(body)] == ["Leren en   doen\tsamen\nop de\u00adwerkplek"]


def test_formulas_and_fields_are_read_as_they_are_shown() -> None:
    """A formula lies in the package as a document of its own."""
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>2</mn></math>'
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    body = f'<text:p>Figuur <text:sequence text:name="Figuur">3</text:sequence>: {frame}.</text:p>'

    assert [block.text for block in _blocks(body, **{"Object 1/content_xml": formula})] == ["Figuur 3: x=2."]


def test_a_table_of_contents_is_tagged_with_its_heading() -> None:
    """It repeats the headings, and is no place to quote from."""
    index = (
        "<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title><text:p>Inhoud</text:p>"
        "</text:index-title><text:p>Doel<text:tab/>3</text:p></text:index-body></text:table-of-content>"
    )

    assert [block.kind for block in _blocks(f"{index}<text:p>Leren.</text:p>")] == [TOC, TOC, PARAGRAPH]


def test_pages_are_those_of_the_last_lay_out() -> None:
    """Soft page breaks are LibreOffice's own, also within a paragraph or table; a hard one is the author's."""
    soft = "<text:soft-page-break/>"
    table = f"<table:table>{_row(_cell('a'), _cell('b'))}{soft}{_row(_cell('c'), _cell('d'))}</table:table>"
    body = f'<text:p>Een</text:p><text:p>lange {soft}zin.</text:p><text:p text:style-name="Breuk">Deel</text:p>{table}'

    pages = _read(body, BREAK).pages

    assert [(page.number, page.text, page.inferred) for page in pages] == [
        (1, "Een\nlange ", True),
        (2, "zin.", True),
        (3, "Deel\na | b", True),
        (4, "c | d", True),
    ]
    assert pages[1].blocks[0].continues


def test_a_text_that_begins_with_a_break_begins_on_its_first_page() -> None:
    """A cover's style asks for a new page, and nothing stands before it."""
    pages = _read(
        '<text:p text:style-name="Breuk">Een</text:p><text:p text:style-name="Breuk">Twee</text:p>', BREAK
    ).pages

    assert [page.number for page in pages] == [1, 2]


def test_headers_and_footers_stand_once() -> None:
    """They are on every page, and say nothing of what is on it."""
    header = "<style:header><text:p>Dienst Leren</text:p></style:header>"
    footer = "<style:footer><text:p>Pagina <text:page-number>1</text:page-number></text:p></style:footer>"
    pages = f"<style:master-page>{header}{footer}</style:master-page><style:master-page>{header}</style:master-page>"
    layout = f"<office:master-styles>{pages}</office:master-styles>"

    blocks = _blocks("<text:p>Tekst.</text:p>", styles_xml=part("document-styles", layout))

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.BOILERPLATE, "Dienst Leren"),
        (PARAGRAPH, "Tekst."),
        (BlockKind.BOILERPLATE, "Pagina 1"),
    ]


def test_properties_say_what_they_know() -> None:
    """The year only where making and saving agree on it."""
    meta = (
        "<office:meta><dc:title>Over leren</dc:title><dc:language>nl-BE</dc:language>"
        "<meta:creation-date>2021-03-04T10:00:00</meta:creation-date><dc:date>2021-05-06T10:00:00</dc:date>"
        '<meta:user-defined meta:name="Company">SERV</meta:user-defined></office:meta>'
    )

    info = _read("<text:p>Tekst.</text:p>", meta_xml=part("document-meta", meta)).info

    assert (info.title, info.publisher, info.date, info.language) == ("Over leren", "SERV", "2021", "nl")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            package(content("<text:p>Tekst</text:p>"), **{"META-INF/manifest_xml": "<manifest:encryption-data/>"}),
            "password",
        ),
        (package("<office:document-content"), "damaged"),
        (package(part("document-content", "")), "damaged"),
        (package(content("<text:p>Tekst</text:p>"))[:-40], "damaged"),
        (package(content("<text:p/>")), "no_text"),
        (package(content("<text:list><text:list-item>" * 5000 + "</text:list-item></text:list>" * 5000)), "too_nested"),
        (package('<!DOCTYPE x [<!ENTITY a "b">]>' + content("<text:p>&a;</text:p>").partition("?>")[2]), "unsafe"),
    ],
)
def test_what_cannot_be_read_has_its_reason(tmp_path: Path, data: bytes, expected: str) -> None:
    """Encrypted, broken, empty, nested without end or with entities of its own."""
    path = tmp_path / "nota.odt"
    path.write_bytes(data)

    with pytest.raises(UnreadableFile) as caught:
        read_document(path)

    assert caught.value.reason is Reason(expected)


@pytest.mark.parametrize("name", ["begrippenlijst-duaal-leren", "naslagnota-visienota-west-vlaanderen"])
def test_a_text_reads_as_its_twin_in_word_does(starter_corpus: Path, converted: Path, name: str) -> None:
    """LibreOffice saves the same text in both formats: the same words, in the same order and kinds of blocks."""
    word, opendocument = starter_corpus / f"{name}.docx", converted / f"{name}.odt"
    expected, found = (
        [(block.kind, _words(block.text)) for page in document.pages for block in page.blocks if block.kind.is_content]
        for document in (docx.read(word, word.read_bytes()), odt.read(opendocument, opendocument.read_bytes()))
    )

    assert list(chain(*(words for _, words in found))) == list(chain(*(words for _, words in expected)))
    assert _count(found, ITEM) == _count(expected, ITEM)
    assert _count(found, ROW) == _count(expected, ROW)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _count(blocks: list[tuple[BlockKind, list[str]]], wanted: BlockKind) -> int:
    return sum(kind is wanted for kind, _ in blocks)
