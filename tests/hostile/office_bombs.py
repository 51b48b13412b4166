"""Word, slides, sheets and OpenDocument files that unpack to far more than they are, or expand or nest without end."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "draw")
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LARGE = 2**20
TEXT = "Een alinea over leren op de werkplek."
PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'

BILLION_LAUGHS = (
    "<!DOCTYPE bomb ["
    + '<!ENTITY l0 "lach">'
    + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE bomb [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'
QUADRATIC = f'<!DOCTYPE bomb [<!ENTITY l9 "{"lach" * 50_000}">]>'


def archive(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method, compresslevel=9) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def _office(parts: Mapping[str, tuple[str, str]], relations: Mapping[str, Mapping[str, str]]) -> bytes:
    """An Office file: parts with their content type and XML; for each part (or "") the parts that it refers to."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/{kind}+xml"/>' for name, (kind, _) in parts.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        f'{PROLOG}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )
    members = {"[Content_Types].xml": types, **{name: PROLOG + xml for name, (_, xml) in parts.items()}}
    for source, targets in relations.items():
        folder, _, name = source.rpartition("/")
        members["/".join(filter(None, (folder, "_rels", f"{name}.rels")))] = _relations(targets)
    return archive(members)


def _relations(targets: Mapping[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}/{kind}" Target="/{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{PROLOG}<Relationships xmlns="{namespace}">{listed}</Relationships>'


def docx(body: str, *, doctype: str = "", styles: str = "", numbering: str = "") -> bytes:
    """A Word document; a doctype may stand before its body, its styles or its numbering."""
    kind = "vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "word/document.xml": (
            f"{kind}.document.main",
            f"{doctype}<w:document {W}><w:body>{body}</w:body></w:document>",
        ),
        "word/styles.xml": (f"{kind}.styles", f"{styles}<w:styles {W}/>"),
        "word/numbering.xml": (f"{kind}.numbering", f"{numbering}<w:numbering {W}/>"),
    }
    related = {"word/styles.xml": "styles", "word/numbering.xml": "numbering"}
    return _office(parts, {"": {"word/document.xml": "officeDocument"}, "word/document.xml": related})


def paragraph(text: str) -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(shapes: str, *, doctype: str = "") -> bytes:
    """A deck of one slide with these shapes."""
    kind = "vnd.openxmlformats-officedocument.presentationml"
    tree = f"<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    slides = '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
    parts = {
        "ppt/presentation.xml": (f"{kind}.presentation.main", f"<p:presentation {P} {R}>{slides}</p:presentation>"),
        "ppt/slides/slide1.xml": (f"{kind}.slide", f"{doctype}<p:sld {P} {A} {R}>{tree}</p:sld>"),
    }
    related = {"ppt/slides/slide1.xml": "slide"}
    return _office(parts, {"": {"ppt/presentation.xml": "officeDocument"}, "ppt/presentation.xml": related})


def shape(text: str) -> str:
    """A text box on a slide."""
    frame = f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"
    return f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>{frame}</p:sp>'


def xlsx(rows: str, *, doctype: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    kind = "vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = '<sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "xl/workbook.xml": (f"{kind}.sheet.main", f"<workbook {S} {R}>{sheets}</workbook>"),
        "xl/worksheets/sheet1.xml": (
            f"{kind}.worksheet",
            f"{doctype}<worksheet {S}><sheetData>{rows}</sheetData></worksheet>",
        ),
    }
    related = {"xl/worksheets/sheet1.xml": "worksheet"}
    return _office(parts, {"": {"xl/workbook.xml": "officeDocument"}, "xl/workbook.xml": related})


def cell(text: str, row: int = 1) -> str:
    """A row with one cell."""
    return f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def odt(body: str, *, doctype: str = "") -> bytes:
    """An OpenDocument text with this body."""
    content = f"{doctype}<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{PROLOG}{content}</office:document-content>",
        }
    )


def odf_paragraph(text: str) -> str:
    """A paragraph of an OpenDocument text."""
    return f"<text:p>{text}</text:p>"


def many_paragraphs(number: int) -> bytes:
    """A Word document of empty paragraphs: two million of them are 18 kB."""
    return docx("<w:p/>" * number + paragraph(TEXT))


def many_words(number: int) -> bytes:
    """So many short paragraphs, all different, so that the file is not suspiciously small."""
    chance = random.Random(number)
    return docx("".join(paragraph(f"{chance.getrandbits(64):x}") for _ in range(number)))


def long_text(size: int) -> bytes:
    """A Word document of one paragraph of so many characters."""
    return docx(paragraph("lach " * (size // 5)))


def with_small_promise(data: bytes) -> bytes:
    """An archive whose directory says of each large member that it unpacks to a thousandth of what it does."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(mark)
        while start >= 0:
            (size,) = struct.unpack_from("<I", data, start + place)
            if size > LARGE:
                struct.pack_into("<I", changed, start + place, size // 1000)
            start = data.find(mark, start + 4)
    return bytes(changed)


def zip_of_zips(levels: int) -> bytes:
    """Archives of ten archives of ten archives; at the bottom a megabyte of nothing."""
    content = archive({"leeg.txt": bytes(2**20)})
    for _ in range(levels):
        content = archive({f"{number}.zip": content for number in range(10)})
    return content


def docx_of_zips(levels: int) -> bytes:
    """A Word document that holds archives of archives."""
    nested = zip_of_zips(levels)
    stream = io.BytesIO(docx(paragraph(TEXT)))
    with zipfile.ZipFile(stream, "a") as made:
        for number in range(10):
            made.writestr(f"word/embeddings/{number}.docx", nested)
            made.writestr(f"word/{number}.zip", nested)
    return stream.getvalue()


def nested_tables(depth: int) -> bytes:
    """A table in a table, in a Word document."""
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph(TEXT) + "<w:p/></w:tc></w:tr></w:tbl>" * depth)


def nested_groups(depth: int) -> bytes:
    """A group in a group, on a slide."""
    return pptx("<p:grpSp><p:nvGrpSpPr/><p:grpSpPr/>" * depth + shape(TEXT) + "</p:grpSp>" * depth)


def nested_lists(depth: int) -> bytes:
    """A list in a list, in an OpenDocument text."""
    return odt("<text:list><text:list-item>" * depth + odf_paragraph(TEXT) + "</text:list-item></text:list>" * depth)


def repeated_cells(number: int) -> bytes:
    """An OpenDocument table with one cell that repeats itself so many times."""
    cells = f'<table:table-cell table:number-columns-repeated="{number}">{odf_paragraph(TEXT)}</table:table-cell>'
    return odt(
        f'<table:table><table:table-row table:number-rows-repeated="{number}">{cells}</table:table-row></table:table>'
    )


def repeated_spaces(number: int) -> bytes:
    """An OpenDocument text that asks for so many spaces."""
    return odt(odf_paragraph(f'{TEXT}<text:s text:c="{number}"/>einde'))


def wide_sheet() -> bytes:
    """A sheet with one cell in the first corner and one in the last: 17 thousand million cells between them."""
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>einde</t></is></c></row>'
    return xlsx(cell(TEXT) + last)


def many_rows(number: int) -> bytes:
    """A sheet of so many rows, all different."""
    chance = random.Random(number)
    return xlsx("".join(cell(f"{chance.getrandbits(64):x}", row) for row in range(1, number + 1)))
