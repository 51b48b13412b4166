"""The one way in which this room writes HTML: attributes are always escaped, text by ``text``."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kb.wording import say

VOID = {"br", "hr", "img", "input", "wbr"}  # elements that have no end

text = escape  # of a value from outside, safe both between tags and in attributes


def element(name: str, /, *children: str, **attributes: str | int | None) -> str:
    """An element around children that are HTML already. ``class_`` and ``aria_label`` become ``class`` and
    ``aria-label``; an attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "" if name in VOID else f"</{name}>"
    return f"<{name}{written}>{''.join(children)}{end}"


def sentence(words: str) -> str:
    """A message, as the texts of errors are, as a sentence of its own: "De vraag is leeg; typ een vraag."."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!", "…")) else ".")


def joined(parts: Iterable[str], *, by: str = " · ") -> str:
    """Texts in a row, each escaped."""
    return by.join(escape(part) for part in parts)


def hidden(words: str) -> str:
    """Words for a screen reader only."""
    return element("span", text(words), class_="for-ears")


def ui_text(key: str, language: str, **values: object) -> str:
    """A text of the page, escaped."""
    return text(say(f"ui.{key}", language=language, **values))


def ui_count(key: str, number: int, *, language: str) -> str:
    """A text of the page with a number in it, in its singular or plural form."""
    return say(f"ui.{key}.{'one' if number == 1 else 'many'}", language=language, number=number)
