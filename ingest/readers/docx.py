"""Word documents, through python-docx: the only module that imports it.

The body is walked in order, through tables, content controls and text boxes; footnotes follow the block
that refers to them. Pages are those that Word remembers from its last lay-out, where it does.
"""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart

from ingest.raw import RawBlock, RawDocument
from ingest.readers.properties import info_from_properties
from ingest.readers.typography import HAS_A_WORD, Line, heading_levels
from ingest.readers.wordblocks import Walker
from ingest.readers.wordml import Element, Note, W, plain_text
from ingest.readers.wordpages import contents_headings, pages_of
from ingest.readers.wordstyles import Styles
from ingest.types import BlockKind

MACRO_AND_TEMPLATE_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
Relation: TypeAlias = Any  # python-docx has no types
UNNUMBERED_NOTES = ("separator", "continuationSeparator", "continuationNotice")

for content_type in MACRO_AND_TEMPLATE_TYPES:
    PartFactory.part_type_for.setdefault(content_type, DocumentPart)


def read(path: Path, data: bytes) -> RawDocument:  # noqa: ARG001 - readers share one signature
    """The blocks of a Word document. Raises what python-docx and lxml raise for a damaged file."""
    part = Package.open(io.BytesIO(data)).main_document_part
    body = part.element.body
    styles = Styles.of(part.styles.element)
    walker = Walker(styles, _notes(part), _typographic_levels(body, styles), _section_starts(body))
    stream = [*_edges(part, walker, "header"), *walker.stream(body), *_edges(part, walker, "footer")]
    return RawDocument("docx", pages_of(contents_headings(stream)), info_from_properties(part.package))


def _edges(part: DocumentPart, walker: Walker, edge: str) -> list[RawBlock]:
    """What stands above or below the pages, once: it often says who wrote the document."""
    roots = [parse_xml(relation.target_part.blob) for relation in part.rels.values() if _kind(relation) == edge]
    blocks = (block for root in roots for block in walker.stream(root) if isinstance(block, RawBlock))
    texts = {" ".join(block.text.split()) for block in blocks if HAS_A_WORD.search(block.text)}
    return [RawBlock(BlockKind.BOILERPLATE, text) for text in sorted(texts)]


def _kind(relation: Relation) -> str | None:
    """What a part is to the document that refers to it: "header", "footnotes"; None for what lies elsewhere."""
    return None if relation.is_external else str(relation.reltype).rpartition("/")[2]


def _notes(part: DocumentPart) -> dict[Note, Element]:
    """The bodies of the footnotes and endnotes."""
    found = {}
    for relation in part.rels.values():
        kind = (_kind(relation) or "").removesuffix("s")
        if kind in ("footnote", "endnote"):
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{W}type") not in UNNUMBERED_NOTES:
                    found[Note(kind, note.get(f"{W}id", ""))] = note
    return found


def _typographic_levels(body: Element, styles: Styles) -> dict[Element, int | None]:
    paragraphs = [paragraph for paragraph in body.iter(f"{W}p") if plain_text(paragraph).strip()]
    levels = heading_levels(_line(paragraph, styles) for paragraph in paragraphs)
    return dict(zip(paragraphs, levels, strict=True))


def _line(paragraph: Element, styles: Styles) -> Line:
    runs = [run for run in paragraph.iter(f"{W}r") if plain_text(run).strip()]
    return Line(
        text=plain_text(paragraph).strip(),
        size=min((styles.size(run, paragraph) for run in runs), default=styles.default_size),
        bold=bool(runs) and all(styles.is_bold(run, paragraph) for run in runs),
        is_list_item=styles.list_depth(paragraph) is not None,
        level=styles.heading_level(paragraph),
    )


def _section_starts(body: Element) -> set[Element]:
    """The paragraphs after which a section begins on a new page; a section says itself how it begins."""
    sections = list(body.iter(f"{W}sectPr"))
    return {section.getparent().getparent() for section, next_one in pairwise(sections) if _is_on_new_page(next_one)}


def _is_on_new_page(section: Element) -> bool:
    kind = section.find(f"{W}type")
    return kind is None or kind.get(f"{W}val") not in ("continuous", "nextColumn")
