"""The page with all terms: to search, to jump by letter, and to say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.glossary.types import Term
from kb.wording import say
from search_ui.accounts.visitor import offers_changes
from search_ui.addresses import Place, other_language
from search_ui.frame import render_page
from search_ui.markup import element, hidden, text, ui_count, ui_text
from search_ui.source.page import render_script
from search_ui.terms.addresses import Leaf, terms_address
from search_ui.terms.listing import EVERY, Shown, Wish, by_letter, chosen_letter, is_short, wanted
from search_ui.terms.meanings import render_meanings

DONE = ("kept", "hidden", "restored")  # what may have been done just before


def render_list_page(terms: Sequence[Term], wish: Wish, *, language: str, done: str = "") -> str:
    """The whole page; ``done`` says what was just done."""
    shown = wanted(terms, wish)
    letters = by_letter(shown)
    only = chosen_letter(letters, wish)
    sections = (
        _under_letter(letter, under, language=language) for letter, under in letters.items() if only in (None, letter)
    )
    main = element(
        "div",
        element("h1", ui_text("terms.heading", language)),
        element("p", ui_text("terms.intro", language)),
        element("p", ui_text(f"terms.done.{done}", language), class_="note info", role="status")
        if done in DONE
        else "",
        _search_form(wish, language=language),
        _actions(wish, language=language),
        element("p", text(ui_count("terms.count", len(shown), language=language)), class_="soft"),
        _letter_links(letters, wish, only, language=language),
        _on_paper(only, language=language),
        *sections,
        _letters_beside(letters, wish, only, language=language),
        "" if shown else _none_found(language),
        render_script(language),
        class_="terms",
    )
    title = say("ui.terms.heading", language=language)
    elsewhere = terms_address(Leaf.LIST, other_language(language), **wish.values, letter=wish.letter)
    return render_page(title, main, place=Place.TERMS, language=language, elsewhere=elsewhere)


def _none_found(language: str) -> str:
    key = "terms.none" if offers_changes() else "terms.none_reader"
    return element("p", ui_text(key, language), class_="note info")


def _search_form(wish: Wish, *, language: str) -> str:
    label = element("label", ui_text("terms.search", language), for_="zoek")
    field = element("input", type="search", name="zoek", id="zoek", value=wish.query, maxlength=100)
    kind = element("label", ui_text("terms.field.kind", language), for_="soort")
    options = (_option(one, wish, language=language) for one in Shown)
    choice = element("select", *options, name="soort", id="soort")
    button = element("button", ui_text("terms.find", language), type="submit", class_="button primary")
    return element(
        "form",
        element("div", label, field, class_="field"),
        element("div", kind, choice, class_="field"),
        button,
        method="get",
        action=terms_address(Leaf.LIST, language),
        role="search",
        class_="find",
    )


def _option(shown: Shown, wish: Wish, *, language: str) -> str:
    label = ui_text(f"terms.shown.{shown.name.lower()}", language)
    return element("option", label, value=shown.value, selected="" if shown is wish.shown else None)


def _actions(wish: Wish, *, language: str) -> str:
    add = element("a", ui_text("terms.add", language), href=terms_address(Leaf.EDIT, language), class_="button")
    table = terms_address(Leaf.TABLE, language, **wish.values)
    save = element("a", ui_text("terms.table", language), href=table, class_="button quiet", download="")
    return element("p", add if offers_changes() else "", save, class_="bar")


def _letter_links(letters: Mapping[str, Sequence[Term]], wish: Wish, only: str | None, *, language: str) -> str:
    if len(letters) == 1 or not letters:
        return ""
    items = [element("li", _letter_link(letter, wish, only, language=language)) for letter in letters]
    if not is_short(letters):
        items.append(element("li", _every_link(wish, only, language=language)))
    return element(
        "nav", element("ul", *items), class_="letters", aria_label=say("ui.terms.letters", language=language)
    )


def _every_link(wish: Wish, only: str | None, *, language: str) -> str:
    said, address = ui_text("terms.every", language), _letter_address(EVERY, wish, language)
    return element("a", said, href=address, aria_current="true" if only is None else None)


def _on_paper(only: str | None, *, language: str) -> str:
    """What is missing from this page when it is printed."""
    return element("p", ui_text("terms.on_paper", language, letter=only), class_="on-paper") if only else ""


def _letter_link(letter: str, wish: Wish, only: str | None, *, language: str) -> str:
    if only is None:
        return element("a", text(letter), href=f"#letter-{letter}")
    address = _letter_address(letter, wish, language)
    return element("a", text(letter), href=address, aria_current="true" if letter == only else None)


def _letters_beside(letters: Mapping[str, Sequence[Term]], wish: Wish, only: str | None, *, language: str) -> str:
    """The ways to the letter before and after, where one is shown at a time."""
    if only is None:
        return ""
    known = list(letters)
    place = known.index(only)
    links = [
        element(
            "a", ui_text(f"terms.{name}_letter", language, letter=letter), href=_letter_address(letter, wish, language)
        )
        for name, letter in (
            *(("previous", one) for one in known[max(place - 1, 0) : place]),
            *(("next", one) for one in known[place + 1 : place + 2]),
        )
    ]
    label = say("ui.terms.other_letters", language=language)
    return element("nav", *links, class_="bar", aria_label=label)


def _letter_address(letter: str, wish: Wish, language: str) -> str:
    return terms_address(Leaf.LIST, language, **wish.values, letter=letter)


def _under_letter(letter: str, terms: Sequence[Term], *, language: str) -> str:
    heading = element("h2", text(letter), id=f"letter-{letter}")
    return element("section", heading, *(_term(term, language=language) for term in terms))


def _term(term: Term, *, language: str) -> str:
    badges = [element("span", ui_text(f"terms.kinds.{term.kind}", language), class_="badge")]
    if term.told_by_person:
        badges.append(element("span", ui_text("terms.own", language), class_="badge ready"))
    if term.documents:
        badges.append(element("span", text(ui_count("sources", len(term.documents), language=language)), class_="soft"))
    return element(
        "article",
        element("header", element("h3", text(term.name)), *badges),
        render_meanings(term, language=language),
        _term_actions(term, language=language),
        class_="term",
    )


def _term_actions(term: Term, *, language: str) -> str:
    if not offers_changes():
        return ""
    address = terms_address(Leaf.EDIT, language, naam=term.name)
    label = ui_text("terms.edit", language) + hidden(f" ({term.name})")
    edit = element("a", label, href=address, class_="button quiet")
    if term.hidden:
        leaf, key = Leaf.FORGET, "unhide"
    else:
        leaf, key = (Leaf.FORGET, "forget") if term.told_by_person else (Leaf.HIDE, "hide")
    field = element("input", type="hidden", name="naam", value=term.name)
    words = ui_text(f"terms.{key}", language) + hidden(f" ({term.name})")
    button = element("button", words, type="submit", class_="button quiet")
    form = element("form", field, button, method="post", action=terms_address(leaf, language))
    return element("div", edit, form, class_="bar")
