"""The pages on which the text of a view stands, with the places of what is quoted: what there is to draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.types import Box, Span
from search_ui.source.view import View, has_own_pages

if TYPE_CHECKING:
    from ingest.places import Place
    from kb.knowledge_base import KnowledgeBase
    from kb.page_proof import PageProof

EDGE = 300  # characters by which the first and the last page of a text are found among those that LibreOffice prints
MOST_PICTURES = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to draw, at a position from 0, and where on it the quotes stand. ``is_printed``: its number is that of a
    page that LibreOffice printed, and not one of the text.
    """

    position: int
    number: int
    boxes: tuple[Box, ...] = ()
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """What to draw of ``page_count`` pages. Without pictures, ``problem`` is the wording key of the reason, and
    ``place`` says in words where to look. ``is_missed``: what was sought does not stand on the pictures.
    """

    pictures: tuple[Picture, ...] = ()
    page_count: int = 0
    problem: str | None = None
    place: Place | None = None
    is_missed: bool = False


def pictures_of(knowledge_base: KnowledgeBase, view: View) -> Pictures:
    """The pictures of the parts that are shown. May take seconds: see ``KnowledgeBase.page_proof``."""
    sought = view.in_view
    start, end = view.span.start, view.span.end
    spans = sought or (Span(start, min(start + 1, end)),)
    proofs = [knowledge_base.page_proof(view.card.key, span) for span in spans]
    first = proofs[0]
    if first.problem:
        return Pictures(problem=first.problem, place=first.place if sought else None)
    boxes = [box for proof in proofs for box in proof.boxes] if sought else []
    pages = _own_pages(view) if has_own_pages(view.card) else _printed_pages(knowledge_base, view, proofs)
    pictures = [_with_boxes(page, boxes) for page in pages if page.position < first.page_count]
    return Pictures(tuple(pictures), first.page_count, is_missed=bool(sought) and not boxes)


def pictures_known(view: View) -> Pictures | None:
    """The pages of a PDF, which are known before any quote is sought on them; None for other documents."""
    return Pictures(tuple(_own_pages(view)), len(view.parts)) if view.card.format == "pdf" else None


def _own_pages(view: View) -> list[Picture]:
    return [Picture(part.position, part.page.number or part.position + 1) for part in view.shown]


def _printed_pages(knowledge_base: KnowledgeBase, view: View, proofs: list[PageProof]) -> list[Picture]:
    """The pages from the beginning of the text to its end, and those of the quotes."""
    start, end = view.span.start, view.span.end
    opening = knowledge_base.page_proof(view.card.key, Span(start, min(start + EDGE, end)))
    closing = knowledge_base.page_proof(view.card.key, Span(max(end - EDGE, start), end))
    last = max([closing.opens_at, *(box.page for box in closing.boxes)])
    spread = range(opening.opens_at, min(last + 1, opening.opens_at + MOST_PICTURES))
    quoted = {box.page for proof in proofs for box in proof.boxes}
    return [Picture(position, position + 1, is_printed=True) for position in sorted(quoted | set(spread))]


def _with_boxes(picture: Picture, boxes: list[Box]) -> Picture:
    return replace(picture, boxes=tuple(box for box in boxes if box.page == picture.position))
