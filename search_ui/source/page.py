"""A source to read: its text beside the picture of its page. The page's script shows the same in a dialog."""

from __future__ import annotations

from importlib.metadata import version

from ingest.types import TextSource
from kb.labels import document_language, origin, page_labels, section_path
from kb.types import State
from kb.wording import say
from search_ui.addresses import Place, address_of
from search_ui.frame import STATIC, render_page
from search_ui.markup import element, joined, sentence, text, ui_text
from search_ui.source.addresses import document_address, original_address, source_address
from search_ui.source.picture_pane import render_pane
from search_ui.source.pictures import Pictures
from search_ui.source.quotation import quotation_of
from search_ui.source.text_pane import render_text, where
from search_ui.source.view import View

_SCRIPT_WORDS = ("close", "failed", "trouble")


def render_source_page(
    view: View, pictures: Pictures | None, *, is_whole: bool, language: str, elsewhere: str | None = None
) -> str:
    """The whole page. ``pictures`` are what is known of them by now, and ``is_whole`` says whether that is all;
    ``elsewhere`` is its address in the other language.
    """
    main = element(
        "article",
        _header(view, language=language),
        _tools(view, language=language),
        element(
            "div",
            _text_pane(view, language=language),
            render_pane(view, pictures, is_whole=is_whole, language=language),
            class_="panes",
        ),
        class_="reading viewer",
    )
    main += render_script(language)
    return render_page(view.card.title, main, place=None, language=language, elsewhere=elsewhere)


def render_picture_page(view: View, pictures: Pictures, *, language: str, elsewhere: str | None = None) -> str:
    """The pictures alone, as a page: what the script puts into the pane, and what is opened without it."""
    pane = render_pane(view, pictures, is_whole=True, language=language)
    main = element("article", _header(view, language=language), pane, class_="reading viewer")
    return render_page(view.card.title, main, place=None, language=language, elsewhere=elsewhere)


def render_message_page(message: str, *, language: str, elsewhere: str | None = None) -> str:
    """A page with one line, for what cannot be shown, and the ways on."""
    message = sentence(message)
    heading = element("header", element("h1", text(message), tabindex=-1))
    ways = (
        element("a", ui_text(f"viewer.to_{place}", language), href=address_of(place, language))
        for place in (Place.QUESTION, Place.LIBRARY)
    )
    main = element("article", heading, element("p", *ways, class_="bar"), class_="reading")
    return render_page(message, main, place=None, language=language, elsewhere=elsewhere)


def render_script(language: str) -> str:
    """The script that opens every link with ``data-source`` in a dialog, with the words that it says itself."""
    words = {f"data_{key}": say(f"ui.script.{key}", language=language) for key in _SCRIPT_WORDS}
    return element("script", src=f"{STATIC}/source.js?{version('bronvast')}", defer="", **words)


def _header(view: View, *, language: str) -> str:
    title = element("cite", text(view.card.title), lang=document_language(view.card, language=language))
    return element(
        "header",
        element("h1", title, tabindex=-1),
        element("p", joined(_provenance(view, language=language)), class_="provenance"),
        _state(view, language=language),
    )


def _provenance(view: View, *, language: str) -> list[str]:
    """Publisher, kind, date; page and section of what is quoted, or what there is to know of the page."""
    said = [*origin(view.card, language=language)]
    if view.stored is None:
        return said + _remarks(view, language=language)
    path = [f"“{' › '.join(headings)}”"] if (headings := section_path(view.stored)) else []
    return [*said, *page_labels(view.card, view.pointed_at, language=language), *path]


def _remarks(view: View, *, language: str) -> list[str]:
    pages = [part.page for part in view.shown]
    remarks = {
        "inferred": any(page.inferred for page in pages),
        "recognised": any(page.source is TextSource.OCR for page in pages),
    }
    return [say(f"labels.{name}", language=language) for name, holds in remarks.items() if holds]


