"""The addresses of what can be done with terms, in Dutch and English, below that of ``Place.TERMS``."""

from __future__ import annotations

from enum import Enum
from urllib.parse import urlencode

from kb.wording import LANGUAGES
from search_ui.addresses import Place, address_of


class Leaf(Enum):
    """A page or action: its path in each of ``LANGUAGES``."""

    LIST = ("", "")
    EDIT = ("/bewerk", "/edit")
    HIDE = ("/verberg", "/hide")
    FORGET = ("/herstel", "/restore")
    TABLE = ("/tabel.csv", "/table.csv")


def terms_address(leaf: Leaf, language: str, **values: str) -> str:
    """The address with those of the values that say something."""
    path = address_of(Place.TERMS, language) + leaf.value[LANGUAGES.index(language)]
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{path}?{query}" if query else path
