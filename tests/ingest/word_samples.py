"""Word documents written out for a test, and what is read of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from ingest.raw import RawBlock, RawDocument
from ingest.readers.docx import read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def xml(text: str) -> Any:
    """An element, or several in a wrapper that is no part of the format."""
    return parse_xml(f"<w:body {NAMESPACES}>{text}</w:body>")


def with_body(text: str) -> Document:
    """A document whose body is written out."""
    document = docx.Document()
    for position, child in enumerate(list(xml(text))):
        document.element.body.insert(position, child)
    return document


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell with these paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"


def read_back(document: Document) -> RawDocument:
    """What is read of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return read(Path("nota.docx"), stream.getvalue())


def blocks(document: Document) -> list[RawBlock]:
    """The blocks of all pages."""
    return [block for page in read_back(document).pages for block in page.blocks]


def texts(document: Document) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in blocks(document)]


def add_part(document: Document, name: str, text: str, relation: str) -> str:
    """Add a part with this XML; the id of the relation to it."""
    part = Part(PackURI(f"/word/{name}.xml"), "application/xml", text.encode(), document.part.package)
    return str(document.part.relate_to(part, relation))
