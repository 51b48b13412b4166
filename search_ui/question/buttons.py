"""The one kind of button by which the page asks something else: the page's script puts its query in the address."""

from __future__ import annotations

from search_ui.markup import element
from search_ui.question.request import Request


def ask_button(words: str, request: Request, *, looks: str = "button", label: str | None = None) -> str:
    """A button with ``words``, HTML already, that asks a request when it is pressed. ``label`` is what a screen reader
    says in their place.
    """
    return element("button", words, type="button", data_ask=request.query, class_=looks, aria_label=label)
