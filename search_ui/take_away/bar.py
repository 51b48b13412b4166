"""The bar under an answer: copy it, or keep it as a file. What is copied lies ready in the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from kb.hand_out.formats import FORMATS
from kb.hand_out.making import hand_out_of
from kb.hand_out.plain import plain_text, quoted
from kb.hand_out.types import Asked, HandOut, HandOutAnswer, HandOutStatement
from kb.sources import differing_of
from kb.types import Answer
from kb.wording import say
from search_ui.markup import element, ui_text
from search_ui.question.filters import request_in_words, titles_in
from search_ui.question.request import Request
from search_ui.take_away.downloads import file_address
from search_ui.take_away.rich_text import rich_quote, rich_text

FIRST, OTHERS = ("docx",), ("md", "csv", "bib", "ris")  # the forms of file: that of most people, and the rest

_SCRIPT_WORDS = ("copy_one", "copy_one_more", "copied", "copied_short", "refused", "text", "close")


def render_bar(answer: Answer, request: Request, *, language: str) -> str:
    """The bar, and hidden in it what its buttons and those of the statements copy."""
    request = replace(request, question=answer.question)  # without what no address can hold
    asked = Asked(answer, request.filters, literal=request.literal)
    hand_out = hand_out_of([asked], asked_on=datetime.now().astimezone().date(), language=language)
    (written,) = hand_out.answers
    statements = (_copied_statement(one, hand_out) for one in _as_shown(written))
    said = {f"data_{key}": say(f"ui.take.{key}", language=language) for key in _SCRIPT_WORDS}
    return element(
        "div",
        element("h3", ui_text("take.heading", language)),
        element(
            "div",
            _copy_button(language),
            *_links(FIRST, request, written, language=language),
            _dossier_button(
                request, request_in_words(request, titles_in(answer), language=language), language=language
            ),
            class_="bar",
        ),
        element("p", ui_text("take.also", language), " ", *_others(request, written, language=language), class_="soft"),
        element("template", rich_text(hand_out), data_copies="answer", data_text=plain_text(hand_out)),
        *statements,
        class_="take-away",
        **said,
    )


def _copy_button(language: str) -> str:
    # Without a script nothing can be copied: the button is shown by the script.
    return element("button", ui_text("take.copy", language), type="button", class_="button", data_copy="", hidden="")


def _dossier_button(request: Request, words: str, *, language: str) -> str:
    return element(
        "button",
        ui_text("dossier.add", language),
        type="button",
        class_="button",
        data_to_dossier=request.query,
        data_words=words,
        hidden="",
    )


def _links(endings: Iterable[str], request: Request, answer: HandOutAnswer, *, language: str) -> list[str]:
    offered = (ending for ending in endings if answer.statements or not FORMATS[ending].only_sources)
    return [
        element(
            "a",
            ui_text(f"take.{ending}", language),
            href=file_address([request], ending, language=language),
            class_="button" if ending in FIRST else None,
        )
        for ending in offered
    ]


def _others(request: Request, answer: HandOutAnswer, *, language: str) -> Iterator[str]:
    for place, link in enumerate(_links(OTHERS, request, answer, language=language)):
        yield (" · " if place else "") + link


def _copied_statement(statement: HandOutStatement, hand_out: HandOut) -> str:
    copied = rich_quote(statement, hand_out)
    return element("template", copied, data_copies="statement", data_text=quoted(statement, hand_out))


def _as_shown(answer: HandOutAnswer) -> list[HandOutStatement]:
    """The statements in the order of the page: those that differ stand side by side before the others."""
    differing = differing_of(answer.asked.answer)
    both = list(zip(answer.asked.answer.statements, answer.statements, strict=True))
    return [written for said, written in sorted(both, key=lambda pair: pair[0] not in differing)]
