"""A document as Bronvast read it: its headings, then every stretch of text with what it was taken for."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from ingest.types import SLIDE_FORMATS, Block, BlockKind, Document, Page, Span, TextSource
from kb.labels import document_language, page_label, reading_remarks, section_path
from kb.types import DocumentCard, StoredPassage
from kb.wording import say
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address
from search_ui.library.pieces import crumbs, lib, library_page
from search_ui.markup import element, text
from search_ui.source.excerpts import MarkedText, to_html

BLOCKS_SHOWN = 150  # on one page
PASSAGES_SHOWN = 50
PART, VIEW, PASSAGES = "deel", "toon", "passages"


def render_structure_page(document: Document, card: DocumentCard, *, part: int, language: str) -> str:
    """The blocks of a document, a part at a time; ``part`` counts from 1."""
    parts = max(-(-len(document.blocks) // BLOCKS_SHOWN), 1)
    part = min(max(part, 1), parts)
    start = (part - 1) * BLOCKS_SHOWN
    blocks = document.blocks[start : start + BLOCKS_SHOWN]
    return _page(
        card,
        _remarks(document, language),
        _headings(document, card, part, language) if part == 1 else "",
        element("h2", lib("read.blocks", language)),
        element("ol", *_blocks(document, blocks, start, language), class_="blocks", lang=_lang(card, language)),
        _parts(card, part, parts, language),
        language=language,
    )


def render_passages_page(card: DocumentCard, passages: Sequence[StoredPassage], *, part: int, language: str) -> str:
    """The passages of a document: what is sought and quoted from, in reading order."""
    parts = max(-(-len(passages) // PASSAGES_SHOWN), 1)
    part = min(max(part, 1), parts)
    start = (part - 1) * PASSAGES_SHOWN
    items = [_passage(stored, language) for stored in passages[start : start + PASSAGES_SHOWN]]
    return _page(
        card,
        element("p", lib("read.passages_text", language)),
        element("ol", *items, class_="passages", start=start + 1),
        _parts(card, part, parts, language, view=PASSAGES),
        language=language,
        view=PASSAGES,
    )


def _page(card: DocumentCard, *parts: str, language: str, view: str = "") -> str:
    views = [("", "read.structure"), (PASSAGES, "read.passages")]
    tabs = (
        element(
            "li",
            element(
                "a",
                lib(label, language),
                href=_address(card, language, view=name),
                aria_current="page" if name == view else None,
            ),
        )
        for name, label in views
    )
    title = say("ui.library.read.title", language=language, title=card.title)
    label = say("ui.library.read.views", language=language)
    return library_page(
        title,
        crumbs(language, (card.title, library_address(Leaf.DOCUMENT, language, key=card.key))),
        element("h1", text(title)),
        element("nav", element("ul", *tabs), class_="views", aria_label=label),
        *parts,
        language=language,
        elsewhere=_address(card, other_language(language), view=view),
    )


def _address(card: DocumentCard, language: str, *, view: str = "", part: int = 1) -> str:
    query = urlencode({name: value for name, value in ((VIEW, view), (PART, part if part > 1 else "")) if value})
    return library_address(Leaf.READ, language, key=card.key, query=query)


def _remarks(document: Document, language: str) -> str:
    remarks = reading_remarks(document, language=language)
    lines = (element("p", text(remark), class_="note warning") for remark in remarks)
    return "".join(lines) or element("p", lib("read.nothing_amiss", language))


# --- headings --------------------------------------------------------------------------------------


def _headings(document: Document, card: DocumentCard, part: int, language: str) -> str:
    """The headings as a list that leads to their places."""
    found = [(place, block) for place, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING]
    if not found:
        return element("p", lib("read.no_headings", language))
    items = (_heading(document, card, place, block, part, language) for place, block in found)
    listed = element("ul", *items, class_="outline", lang=_lang(card, language))
    summary = element("summary", lib("read.headings", language, number=len(found)))
    return element("details", summary, listed, open="" if len(found) <= BLOCKS_SHOWN else None)


def _heading(document: Document, card: DocumentCard, place: int, block: Block, part: int, language: str) -> str:
    there = place // BLOCKS_SHOWN + 1
    address = f"{'' if there == part else _address(card, language, part=there)}#blok-{place}"
    level = min(block.level, 6)
    page = _page_of(document, document.page_at(block.start), language)
    return element("li", element("a", _words(document, block), href=address), page, class_=f"level-{level}")


# --- blocks ----------------------------------------------------------------------------------------


def _blocks(document: Document, blocks: Sequence[Block], start: int, language: str) -> list[str]:
    """Each block with what it was taken for; where a page begins, its number first."""
    items, shown = [], None
    for place, block in enumerate(blocks, start):
        page = document.page_at(block.start)
        if page is not shown and page.number is not None:
            items.append(element("li", _page_of(document, page, language), class_="page-start", lang=language))
        shown = page
        tag = element("span", lib(f"read.tag.{block.kind}", language, level=block.level), class_="tag", lang=language)
        body = element("span", _words(document, block), class_="words")
        depth = min(block.level, 6) if block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0
        items.append(element("li", tag, body, class_=f"is-{block.kind} level-{depth}", id=f"blok-{place}"))
    return items


def _words(document: Document, block: Block) -> str:
    return text(" ".join(document.text[block.start : block.end].replace("\t", " | ").split()))


def _page_of(document: Document, page: Page, language: str) -> str:
    if page.number is None:
        return ""
    unit = "slide" if document.format in SLIDE_FORMATS else "page"
    remarks = {"inferred": page.inferred, "recognised": page.source is TextSource.OCR}
    said = ", ".join(say(f"labels.{name}", language=language) for name, holds in remarks.items() if holds)
    label = say(f"labels.{unit}", language=language, number=page.number)
    return element("span", text(f"{label} ({said})" if said else label), class_="page")


# --- passages --------------------------------------------------------------------------------------


def _passage(stored: StoredPassage, language: str) -> str:
    passage = stored.passage
    place = [
        page_label(stored.document, Span(passage.start, passage.end), language=language),
        " › ".join(section_path(stored)) or None,
    ]
    link = element("a", lib("read.in_text", language), href=f"/bron/{stored.key}?{urlencode({'taal': language})}")
    quoted = element("p", to_html(MarkedText(passage.text, passage.start)))
    return element(
        "li",
        element("p", " · ".join(text(part) for part in place if part), class_="provenance"),
        element("blockquote", quoted, class_="verbatim", lang=_lang(stored.document, language)),
        element("p", link),
    )


def _parts(card: DocumentCard, part: int, parts: int, language: str, *, view: str = "") -> str:
    if parts == 1:
        return ""
    links = [
        element("a", lib(name, language), href=_address(card, language, view=view, part=number), rel=rel)
        if 1 <= number <= parts
        else ""
        for name, number, rel in (("previous", part - 1, "prev"), ("next", part + 1, "next"))
    ]
    place = element("span", lib("page_of", language, page=part, pages=parts), aria_current="page")
    label = say("ui.library.pages_label", language=language)
    return element("nav", links[0], place, links[1], class_="pages", aria_label=label)


def _lang(card: DocumentCard, language: str) -> str | None:
    return document_language(card, language=language)
