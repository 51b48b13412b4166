"""The pages of the library that only show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse

from kb.errors import UsageError
from kb.types import State
from search_ui.accounts.rights import may_change
from search_ui.library.add_page import render_add_page, render_jobs, said_of
from search_ui.library.addresses import Key, Leaf, route_of
from search_ui.library.document_page import Shown, render_document_page
from search_ui.library.jobs import Intake
from search_ui.library.list_page import render_list_page
from search_ui.library.listing import entries_of, listed, wish_of
from search_ui.library.picture import render_picture_page
from search_ui.library.pieces import MESSAGE, gone_page
from search_ui.library.read_page import PART, PASSAGES, VIEW, render_passages_page, render_structure_page

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Looking:
    """These pages in one language."""

    knowledge_base: KnowledgeBase
    intake: Intake
    language: str

    def register(self, router: APIRouter) -> None:
        """Add them to a router."""
        for leaf, page in (
            (Leaf.LIST, self.documents),
            (Leaf.PICTURE, self.picture),
            (Leaf.DOCUMENT, self.document),
            (Leaf.READ, self.as_read),
        ):
            router.get(route_of(leaf, self.language), response_class=HTMLResponse)(page)
        for_managers = [Depends(may_change)]
        router.get(route_of(Leaf.ADD, self.language), response_class=HTMLResponse, dependencies=for_managers)(self.add)
        router.get(route_of(Leaf.PROGRESS, self.language), dependencies=for_managers)(self.progress)

    def documents(self, request: Request) -> HTMLResponse:
        """The list."""
        entries = entries_of(self.knowledge_base)
        shown = listed(entries, wish_of(request.query_params))
        set_aside = self.knowledge_base.catalogue.files_set_aside()
        done = request.query_params.get(MESSAGE)
        return HTMLResponse(render_list_page(shown, entries, set_aside, language=self.language, done=done))

    def picture(self) -> HTMLResponse:
        """The picture of the collection."""
        return HTMLResponse(render_picture_page(entries_of(self.knowledge_base), language=self.language))

    def add(self) -> HTMLResponse:
        """The form to add files, and how far those are that are on their way."""
        find = self.knowledge_base.catalogue.current
        return HTMLResponse(render_add_page(self.intake.jobs(), find, language=self.language))

    def progress(self) -> JSONResponse:
        """How far they are: for the ears, for the eyes, and whether to ask again."""
        jobs = self.intake.jobs()
        shown = render_jobs(jobs, self.knowledge_base.catalogue.current, language=self.language)
        busy = any(not job.stage.is_over for job in jobs)
        return JSONResponse({"busy": busy, "said": said_of(jobs, language=self.language), "html": shown})

    def document(self, key: Key, request: Request) -> HTMLResponse:
        """One version of a document."""
        try:
            shown = shown_document(self.knowledge_base, key)
        except UsageError:
            return gone_page(self.language)
        done = request.query_params.get(MESSAGE)
        viewer = has_viewer(request)
        return HTMLResponse(render_document_page(shown, language=self.language, done=done, has_viewer=viewer))

    def as_read(self, key: Key, request: Request) -> HTMLResponse:
        """The same as it was read: its blocks, or its passages."""
        catalogue, wanted = self.knowledge_base.catalogue, request.query_params.get(PART, "")
        part = int(wanted) if wanted.isascii() and wanted.isdigit() else 1
        try:
            card = catalogue.card(key)
        except UsageError:
            return gone_page(self.language)
        if request.query_params.get(VIEW) == PASSAGES:
            passages = catalogue.passages_of(key)
            return HTMLResponse(render_passages_page(card, passages, part=part, language=self.language))
        document = catalogue.document(key)
        return HTMLResponse(render_structure_page(document, card, part=part, language=self.language))


def shown_document(knowledge_base: KnowledgeBase, key: int) -> Shown:
    """What the page of a version of a document tells. Raises UsageError for an unknown key."""
    catalogue = knowledge_base.catalogue
    with catalogue.snapshot():
        card, versions = catalogue.card(key), catalogue.versions(key)
        successions = knowledge_base.successions() if card.state is State.CURRENT else {}
        succession = successions.get(key)
        earlier = [(other, one) for other, one in successions.items() if one.by == key]
        return Shown(
            card=card,
            versions=versions,
            source=catalogue.source(key),
            succession=succession,
            successor=catalogue.card(succession.by) if succession else None,
            replaces=tuple((catalogue.card(other), one) for other, one in earlier),
        )


def has_viewer(request: Request) -> bool:
    """Whether this application has a page that shows a document itself."""
    return any(getattr(route, "path", "").startswith("/document/{") for route in request.app.routes)
