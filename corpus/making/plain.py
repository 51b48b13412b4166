"""A draft as plain text, in lines of a readable length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import TextWrapper

from making.draft import Block, Draft, Kind

WIDTH = 92


def write_plain(draft: Draft, path: Path) -> None:
    """Write the draft as a text file."""
    path.write_text("\n".join(_lines(draft)) + "\n", encoding="utf-8", newline="\n")


def write_markdown(draft: Draft, path: Path) -> None:
    """Write the draft as Markdown: the draft itself without its opening lines."""
    path.write_text(draft.body, encoding="utf-8", newline="\n")


def _lines(draft: Draft) -> Iterator[str]:
    previous: Block | None = None
    for block in draft.blocks:
        if previous and not (previous.kind == block.kind and block.number > 1):
            yield ""
        yield from _block_lines(block)
        previous = block


def _block_lines(block: Block) -> list[str]:
    if block.kind == Kind.HEADING:
        return _underlined(block.text, "=" if block.level == 1 else "-")
    if block.kind == Kind.TABLE:
        raise ValueError("a text file has no tables; use a list in this draft")
    return _wrapped(block.text, _mark(block))


def _underlined(text: str, line: str) -> list[str]:
    return [text, line * len(text)]


def _mark(block: Block) -> str:
    return {Kind.BULLET: "- ", Kind.NUMBERED: f"{block.number}. "}.get(block.kind, "")


def _wrapped(text: str, mark: str) -> list[str]:
    wrapper = TextWrapper(WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    wrapper.break_on_hyphens = False
    wrapper.break_long_words = False
    return wrapper.wrap(text)
