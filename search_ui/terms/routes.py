"""The pages of terms and what people say of them, each in Dutch and English: put together in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from kb.errors import HomeError, KnowledgeBaseError
from kb.glossary.keeping import forget_term, hide_term, keep_term, problems
from kb.glossary.table import terms_csv
from kb.glossary.types import OwnTerm, Term, TermKind, folded
from kb.wording import LANGUAGES
from search_ui.accounts.rights import may_change
from search_ui.terms.addresses import Leaf, terms_address
from search_ui.terms.edit_page import render_edit_page
from search_ui.terms.list_page import render_list_page
from search_ui.terms.listing import wanted, wish_of

if TYPE_CHECKING:
    from kb.home import Home
    from kb.knowledge_base import KnowledgeBase

SEE_OTHER, UNUSABLE, BUSY = 303, 422, 503
Said = Annotated[str, Form(max_length=10_000)]


def add_terms(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    """Add all pages and actions. What changes something stands behind ``may_change``."""
    looking, changes = APIRouter(), APIRouter(dependencies=[Depends(may_change)])
    for language in LANGUAGES:
        Looking(knowledge_base, language).register(looking)
        Changing(knowledge_base, language).register(changes)
    app.include_router(looking)
    app.include_router(changes)


@dataclass(frozen=True, slots=True)
class Looking:
    """What changes nothing, in one language."""

    knowledge_base: KnowledgeBase
    language: str

    def register(self, router: APIRouter) -> None:
        """Add the pages to a router."""
        router.get(terms_address(Leaf.LIST, self.language), response_class=HTMLResponse)(self.page)
        router.get(terms_address(Leaf.TABLE, self.language))(self.table)

    def page(self, request: Request, gedaan: str = "") -> HTMLResponse:
        """All terms, or those that are wanted."""
        wish = wish_of(request.query_params)
        page = render_list_page(self.knowledge_base.terms(), wish, language=self.language, done=gedaan)
        return HTMLResponse(page)

    def table(self, request: Request) -> Response:
        """The terms that are wanted, for a spreadsheet."""
        terms = wanted(self.knowledge_base.terms(), wish_of(request.query_params))
        named = {"content-disposition": 'attachment; filename="begrippen.csv"'}
        return Response(terms_csv(terms, language=self.language), media_type="text/csv; charset=utf-8", headers=named)


@dataclass(frozen=True, slots=True)
class Changing:
    """What a person says of terms, in one language: a form that is sent, and the list afterwards."""

    knowledge_base: KnowledgeBase
    language: str

    def register(self, router: APIRouter) -> None:
        """Add the form and the actions to a router."""
        router.get(terms_address(Leaf.EDIT, self.language), response_class=HTMLResponse)(self.ask)
        for leaf, act in ((Leaf.EDIT, self.keep), (Leaf.HIDE, self.hide), (Leaf.FORGET, self.forget)):
            router.post(terms_address(leaf, self.language), response_model=None)(act)

    def ask(self, naam: str = "") -> HTMLResponse:
        """The form, with what is known of the term."""
        return HTMLResponse(render_edit_page(self._known(naam), language=self.language))

    def keep(self, naam: Said = "", soort: Said = "", betekenis: Said = "", bron: Said = "") -> Response:
        """Keep what was filled in; where a field cannot be kept, all comes back with why."""
        kind = TermKind(soort) if soort in set(TermKind) else TermKind.CONCEPT
        said = OwnTerm(_line(naam), kind, _line(betekenis), _line(bron))
        if wrong := problems(said):
            page = render_edit_page(said, language=self.language, problems=wrong)
            return HTMLResponse(page, status_code=UNUSABLE)
        return self._changed(lambda: keep_term(self._home, said), said, "kept")

    def hide(self, naam: Said = "") -> Response:
        """Show a term no longer."""
        name = _line(naam)
        return self._changed(lambda: hide_term(self._home, name), self._known(name), "hidden")

    def forget(self, naam: Said = "") -> Response:
        """Take back what was said of a term, also that it is hidden."""
        name = _line(naam)
        return self._changed(lambda: forget_term(self._home, name), self._known(name), "restored")

    @property
    def _home(self) -> Home:
        return self.knowledge_base.catalogue.home

    def _changed(self, change: Callable[[], None], said: OwnTerm, done: str) -> Response:
        """Make a change and go to the list; where it cannot be made, to the form that says why."""
        try:
            change()
        except KnowledgeBaseError as error:
            status = BUSY if isinstance(error, HomeError) else UNUSABLE
            return HTMLResponse(render_edit_page(said, language=self.language, problem=error), status_code=status)
        address = terms_address(Leaf.LIST, self.language, zoek="" if done == "hidden" else said.name, gedaan=done)
        return RedirectResponse(address, status_code=SEE_OTHER)

    def _known(self, name: str) -> OwnTerm:
        """What stands in the form of a term to begin with: what it means now, as far as that is clear."""
        term = next((one for one in self.knowledge_base.terms() if folded(one.name) == folded(name)), None)
        return OwnTerm(_line(name), TermKind.CONCEPT, "") if term is None else _as_said(term)


def _as_said(term: Term) -> OwnTerm:
    meaning = term.clear_meaning or next(iter(term.meanings), None)
    if meaning is None:
        return OwnTerm(term.name, TermKind.CONCEPT, "")
    place = meaning.citations[0].document.title if meaning.citations else ""
    return OwnTerm(term.name, meaning.kind, meaning.text, meaning.source or place)


def _line(written: str) -> str:
    """What was filled in, on one line."""
    return " ".join(written.split())
