"""What stands around every page: the way past the menu, the menu itself, the other language, the foot."""

from __future__ import annotations

from importlib.metadata import version

from kb.wording import say
from search_ui.accounts.addresses import LOGOUT
from search_ui.accounts.visitor import Visitor, current_visitor
from search_ui.addresses import Place, address_of, other_language
from search_ui.markup import element, hidden, text, ui_text

STATIC = "/static/bronvast"
LOOKS = (f"{STATIC}/style.css", f"{STATIC}/literata.woff2", f"{STATIC}/mark.svg")  # what every page looks like by
CONTENT = "inhoud"  # the id of what the menu is skipped for
GROUNDS = {"light": "#f6f3ec", "dark": "#141819"}  # --ground of the stylesheet, for the browser's own frame

MENU = (Place.QUESTION, Place.LIBRARY, Place.TERMS, Place.GUIDE)


def render_page(
    title: str,
    main: str,
    *,
    place: Place | None,
    language: str,
    scripts: tuple[str, ...] = (),
    elsewhere: str | None = None,
) -> str:
    """A whole page of ours. ``main`` is the HTML of its content; ``scripts`` are files of ``static/``.

    ``place`` is its entry in the menu; None for a page that has none. ``elsewhere`` is the address of the same page in
    the other language, where that is not simply the menu's.
    """
    head = element(
        "head",
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", text(f"{title} – {say('ui.title', language=language)}")),
        render_looks(),
        *(element("script", src=f"{STATIC}/{script}?{version('bronvast')}", defer="") for script in scripts),
    )
    body = element(
        "body",
        render_top(place=place, language=language, elsewhere=elsewhere),
        element("main", main, id=CONTENT, tabindex=-1),
        render_foot(language=language),
        class_="ours",
    )
    return "<!doctype html>" + element("html", head, body, lang=language)


def render_looks() -> str:
    """What the head of every page says of its looks: icon, stylesheet, and that it knows light and dark."""
    colours = (
        f'<meta name="theme-color" content="{colour}" media="(prefers-color-scheme: {scheme})">'
        for scheme, colour in GROUNDS.items()
    )
    return "".join(
        (
            '<meta name="color-scheme" content="light dark">',
            *colours,
            f'<link rel="icon" href="{STATIC}/mark.svg" type="image/svg+xml">',
            f'<link rel="preload" href="{STATIC}/literata.woff2" as="font" type="font/woff2" crossorigin>',
            f'<link rel="stylesheet" href="{STATIC}/style.css?{version("bronvast")}">',
        )
    )


def render_top(*, place: Place | None, language: str, elsewhere: str | None = None) -> str:
    """The skip link and the masthead with the menu and the switch of language."""
    skip = element("a", ui_text("skip", language), href=f"#{CONTENT}", class_="skip")
    name = element("a", ui_text("title", language), href=address_of(Place.QUESTION, language), class_="name")
    visitor = current_visitor()
    menu = _menu(place, language=language) if visitor else ""
    parts = (name, menu, _language_link(place, elsewhere, language=language), _who(visitor, language=language))
    return skip + element("header", *parts, class_="masthead")


def render_foot(*, language: str) -> str:
    """The foot of a page: the promise in one line."""
    return element("footer", element("p", ui_text("tagline", language)), class_="foot")


def _menu(place: Place | None, *, language: str) -> str:
    items = (element("li", _menu_link(entry, place, language=language)) for entry in MENU)
    return element("nav", element("ul", *items), aria_label=say("ui.menu.label", language=language))


def _who(visitor: Visitor | None, *, language: str) -> str:
    """The name of whoever is there, and the way out; nothing where nobody is asked for a name."""
    if visitor is None or not visitor.name:
        return ""
    label = hidden(say("ui.accounts.who", language=language) + " ")
    name = element("span", label, text(visitor.name), class_="who")
    if not visitor.can_leave:
        return element("p", name, class_="visitor")
    button = element("button", ui_text("accounts.leave", language), type="submit")
    return element("form", name, button, method="post", action=LOGOUT[language], class_="visitor")


def _menu_link(entry: Place, current: Place | None, *, language: str) -> str:
    return element(
        "a",
        ui_text(f"menu.{entry}", language),
        href=address_of(entry, language),
        aria_current="page" if entry is current else None,
    )


def _language_link(place: Place | None, elsewhere: str | None, *, language: str) -> str:
    """The same page in the other language."""
    other = other_language(language)
    address = elsewhere or address_of(place or Place.QUESTION, other)
    link = element("a", ui_text("other_language", language), href=address, lang=other, hreflang=other)
    return element("p", link, class_="language")
