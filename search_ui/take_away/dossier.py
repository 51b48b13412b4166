"""The dossier: several answers to be taken along together. Only their questions are kept, and only in the browser."""

from __future__ import annotations

from search_ui.markup import element, ui_text
from search_ui.take_away.downloads import file_address

FORMS = ("docx", "md")


def render_dossier(*, language: str) -> str:
    """The place of the dossier, which the page's script fills and shows when something is in it."""
    heading = element("h2", ui_text("dossier.heading", language), element("span", class_="count"), id="dossier-heading")
    links = (
        element(
            "a",
            ui_text(f"take.{ending}", language),
            class_="button",
            data_files=file_address([], ending, language=language),
        )
        for ending in FORMS
    )
    clear = element("button", ui_text("dossier.clear", language), type="button", class_="button quiet clear")
    return element(
        "aside",
        heading,
        element("p", ui_text("dossier.where", language), class_="soft"),
        element("ol"),
        element("template", _entry(language)),
        element("div", *links, clear, class_="bar"),
        id="dossier",
        class_="ours",
        hidden="",
        aria_labelledby="dossier-heading",
    )


def _entry(language: str) -> str:
    buttons = (
        element("button", ui_text(f"dossier.{name}", language), type="button", class_=f"button quiet {name}")
        for name in ("up", "down", "remove")
    )
    return element("li", element("a"), *buttons)
