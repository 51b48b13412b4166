"""The page for questions, in Gradio: the only module that knows Gradio."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

from starlette.routing import Mount

from kb.as_json import answer_as_json
from kb.errors import KnowledgeBaseError
from kb.stages import Listener
from kb.wording import say
from search_ui.accounts.visitor import Visitor, visited_by, visitor_of
from search_ui.question.asking import Shown, show
from search_ui.question.beside import render_examples, render_heading, render_history, render_no_documents
from search_ui.question.choices import answerable_examples, choices, titles_of
from search_ui.question.filters import Titles, filters_label, render_filters, render_scope, request_in_words
from search_ui.question.rendering import render_answered, render_stage
from search_ui.question.request import Request, request_from_query
from search_ui.question.theme import FONTS, MONOSPACE_FONTS, theme_values
from search_ui.question.underway import Underway
from search_ui.shell.doors import Doors

# Gradio reads these when it is imported or a page is made. It looks nothing up outside, and does not sum up with
# pandas, after every question, how long each has taken since the start.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "100"

import gradio as gr
from gradio.events import api

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kb.knowledge_base import KnowledgeBase

logger = logging.getLogger(__name__)

QUESTIONS_AT_ONCE = 4  # more would only wait for each other: an answer keeps a processor busy
LONGEST_QUEUE = 64
SESSIONS_KEPT = 100  # by Gradio, 70 kB each: every question of a program is one, and the page keeps nothing in them
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def mount_page(app: FastAPI, knowledge_base: KnowledgeBase, *, path: str, language: str) -> None:
    """Mount the page in one language under ``path``. Asks the example questions once, which also warms up."""
    # Where no event loop runs, Gradio makes one for each of its locks and leaves them open.
    asyncio.run(_mount(app, knowledge_base, path=path, language=language))


async def _mount(app: FastAPI, knowledge_base: KnowledgeBase, *, path: str, language: str) -> None:
    blocks = _Page(knowledge_base, language).blocks
    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
        theme=gr.themes.Base(font=FONTS, font_mono=MONOSPACE_FONTS).set(**theme_values()),
    )
    mounted = next(route for route in reversed(app.routes) if isinstance(route, Mount))
    mounted.app = Doors(mounted.app, functions=len(blocks.fns))


def _area(name: str, html: str = "") -> gr.HTML:
    """A place for HTML that is already safe. Never with a template: Gradio would run what stands in ``{{ }}``."""
    return gr.HTML(html, elem_id=name, elem_classes="ours", js_on_load=None, apply_default_css=False)


class _Page:
    """The page in one language: its parts, and what happens when a reader asks.

    What is asked stands in the address of the page, filters included, and the page's script hands it over as a query;
    the server never writes in the field in which a reader types.
    """

    def __init__(self, knowledge_base: KnowledgeBase, language: str) -> None:
        self.knowledge_base = knowledge_base
        self.language = language
        self.answers = count(1)
        with gr.Blocks(title=self._say("page_title"), analytics_enabled=False) as self.blocks:
            self.blocks.state_session_capacity = SESSIONS_KEPT
            _area("heading", render_heading(language=language))
            self._build_form()
            _area("history", render_history(language=language))
            self.scope = _area("scope")
            self.stage = _area("stage")
            with gr.Row(elem_id="result"):
                self.areas = [_area("answer"), _area("sources")]
            examples = answerable_examples(knowledge_base, language=language)
            _area("examples", render_examples(examples, language=language))
            self._connect()
        self.blocks.queue(default_concurrency_limit=QUESTIONS_AT_ONCE, max_size=LONGEST_QUEUE)

    def _say(self, key: str, **values: object) -> str:
        return say(f"ui.{key}", language=self.language, **values)

    def _build_form(self) -> None:
        with gr.Row(elem_id="ask-row"):
            self.question = gr.Textbox(label=self._say("question"), lines=1, max_lines=4, elem_id="question", scale=1)
            self.ask_button = gr.Button(self._say("ask"), variant="primary", elem_id="ask", scale=0)
        with gr.Accordion(self._say("filter.none"), open=False, elem_id="filters") as self.accordion:
            self.filters = _area("filter-fields")

    def _connect(self) -> None:
        gr.on(
            [self.blocks.load, self.question.submit, self.ask_button.click],
            self._ask,
            self.question,
            [self.stage, self.accordion, self.filters, self.scope, *self.areas],
            js="() => [window.bronvast.asked()]",
            trigger_mode="always_last",
            **_QUIET,
        )
        api(self._answer_for_programs, api_name="ask")

    def _ask(self, query: str, asked: gr.Request) -> Iterator[tuple[Any, ...]]:
        """The stages of a question that takes long, then all that follows from its query. Gradio hands over the HTTP
        request: it asks in a thread that knows of none.
        """
        request = request_from_query(query)
        visitor = visitor_of(asked.request.scope) if asked.request else None
        underway = Underway(lambda begins: self._shown(request, visitor, begins))
        for stage in underway.stages():
            yield (render_stage(stage, language=self.language), *[gr.skip()] * 5)
        shown = underway.result()
        documents = len(self.knowledge_base.documents())
        titles = titles_of(self.knowledge_base, request.filters)
        areas = self._filter_areas(request, documents, titles)
        words = request_in_words(request, titles, language=self.language)
        yield (render_answered(query, next(self.answers), words=words), *areas, shown.answer, shown.sources)

    def _shown(self, request: Request, visitor: Visitor | None, begins: Listener) -> Shown:
        """The answer and its sources, as this visitor sees them; without documents, what to do about that."""
        with visited_by(visitor):
            if not self.knowledge_base.documents():
                return Shown(render_no_documents(language=self.language))
            return show(self.knowledge_base, request, language=self.language, begins=begins)

    def _filter_areas(self, request: Request, documents: int, titles: Titles) -> tuple[Any, ...]:
        """The fold of the filters, the form in it, and what is set."""
        left = len(self.knowledge_base.documents(request.filters))
        offered = choices(self.knowledge_base, request.filters)
        return (
            gr.update(label=filters_label(request.filters, language=self.language)),
            render_filters(offered, request, titles, language=self.language),
            render_scope(documents, left, request, titles, language=self.language),
        )

    def _answer_for_programs(self, question: str) -> dict[str, object]:
        """Answer a question with quotes from the documents, each with its place.

        Args:
            question: an ordinary question, in Dutch

        """
        try:
            return answer_as_json(self.knowledge_base.ask(question))
        except KnowledgeBaseError as error:
            said = say(f"errors.{error.key}", language=self.language, **error.values)
        except Exception:  # whatever it is, Gradio would print it with what was asked
            logger.exception("a question could not be answered")
            said = self._say("script.wrong")
        raise gr.Error(said, print_exception=False)
