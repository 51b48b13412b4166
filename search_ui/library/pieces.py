"""Pieces that several pages of the library are made of: forms, buttons, tables, messages, crumbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from fastapi.responses import HTMLResponse

from kb.errors import KnowledgeBaseError
from kb.labels import number_label
from kb.wording import say, texts
from search_ui.accounts.visitor import offers_changes
from search_ui.addresses import Place
from search_ui.frame import render_page
from search_ui.library.addresses import Leaf, library_address
from search_ui.markup import element, sentence, text, ui_text

SCRIPT = "library.js"
FILES = "bestanden"  # what a form calls the files that it sends
MESSAGE = "melding"  # the parameter of an address that names what was done


class Done(StrEnum):
    """What was just done; its value names its text in ``ui.library.done``."""

    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    REMOVED = "removed"
    DISMISSED = "dismissed"


def library_page(title: str, *parts: str, language: str, elsewhere: str | None = None) -> str:
    """A page of the library around its parts; ``elsewhere`` is its address in the other language."""
    main = element("div", *parts, class_="library")
    return render_page(title, main, place=Place.LIBRARY, language=language, scripts=(SCRIPT,), elsewhere=elsewhere)


def lib(key: str, language: str, **values: object) -> str:
    """A text of the library, escaped."""
    return ui_text(f"library.{key}", language, **values)


def counted(key: str, number: int, *, language: str) -> str:
    """A text with a number in it, in its singular or plural form, the number as people write it."""
    form = "one" if number == 1 else "many"
    return say(f"ui.{key}.{form}", language=language, number=number_label(number, language=language))


def add_link(language: str) -> str:
    """The way to add documents, for who may."""
    if not offers_changes():
        return ""
    return element("a", lib("add.link", language), href=library_address(Leaf.ADD, language), class_="button primary")


def nothing_yet(language: str) -> str:
    """What stands on a page of the library that has no documents: how to add some, or who can."""
    add = add_link(language)
    words = element("p", lib("empty.text" if add else "empty.reader", language))
    heading = element("h2", lib("empty.heading", language))
    return element("section", heading, words, element("p", add, class_="bar") if add else "", class_="empty")


def done_message(name: str | None, *, language: str) -> str:
    """What was just done, said once at the top. An unknown name says nothing."""
    if name not in set(Done):
        return ""
    return element("p", lib(f"done.{name}", language), class_="note info", role="status", tabindex=-1, data_focus="")


def problem_box(error: KnowledgeBaseError | str, *, language: str) -> str:
    """What went wrong, in words, at the top of the page."""
    words = error if isinstance(error, str) else error_words(error, language=language)
    heading = element("h2", lib("problem", language))
    return alert(heading, element("p", text(sentence(words))))


def alert(*parts: str) -> str:
    """A box that is read out and focused at once."""
    return element("div", *parts, class_="note error", role="alert", tabindex=-1, data_focus="")


def error_words(error: KnowledgeBaseError, *, language: str) -> str:
    """An error as this page says it: where the command line would name a command, in words of its own."""
    own = f"ui.library.errors.{error.key}"
    known = texts(language)
    return say(own if own in known else f"errors.{error.key}", language=language, **error.values)


def crumbs(language: str, *further: tuple[str, str]) -> str:
    """The way back: the library, then pages above this one as label and address."""
    pages = [(say("ui.menu.library", language=language), library_address(Leaf.LIST, language)), *further]
    items = (element("li", element("a", text(label), href=address)) for label, address in pages)
    return element(
        "nav", element("ol", *items), class_="crumbs", aria_label=say("ui.library.crumbs", language=language)
    )


def button_form(address: str, label: str, *, hidden: Iterable[tuple[str, str]] = (), style: str = "button") -> str:
    """A button that changes something: a form of its own."""
    fields = (element("input", type="hidden", name=name, value=value) for name, value in hidden)
    button = element("button", text(label), type="submit", class_=style)
    return element("form", *fields, button, method="post", action=address)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, style: str = "list cards") -> str:
    """A table of cells that are HTML; on a narrow screen each row is a card, so cells carry their column's name.

    The roles keep it a table for screen readers where the style makes it blocks.
    """
    head = (element("th", text(label), scope="col", role="columnheader") for label in columns)
    body = (_row(columns, cells) for cells in rows)
    return element(
        "table",
        element("caption", text(caption), class_="for-ears"),
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        class_=style,
        role="table",
    )


def _row(columns: Sequence[str], cells: Sequence[str]) -> str:
    first, *others = cells
    header = element("th", first, scope="row", role="rowheader", data_label=columns[0])
    data = (element("td", cell, role="cell", data_label=label) for label, cell in zip(columns[1:], others, strict=True))
    return element("tr", header, *data, role="row")


def select(name: str, label: str, choices: Iterable[tuple[str, str]], *, chosen: str, id_: str) -> str:
    """A labelled field to choose one of some values: value and label of each."""
    options = (
        element("option", text(words), value=value, selected="" if value == chosen else None)
        for value, words in choices
    )
    return element(
        "div", element("label", text(label), for_=id_), element("select", *options, name=name, id=id_), class_="field"
    )


def file_field(id_: str, label: str, language: str, **attributes: str | None) -> str:
    """A button to choose files with, and what was chosen: in our words, where the browser's own are in its language."""
    none = say("ui.library.picked.none", language=language)
    return element(
        "div",
        element("input", type="file", name=FILES, id=id_, **attributes),
        element("label", text(label), for_=id_, class_="button"),
        element(
            "span",
            text(none),
            class_="picked",
            data_none=none,
            data_many=say("ui.library.picked.many", language=language, number="#"),
        ),
        class_="field file",
    )


def gone_page(language: str) -> HTMLResponse:
    """The page of a document that is not there (any more)."""
    title = say("ui.library.gone.heading", language=language)
    words = element("p", lib("gone.text", language))
    page = library_page(title, crumbs(language), element("h1", text(title)), words, language=language)
    return HTMLResponse(page, status_code=404)
