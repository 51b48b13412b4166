"""The page to log in: two fields and a button, which need no script."""

from __future__ import annotations

from dataclasses import dataclass

from kb.users.types import LONGEST_NAME
from kb.wording import say
from search_ui.accounts.addresses import LOGIN, TARGET, login_address
from search_ui.frame import render_page
from search_ui.markup import element, text, ui_text

NAME, PASSWORD = "naam", "wachtwoord"
_TROUBLE = "mislukt"  # the id of what went wrong


@dataclass(frozen=True, slots=True)
class Attempt:
    """What someone filled in, and what came of it: ``trouble`` in words."""

    name: str = ""
    target: str = ""
    trouble: str = ""
    left: bool = False


def render_login_page(attempt: Attempt, *, language: str) -> str:
    """The whole page; after a failed attempt it says so first."""
    title = say("ui.accounts.title", language=language)
    heading = f"{say('ui.accounts.failed', language=language)} – {title}" if attempt.trouble else title
    main = element(
        "div",
        element("h1", text(title)),
        _said(attempt, language=language),
        element("p", ui_text("accounts.lead", language)),
        _form(attempt, language=language),
        element("p", ui_text("accounts.forgotten", language), class_="soft"),
        class_="login",
    )
    other = "en" if language == "nl" else "nl"
    return render_page(
        heading, main, place=None, language=language, elsewhere=login_address(other, target=attempt.target)
    )


def _said(attempt: Attempt, *, language: str) -> str:
    """What went wrong, or that someone logged out; read out at once, and again with the fields."""
    if attempt.trouble:
        return element("p", text(attempt.trouble), class_="note error", role="alert", id=_TROUBLE)
    if attempt.left:
        return element("p", ui_text("accounts.left", language), class_="note info", role="status")
    return ""


def _form(attempt: Attempt, *, language: str) -> str:
    button = element("button", ui_text("accounts.submit", language), type="submit", class_="button primary")
    return element(
        "form",
        element("input", type="hidden", name=TARGET, value=attempt.target) if attempt.target else "",
        _field(NAME, "name", attempt, language=language, autocomplete="username", autocapitalize="none",
               spellcheck="false", value=attempt.name, maxlength=LONGEST_NAME),
        _field(PASSWORD, "password", attempt, language=language, autocomplete="current-password", type="password"),
        button,
        method="post",
        action=LOGIN[language],
    )  # fmt: skip


def _field(name: str, key: str, attempt: Attempt, *, language: str, **attributes: str | int) -> str:
    """A field; the first that is still to be filled in has the focus."""
    first = PASSWORD if attempt.name else NAME
    entry = element(
        "input",
        name=name,
        id=name,
        required="",
        autofocus="" if name == first else None,
        aria_invalid="true" if attempt.trouble else None,
        aria_describedby=_TROUBLE if attempt.trouble else None,
        **attributes,
    )
    return element("div", element("label", ui_text(f"accounts.{key}", language), for_=name), entry, class_="field")
