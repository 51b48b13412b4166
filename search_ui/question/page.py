"""The page for questions, in Gradio: the only module that knows Gradio."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

from kb.as_json import answer_as_json
from kb.types import Facets, Filters
from kb.wording import say
from search_ui.question.asking import FieldValue, Request, request_filters, request_from_query, show
from search_ui.question.choices import ANY_YEAR, answerable_examples, counted, known_only, years
from search_ui.question.rendering import render_no_documents, render_scope
from search_ui.question.theme import FONTS, MONOSPACE_FONTS, theme_values

# Gradio reads these when it is imported or a page is made. It looks nothing up outside, and does not sum up with
# pandas, after every question, how long each has taken since the start.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)

import gradio as gr
from gradio.events import api

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kb.knowledge_base import KnowledgeBase

QUESTIONS_AT_ONCE = 4  # more would only wait for each other: an answer keeps a processor busy
LONGEST_QUEUE = 64
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def mount_page(app: FastAPI, knowledge_base: KnowledgeBase, *, path: str, language: str) -> None:
    """Mount the page in one language under ``path``. Asks the example questions once, which also warms up."""
    # Where no event loop runs, Gradio makes one for each of its locks and leaves them open.
    asyncio.run(_mount(app, knowledge_base, path=path, language=language))


async def _mount(app: FastAPI, knowledge_base: KnowledgeBase, *, path: str, language: str) -> None:
    gr.mount_gradio_app(
        app,
        _Page(knowledge_base, language).blocks,
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


def _area(name: str, html: str = "") -> gr.HTML:
    """A place for HTML that is already safe. Never with a template: Gradio would run what stands in ``{{ }}``."""
    return gr.HTML(html, elem_id=name, elem_classes="ours", js_on_load=None, apply_default_css=False)


class _Page:
    """The page in one language: its parts, and what happens when a reader uses them."""

    def __init__(self, knowledge_base: KnowledgeBase, language: str) -> None:
        self.knowledge_base = knowledge_base
        self.language = language
        with gr.Blocks(title=self._say("page_title"), analytics_enabled=False) as self.blocks:
            _area("heading", f"<h1>{self._say('question_heading')}</h1>")
            self._build_form()
            self.scope = _area("scope")
            with gr.Row(elem_id="result"):
                self.areas = [_area("answer"), _area("sources")]
            self._build_examples()
            self._connect()
        self.blocks.queue(default_concurrency_limit=QUESTIONS_AT_ONCE, max_size=LONGEST_QUEUE)

    def _say(self, key: str, **values: object) -> str:
        return say(f"ui.{key}", language=self.language, **values)

    def _build_form(self) -> None:
        with gr.Row(elem_id="ask-row"):
            self.question = gr.Textbox(
                label=self._say("question"), lines=1, max_lines=4, elem_id="question", scale=1, autofocus=True
            )
            self.ask_button = gr.Button(self._say("ask"), variant="primary", elem_id="ask", scale=0)
        with gr.Accordion(self._filters_label(Filters()), open=False, elem_id="filters") as self.accordion:
            with gr.Row():
                self.kinds = gr.Dropdown(label=self._say("filter.kind"), multiselect=True, elem_id="kinds")
                self.publishers = gr.Dropdown(
                    label=self._say("filter.publisher"), multiselect=True, elem_id="publishers"
                )
                self.first_year = gr.Dropdown(label=self._say("filter.first_year"), elem_id="first-year")
                self.last_year = gr.Dropdown(label=self._say("filter.last_year"), elem_id="last-year")
            self.clear_button = gr.Button(self._say("filter.clear"), size="sm", elem_id="clear-filters")

    def _build_examples(self) -> None:
        questions = answerable_examples(self.knowledge_base, language=self.language)
        with gr.Column(elem_id="examples", visible=bool(questions)):
            _area("examples-heading", f"<h2>{self._say('examples.heading')}</h2>")
            with gr.Row():
                self.examples = [gr.Button(question, size="sm") for question in questions]

    @property
    def _filters(self) -> list[gr.Dropdown]:
        return [self.kinds, self.publishers, self.first_year, self.last_year]

    def _connect(self) -> None:
        everything = [self.question, *self._filters]
        shown = [*self.areas, self.accordion]
        self.blocks.load(self._open, None, [self.scope, *everything, *shown], **_QUIET)
        asked = [self.question.submit, self.ask_button.click]
        gr.on(asked, self._ask, everything, shown, trigger_mode="always_last", **_QUIET)
        narrowed = [field.input for field in self._filters]
        gr.on(narrowed, self._narrow, everything, shown, trigger_mode="always_last", **_QUIET)
        self.clear_button.click(self._clear, self.question, [*self._filters, *shown], **_QUIET)
        for button in self.examples:
            button.click(self._ask_example, [button, *self._filters], [self.question, *shown], **_QUIET)
        api(self._answer_for_programs, api_name="ask")

    def _open(self, request: gr.Request) -> tuple[Any, ...]:
        """The page as it opens: filters as the documents are now, and the question of its address, if any."""
        facets = self.knowledge_base.facets()
        asked = request_from_query(request.url.query)
        asked = Request(asked.question, known_only(asked.filters, facets))
        question = asked.question or gr.skip()  # an empty text would wipe what is being typed
        documents = len(self.knowledge_base.documents())
        scope = render_scope(documents, language=self.language)
        fields = self._fields(facets, asked.filters)
        return (scope, question, *fields, *self._first_view(asked, documents))

    def _fields(self, facets: Facets, filters: Filters) -> tuple[Any, ...]:
        """The filter fields with their choices and what is chosen."""
        limits = years(facets, language=self.language)
        first, last = filters.first_year or ANY_YEAR, filters.last_year or ANY_YEAR
        return (
            gr.update(choices=counted(facets.kinds), value=list(filters.kinds)),
            gr.update(choices=counted(facets.publishers), value=list(filters.publishers)),
            gr.update(choices=limits, value=str(first)),
            gr.update(choices=limits, value=str(last)),
        )

    def _first_view(self, asked: Request, documents: int) -> tuple[Any, ...]:
        if not documents:
            return (render_no_documents(language=self.language), "", gr.skip())
        return self._show(asked) if asked.question else (gr.skip(), gr.skip(), gr.skip())

    def _ask(self, question: str, *fields: FieldValue) -> tuple[Any, ...]:
        return self._show(Request(question, request_filters(*fields)))

    def _narrow(self, question: str, *fields: FieldValue) -> tuple[Any, ...]:
        """Filters have changed: ask again, unless nothing was asked yet."""
        filters = request_filters(*fields)
        if question.strip():
            return self._show(Request(question, filters))
        return (gr.skip(), gr.skip(), self._filters_update(filters))

    def _clear(self, question: str) -> tuple[Any, ...]:
        nothing: tuple[FieldValue, ...] = ([], [], ANY_YEAR, ANY_YEAR)
        return (*nothing, *self._narrow(question, *nothing))

    def _ask_example(self, question: str, *fields: FieldValue) -> tuple[Any, ...]:
        return (question, *self._ask(question, *fields))

    def _show(self, asked: Request) -> tuple[Any, ...]:
        shown = show(self.knowledge_base, asked, language=self.language)
        return (shown.answer, shown.sources, self._filters_update(asked.filters))

    def _filters_update(self, filters: Filters) -> dict[str, Any]:
        return gr.update(label=self._filters_label(filters))

    def _filters_label(self, filters: Filters) -> str:
        """The word "Filters" with the number that is set, to be seen when they are folded away."""
        chosen = (*filters.kinds, *filters.publishers, filters.first_year, filters.last_year)
        number = sum(value is not None for value in chosen)
        return self._say("filter.some", number=number) if number else self._say("filter.none")

    def _answer_for_programs(self, question: str) -> dict[str, object]:
        """Answer a question with quotes from the documents, each with its place.

        Args:
            question: an ordinary question, in Dutch

        """
        return answer_as_json(self.knowledge_base.ask(question))
