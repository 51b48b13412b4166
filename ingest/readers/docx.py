"""Word documents, through python-docx: the only module that imports it.

The body is walked in order, through tables, content controls and text boxes; footnotes follow the block
that refers to them. Pages are those that Word remembers from its last lay-out, where it does.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart

from ingest.raw import RawBlock, RawDocument
from ingest.readers.blockstream import Stream
from ingest.readers.drawings import chart_blocks, diagram_blocks
from ingest.readers.properties import info_from_properties, page_count
from ingest.readers.typography import Line, heading_levels
from ingest.readers.wordblocks import Walker
from ingest.readers.wordedges import Edges, edges_of
from ingest.readers.wordfields import Fields
from ingest.readers.wordml import Element, Mark, Note, W, is_on, plain_text
from ingest.readers.wordnumbers import Numbering
from ingest.readers.wordpages import contents_headings, pages_of
from ingest.readers.wordstyles import Styles

MACRO_AND_TEMPLATE_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
Relation: TypeAlias = Any  # python-docx has no types
CONTENTS = "Table of Contents"
UNNUMBERED_NOTES = ("separator", "continuationSeparator", "continuationNotice")

for content_type in MACRO_AND_TEMPLATE_TYPES:
    PartFactory.part_type_for.setdefault(content_type, DocumentPart)


def read(path: Path, data: bytes) -> RawDocument:  # noqa: ARG001 - readers share one signature
    """The blocks of a Word document. Raises what python-docx and lxml raise for a damaged file."""
    part = Package.open(io.BytesIO(data)).main_document_part
    body = part.element.body
    walker = _walker(part, body)
    stream = contents_headings(list(walker.stream(body)))
    pages = pages_of(stream, _edges(part, walker), page_count=page_count(part.package))
    return RawDocument("docx", pages, info_from_properties(part.package))


def _walker(part: DocumentPart, body: Element) -> Walker:
    styles = Styles.of(part.styles.element)
    notes = _notes(part)
    fields = Fields.of([body, *notes.values()])
    numbering = Numbering.of(next(_roots(part, "numbering"), None), styles)
    unseen = fields.unseen | styles.hidden_runs([body, *notes.values()])
    return Walker(
        styles=styles,
        notes=notes,
        levels=_typographic_levels(body, numbering, unseen),
        section_ends=_section_ends(body),
        numbering=numbering,
        unseen=unseen,
        contents=fields.contents | _contents_controls(body),
        drawings=_drawings(part),
    )


def _edges(part: DocumentPart, walker: Walker) -> list[Edges]:
    """What stands above and below the pages: it often says who wrote the document."""
    settings = next(_roots(part, "settings"), None)

    def stream_of(relation: str) -> Stream:
        root = _root(part.rels[relation]) if relation in part.rels else None
        if root is None:
            return iter(())
        unseen = Fields.of([root]).unseen | walker.styles.hidden_runs([root])
        return replace(walker, unseen=unseen, drawings={}).stream(root)

    shows_even = settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders"))
    return edges_of(list(part.element.body.iter(f"{W}sectPr")), stream_of=stream_of, shows_even=shows_even)


def _drawings(part: DocumentPart) -> dict[str, list[RawBlock]]:
    """The texts of charts and SmartArt, by the relation under which the text refers to them."""
    found: dict[str, list[RawBlock]] = {}
    for key, relation in part.rels.items():
        read_blocks = {"chart": chart_blocks, "diagramData": diagram_blocks}.get(_kind(relation) or "")
        if read_blocks is not None:
            found[key] = read_blocks(_root(relation))
    return found


def _roots(part: DocumentPart, kind: str) -> Iterator[Element]:
    return (_root(relation) for relation in part.rels.values() if _kind(relation) == kind)


def _root(relation: Relation) -> Element:
    return parse_xml(relation.target_part.blob)


def _kind(relation: Relation) -> str | None:
    """What a part is to the document that refers to it: "header", "footnotes"; None for what lies elsewhere."""
    return None if relation.is_external else str(relation.reltype).rpartition("/")[2]


def _notes(part: DocumentPart) -> dict[Note, Element]:
    """The bodies of the footnotes and endnotes."""
    return {
        Note(kind, note.get(f"{W}id", "")): note
        for kind in ("footnote", "endnote")
        for root in _roots(part, f"{kind}s")
        for note in root
        if note.get(f"{W}type") not in UNNUMBERED_NOTES
    }


def _contents_controls(body: Element) -> set[Element]:
    """The paragraphs of tables of contents that are content controls."""
    galleries = body.iter(f"{W}docPartGallery")
    controls = [
        gallery.getparent().getparent().getparent() for gallery in galleries if gallery.get(f"{W}val") == CONTENTS
    ]
    return {paragraph for control in controls for paragraph in control.iter(f"{W}p")}


def _typographic_levels(body: Element, numbering: Numbering, unseen: set[Element]) -> dict[Element, int | None]:
    paragraphs = [paragraph for paragraph in body.iter(f"{W}p") if plain_text(paragraph, unseen).strip()]
    levels = heading_levels(_line(paragraph, numbering, unseen) for paragraph in paragraphs)
    return dict(zip(paragraphs, levels, strict=True))


def _line(paragraph: Element, numbering: Numbering, unseen: set[Element]) -> Line:
    styles = numbering.styles
    runs = [run for run in paragraph.iter(f"{W}r") if run not in unseen and plain_text(run).strip()]
    return Line(
        text=plain_text(paragraph, unseen).strip(),
        size=min((styles.size(run, paragraph) for run in runs), default=styles.default_size),
        bold=bool(runs) and all(styles.is_bold(run, paragraph) for run in runs),
        is_list_item=numbering.depth(paragraph) is not None and not numbering.is_named(paragraph),
        level=styles.heading_level(paragraph),
    )


def _section_ends(body: Element) -> dict[Element, Mark]:
    """The paragraphs after which a section begins on a new page; a section says itself how it begins."""
    sections = list(body.iter(f"{W}sectPr"))
    found = {section.getparent().getparent(): _opening(next_one) for section, next_one in pairwise(sections)}
    return {paragraph: mark for paragraph, mark in found.items() if mark is not None}


def _opening(section: Element) -> Mark | None:
    """How a section begins; None where it goes on upon the same page."""
    kind = section.find(f"{W}type")
    name = "nextPage" if kind is None else kind.get(f"{W}val", "nextPage")
    if name in ("continuous", "nextColumn"):
        return None
    return {"oddPage": Mark.ASKED_ODD, "evenPage": Mark.ASKED_EVEN}.get(name, Mark.ASKED)
