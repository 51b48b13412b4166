"""What is true of this installation, for the guide: its encoder, who reaches it, what is stored where, its version."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING

from kb.encoder_facts import Facts, facts_of
from kb.labels import number_label
from kb.wording import say
from search_ui.accounts.visitor import current_visitor
from search_ui.markup import element, text

if TYPE_CHECKING:
    from pathlib import Path

    from kb.knowledge_base import KnowledgeBase

SHOWN_OF_ENCODER = ("name", "dimension", "shipped_mb", "body", "sources", "hash")
MEGABYTE = 1e6


def installation_facts(knowledge_base: KnowledgeBase, *, language: str) -> dict[str, str]:
    """Lists of facts as HTML, by the name under which the guide asks for them."""
    return {
        "encoder": _list(_encoder(facts_of(knowledge_base.encoder, language=language), language=language)),
        "storage": _list(_storage(knowledge_base, language=language)),
        "reach": element("ul", element("li", text(say(f"ui.guide.{_reach()}", language=language)))),
        "version": _list([(say("ui.guide.version", language=language), text(f"Bronvast {version('bronvast')}"))]),
    }


def _reach() -> str:
    visitor = current_visitor()
    return "reach_login" if visitor is not None and visitor.name else "reach_here"


def _encoder(facts: Facts, *, language: str) -> Iterable[tuple[str, str]]:
    for name in (one for one in SHOWN_OF_ENCODER if one in facts):
        yield say(f"encoder.{name}", language=language), _value(facts[name])


def _value(value: str | float | list[str]) -> str:
    if isinstance(value, list):
        return element("ul", *(element("li", text(one)) for one in value))
    return text(str(value))


def _storage(knowledge_base: KnowledgeBase, *, language: str) -> Iterable[tuple[str, str]]:
    home, catalogue = knowledge_base.catalogue.home, knowledge_base.catalogue
    megabytes = f"{_bytes_in(home.path) / MEGABYTE:.0f} MB"
    facts = {
        "folder": str(home.path),
        "documents": number_label(len(catalogue.documents()), language=language),
        "passages": number_label(catalogue.passage_count(), language=language),
        "size": megabytes,
    }
    for name, value in facts.items():
        yield say(f"ui.guide.{name}", language=language), text(value)


def _bytes_in(folder: Path) -> int:
    """How much the files in a folder hold; one that goes meanwhile counts for nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def _list(facts: Iterable[tuple[str, str]]) -> str:
    """Names, and values that are HTML."""
    pairs = (element("dt", text(name)) + element("dd", value) for name, value in facts)
    return element("dl", *pairs, class_="facts")
