"""The proof of a quote: its letters and digits stand, in this order, on its pages, in the raw extraction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kb.types import Citation, Statement

RawPages = Callable[[Citation], Sequence[str]]


def letters(text: str) -> str:
    """Only the letters and digits, NFKC and lower case: what repair may never add, drop or change."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def is_proven(citation: Citation, raw_pages: Sequence[str]) -> bool:
    """Whether the quote stands on the pages from its first to its last, given their raw texts."""
    quoted = letters(citation.quote)
    return bool(quoted) and quoted in letters("".join(raw_pages))


def proven(statements: Iterable[Statement], raw_pages: RawPages) -> tuple[Statement, ...]:
    """The statements with the citations that can be proven; one that keeps none, or loses part of its text, is
    dropped.
    """
    kept = []
    for statement in statements:
        citations = tuple(c for c in statement.citations if is_proven(c, raw_pages(c)))
        if citations and letters(statement.text) == letters("".join(c.quote for c in citations)):
            kept.append(replace(statement, citations=citations))
    return tuple(kept)
