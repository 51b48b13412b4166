"""What people decide about documents on this page: each a form that is sent, and a page afterwards that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ingest.types import INFO_FIELDS
from kb import curating, library
from kb.curating import Correction
from kb.errors import HomeError, KnowledgeBaseError, UsageError
from kb.types import DocumentCard
from kb.wording import say
from search_ui.library.addresses import Key, Leaf, library_address, route_of
from search_ui.library.change_pages import render_new_version_page, render_remove_page
from search_ui.library.correct_page import FORGET, correction_of, render_correct_page, values_of
from search_ui.library.document_page import render_document_page
from search_ui.library.jobs import Intake
from search_ui.library.listing import folded
from search_ui.library.looking import has_viewer, shown_document
from search_ui.library.pieces import MESSAGE, Done, error_words, gone_page

if TYPE_CHECKING:
    from kb.home import Home
    from kb.knowledge_base import KnowledgeBase

SEE_OTHER, UNUSABLE, BUSY = 303, 422, 503
Source = Annotated[str, Form(max_length=10_000)]


@dataclass(frozen=True, slots=True)
class Changing:
    """These actions in one language."""

    knowledge_base: KnowledgeBase
    intake: Intake
    language: str

    def register(self, router: APIRouter) -> None:
        """Add them to a router."""
        for leaf, ask in (
            (Leaf.CORRECT, self.ask_correction),
            (Leaf.REMOVE, self.ask_removal),
            (Leaf.NEW_VERSION, self.ask_new_version),
        ):
            router.get(route_of(leaf, self.language), response_class=HTMLResponse)(ask)
        router.post(route_of(Leaf.CORRECT, self.language), response_model=None)(self.correct)
        for leaf, act in (
            (Leaf.WITHDRAW, self.withdraw),
            (Leaf.RESTORE, self.restore),
            (Leaf.REMOVE, self.remove),
            (Leaf.DISMISS, self.dismiss),
        ):
            router.post(route_of(leaf, self.language), response_model=None)(act)

    # --- questions before --------------------------------------------------------------------------

    def ask_correction(self, key: Key) -> Response:
        """The form with what is known."""
        card = self._card(key)
        if card is None:
            return gone_page(self.language)
        return HTMLResponse(self._correct_page(card, values_of(card, self._names())))

    def ask_removal(self, key: Key) -> Response:
        """Whether it should really go."""
        card = self._card(key)
        if card is None:
            return gone_page(self.language)
        versions = len(self.knowledge_base.catalogue.versions(card.key))
        return HTMLResponse(render_remove_page(card, versions=versions, language=self.language))

    def ask_new_version(self, key: Key) -> Response:
        """Which file takes the place of the one that was read."""
        card = self._card(key)
        if card is None:
            return gone_page(self.language)
        source = self.knowledge_base.catalogue.source(card.key)
        return HTMLResponse(render_new_version_page(card, source, language=self.language))

    # --- changes -----------------------------------------------------------------------------------

    async def correct(self, key: Key, request: Request) -> Response:
        """Keep what was filled in; where a field cannot be kept, all comes back with why."""
        form = await request.form()
        said = {name: str(form[name]) for name in INFO_FIELDS if name in form}
        forget = [str(value) for value in form.getlist(FORGET)]
        return await run_in_threadpool(self._correct, key, said, forget)

    def _correct(self, key: int, said: dict[str, str], forget: list[str]) -> Response:
        card = self._card(key)
        if card is None:
            return gone_page(self.language)
        correction = correction_of(values_of(card, self._names()), said, forget)
        if correction == Correction():
            return self._to_document(card, Done.UNCHANGED)
        correction = self._with_ids(correction)
        problems = curating.problems(self.knowledge_base.catalogue, card, correction.said)
        if problems:
            return HTMLResponse(self._correct_page(card, said, problems=problems), status_code=UNUSABLE)
        try:
            curating.correct(self._home, card.id, correction, encoder=self.knowledge_base.encoder)
        except KnowledgeBaseError as error:
            return HTMLResponse(self._correct_page(card, said, problem=self._words(error)), status_code=BUSY)
        return self._to_document(card, Done.CORRECTED)

    def withdraw(self, key: Key, request: Request) -> Response:
        """Let it answer no longer."""
        return self._change(key, request, Done.WITHDRAWN, lambda card: curating.withdraw(self._home, [card.id]))

    def restore(self, key: Key, request: Request) -> Response:
        """Let it answer again."""
        encoder = self.knowledge_base.encoder
        return self._change(
            key, request, Done.RESTORED, lambda card: curating.restore(self._home, [card.id], encoder=encoder)
        )

    def remove(self, key: Key) -> Response:
        """Delete it with all its versions."""
        card = self._card(key)
        if card is None:
            return gone_page(self.language)
        versions = len(self.knowledge_base.catalogue.versions(card.key))
        try:
            library.remove(self._home, [card.id])
        except KnowledgeBaseError as error:
            page = render_remove_page(card, versions=versions, language=self.language, problem=self._words(error))
            return HTMLResponse(page, status_code=BUSY)
        return self._to_list(Done.REMOVED)

    def dismiss(self, source: Source) -> Response:
        """Show a file that was set aside no longer."""
        self.knowledge_base.catalogue.forget_set_aside(source)
        return self._to_list(Done.DISMISSED)

    def _change(self, key: int, request: Request, done: Done, act: Callable[[DocumentCard], None]) -> Response:
        card = self._card(key)
        if card is None:
            return gone_page(self.language)
        try:
            act(card)
        except KnowledgeBaseError as error:
            shown = shown_document(self.knowledge_base, card.key)
            page = render_document_page(
                shown, language=self.language, problem=self._words(error), has_viewer=has_viewer(request)
            )
            return HTMLResponse(page, status_code=BUSY)
        return self._to_document(card, done)

    # --- inside ------------------------------------------------------------------------------------

    @property
    def _home(self) -> Home:
        return self.knowledge_base.catalogue.home

    def _card(self, key: int) -> DocumentCard | None:
        """The version that counts of the document of a version; None where it is gone."""
        try:
            return self.knowledge_base.catalogue.versions(key)[0]
        except UsageError:
            return None

    def _words(self, error: KnowledgeBaseError) -> str:
        """What went wrong; where this very page is adding files, that."""
        if isinstance(error, HomeError) and error.key == "home_busy" and self.intake.is_busy:
            return say("ui.library.errors.adding_now", language=self.language)
        return error_words(error, language=self.language)

    def _correct_page(
        self,
        card: DocumentCard,
        values: Mapping[str, str],
        *,
        problems: Mapping[str, UsageError] | None = None,
        problem: str | None = None,
    ) -> str:
        publishers = {other.info.publisher for other in self.knowledge_base.documents() if other.info.publisher}
        others = [name for document_id, name in self._names().items() if document_id != card.id]
        suggestions = {"publisher": sorted(publishers, key=folded), "replaced_by": sorted(others, key=folded)}
        return render_correct_page(
            card,
            language=self.language,
            suggestions=suggestions,
            values=values,
            problems=problems,
            problem=problem,
        )

    def _names(self) -> dict[str, str]:
        """What each document is called, by its id: its title, or where another is called so too its file name."""
        documents = self.knowledge_base.documents()
        often = Counter(card.title.casefold() for card in documents)
        return {card.id: card.title if often[card.title.casefold()] == 1 else card.file_name for card in documents}

    def _with_ids(self, correction: Correction) -> Correction:
        """The same, with the id of the document that takes the place where its title or file name was given."""
        said = correction.said.replaced_by
        if not said:
            return correction
        found = [
            card.id
            for card in self.knowledge_base.documents()
            if said.casefold() in (card.id.casefold(), card.title.casefold(), card.file_name.casefold())
        ]
        named = found[0] if len(found) == 1 else said
        return Correction(replace(correction.said, replaced_by=named), correction.forget)

    def _to_document(self, card: DocumentCard, done: Done) -> RedirectResponse:
        address = library_address(Leaf.DOCUMENT, self.language, key=card.key, query=urlencode({MESSAGE: done}))
        return RedirectResponse(address, status_code=SEE_OTHER)

    def _to_list(self, done: Done) -> RedirectResponse:
        address = library_address(Leaf.LIST, self.language, query=urlencode({MESSAGE: done}))
        return RedirectResponse(address, status_code=SEE_OTHER)
