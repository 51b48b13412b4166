"""A document as it was read, as an outline in the terminal: headings as a tree, with what stands under each."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ingest.types import SLIDE_FORMATS, Block, BlockKind, Document, Page
from kb.labels import field_name, finding_label, reading_remarks
from kb.wording import say

EXCERPT_CHARS = 110
_STYLES = {BlockKind.HEADING: "bold", BlockKind.TOC: "dim", BlockKind.BOILERPLATE: "dim"}


def print_outline(console: Console, document: Document, *, passage_count: int) -> None:
    """What is known of a document, what was not read of it, and its headings with what stands under them."""
    _print_head(console, document, passage_count)
    console.print(_tree(document))


def print_raw(console: Console, document: Document) -> None:
    """The pages exactly as they were extracted: what quotes are proven against."""
    for page in document.pages:
        console.rule(Text(_page_label(document, page) or document.file_name))
        console.print(Text(page.raw))


def _print_head(console: Console, document: Document, passage_count: int) -> None:
    size = say("read.size", pages=len(document.pages), blocks=len(document.blocks), passages=passage_count)
    console.print(Text(document.file_name, style="bold") + Text(f"  {document.format}, {size}", style="dim"))
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, finding in document.findings.known():
        table.add_row(field_name(name), finding.value, Text(finding_label(finding), style="dim"))
    if table.row_count:
        console.print(table)
    for line in reading_remarks(document):
        console.print(Text(f"! {line}", style="yellow"))
    console.print()


def _tree(document: Document) -> Tree:
    root = Tree(Text(document.info.title or document.file_name, style="bold"), guide_style="dim")
    path: list[tuple[int, Tree]] = []
    shown: Page | None = None
    for block in document.blocks:
        page = document.page_at(block.start)
        label = _label(document, block)
        if page is not shown:
            label.append(f"  {_page_label(document, page) or ''}", style="cyan")
            shown = page
        if block.kind is BlockKind.HEADING:
            path = [(level, tree) for level, tree in path if level < block.level]
        branch = (path[-1][1] if path else root).add(label)
        if block.kind is BlockKind.HEADING:
            path.append((block.level, branch))
    return root


def _label(document: Document, block: Block) -> Text:
    """One line: a sign for the kind, and how the text begins."""
    text = " ".join(document.text[block.start : block.end].split())
    excerpt = text if len(text) <= EXCERPT_CHARS else text[:EXCERPT_CHARS].rsplit(" ", 1)[0] + " …"
    depth = "  " * block.level if block.kind is BlockKind.LIST_ITEM else ""
    return Text(f"{depth}{say(f'read.block.{block.kind}', text=excerpt)}", style=_STYLES.get(block.kind, ""))


def _page_label(document: Document, page: Page) -> str | None:
    if page.number is None:
        return None
    return say(f"labels.{'slide' if document.format in SLIDE_FORMATS else 'page'}", number=page.number)
