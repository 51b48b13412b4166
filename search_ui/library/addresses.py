"""The addresses of the library's pages, in Dutch and English, below that of ``Place.LIBRARY``."""

from __future__ import annotations

from enum import Enum
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Path

from kb.types import DocumentCard
from kb.wording import LANGUAGES
from search_ui.addresses import Place, address_of

Key = Annotated[int, Path(ge=0, le=2**63 - 1)]  # of a version of a document, as large as the catalogue's can be


class Leaf(Enum):
    """A page or action of the library: its path in each of ``LANGUAGES``."""

    LIST = ("", "")
    PICTURE = ("/beeld", "/picture")
    ADD = ("/toevoegen", "/add")
    PROGRESS = ("/toevoegen/stand", "/add/progress")
    STOP = ("/toevoegen/stop", "/add/stop")
    BATCH = ("/toevoegen/partij", "/add/batch")
    BATCH_FILE = ("/toevoegen/partij/{token}/bestand", "/add/batch/{token}/file")
    BATCH_BEGIN = ("/toevoegen/partij/{token}/begin", "/add/batch/{token}/begin")
    DISMISS = ("/opzij/verbergen", "/set-aside/dismiss")
    DOCUMENT = ("/document/{key}", "/document/{key}")
    READ = ("/document/{key}/gelezen", "/document/{key}/read")
    CORRECT = ("/document/{key}/gegevens", "/document/{key}/details")
    NEW_VERSION = ("/document/{key}/nieuwe-versie", "/document/{key}/new-version")
    WITHDRAW = ("/document/{key}/intrekken", "/document/{key}/withdraw")
    RESTORE = ("/document/{key}/terugzetten", "/document/{key}/restore")
    REMOVE = ("/document/{key}/verwijderen", "/document/{key}/remove")


def route_of(leaf: Leaf, language: str) -> str:
    """The path of a page with its placeholders."""
    return address_of(Place.LIBRARY, language) + leaf.value[LANGUAGES.index(language)]


def library_address(leaf: Leaf, language: str, *, key: int | None = None, query: str = "") -> str:
    """The address of a page, of the version of a document with this key where it is about one."""
    path = route_of(leaf, language).replace("{key}", str(key))
    return f"{path}?{query}" if query else path


def question_within(document: DocumentCard, language: str) -> str:
    """The page for questions, set to this one document."""
    return f"{address_of(Place.QUESTION, language)}?{urlencode({'document': document.id}, quote_via=quote)}"


def viewer_of(document: DocumentCard, language: str) -> str:
    """The page that shows a document itself."""
    return f"/document/{document.key}?{urlencode({'taal': language})}"
