"""The filters as HTML: a form to choose them in, and what is set as buttons that take it away again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.labels import filter_label
from kb.types import Answer, Filters
from kb.wording import say
from search_ui.markup import element, text, ui_count, ui_text
from search_ui.question.buttons import ask_button
from search_ui.question.choices import Choice, Choices
from search_ui.question.request import LIMITS, LITERAL, VALUES, Request

Titles = Mapping[str, str]  # of documents that are filtered on, by id


def render_filters(choices: Choices, request: Request, titles: Titles, *, language: str) -> str:
    """The form. Its names are those of the address, so that the page's script can read the one from the other."""
    groups = (_group(name, values, titles, language=language) for name, values in choices.values.items() if values)
    years = _years(choices, request.filters, language=language) if choices.years else ""
    box = element("input", type="checkbox", name=LITERAL, value="1", checked=_flag(request.literal))
    literal = element("label", box, element("span", ui_text("filter.literal", language)), class_="literal")
    label = say("ui.filter.none", language=language)
    return element("form", *groups, years, literal, id="filter-form", aria_label=label)


def render_scope(documents: int, left: int, request: Request, titles: Titles, *, language: str) -> str:
    """In how many documents is sought, and the filters that are set, each to be taken away; nothing where there are no
    documents.
    """
    if not documents:
        return ""
    if left == documents:
        scope = text(ui_count("scope", documents, language=language))
    else:
        scope = ui_text("scope.some", language, left=left, number=documents)
    return element("p", scope) + _chips(request, titles, language=language)


def filters_label(filters: Filters, *, language: str) -> str:
    """The word "Filters" with the number that is set, to be seen when they are folded away."""
    number = len(list(_set(filters, {}, language=language)))
    return say(f"ui.filter.{'some' if number else 'none'}", language=language, number=number)


def titles_in(answer: Answer) -> dict[str, str]:
    """The titles of the documents of an answer, by id: those that are filtered on are among them."""
    return {hit.document.id: hit.document.title for hit in answer.hits}


def request_in_words(request: Request, titles: Titles, *, language: str) -> str:
    """The question and its filters, in a row: "Wat is een stage? · advies · vanaf 2018"."""
    labels = (label for _, _, label in _set(request.filters, titles, language=language))
    return " · ".join((request.question or "", *labels))


def filters_in_words(filters: Filters, titles: Titles, *, language: str) -> str:
    """What is set, in a row: "advies; vanaf 2018"; empty where nothing is."""
    return "; ".join(label for _, _, label in _set(filters, titles, language=language))


def _set(filters: Filters, titles: Titles, *, language: str) -> Iterator[tuple[str, str, str]]:
    """The filters that are set: name and value in an address, and how a reader calls it."""
    for name, field in VALUES.items():
        for value in getattr(filters, field):
            yield name, value, filter_label(field, value, titles, language=language)
    for name, field in LIMITS.items():
        if year := getattr(filters, field):
            yield name, str(year), say(f"ui.filter.{name}_year", language=language, year=year)


def _chips(request: Request, titles: Titles, *, language: str) -> str:
    chips = [
        _chip(label, request.without(name, value), language=language)
        for name, value, label in _set(request.filters, titles, language=language)
    ]
    if not chips:
        return ""
    every = ask_button(ui_text("filter.clear", language), request.unfiltered(), looks="button quiet")
    items = (element("li", one) for one in (*chips, every))
    return element("ul", *items, class_="chips", role="list", aria_label=say("ui.filter.set", language=language))


def _chip(label: str, left: Request, *, language: str) -> str:
    cross = element("span", "×", aria_hidden="true")
    return ask_button(
        text(label) + cross, left, looks="chip", label=say("ui.filter.remove", language=language, filter=label)
    )


def _group(name: str, values: tuple[Choice, ...], titles: Titles, *, language: str) -> str:
    labelled = ((choice, filter_label(VALUES[name], choice.value, titles, language=language)) for choice in values)
    boxes = (_box(name, choice, label) for choice, label in labelled)
    legend = element("legend", ui_text(f"filter.{name}", language))
    return element("fieldset", legend, element("div", *boxes, class_="values"))


def _box(name: str, choice: Choice, words: str) -> str:
    box = element("input", type="checkbox", name=name, value=choice.value, checked=_flag(choice.chosen))
    label = element("span", text(words), element("span", f" ({choice.count})", class_="count"))
    return element("label", box, label, class_=None if choice.count or choice.chosen else "none-left")


def _years(choices: Choices, filters: Filters, *, language: str) -> str:
    fields = (
        element(
            "label",
            element("span", ui_text(f"filter.{name}", language)),
            element("select", *_options(choices, getattr(filters, field), language=language), name=name),
        )
        for name, field in LIMITS.items()
    )
    return element("fieldset", element("legend", ui_text("filter.years", language)), *fields, class_="field years")


def _options(choices: Choices, chosen: int | None, *, language: str) -> Iterator[str]:
    yield element("option", ui_text("filter.any_year", language), value="", selected=_flag(not chosen))
    for year, count in choices.years:
        yield element("option", f"{year} ({count})", value=year, selected=_flag(year == chosen))


def _flag(holds: object) -> str | None:
    return "" if holds else None
