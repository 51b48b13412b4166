"""The page with help: the guide of ``kb/wording``, its contents, and what is true of this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from kb.wording import LANGUAGES, guide, say
from search_ui.addresses import Place, address_of
from search_ui.frame import render_page
from search_ui.guide.facts import installation_facts
from search_ui.guide.markdown import contents_list, rendered
from search_ui.markup import element, ui_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.knowledge_base import KnowledgeBase


def add_guide(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    """Add the page in each language."""
    for language in LANGUAGES:
        page = _page(knowledge_base, language)
        app.get(address_of(Place.GUIDE, language), response_class=HTMLResponse)(page)


def _page(knowledge_base: KnowledgeBase, language: str) -> Callable[[], HTMLResponse]:
    def show() -> HTMLResponse:
        """The guide."""
        facts = installation_facts(knowledge_base, language=language)
        return HTMLResponse(render_guide_page(guide(language), facts, language=language))

    return show


def render_guide_page(markdown: str, facts: dict[str, str], *, language: str) -> str:
    """The whole page."""
    sections, html = rendered(markdown, facts)
    title = say("ui.guide.heading", language=language)
    contents = element(
        "nav",
        element("h2", ui_text("guide.contents", language), id="inhoudsopgave"),
        contents_list(sections),
        aria_labelledby="inhoudsopgave",
        class_="contents",
    )
    main = element("div", element("h1", title), contents, element("div", html, class_="text"), class_="guide")
    return render_page(title, main, place=Place.GUIDE, language=language)
