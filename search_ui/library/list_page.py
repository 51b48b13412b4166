"""The page with all documents: search, filters, the table, and the files that were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.labels import document_language, long_date, number_label, succession_label, value_label
from kb.set_aside import SetAside
from kb.wording import say
from search_ui.accounts.visitor import offers_changes
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address
from search_ui.library.listing import FILTERS, SORTS, Condition, Entry, Listed, Wish, counts, page_count, parameter
from search_ui.library.pieces import (
    add_link,
    button_form,
    counted,
    done_message,
    lib,
    library_page,
    nothing_yet,
    select,
)
from search_ui.markup import element, text, ui_count

COLUMNS = ("title", "publisher", "date", "kind", "pages", "passages", "condition")
NUMBERS = ("pages", "passages")
MOST_SHOWN = 3  # of the files that were set aside, before they are folded away


def render_list_page(
    shown: Listed, entries: Sequence[Entry], set_aside: Sequence[SetAside], *, language: str, done: str | None = None
) -> str:
    """The whole page."""
    title = say("ui.menu.library", language=language)
    documents = (
        (_search_form(shown.wish, entries, language=language), _results(shown, language=language))
        if entries
        else (nothing_yet(language),)
    )
    return library_page(
        title,
        element("h1", text(title)),
        done_message(done, language=language),
        _actions(language) if entries else "",
        _set_aside(set_aside, language=language),
        *documents,
        language=language,
        elsewhere=library_address(Leaf.LIST, other_language(language), query=shown.wish.query),
    )


def _actions(language: str) -> str:
    picture = element("a", lib("picture.title", language), href=library_address(Leaf.PICTURE, language))
    return element("p", add_link(language), picture, class_="bar")


# --- search and filters ----------------------------------------------------------------------------


def _search_form(wish: Wish, entries: Sequence[Entry], *, language: str) -> str:
    search = element(
        "div",
        element("label", lib("search", language), for_="zoek"),
        element("input", type="search", name=parameter("search"), id="zoek", value=wish.search, maxlength=200),
        class_="field",
    )
    narrow = (_filter(name, wish, entries, language=language) for name in FILTERS)
    submit = element("button", lib("search_button", language), type="submit", class_="button primary")
    clear = element("a", lib("clear", language), href=library_address(Leaf.LIST, language)) if wish.is_narrow else ""
    return element(
        "form",
        element("div", search, submit, class_="seek"),
        element(
            "details",
            element("summary", _filter_label(wish, language=language)),
            element("div", *narrow, _order(wish, language=language), class_="fields"),
            open="" if _chosen(wish) else None,
        ),
        element("p", clear, class_="bar") if clear else "",
        method="get",
        action=library_address(Leaf.LIST, language),
        role="search",
        aria_label=say("ui.library.search_label", language=language),
    )


def _chosen(wish: Wish) -> int:
    return sum(bool(getattr(wish, name)) for name in FILTERS)


def _filter_label(wish: Wish, *, language: str) -> str:
    number = _chosen(wish)
    return lib("filters_some", language, number=number) if number else lib("filters", language)


def _filter(name: str, wish: Wish, entries: Sequence[Entry], *, language: str) -> str:
    """A filter with the values that documents have; nothing where there are none, and none was asked for."""
    known, chosen = dict(counts(entries, name)), getattr(wish, name)
    if chosen:
        known.setdefault(chosen, 0)
    if not known:
        return ""
    every = [("", say("ui.library.any", language=language))]
    choices = [(value, f"{_value_label(name, value, language=language)} ({count})") for value, count in known.items()]
    label = say(f"ui.library.filter.{name}", language=language)
    return select(parameter(name), label, every + choices, chosen=chosen, id_=f"filter-{name}")


def _value_label(name: str, value: str, *, language: str) -> str:
    if name == "condition" and value in set(Condition):
        return say(f"ui.library.condition.{value}", language=language)
    return value_label("education_level" if name == "level" else name, value, language=language)


def _order(wish: Wish, *, language: str) -> str:
    columns = [(name, say(f"ui.library.column.{name}", language=language)) for name in SORTS]
    ways = [(value, say(f"ui.library.order.{name}", language=language)) for value, name in (("", "up"), ("1", "down"))]
    by = select(parameter("sort"), say("ui.library.order.by", language=language), columns, chosen=wish.sort, id_="sort")
    descending = select(
        parameter("descending"),
        say("ui.library.order.way", language=language),
        ways,
        chosen="1" if wish.descending else "",
        id_="way",
    )
    return by + descending


# --- the table -------------------------------------------------------------------------------------


def _results(shown: Listed, *, language: str) -> str:
    key = "library.found" if shown.wish.is_narrow else "library.all"
    heading = element("h2", text(counted(key, shown.found, language=language)))
    if not shown.entries:
        return element("section", heading, element("p", lib("none_found", language)), class_="results")
    return element(
        "section", heading, _table(shown, language=language), _pages(shown, language=language), class_="results"
    )


def _table(shown: Listed, *, language: str) -> str:
    head = (_column(name, shown.wish, language=language) for name in COLUMNS)
    body = (_row(entry, language=language) for entry in shown.entries)
    return element(
        "table",
        element("caption", lib("caption", language), class_="for-ears"),
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        class_="list cards documents",
        role="table",
    )


def _column(name: str, wish: Wish, *, language: str) -> str:
    """A header; a link that sorts where one can sort by it, the other way round where the list already is."""
    label = lib(f"column.{name}", language)
    style = "number" if name in NUMBERS else None
    if name not in SORTS:
        return element("th", label, scope="col", role="columnheader", class_=style)
    sorted_by = wish.sort == name
    turned = replace(wish, sort=name, descending=sorted_by and not wish.descending, page=1)
    link = element("a", label, href=library_address(Leaf.LIST, language, query=turned.query))
    order = ("descending" if wish.descending else "ascending") if sorted_by else None
    return element("th", link, scope="col", role="columnheader", aria_sort=order, class_=style)


def _row(entry: Entry, *, language: str) -> str:
    card, info = entry.card, entry.card.info
    pages = page_count(card)
    cells = {
        "publisher": text(info.publisher or ""),
        "date": text(long_date(info.date, language=language)) if info.date else "",
        "kind": text(value_label("kind", info.kind, language=language)) if info.kind else "",
        "pages": number_label(pages, language=language) if pages is not None else "",
        "passages": number_label(card.passage_count, language=language),
        "condition": _condition(entry, language=language),
    }
    title = element("cite", text(card.title), lang=document_language(card, language=language))
    link = element("a", title, href=library_address(Leaf.DOCUMENT, language, key=card.key))
    file_name = element("span", text(card.file_name), class_="file") if card.file_name != card.title else ""
    header = element("th", link, file_name, scope="row", role="rowheader")
    data = (
        element(
            "td",
            cell,
            role="cell",
            class_="number" if name in NUMBERS else None,
            data_label=say(f"ui.library.column.{name}", language=language),
        )
        for name, cell in cells.items()
    )
    return element("tr", header, *data, role="row", class_=entry.condition.value)


def _condition(entry: Entry, *, language: str) -> str:
    label = element("span", lib(f"condition.{entry.condition}", language), class_=f"badge {entry.condition}")
    if entry.succession is None or entry.successor is None or entry.condition is not Condition.REPLACED:
        return label
    by = succession_label(entry.successor, entry.succession, language=language)
    address = library_address(Leaf.DOCUMENT, language, key=entry.successor.key)
    return element("span", element("a", text(by), href=address), class_=f"badge {entry.condition}")


def _pages(shown: Listed, *, language: str) -> str:
    if shown.pages == 1:
        return ""
    place = element("span", lib("page_of", language, page=shown.wish.page, pages=shown.pages), aria_current="page")
    links = [
        element(
            "a",
            lib(name, language),
            href=library_address(Leaf.LIST, language, query=replace(shown.wish, page=page).query),
            rel=rel,
        )
        if 1 <= page <= shown.pages
        else ""
        for name, page, rel in (
            ("previous", shown.wish.page - 1, "prev"),
            ("next", shown.wish.page + 1, "next"),
        )
    ]
    label = say("ui.library.pages_label", language=language)
    return element("nav", links[0], place, links[1], class_="pages", aria_label=label)


# --- files that were set aside ---------------------------------------------------------------------


def _set_aside(files: Sequence[SetAside], *, language: str) -> str:
    """The files that could not be read, each with why and what to do."""
    if not files:
        return ""
    items = (_file(file, language=language) for file in files)
    listed = element("ul", *items, role="list")
    fold = element("summary", lib("set_aside.show", language))
    return element(
        "section",
        element("h2", text(ui_count("library.set_aside", len(files), language=language))),
        element("p", lib("set_aside.text" if offers_changes() else "set_aside.reader", language)),
        listed if len(files) <= MOST_SHOWN else element("details", fold, listed),
        class_="set-aside",
    )


def _file(file: SetAside, *, language: str) -> str:
    reason = say(f"reasons.{file.reason}", language=language, detail=file.detail)
    date = long_date(file.at.astimezone().date().isoformat(), language=language)
    dismiss = button_form(
        library_address(Leaf.DISMISS, language),
        say("ui.library.set_aside.dismiss", language=language),
        hidden=[("source", file.source)],
        style="button quiet",
    )
    name = element("strong", text(file.file_name))
    return element(
        "li",
        element("p", name, ": ", text(reason)),
        element("p", text(date), class_="soft"),
        dismiss if offers_changes() else "",
        class_="card",
    )
