"""The pages that ask before something is changed: removal, and a new version of a document."""

from __future__ import annotations

from kb.types import DocumentCard
from kb.wording import say
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address
from search_ui.library.pieces import crumbs, file_field, lib, library_page, problem_box
from search_ui.library.sources import came_from_a_folder
from search_ui.markup import element, text, ui_count


def render_remove_page(card: DocumentCard, *, versions: int, language: str, problem: str | None = None) -> str:
    """Whether this document should really go, and what goes with it."""
    back = library_address(Leaf.DOCUMENT, language, key=card.key)
    button = element("button", lib("remove.confirm", language), type="submit", class_="button danger")
    form = element(
        "form",
        element("p", button, element("a", lib("remove.cancel", language), href=back), class_="bar"),
        method="post",
        action=library_address(Leaf.REMOVE, language, key=card.key),
    )
    what = ui_count("library.remove.versions", versions, language=language)
    return _page(
        card,
        say("ui.library.remove.title", language=language, title=card.title),
        element("p", lib("remove.text", language, file=card.file_name), " ", text(what)),
        element("p", element("strong", lib("remove.for_ever", language)), " ", lib("remove.instead", language)),
        form,
        leaf=Leaf.REMOVE,
        language=language,
        problem=problem,
    )


def render_new_version_page(card: DocumentCard, source: str, *, language: str, problem: str | None = None) -> str:
    """Choose the file that takes the place of the one that was read."""
    back = library_address(Leaf.DOCUMENT, language, key=card.key)
    field = file_field("bestand", say("ui.library.new_version.file", language=language), language, required="")
    button = element("button", lib("new_version.confirm", language), type="submit", class_="button primary")
    form = element(
        "form",
        field,
        element("p", button, element("a", lib("remove.cancel", language), href=back), class_="bar"),
        method="post",
        enctype="multipart/form-data",
        action=library_address(Leaf.NEW_VERSION, language, key=card.key),
    )
    returns = (
        element("p", lib("new_version.from_folder", language, source=source), class_="note warning")
        if came_from_a_folder(source)
        else ""
    )
    return _page(
        card,
        say("ui.library.new_version.title", language=language, title=card.title),
        element("p", lib("new_version.text", language, file=card.file_name)),
        returns,
        form,
        leaf=Leaf.NEW_VERSION,
        language=language,
        problem=problem,
    )


def _page(card: DocumentCard, title: str, *parts: str, leaf: Leaf, language: str, problem: str | None) -> str:
    return library_page(
        title,
        crumbs(language, (card.title, library_address(Leaf.DOCUMENT, language, key=card.key))),
        element("h1", text(title)),
        problem_box(problem, language=language) if problem else "",
        *parts,
        language=language,
        elsewhere=library_address(leaf, other_language(language), key=card.key),
    )
