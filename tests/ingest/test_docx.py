"""Word documents: everything a reader sees, in order, with its kind and page."""

from __future__ import annotations

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt

from ingest.raw import RawBlock
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind
from tests.ingest.word_samples import NAMESPACES, add_part, blocks, cell, paragraph, read_back, texts, with_body, xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW


def test_styles_tell_headings_and_lists() -> None:
    """A heading has the level of its style, a list item the depth of its own."""
    document = docx.Document()
    document.add_paragraph("Nota over leren", style="Title")
    document.add_heading("Doel", 1)
    document.add_paragraph("Wij willen leren.")
    document.add_paragraph("eerst", style="List Bullet")
    document.add_paragraph("dan", style="List Bullet 2")
    document.add_heading("Middelen", 2)

    assert blocks(document) == [
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

    assert blocks(document) == [RawBlock(HEADING, "Werking", 2)]


def test_an_outline_level_makes_a_heading() -> None:
    """Word's outline knows headings that no style names."""
    document = with_body(paragraph("Werking", '<w:outlineLvl w:val="2"/>') + paragraph("Tekst."))

    assert blocks(document)[0] == RawBlock(HEADING, "Werking", 3)


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

    found = [(block.text, block.level) for block in blocks(document) if block.kind is HEADING]

    assert found == [("Over leren", 1), ("Havenlaan 1", 2), ("Waarom leren?", 2)]


def test_rows_of_a_table_are_read_with_their_cells_side_by_side() -> None:
    """A merged cell is read once, a table within a cell where it stands."""
    inner = f"<w:tbl><w:tr>{cell(paragraph('x'))}{cell(paragraph('y'))}</w:tr></w:tbl>"
    document = with_body(
        "<w:tbl>"
        f"<w:tr>{cell(paragraph('Naam'))}{cell(paragraph('Aantal'))}</w:tr>"
        f"<w:tr>{cell(paragraph('Gent'), '<w:vMerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}"
        f"{cell(paragraph('12') + paragraph('lopend'))}</w:tr>"
        f"<w:tr>{cell(paragraph('Gent'), '<w:vMerge/>')}{cell(inner)}</w:tr>"
        "</w:tbl>"
    )

    assert blocks(document) == [
        RawBlock(ROW, "Naam | Aantal", FIRST_ROW),
        RawBlock(ROW, "Gent | 12\nlopend"),
        RawBlock(ROW, "x | y", FIRST_ROW),
    ]


def test_the_header_of_a_table_is_known() -> None:
    """By what Word repeats on each page, by bold, by the style of the table, or by figures under names."""
    repeated = "<w:trPr><w:tblHeader/></w:trPr>"
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    names = cell(paragraph("Naam")) + cell(paragraph("Functie"))
    bold_names = cell(bold.format("Naam")) + cell(bold.format("Functie"))
    row = f"<w:tr>{cell(paragraph('An'))}{cell(paragraph('mentor'))}</w:tr>"
    figures = f"<w:tr>{cell(paragraph('2021'))}{cell(paragraph('12'))}</w:tr>"
    document = with_body(
        f"<w:tbl><w:tr>{repeated}{names}</w:tr>{row}</w:tbl>{paragraph('Tussenin.')}"
        f"<w:tbl><w:tr>{bold_names}</w:tr>{row}</w:tbl>{paragraph('Tussenin.')}"
        f"<w:tbl><w:tr>{names}</w:tr>{figures}</w:tbl>{paragraph('Tussenin.')}"
        f"<w:tbl><w:tr>{names}</w:tr>{row}</w:tbl>"
    )
    styled = document.add_table(2, 2, style="Light Grid Accent 1")
    for box, text in zip(styled._cells, ("Naam", "Functie", "An", "mentor"), strict=True):
        box.text = text

    levels = [block.level for block in blocks(document) if block.kind is ROW]

    assert levels == [*[HEADER_ROW, BODY_ROW] * 3, FIRST_ROW, BODY_ROW, HEADER_ROW, BODY_ROW]


def test_merged_and_missing_cells_keep_their_columns() -> None:
    """A figure stands under the name of its column, whatever is merged beside it."""
    two, three = '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = with_body(
        f"<w:tbl><w:tr>{cell(paragraph('Leerlingen per jaar'), three)}</w:tr>"
        f"<w:tr>{cell(paragraph('Plaats'))}{cell(paragraph('Leerlingen'), two)}</w:tr>"
        f"<w:tr>{cell(paragraph('Gent'), down)}{cell(paragraph('12'))}{cell(paragraph('13'))}</w:tr>"
        f"<w:tr>{cell(paragraph(''), more)}{cell(paragraph('14'))}{cell(paragraph('15'))}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell(paragraph('16'))}</w:tr></w:tbl>"
    )

    assert [(block.text, block.level) for block in blocks(document)] == [
        ("Leerlingen per jaar", FIRST_ROW),
        ("Plaats | Leerlingen", HEADER_ROW),
        ("Gent | 12 | 13", BODY_ROW),
        (" | 14 | 15", BODY_ROW),
        (" |  | 16", BODY_ROW),
    ]


