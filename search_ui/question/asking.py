"""From what a reader asks to what the page shows."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import KnowledgeBaseError
from kb.sources import sources_of
from kb.stages import Listener, nobody
from kb.types import Answer
from kb.wording import say
from search_ui.question.cards import Newer, render_sources
from search_ui.question.rendering import render_answer, render_problem
from search_ui.question.request import Request
from search_ui.question.tables import rows_among
from search_ui.terms.marking import with_meanings

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """The two areas of the page that follow a question, as HTML."""

    answer: str = ""
    sources: str = ""


def show(knowledge_base: KnowledgeBase, request: Request, *, language: str, begins: Listener = nobody) -> Shown:
    """Ask, and write the answer and its sources; one readable line where that cannot be. Where nothing is asked,
    nothing is shown.
    """
    if request.question is None:
        return Shown()
    try:
        answer = knowledge_base.ask(
            request.question, filters=request.filters, expand=not request.literal, begins=begins
        )
        row_level = rows_among(knowledge_base.catalogue.blocks)
        return Shown(
            with_meanings(
                render_answer(answer, request, language=language, row_level=row_level),
                knowledge_base.terms(),
                {place.document.key for statement in answer.statements for place in statement.places},
                language=language,
            ),
            render_sources(answer, language=language, newer=_newer(knowledge_base, answer), row_level=row_level),
        )
    except KnowledgeBaseError as error:
        return Shown(render_problem(say(f"errors.{error.key}", language=language, **error.values)))
    except Exception:  # whatever it is, a reader must not be left waiting
        logger.exception("a question could not be answered")
        return Shown(render_problem(say("ui.script.wrong", language=language)))


def _newer(knowledge_base: KnowledgeBase, answer: Answer) -> Newer:
    """For each cited document whose place another takes: how that one opens."""
    cited = {source.stored.document.key for source in sources_of(answer)}
    found = {key: knowledge_base.newer(key) for key in cited}
    return {key: newer for key, newer in found.items() if newer}
