"""OpenDocument texts, as LibreOffice writes them. Pages are those of the last lay-out, where a file remembers them."""

from __future__ import annotations

from itertools import dropwhile
from pathlib import Path

from ingest.raw import RawBlock, RawDocument
from ingest.readers.blockstream import blocks_in
from ingest.readers.odf import OFFICE, STYLE, Package
from ingest.readers.odfblocks import Walker, typographic_levels
from ingest.readers.odfstyles import Styles
from ingest.readers.odftext import Inline
from ingest.readers.safexml import Element
from ingest.readers.typography import HAS_A_WORD
from ingest.readers.wordml import Mark
from ingest.readers.wordpages import contents_headings, pages_of
from ingest.types import BlockKind

EDGES = {"header": ("header", "header-left", "header-first"), "footer": ("footer", "footer-left", "footer-first")}


def read(path: Path, data: bytes) -> RawDocument:
    """The blocks of a text. Raises UnreadableFile PASSWORD or DAMAGED, and what the XML parser raises."""
    package = Package.of(path, data)
    content, common = package.content(), package.part("styles.xml")
    inline = Inline(
        Styles.of(common.find(f"{OFFICE}styles"), content.find(f"{OFFICE}automatic-styles")), package.embedded
    )
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    root = Element("empty") if body is None else body
    walker = Walker(inline, typographic_levels(root, inline))
    stream = [
        *_edges(common, package, "header"),
        *dropwhile(lambda item: isinstance(item, Mark), walker.stream(root)),
        *_edges(common, package, "footer"),
    ]
    return RawDocument("odt", pages_of(contents_headings(stream)), package.info())


def _edges(common: Element, package: Package, edge: str) -> list[RawBlock]:
    """What stands above or below the pages, once: it often says who wrote the document."""
    walker = Walker(Inline(Styles.of(common), package.embedded))
    roots = (root for name in EDGES[edge] for root in common.iter(f"{STYLE}{name}"))
    texts = {" ".join(item.text.split()) for root in roots for item in blocks_in(walker.stream(root))}
    return [RawBlock(BlockKind.BOILERPLATE, text) for text in sorted(texts) if HAS_A_WORD.search(text)]
