"""The title of a slide that has no title of its own."""

from __future__ import annotations

from dataclasses import replace

from ingest.raw import RawBlock
from ingest.types import BlockKind

MAX_TITLE_CHARS = 100


def with_title(body: list[RawBlock]) -> list[RawBlock]:
    """A slide without a title: a short text above the rest is its title, as people see it."""
    if len(body) > 1 and body[0].kind is BlockKind.PARAGRAPH and _is_title_like(body[0].text):
        return [replace(body[0], kind=BlockKind.HEADING, level=1), *body[1:]]
    return body


def _is_title_like(text: str) -> bool:
    return len(text) <= MAX_TITLE_CHARS and not text.rstrip().endswith((".", ",", ";", ":"))
