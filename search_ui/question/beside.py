"""What stands on the page beside a question: heading, examples, what was asked before, what to do without documents."""

from __future__ import annotations

from collections.abc import Sequence

from search_ui.accounts.visitor import offers_changes
from search_ui.library.addresses import Leaf, library_address
from search_ui.markup import element, text, ui_text
from search_ui.question.buttons import ask_button
from search_ui.question.request import Request


def render_heading(*, language: str) -> str:
    """The heading of the page and, until there is an answer, what to expect."""
    marked = element("mark", ui_text("lead.marked", language))
    lead = element("p", ui_text("lead.before", language), " ", marked, ui_text("lead.after", language), class_="lead")
    return element("h1", ui_text("question_heading", language)) + lead


def render_examples(questions: Sequence[str], *, language: str) -> str:
    """Questions to which the documents have an answer, each to be asked with one press."""
    if not questions:
        return ""
    items = (element("li", ask_button(text(question), Request(question))) for question in questions)
    heading = element("h2", ui_text("examples.heading", language))
    return element("section", heading, element("ul", *items, role="list"))


def render_history(*, language: str) -> str:
    """The place for what was asked before. The page's script fills it from this browser's own store; the server never
    sees it.
    """
    entry = element(
        "li",
        element("button", type="button", class_="button again"),
        element("button", ui_text("history.erase", language), type="button", class_="button quiet erase"),
    )
    keep = element("input", type="checkbox", class_="keep")
    heading = element("h2", ui_text("history.heading", language), element("span", class_="count"))
    return element(
        "section",
        element(
            "details",
            element("summary", heading),
            element("p", ui_text("history.where", language), class_="where"),
            element("p", ui_text("history.empty", language), class_="empty"),
            element("ul", role="list"),
            element("button", ui_text("history.erase_all", language), type="button", class_="button erase-all"),
            element("label", keep, element("span", ui_text("history.keep", language))),
        ),
        element("template", entry),
    )


def render_no_documents(*, language: str) -> str:
    """What to do when there is nothing to search yet."""
    heading = element("h2", ui_text("no_documents.heading", language))
    if not offers_changes():
        return element("section", heading, element("p", ui_text("no_documents.reader", language)), class_="answer")
    address = library_address(Leaf.ADD, language)
    add = element("a", ui_text("library.add.link", language), href=address, class_="button primary")
    return element(
        "section",
        heading,
        element("p", ui_text("no_documents.text", language)),
        element("p", add, class_="bar"),
        element("p", ui_text("no_documents.or", language)),
        element("pre", element("code", ui_text("no_documents.command", language))),
        element("p", ui_text("no_documents.after", language)),
        class_="answer",
    )
