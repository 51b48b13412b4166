"""The library's pages and what they do, each in Dutch and English: put together in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, FastAPI

from kb.wording import LANGUAGES
from search_ui.accounts.rights import may_change
from search_ui.library.adding import Adding
from search_ui.library.changing import Changing
from search_ui.library.jobs import Intake
from search_ui.library.looking import Looking
from search_ui.library.uploads import Arrivals

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase


def add_library(app: FastAPI, knowledge_base: KnowledgeBase) -> None:
    """Add all pages and actions. What changes something stands behind ``may_change``."""
    arrivals, intake = Arrivals(knowledge_base.catalogue.home), Intake(knowledge_base)
    looking, changes = APIRouter(), APIRouter(dependencies=[Depends(may_change)])
    for language in LANGUAGES:
        Looking(knowledge_base, intake, language).register(looking)
        Changing(knowledge_base, intake, language).register(changes)
        Adding(knowledge_base, arrivals, intake, language).register(changes)
    app.include_router(looking)
    app.include_router(changes)
    app.state.intake = intake