def test_a_table_that_only_places_text_is_read_as_text() -> None:
    """A long row, or a single cell, is lay-out: its headings and lists stay what they are."""
    long = "Dit is een lange zin over leren. " * 20
    document = with_body(
        f"<w:tbl><w:tr>{cell(paragraph('Kader', '<w:outlineLvl w:val=' + chr(34) + '0' + chr(34) + '/>'))}</w:tr>"
        f"<w:tr>{cell(paragraph(long))}{cell(paragraph(long))}</w:tr></w:tbl>"
    )

    assert [block.kind for block in blocks(document)] == [HEADING, PARAGRAPH, PARAGRAPH]


def test_what_a_reader_sees_is_kept_and_what_is_deleted_or_hidden_is_not() -> None:
    """Hyperlinks, insertions and content controls are text; deletions, hidden text and field codes are not."""
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    document = with_body(
        f"<w:p>{run.format('een ')}<w:hyperlink>{run.format('link ')}</w:hyperlink>"
        f"<w:ins>{run.format('erbij ')}</w:ins>"
        f"<w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r>"
        f"<w:sdt><w:sdtContent>{run.format('veld')}</w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('Blok')}</w:sdtContent></w:sdt>"
    )

    assert texts(document) == ["een link erbij veld", "Blok"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    """Word keeps a second copy of each text box for older programs."""
    box = f"<w:txbxContent>{paragraph('In de kader.')}</w:txbxContent>"
    document = with_body(
        "<w:p><w:r><w:t>Ernaast.</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert texts(document) == ["Ernaast.", "In de kader."]


def test_a_footnote_follows_the_block_that_refers_to_it() -> None:
    """Notes lie in a part of their own, and show the raised number that their mark shows; the separator is no note."""
    document = with_body(
        "<w:p><w:r><w:t>Zie de studie</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        + paragraph("Verder.")
    )
    notes = (
        f"<w:footnotes {NAMESPACES}><w:footnote w:type='separator' w:id='0'>{paragraph('streep')}</w:footnote>"
        f"<w:footnote w:id='2'>{paragraph('KU Leuven, 2021.')}</w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert [(block.kind, block.text) for block in blocks(document)] == [
        (PARAGRAPH, "Zie de studie¹"),
        (BlockKind.FOOTNOTE, "¹ KU Leuven, 2021."),
        (PARAGRAPH, "Verder."),
    ]


def test_an_endnote_is_counted_in_roman_and_a_mark_of_the_author_stays() -> None:
    """As Word shows them: endnotes by themselves, and no number where the author typed a sign."""
    document = with_body(
        "<w:p><w:r><w:t>Zie</w:t></w:r><w:r><w:endnoteReference w:id='5'/></w:r>"
        "<w:r><w:t xml:space='preserve'> en dit</w:t></w:r><w:r><w:endnoteReference w:id='6' w:customMarkFollows='1'/>"
        "<w:t>*</w:t></w:r></w:p>"
    )
    notes = (
        f"<w:endnotes {NAMESPACES}><w:endnote w:id='5'>{paragraph('Bron een.')}</w:endnote>"
        f"<w:endnote w:id='6'>{paragraph('* Bron twee.')}</w:endnote></w:endnotes>"
    )
    part = Part(PackURI("/word/endnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)

    assert texts(document) == ["Zieⁱ en dit*", "ⁱ Bron een.", "* Bron twee."]


def test_a_table_of_contents_is_told_from_the_text() -> None:
    """By the gallery it was taken from, or by the style of its lines; its heading belongs to it."""
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    document = with_body(
        paragraph("Inhoud", "<w:outlineLvl w:val='0'/>")
        + f"<w:sdt>{gallery}<w:sdtContent>{paragraph('1 Doel 3')}</w:sdtContent></w:sdt>"
        + paragraph("Doel", "<w:outlineLvl w:val='0'/>")
    )

    assert [(block.kind, block.text) for block in blocks(document)] == [
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

    assert blocks(document) == [
        RawBlock(BlockKind.BOILERPLATE, "Dienst Onderwijs"),
        RawBlock(PARAGRAPH, "Tekst."),
        RawBlock(BlockKind.BOILERPLATE, "www.dienst.be"),
    ]


def test_what_fields_say_to_word_is_no_text_and_what_they_show_is() -> None:
    """A field in the instruction of another does not show; a page number differs on each page."""
    begin, middle, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
    code, run = "<w:r><w:instrText>{}</w:instrText></w:r>", "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    inner = f"{begin}{code.format('MERGEFIELD naam')}{middle}{run.format('weg')}{end}"
    choice = (
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='ja'/>"
        "<w:listEntry w:val='nee'/></w:ddList></w:ffData></w:fldChar></w:r>"
    )
    document = with_body(
        f"<w:p>{begin}{code.format('IF')}{inner}{code.format('= 1')}{middle}{run.format('Getoond. ')}{end}"
        f"{begin}{code.format('PAGE')}{middle}{run.format('7')}{end}<w:fldSimple w:instr='NUMPAGES'>{run.format('9')}"
        f"</w:fldSimple></w:p><w:p>{run.format('Akkoord: ')}{choice}{end}</w:p>"
    )

    assert texts(document) == ["Getoond. 9", "Akkoord: nee"]


def test_a_field_may_make_a_table_of_contents_over_many_paragraphs() -> None:
    """Whatever style its lines have."""
    document = with_body(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> TOC \\o</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Doel 3</w:t></w:r></w:p>"
        f"{paragraph('Middelen 4')}<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>{paragraph('Tekst.')}"
    )

    assert [block.kind for block in blocks(document)] == [BlockKind.TOC, BlockKind.TOC, PARAGRAPH]


def test_signs_of_symbol_fonts_and_watermarks_are_read() -> None:
    """A ticked cell means something, and "ontwerp" across the page too; text hidden by its style does not show."""
    document = with_body(
        "<w:p><w:r><w:t xml:space='preserve'>Klaar </w:t><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>"
        "<w:r><w:t xml:space='preserve"
        "'> 5 </w:t><w:sym w:font='Symbol' w:char='F06D'/><w:t>g</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:rStyle w:val='Intern'/></w:rPr><w:t>verborgen</w:t></w:r></w:p>"
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='ONTWERP'/></v:shape>"
        "</w:pict></w:r></w:p>"
    )
    document.styles.element.append(
        xml("<w:style w:type='character' w:styleId='Intern'><w:rPr><w:vanish/></w:rPr></w:style>")[0]
    )

    assert [text.strip() for text in texts(document)] == ["Klaar ✓ 5 μg", "ONTWERP"]


def test_raised_digits_stay_raised() -> None:
    """A surface of 10 m² is no 10 m2, and a mark that somebody typed is no part of the year before it."""
    power = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{}</w:t></w:r>"
    text = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    document = with_body(
        f"<w:p>{text.format('In 2021')}{power.format('3')}{text.format(' was het 10 m')}{power.format('2')}"
        f"{text.format(', de 5')}{power.format('e')}</w:p>"
    )

    assert texts(document) == ["In 2021³ was het 10 m², de 5e"]


def test_charts_and_smartart_are_read_where_they_stand() -> None:
    """Their texts lie in parts of their own: an outline as a list, figures as a table with its header."""
    outline = (
        "<d:dataModel xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><d:ptLst><d:pt modelId='0' type='doc'/>"
        + "".join(
            f"<d:pt modelId='{key}'><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>"
            for key, text in ((3, "Werken"), (2, "Op school"), (1, "Leren"))
        )
        + "</d:ptLst><d:cxnLst><d:cxn srcId='0' destId='1' srcOrd='0'/><d:cxn srcId='0' destId='3' srcOrd='1'/>"
        "<d:cxn srcId='1' destId='2' srcOrd='0'/></d:cxnLst></d:dataModel>"
    )
    values = "".join(f"<c:pt idx='{place}'><c:v>{value}</c:v></c:pt>" for place, value in ((0, "0.25"), (1, "0.3")))
    names = "".join(f"<c:pt idx='{place}'><c:v>{name}</c:v></c:pt>" for place, name in ((0, "Gent"), (1, "Brugge")))
    figures = (
        "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><c:chart>"
        "<c:title><c:tx><c:rich><a:p><a:r><a:t>Aandeel</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>2021</c:v></c:pt></c:strCache>"
        f"</c:strRef></c:tx><c:cat><c:strRef><c:strCache>{names}</c:strCache></c:strRef></c:cat><c:val><c:numRef>"
        f"<c:numCache><c:formatCode>0%</c:formatCode>{values}</c:numCache></c:numRef></c:val></c:ser></c:barChart>"
        "</c:plotArea></c:chart></c:chartSpace>"
    )
    document = docx.Document()
    model = add_part(document, "data1", outline, f"{OFFICE}/diagramData")
    chart = add_part(document, "chart1", figures, f"{OFFICE}/chart")
    for position, child in enumerate(
        list(
            xml(
                paragraph("Zie:") + f"<w:p><w:r><w:drawing><d:relIds xmlns:r='{OFFICE}' r:dm='{model}' "
                "xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram'/></w:drawing></w:r></w:p>"
                f"<w:p><w:r><w:drawing><c:chart xmlns:r='{OFFICE}' r:id='{chart}' "
                "xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/></w:drawing></w:r></w:p>"
            )
        )
    ):
        document.element.body.insert(position, child)

    assert blocks(document) == [
        RawBlock(PARAGRAPH, "Zie:"),
        RawBlock(ITEM, "Leren", 0),
        RawBlock(ITEM, "Op school", 1),
        RawBlock(ITEM, "Werken", 0),
        RawBlock(PARAGRAPH, "Aandeel"),
        RawBlock(ROW, " | 2021", HEADER_ROW),
        RawBlock(ROW, "Gent | 25%"),
        RawBlock(ROW, "Brugge | 30%"),
    ]


def test_the_raw_text_of_a_page_is_that_of_its_blocks() -> None:
    """Quotes are proven against it."""
    document = docx.Document()
    document.add_heading("Doel", 1)
    document.add_paragraph("Wij willen leren.")

    assert [page.text for page in read_back(document).pages] == ["Doel\nWij willen leren."]


def test_properties_are_those_of_the_file_and_none_are_made_up() -> None:
    """A year counts only when making and saving agree on it."""
    document = docx.Document()
    document.add_paragraph("Tekst.")
    document.core_properties.title = "Nota over leren"
    document.core_properties.created = document.core_properties.created.replace(year=2019)
    document.core_properties.modified = document.core_properties.created.replace(year=2021)

    info = read_back(document).info

    assert (info.title, info.date) == ("Nota over leren", None)