def _state(view: View, *, language: str) -> str:
    """That the document was withdrawn or that another takes its place, with the way there."""
    if view.card.state is State.WITHDRAWN:
        return element("p", ui_text("viewer.withdrawn", language), class_="note warning")
    newer = view.newer
    if newer is None:
        return element("p", ui_text("replaced", language), class_="note warning") if view.card.replaced else ""
    message = text(f"{newer.label[:1].upper()}{newer.label[1:]}.") if newer.label else ui_text("replaced", language)
    address = document_address(newer.card.key, language=language)
    link = element("a", ui_text("viewer.open_newer", language), href=address, data_source="")
    return element("p", message, " ", link, class_="note warning")


def _text_pane(view: View, *, language: str) -> str:
    body = element(
        "div",
        render_text(view, language=language),
        class_="verbatim",
        lang=document_language(view.card, language=language),
    )
    # It scrolls, so the keyboard must reach it.
    return element("section", body, class_="text", tabindex=0, aria_label=say("ui.viewer.text", language=language))


# --- what can be done with it ----------------------------------------------------------------------


def _tools(view: View, *, language: str) -> str:
    return element(
        "div",
        _turning(view, language=language),
        element(
            "p",
            _copy_button(view, language=language),
            _original_link(view, language=language),
            _zoom_button(language),
            class_="actions",
        ),
        element("p", class_="said", role="status"),
        class_="tools",
    )


def _turning(view: View, *, language: str) -> str:
    """The ways to the page before and after, and back to the passage."""
    links = [_turn("previous", view, view.first, language=language)] if view.first > 0 else []
    links.append(element("span", where(view, view.first, view.last, language=language), class_="where"))
    if view.last + 1 < len(view.parts):
        links.append(_turn("next", view, view.last + 2, language=language))
    if view.stored and not view.in_view:
        links.append(_turn("to_passage", view, None, language=language))
    return element("nav", *links, class_="turning", aria_label=say("ui.viewer.browse", language=language))


def _turn(name: str, view: View, part: int | None, *, language: str) -> str:
    if view.stored:
        address = source_address(view.stored, view.quotes, language=language, part=part)
    else:
        address = document_address(view.card.key, language=language, part=part)
    keys = {"previous": "ArrowLeft", "next": "ArrowRight"}.get(name)
    said = ui_text(f"viewer.{name}", language)
    return element("a", said, href=address, class_=f"button quiet {name}", data_turn=name, aria_keyshortcuts=keys)


def _copy_button(view: View, *, language: str) -> str:
    if view.stored is None:
        return ""
    quotation = quotation_of(view.stored, view.pointed_at, language=language)
    return element(
        "button",
        ui_text("viewer.copy" if view.quotes else "viewer.copy_passage", language),
        type="button",
        class_="button quiet copy",
        hidden="",  # it needs the page's script
        data_plain=quotation.plain,
        data_rich=quotation.rich,
        data_copied=say("ui.viewer.copied", language=language),
        data_failed=say("ui.viewer.not_copied", language=language),
    )


def _original_link(view: View, *, language: str) -> str:
    if view.card.format != "pdf":
        ending = view.card.file_name.rpartition(".")[2].upper()
        said = ui_text("viewer.download_original", language, format=ending)
        return element("a", said, href=original_address(view.card), download="", class_="button quiet original")
    position = view.shown[0].position + 1
    page = element("span", " ", ui_text("viewer.new_tab", language), class_="for-ears")
    return element(
        "a",
        ui_text("viewer.open_original", language, number=view.shown[0].page.number or position),
        page,
        href=original_address(view.card, page=position),
        target="_blank",
        rel="noopener",
        class_="button quiet original",
    )


def _zoom_button(language: str) -> str:
    said = ui_text("viewer.wider", language)
    return element("button", said, type="button", class_="button quiet zoom", hidden="", aria_pressed="false")
