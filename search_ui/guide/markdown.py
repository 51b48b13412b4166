"""The guide's Markdown, through markdown-it, as HTML with a list of its sections."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from search_ui.markup import element, text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the guide and where it stands on its page."""

    id: str
    title: str


def rendered(markdown: str, facts: dict[str, str]) -> tuple[tuple[Section, ...], str]:
    """The sections of a text of ours and its HTML; a paragraph ``{{name}}`` becomes the HTML of that fact.

    The text is ours and may hold HTML; nothing from outside may be put into it. Raises KeyError for an unknown fact.
    """
    parser = MarkdownIt("commonmark")
    tokens = parser.parse(markdown)
    sections: list[Section] = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            sections.append(Section(f"deel-{len(sections) + 1}", inline.content))
            opening.attrSet("id", sections[-1].id)
    html = parser.renderer.render(_with_facts(tokens, facts), parser.options, {})
    return tuple(sections), html


def _with_facts(tokens: list[Token], facts: dict[str, str]) -> list[Token]:
    """The tokens, with HTML in the place of the paragraphs that name a fact."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "inline" and token.content.startswith("{{"):
            kept[-1] = Token("html_block", "", 0, content=facts[token.content.strip("{}")])
        elif not (token.type == "paragraph_close" and kept[-1].type == "html_block"):
            kept.append(token)
    return kept


def contents_list(sections: tuple[Section, ...]) -> str:
    """Links to all sections."""
    links = (element("li", element("a", text(one.title), href=f"#{one.id}")) for one in sections)
    return element("ul", *links)
