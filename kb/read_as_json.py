"""A document as it was read, as a plain dictionary: what ``bronvast read --json`` prints. Keep it stable; add to it
freely.

All offsets are characters of the document's repaired text, which is the ``text`` of its pages one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.types import INFO_FIELDS, Block, Box, Document, NoteLink, Passage, Span
from kb.as_json import notice_as_json
from kb.notices import notices_of

Boxes = Mapping[Span, Sequence[Box]]


def reading_as_json(document: Document, passages: Sequence[Passage], boxes: Boxes | None = None) -> dict[str, object]:
    """The whole of what was read; blocks and passages bring their boxes when these were asked for."""
    return {
        "document": document.id,
        "file_name": document.file_name,
        "format": document.format,
        "digest": document.digest,
        "metadata": metadata_as_json(document),
        "pages": list(_pages(document)),
        "blocks": [_block(document, block) | _boxes(block, boxes) for block in document.blocks],
        "notes": [_note(document, link) for link in document.notes],
        "passages": [_passage(document, passage) | _boxes(passage, boxes) for passage in passages],
        "warnings": [notice_as_json(notice) for notice in notices_of(document)],
    }


def metadata_as_json(document: Document) -> dict[str, object]:
    """Each field with how sure it is and where it comes from; null where nothing is known."""
    known = dict(document.findings.known())
    return {
        name: {"value": known[name].value, "confidence": known[name].confidence, "origin": known[name].origin.value}
        if name in known
        else None
        for name in INFO_FIELDS
    }


def spans_with_boxes(document: Document, passages: Sequence[Passage]) -> list[Span]:
    """The spans whose boxes belong to the whole: those of all blocks and passages."""
    parts: list[Block | Passage] = [*document.blocks, *passages]
    return list(dict.fromkeys(Span(part.start, part.end) for part in parts))


def _pages(document: Document) -> Iterator[dict[str, object]]:
    ends = [page.start for page in document.pages[1:]] + [len(document.text)]
    for position, (page, end) in enumerate(zip(document.pages, ends, strict=True)):
        yield {
            "position": position,
            "number": page.number,
            "inferred": page.inferred,
            "source": page.source.value,
            "start": page.start,
            "end": end,
            "text": document.text[page.start : end],
            "raw": page.raw,
        }


def _block(document: Document, block: Block) -> dict[str, object]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "start": block.start,
        "end": block.end,
        **_place(document, block.start, block.end),
        "text": document.text[block.start : block.end],
    }


def _note(document: Document, link: NoteLink) -> dict[str, object]:
    return {name: _span(document, span) for name, span in (("mark", link.mark), ("note", link.note))}


def _passage(document: Document, passage: Passage) -> dict[str, object]:
    return {
        "start": passage.start,
        "end": passage.end,
        **_place(document, passage.start, passage.end),
        "headings": list(passage.headings),
        "lead_in": passage.lead_in,
        "units": [[unit.start, unit.end] for unit in passage.units],
        "text": passage.text,
        "search_text": passage.search_text,
    }


def _place(document: Document, start: int, end: int) -> dict[str, object]:
    """The numbers of the first and the last page."""
    return {"page": document.page_at(start).number, "last_page": document.page_at(end - 1).number}


def _span(document: Document, span: Span) -> dict[str, object]:
    page = document.page_at(span.start).number
    return {"start": span.start, "end": span.end, "page": page, "text": document.text[span.start : span.end]}


def _boxes(part: Block | Passage, boxes: Boxes | None) -> dict[str, object]:
    if boxes is None:
        return {}
    return {"boxes": [_box(box) for box in boxes.get(Span(part.start, part.end), ())]}


def _box(box: Box) -> dict[str, object]:
    """``page`` is a position among the pages, from 0; the sides are shares of the page, from the left and the top."""
    sides = {name: round(getattr(box, name), 4) for name in ("left", "top", "right", "bottom")}
    return {"page": box.page, **sides}
